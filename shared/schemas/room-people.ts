import { z } from 'zod'
import { OneLine } from './text'

/** Names of one part of a list of people in a room. */
export const PEOPLE_PART = 30

/** Which people of a room a facilitator asks for. */
export const RoomPeopleQuery = z.object({
  /** `all`: who is there, is registered or has a role; `ungrouped`: who is there and in no group. */
  of: z.enum(['all', 'ungrouped']),
  /** What of a name has been typed so far. */
  q: OneLine(80).default(''),
  /** How many parts of the list, from its beginning. */
  parts: z.coerce.number().int().min(1).max(40).default(1),
})
export type RoomPeopleQuery = z.infer<typeof RoomPeopleQuery>
