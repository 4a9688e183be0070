import { z } from 'zod'
import { ATTENDED_MOST_MINUTES } from '../after-views'
import { CADRES } from '../cadres'
import { Id } from '../ids'
import { REPORT_LENGTH, WORKSHOP_LIMITS } from '../workshops'
import { Acknowledged } from './purges'
import { Seen } from './seen'
import { OneLine, Prose } from './text'

const QUOTES_MOST = 10
/** Percent of the planned time that is enough for a certificate. */
export const ENOUGH_PERCENT = 70
export const PEOPLE_MOST = WORKSHOP_LIMITS.capacity
const ID_LENGTH = 24

const Digits = z.string().trim().regex(/^\d+$/).transform(Number)
/** Whole minutes; nothing typed is not none. */
const minutesFrom = (least: number) =>
  z.union([z.number(), Digits]).pipe(z.number().int().min(least).max(ATTENDED_MOST_MINUTES))
const Minutes = minutesFrom(0)
const Text = z.literal('').or(Prose(REPORT_LENGTH)).default('')

/** What facilitators do with the attendance, by the form's `intent`. */
export const AttendanceChange = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('correct'),
    participant: Id,
    minutes: Minutes,
    note: OneLine(300).default(''),
    acknowledged: Acknowledged,
  }),
  z.object({ intent: z.literal('measured'), participant: Id }),
  z.object({
    intent: z.literal('add'),
    name: OneLine(120).pipe(z.string().min(2)),
    cadre: z.enum(CADRES),
    institution: OneLine(200).default(''),
    minutes: Minutes,
    lang: z.enum(['en', 'ru']),
    clientKey: z.uuid(),
  }),
  z.object({
    intent: z.literal('member'),
    user: Id,
    minutes: Minutes,
    note: OneLine(300).default(''),
    acknowledged: Acknowledged,
    clientKey: z.uuid(),
  }),
  z.object({
    intent: z.literal('there'),
    /** Parted by spaces: one, or all of a list. */
    participants: z
      .string()
      .max(PEOPLE_MOST * (ID_LENGTH + 1))
      .transform((ids) => ids.split(' '))
      .pipe(z.array(Id)),
  }),
  z.object({ intent: z.literal('lasted'), lasted: minutesFrom(1) }),
  z.object({ intent: z.literal('issue') }),
  z.object({ intent: z.literal('reissue'), participant: Id }),
  z.object({ intent: z.literal('revoke'), participant: Id }),
])
export type AttendanceChange = z.infer<typeof AttendanceChange>

const Quote = z.object({
  text: z.literal('').or(Prose(1_000)).default(''),
  who: OneLine(200).default(''),
  consent: z.boolean().default(false),
})

/**
 * What people write into an event report (T15); `base` is its count of changes when it was opened,
 * `seen` what stood in it then.
 */
export const SaveReport = z.object({
  base: z.coerce.number().int().min(0),
  seen: Seen,
  summaryEn: Text,
  summaryRu: Text,
  decisionsEn: Text,
  decisionsRu: Text,
  costsEn: Text,
  costsRu: Text,
  pressEn: Text,
  pressRu: Text,
  quotes: z.array(Quote).max(QUOTES_MOST).default([]),
  acknowledged: Acknowledged,
})
export type SaveReport = z.infer<typeof SaveReport>

/** A certificate's code as it is typed: small letters and missing dashes are meant as they are. */
export const CertificateCode = z
  .string()
  .max(40)
  .transform((typed) => typed.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  .pipe(z.string().regex(/^[2-9A-HJKMNP-TV-Z]{12}$/))
  .transform((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
