import { z } from 'zod'
import { CADRES } from '../cadres'
import { ClientKey, Id } from '../ids'
import { SERIES } from '../workshop-series'
import {
  CHANNEL_KINDS,
  FALLBACKS,
  REPEATS,
  SERIES_SCOPES,
  SPOKEN,
  WORKSHOP_LIMITS,
  WORKSHOP_MODES,
  WORKSHOP_VERBS,
} from '../workshops'
import { Acknowledged } from './purges'
import { Seen } from './seen'
import { OneLine, Prose } from './text'

/** Longest texts of a plan, in UTF-16 code units. */
export const TITLE_MAX = 200
export const OBJECTIVES_MAX = 4_000
export const CONSENT_MAX = 2_000

const maybe = <S extends z.ZodType>(schema: S) =>
  schema.or(z.literal('').transform(() => undefined)).optional()
const Lines = (max: number) => z.literal('').or(Prose(max)).default('')
/** A zone of the IANA database that this runtime knows. */
export const TimeZone = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
    } catch {
      return false
    }
  })
/** A wall clock without a zone: `2026-12-01T16:00`. */
export const WallClock = z.string().regex(/^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d$/)
/** A web address that a link may lead to. */
export const WebAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => !/[\s<>"]/.test(url))

/** Asked also where something else is wrong: all that is to be mended is said at once. */
const ALWAYS = { when: ({ value }: { value: unknown }) => typeof value === 'object' }

export const AgendaRowInput = z
  .object({
    id: Id.optional(),
    minutes: z.coerce.number().int().min(1).max(600),
    titleEn: OneLine(TITLE_MAX).default(''),
    titleRu: OneLine(TITLE_MAX).default(''),
    /** A member; or, without one, whoever is named. */
    speaker: maybe(Id),
    speakerName: OneLine(120).default(''),
    spoken: z.enum(SPOKEN),
    interpretation: z.boolean().default(false),
    resource: maybe(Id),
  })
  .refine(({ titleEn, titleRu }) => titleEn !== '' || titleRu !== '', {
    path: ['titleEn'],
    message: 'title_required',
    ...ALWAYS,
  })
  .refine(({ speaker, speakerName }) => !speaker || !speakerName, {
    path: ['speakerName'],
    message: 'speaker_twice',
    ...ALWAYS,
  })
export type AgendaRowInput = z.infer<typeof AgendaRowInput>

export const ChannelInput = z
  .object({
    id: Id.optional(),
    spoken: z.enum(SPOKEN),
    kind: z.enum(CHANNEL_KINDS),
    /** Of `link`; the others make their own. */
    url: maybe(WebAddress),
  })
  .refine(({ kind, url }) => kind !== 'link' || url !== undefined, { path: ['url'] })
  .refine(({ kind, url }) => kind === 'link' || url === undefined, {
    path: ['url'],
    message: 'no_address',
  })
export type ChannelInput = z.infer<typeof ChannelInput>

/** The plan of a workshop (T09), as its form is read. */
export const WorkshopPlan = z
  .object({
    titleEn: OneLine(TITLE_MAX).default(''),
    titleRu: OneLine(TITLE_MAX).default(''),
    objectivesEn: Lines(OBJECTIVES_MAX),
    objectivesRu: Lines(OBJECTIVES_MAX),
    mode: z.enum(WORKSHOP_MODES),
    placeEn: OneLine(TITLE_MAX).default(''),
    placeRu: OneLine(TITLE_MAX).default(''),
    startsAt: WallClock,
    timeZone: TimeZone,
    audience: z.array(z.enum(CADRES)).max(CADRES.length).default([]),
    capacity: maybe(z.coerce.number().int().min(1).max(WORKSHOP_LIMITS.capacity)),
    agenda: z.array(AgendaRowInput).min(1).max(WORKSHOP_LIMITS.agendaRows),
    facilitators: z.array(Id).max(WORKSHOP_LIMITS.facilitators).default([]),
    materials: z.array(Id).max(WORKSHOP_LIMITS.materials).default([]),
    channels: z.array(ChannelInput).max(WORKSHOP_LIMITS.channels).default([]),
    waitingRoom: z.boolean().default(false),
    guests: z.boolean().default(false),
    accreditationEn: OneLine(TITLE_MAX).default(''),
    accreditationRu: OneLine(TITLE_MAX).default(''),
    fallbacks: z.array(z.enum(FALLBACKS)).default([]),
    phone: OneLine(60).default(''),
    consentEn: Lines(CONSENT_MAX),
    consentRu: Lines(CONSENT_MAX),
    acknowledged: Acknowledged,
  })
  .refine(({ titleEn, titleRu }) => titleEn !== '' || titleRu !== '', {
    path: ['titleEn'],
    message: 'title_required',
    ...ALWAYS,
  })
  .refine(({ mode, placeEn, placeRu }) => mode === 'virtual' || placeEn !== '' || placeRu !== '', {
    path: ['placeEn'],
    message: 'place_required',
    ...ALWAYS,
  })
export type WorkshopPlan = z.infer<typeof WorkshopPlan>

/** A new workshop, or a series of them: so many in all, each planned like the first. */
export const CreateWorkshop = z
  .object({
    plan: WorkshopPlan,
    repeats: z.enum(REPEATS).default('none'),
    times: z.coerce.number().int().min(1).max(SERIES.most).default(1),
    /** A workshop whose series this one joins, or which makes one with it. */
    joins: maybe(Id),
    clientKey: ClientKey,
  })
  .refine(({ repeats, times }) => repeats === 'none' || times >= SERIES.fewest, {
    path: ['times'],
    ...ALWAYS,
  })
  .refine(({ repeats, joins }) => repeats === 'none' || !joins, { path: ['repeats'], ...ALWAYS })
export type CreateWorkshop = z.infer<typeof CreateWorkshop>

/** Left out, it is about this workshop alone. */
const Scope = z.enum(SERIES_SCOPES).optional()

/**
 * `base` is the plan's count of changes that the form was opened with, `seen` what stood in it then
 * (`seenOf`); without it, what somebody else has saved meanwhile is never joined.
 */
export const ChangeWorkshop = z.object({
  plan: WorkshopPlan,
  base: z.coerce.number().int().min(0),
  seen: Seen,
  scope: Scope,
})
export type ChangeWorkshop = z.infer<typeof ChangeWorkshop>

export const MoveWorkshop = z.object({
  verb: z.enum(WORKSHOP_VERBS),
  /** Why it is cancelled, for those who had registered. */
  reason: OneLine(300).default(''),
  /** Of a cancellation. */
  scope: Scope,
  acknowledged: Acknowledged,
})
export type MoveWorkshop = z.infer<typeof MoveWorkshop>
