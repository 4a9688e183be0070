import { z } from 'zod'
import { Id, UnitKey } from '../ids'
import { LANGUAGES } from '../languages'
import { ACKNOWLEDGED } from '../patient-data/kinds'
import { Prose } from './text'

/** Said by whoever sends a text that looks like patient data, once they have been asked. */
export const Acknowledged = z
  .literal(ACKNOWLEDGED)
  .optional()
  .or(z.literal('').transform(() => undefined))

/** The newest removal of patient data from a place that whoever fills in a form there knew of. */
export const PurgeBase = Id.optional().or(z.literal('').transform(() => undefined))

/** Most passages of one purge; shortest and longest one, in UTF-16 code units. */
export const PASSAGES_MAX = 20
export const PASSAGE_MIN = 3
const PASSAGE_MAX = 2_000

/** Passages as they are typed or pasted, one a line. */
const Passages = Prose(PASSAGES_MAX * 200)
  .transform((text) => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean))
  .pipe(z.array(z.string().min(PASSAGE_MIN).max(PASSAGE_MAX)).min(1).max(PASSAGES_MAX))

const optional = <S extends z.ZodType>(schema: S) =>
  schema.optional().or(z.literal('').transform(() => undefined))

/** A post, whole or passages of it; titles and descriptions likewise; a file's name; a protocol's text. */
export const PURGE_PLACES = ['post', 'thread', 'resource', 'file', 'protocol', 'text'] as const
export type PurgePlace = (typeof PURGE_PLACES)[number]

/** Where something is to be removed, as the page is opened and as it is posted. */
export const PurgeAt = z.discriminatedUnion('what', [
  z.object({ what: z.literal('post'), thread: Id, reply: Id }),
  z.object({ what: z.literal('thread'), thread: Id }),
  z.object({ what: z.literal('resource'), resource: Id }),
  z.object({ what: z.literal('file'), resource: Id, rendition: Id }),
  z.object({ what: z.literal('protocol'), protocol: Id }),
  z.object({
    what: z.literal('text'),
    protocol: Id,
    unit: optional(UnitKey),
    lang: optional(z.enum(LANGUAGES)),
  }),
])
export type PurgeAt = z.infer<typeof PurgeAt>

/** What of it: everything there, or passages exactly as they read. */
export const PurgeWhat = z
  .discriminatedUnion('scope', [
    z.object({ scope: z.literal('whole') }),
    z.object({ scope: z.literal('passages'), passages: Passages }),
  ])
  .and(z.object({ step: z.enum(['look', 'purge']).default('look') }))
export type PurgeWhat = z.infer<typeof PurgeWhat>
