import { z } from 'zod'
import { Id } from '../ids'

/** Why somebody is told of something. */
export const NOTIFICATION_KINDS = [
  'mention',
  'reply',
  'drift',
  'translation_asked',
  'translation_done',
  'opened',
  'counterpart_proposed',
  'counterpart_confirmed',
  'workshop_announced',
  'workshop_series_announced',
  'workshop_changed',
  'workshop_cancelled',
  'workshop_reminder',
  'workshop_place',
  'workshop_removed',
  'workshop_after',
  'workshop_forgotten',
  'workshop_certificate',
  'workshop_certificate_corrected',
  'workshop_followup',
  'outcome_assigned',
  'outcome_due',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** As many as are read at once, so that all of them can be taken back at once. */
export const READ_AT_ONCE = 2_000

const Ids = z
  .string()
  .max(25 * READ_AT_ONCE)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(Id).min(1).max(READ_AT_ONCE))

/** Read, and the way back from it. */
export const NotificationChange = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('read'), ids: Ids }),
  z.object({ intent: z.literal('unread'), ids: Ids }),
  z.object({ intent: z.literal('readAll') }),
])
export type NotificationChange = z.infer<typeof NotificationChange>

/** What is searched for, and among what. */
export const SEARCH_KINDS = ['protocol', 'thread', 'workshop', 'resource', 'term'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]
export const SearchQuery = z.object({
  q: z.string().max(200).default(''),
  kind: z.enum(SEARCH_KINDS).optional().catch(undefined),
})
export type SearchQuery = z.infer<typeof SearchQuery>
