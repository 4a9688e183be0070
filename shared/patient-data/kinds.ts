/** What a text may give away about a patient. */
export const PATIENT_DATA_KINDS = [
  'name-born',
  'snils',
  'passport',
  'oms',
  'ssn',
  'mrn',
  'phone',
] as const
export type PatientDataKind = (typeof PATIENT_DATA_KINDS)[number]

/** Said by whoever sends a text that looks like patient data, once they have been asked. */
export const ACKNOWLEDGED = 'patient-data'
