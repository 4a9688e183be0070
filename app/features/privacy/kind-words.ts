import { useTranslation } from 'react-i18next'
import { PATIENT_DATA_KINDS, type PatientDataKind } from '../../../shared/patient-data/kinds'

/** What was found, in words of the reader: «СНИЛС, имя с датой рождения». */
export function useKindWords(): (kinds: readonly PatientDataKind[]) => string {
  const { t } = useTranslation('privacy')
  return (kinds) => kinds.map((kind) => t(`kind.${kind}`)).join(', ')
}

/** The kinds in a refusal's detail, parted by spaces. */
export function kindsIn(said: string): PatientDataKind[] {
  const words = said.split(' ')
  return PATIENT_DATA_KINDS.filter((kind) => words.includes(kind))
}
