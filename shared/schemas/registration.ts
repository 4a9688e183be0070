import { z } from 'zod'
import { Id } from '../ids'
import { SERIES_SCOPES } from '../workshops'

/** One's own place: taken, or given back; `later`: those in the later ones of the series, too. */
export const ChangeRegistration = z.object({
  intent: z.enum(['register', 'cancel']),
  scope: z.enum(SERIES_SCOPES).default('one'),
})
export type ChangeRegistration = z.infer<typeof ChangeRegistration>

/** What a facilitator does to the list: a member comes onto it, somebody comes off it. */
export const ChangeParticipants = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('register'), user: Id }),
  z.object({ intent: z.literal('takeOff'), participant: Id }),
])
export type ChangeParticipants = z.infer<typeof ChangeParticipants>

/** The private calendar address: made, or made anew, and ended. */
export const ChangeFeed = z.object({ intent: z.enum(['make', 'end']) })
export type ChangeFeed = z.infer<typeof ChangeFeed>
