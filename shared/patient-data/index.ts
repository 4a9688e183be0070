export { deIdentify, type Replacement, replacementsIn } from './de-identify'
export { type Finding, findPatientData, kindsOf, type Piece } from './find'
export { PATIENT_DATA_KINDS, type PatientDataKind } from './kinds'
