import * as z from 'zod/mini'
import type { RoomPeople, RoomPerson } from '../../../../shared/room-views'
import type { RoomPeopleQuery } from '../../../../shared/schemas/room-people'
import { type Answer, ask } from '../../../lib/ask'

const Known = z.object({ id: z.string(), role: z.string(), here: z.boolean() })
// our own server's word for who they are
const Person = z.custom<RoomPerson>((person) => Known.safeParse(person).success)
const People = z.object({ count: z.number(), people: z.array(Person) })

/** Those of a room whom its facilitators give roles and groups. */
export function getPeople(
  workshopId: string,
  { of, q, parts }: RoomPeopleQuery,
): Promise<Answer<RoomPeople>> {
  const query = new URLSearchParams({ of, q, parts: String(parts) })
  return ask(`/workshops/${workshopId}/people?${query}`, People.parse)
}
