/** Professions that the interface has words for, keys of `people:cadre`; the last is for all others. */
export const CADRES = [
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
  'other',
] as const
export type Cadre = (typeof CADRES)[number]
