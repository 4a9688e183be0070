import { z } from 'zod'
import { CADRES } from '../cadres'
import { Id } from '../ids'
import { ROLES, type Role } from '../policy'

/** What a member is in a partnership. */
export type Post = { role: Role; sideId: string; cadre: string }

/**
 * A member's new post, with the one that the form was filled from: somebody else's change in between
 * is not overwritten.
 */
export const ChangeMember = z.object({
  role: z.enum(ROLES),
  sideId: Id,
  cadre: z.enum(CADRES),
  wasRole: z.enum(ROLES),
  wasSideId: Id,
  wasCadre: z.string().max(60),
})
export type ChangeMember = z.infer<typeof ChangeMember>

/** What the member's page can do besides. */
export const MemberIntent = z.object({
  intent: z.enum(['change', 'remove', 'leave', 'propose']).catch('change'),
})
