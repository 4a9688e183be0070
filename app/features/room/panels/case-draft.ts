import * as z from 'zod/mini'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { CaseWords } from '../../../../shared/room-views'
import type { RoomActOf } from '../../../../shared/schemas/workshop-room'

/** Longest text of a case, as the schema of a room's acts has it, in UTF-16 code units. */
export const CASE_MAX = 4_000

/** Wide enough that nobody is known by them. */
export const AGE_BANDS = [
  '0–4',
  '5–14',
  '15–17',
  '18–29',
  '30–39',
  '40–49',
  '50–64',
  '65+',
] as const
export const SEXES = ['f', 'm', 'unsaid'] as const

const Draft = z.object({
  lang: z.enum(LANGUAGES),
  ageBand: z.string(),
  sex: z.enum(SEXES),
  setting: z.string(),
  problem: z.string(),
  course: z.string(),
  question: z.string(),
})
export type CaseDraft = z.infer<typeof Draft>

/** A case as the tab keeps it; sent again with the same key it is the same case. */
export const BegunCase = z.object({ draft: Draft, clientKey: z.string() })
export type BegunCase = z.infer<typeof BegunCase>

/** A case in the other language, field by field, as the tab keeps it. */
export const BegunWords: z.ZodMiniType<CaseWords> = z.object({
  setting: z.string(),
  problem: z.string(),
  course: z.string(),
  question: z.string(),
})

export const CASE_NEEDS = ['ageBand', 'setting', 'problem', 'question'] as const
export type CaseNeed = (typeof CASE_NEEDS)[number]

export function emptyCase(lang: Language): CaseDraft {
  return { lang, ageBand: '', sex: 'unsaid', setting: '', problem: '', course: '', question: '' }
}

/** What is still to be said before a case can be discussed. */
export function missingFrom(draft: CaseDraft): CaseNeed[] {
  return CASE_NEEDS.filter((need) => draft[need].trim() === '')
}

/** Has anything been written that would be missed? */
export function isBegun({ ageBand, setting, problem, course, question }: CaseDraft): boolean {
  return [ageBand, setting, problem, course, question].some((text) => text.trim() !== '')
}

/** A refused case, to be written again. */
export function draftOfCase(act: RoomActOf<'offer_case'>): CaseDraft {
  const { lang, ageBand, sex, setting, problem, course, question } = act
  return { lang, ageBand, sex, setting, problem, course, question }
}
