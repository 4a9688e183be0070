import type { Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { rankNames } from '../../shared/name-search'
import type { RoomPeople, RoomPerson } from '../../shared/room-views'
import { PEOPLE_PART, type RoomPeopleQuery } from '../../shared/schemas/room-people'
import { ROOM_ROLES } from '../../shared/workshops'
import type { Ports } from '../ports'
import { findFacilitated } from './workshop-access'
import { presentAt } from './workshop-attendance'
import { toAttendees } from './workshop-attendees'

/** Nobody who waits at the door, or was turned away. */
const WITHIN = { $nin: ['waiting' as const, 'refused' as const] }
const FACE = {
  ...{ user: 1, guest: 1, side: 1, createdAt: 1 },
  ...{ presenter: 1, interpreter: 1, roleNamed: 1 },
} as const

/** Without stays where none lasts. */
type Found = Omit<WorkshopParticipantRow, 'stays'> & Partial<Pick<WorkshopParticipantRow, 'stays'>>

/**
 * Those of a room to whom a facilitator gives a role or a group: whoever is there first, facilitators
 * and presenters before the others, in the order of arrival; those who are sought by name, the closest
 * first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listPeople(
  { clock }: Pick<Ports, 'clock'>,
  actor: Actor,
  workshopId: string,
  { of, q, parts }: RoomPeopleQuery,
): Promise<RoomPeople> {
  const workshop = await findFacilitated(actor, workshopId)
  const present = presentAt(clock.now())
  const speaks = { user: { $in: workshop.agenda.flatMap(({ speaker }) => speaker ?? []) } }
  const named = [{ presenter: true }, { interpreter: true }, speaks]
  const expected = [{ registration: 'registered' }, ...named]
  const which: object =
    of === 'all'
      ? { $or: [present, ...expected] }
      : { ...present, _id: { $nin: await groupedIn(workshop) } }
  const ofRoom = { partnership: workshop.partnership, workshop: workshop._id, door: WITHIN }
  const rows = await WorkshopParticipant.find(
    { ...ofRoom, ...which },
    // of the stays only one that lasts
    { ...FACE, ...present },
  ).lean<Found[]>()
  const faces = await toAttendees(workshop, rows)
  const people = rows
    .toSorted((one, other) => cameAt(one) - cameAt(other))
    .flatMap((row): RoomPerson[] => {
      const face = faces.get(String(row._id))
      return face ? [{ ...face, here: row.stays !== undefined }] : []
    })
    .filter(({ role }) => of === 'all' || role !== 'facilitator')
    .sort((one, other) => placeOf(one) - placeOf(other))
  const found = q === '' ? people : rankNames(q, people)
  return { count: found.length, people: found.slice(0, parts * PEOPLE_PART) }
}

async function groupedIn({ partnership, _id }: WorkshopRow): Promise<Types.ObjectId[]> {
  const open = { partnership, workshop: _id, kind: 'group' as const, 'body.open': true }
  return (await WorkshopItem.distinct('body.people', open)) as Types.ObjectId[]
}

function cameAt({ stays, createdAt }: Found): number {
  return Number(stays?.[0]?.from ?? createdAt)
}

function placeOf({ here, role }: RoomPerson): number {
  return (here ? 0 : ROOM_ROLES.length) + ROOM_ROLES.indexOf(role)
}
