import { useTranslation } from 'react-i18next'

/** Professions that the interface has words for; keys of `people:cadre`. */
const CADRES = [
  'physician',
  'nurse',
  'psychologist',
  'social_worker',
  'case_manager',
  'peer',
  'laboratory',
  'pharmacist',
  'manager',
  'librarian',
  'translator',
  'official',
] as const

/** A profession in the reader's language; as it was written where we have no word for it. */
export function CadreName({ cadre }: { cadre: string }) {
  const { t } = useTranslation('people')
  const known = CADRES.find((each) => each === cadre)
  return known ? t(`cadre.${known}`) : cadre
}
