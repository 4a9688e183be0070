import { z } from 'zod'
import { REASON_MAX, REASON_MIN } from '../admin-opening'
import { ClientKey } from '../ids'
import { Prose } from './text'

/** Open a partnership's content as programme admin, or end that before its time. */
export const AdminOpeningChange = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('open'),
    reason: Prose(REASON_MAX).refine((text) => text.length >= REASON_MIN, 'too_short'),
    clientKey: ClientKey,
  }),
  z.object({ intent: z.literal('end') }),
])
export type AdminOpeningChange = z.infer<typeof AdminOpeningChange>
export type OpenAsAdmin = Omit<Extract<AdminOpeningChange, { intent: 'open' }>, 'intent'>
