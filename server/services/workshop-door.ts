import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { GuestLinkView } from '../../shared/guests'
import type { LocalizedText } from '../../shared/languages'
import { can } from '../../shared/policy'
import { type Door, LOBBY_MS, type WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { placesOf } from './guest-links'
import {
  findWorkshop,
  isPresenter,
  mayFacilitate,
  participantOf,
  readWorkshopRow,
  type Spoken,
} from './workshop-access'
import { participantFor } from './workshop-attendees'

/** What of a workshop says who may come in. */
type AtDoor = Pick<WorkshopRow, '_id' | 'partnership' | 'facilitators' | 'waitingRoom'> & Spoken
/** What of a participant does. */
export type Place = Pick<WorkshopParticipantRow, 'door' | 'presenter' | 'interpreter' | 'roleNamed'>
export const PLACE = {
  ...{ workshop: 1, door: 1, presenter: 1, interpreter: 1, roleNamed: 1 },
} as const

/** What those who wait at a door are told, and no more of the workshop than that. */
export type DoorView = {
  workshopId: string
  title: LocalizedText
  status: WorkshopStatus
  /** UTC, ISO-8601. */
  startsAt: string
  timeZone: string
  /** Both sides, for their clocks. */
  places: GuestLinkView['places']
  /** Null for those who need not wait. */
  door: Exclude<Door, 'none'> | null
  /** Are its doors open to those who were let in? */
  isOpen: boolean
}

/**
 * Which of those that a browser is takes part in a workshop: whoever is signed in, if the policy lets
 * them, else its guest.
 *
 * @param among whoever is signed in first, then guests
 * @throws AppError `unauthenticated` for nobody, `not_found`
 */
export async function attendeeAmong(
  _ports: Pick<Ports, 'clock'>,
  among: readonly (Actor | null)[],
  workshopId: string,
): Promise<Actor> {
  const actors = among.filter((actor) => actor !== null)
  if (actors.length === 0) throw new AppError('unauthenticated')
  const partnershipId = await partnershipOf(workshopId)
  const subject = partnershipId && { partnershipId, workshopId }
  const attendee = actors.find(
    (actor) =>
      subject && (can(actor, 'workshop:join', subject) || actor.guest?.workshopId === workshopId),
  )
  if (attendee) return attendee
  // a guest of another workshop is nobody here, and learns nothing
  throw new AppError(actors.some(({ guest }) => !guest) ? 'not_found' : 'unauthenticated')
}

/** So many workshops' partnerships are remembered. */
const MOST_KNOWN = 5_000
const known = new Map<string, string>()

/**
 * The partnership of a workshop; null where there is none. It never changes, so that of those who act in
 * a room again and again it is read once: what they may there is read at each act by whoever does it.
 */
async function partnershipOf(workshopId: string): Promise<string | null> {
  const before = known.get(workshopId)
  if (before) return before
  const row = await readWorkshopRow(workshopId)
  if (!row) return null
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(workshopId, String(row.partnership))
  return String(row.partnership)
}

/** Somebody within a room: the workshop as it is now, and their place in it. */
export type Inside = {
  workshop: WorkshopRow
  mine: WorkshopParticipantRow
  staff: boolean
  /** Shows slides and answers: a facilitator, or a presenter. */
  presents: boolean
}

/**
 * Come into a workshop's room. Whoever has to wait begins to, and is let in by a facilitator.
 *
 * @throws AppError `not_found`; `workshop_not_open` before its doors open, `workshop_over` for a
 *   cancelled one, `in_waiting_room`, `forbidden` for those who were turned away
 */
export async function enterRoom(ports: Ports, actor: Actor, workshopId: string): Promise<Inside> {
  if (actor.guest?.outside && actor.guest.workshopId === workshopId) {
    const { door } = await readDoor(ports, actor, workshopId)
    throw new AppError(door === 'refused' ? 'forbidden' : 'in_waiting_room')
  }
  const now = ports.clock.now()
  const row = await findWorkshop(actor, workshopId)
  if (row.status === 'cancelled') throw new AppError('workshop_over')
  const staff = mayFacilitate(actor, row)
  if (!staff && !isOpen(row, now)) throw new AppError('workshop_not_open')
  let mine = await participantFor(actor, row, now)
  if (!staff && mine.door === 'refused') throw new AppError('forbidden')
  if (!mustWait(actor, row, mine)) {
    if (mine.door === 'waiting' && !actor.guest) mine = await stopWaiting(ports, mine)
    const presents = staff || isPresenter(row, mine, mine.user && String(mine.user))
    return { workshop: row, mine, staff, presents }
  }
  if (mine.door === 'none') {
    const which = { _id: mine._id, workshop: row._id, door: 'none' as const }
    await WorkshopParticipant.updateOne(which, { $set: { door: 'waiting', waitsSince: now } })
    tell(ports, workshopId, String(mine._id))
  }
  throw new AppError('in_waiting_room')
}

/** They waited for what is not asked of them any more. */
async function stopWaiting(
  ports: Pick<Ports, 'bus'>,
  mine: WorkshopParticipantRow,
): Promise<WorkshopParticipantRow> {
  const free = { door: 'none' as const, waitsSince: null }
  const which = { _id: mine._id, workshop: mine.workshop, door: 'waiting' as const }
  await WorkshopParticipant.updateOne(which, { $set: free })
  tell(ports, String(mine.workshop), String(mine._id))
  return { ...mine, ...free }
}

function mustWait(actor: Actor, row: AtDoor, mine: Place | null): boolean {
  if (actor.guest || mayFacilitate(actor, row) || mine?.interpreter) return false
  if (isPresenter(row, mine, actor.userId)) return false
  return row.waitingRoom && mine?.door !== 'admitted'
}

/**
 * What is said, shown and written in a room is for those within: asked wherever it can be got beside
 * the room. Nobody begins to wait by it.
 *
 * @throws AppError `forbidden` for those who were turned away, `in_waiting_room`
 */
export async function demandInside(actor: Actor, row: AtDoor): Promise<void> {
  const why = await askWhyOutside(actor, row)
  if (why) throw new AppError(why)
}

/** The same as a question. */
export async function isInside(actor: Actor, row: AtDoor): Promise<boolean> {
  return (await askWhyOutside(actor, row)) === null
}

async function askWhyOutside(actor: Actor, row: AtDoor) {
  const mine = await WorkshopParticipant.findOne(participantOf(actor, row._id), PLACE).lean<Place>()
  return whyOutside(actor, row, mine)
}

/** What stands between the actor and a room, if anything does. */
export function whyOutside(
  actor: Actor,
  row: AtDoor,
  mine: Place | null,
): 'forbidden' | 'in_waiting_room' | null {
  if (mine?.door === 'refused' && !mayFacilitate(actor, row)) return 'forbidden'
  return mustWait(actor, row, mine) ? 'in_waiting_room' : null
}

/** The same as a question of any workshop of a partnership. */
export async function insideAmong(
  actor: Actor,
  partnership: WorkshopRow['partnership'],
): Promise<(row: AtDoor) => boolean> {
  const within = { partnership, user: actor.userId }
  const mine = await WorkshopParticipant.find(within, PLACE).lean<
    (Place & { workshop: unknown })[]
  >()
  const places = new Map(mine.map((place) => [String(place.workshop), place]))
  return (row) => whyOutside(actor, row, places.get(String(row._id)) ?? null) === null
}

function isOpen({ status, startsAt }: WorkshopRow, now: Date): boolean {
  const isSoon = now.getTime() >= startsAt.getTime() - LOBBY_MS
  return status === 'live' || status === 'closed' || (status === 'announced' && isSoon)
}

/**
 * How the actor stands at the door, also while they stand outside: what a waiting page may know.
 *
 * @throws AppError `not_found`
 */
export async function readDoor(
  { clock }: Pick<Ports, 'clock'>,
  actor: Actor,
  workshopId: string,
): Promise<DoorView> {
  const isOutside = actor.guest?.outside && actor.guest.workshopId === workshopId
  const row = isOutside
    ? await Workshop.findOne({ _id: workshopId, partnership: actor.guest?.partnershipId }).lean()
    : await findWorkshop(actor, workshopId)
  if (!row) throw new AppError('not_found')
  const mine = await WorkshopParticipant.findOne(participantOf(actor, row._id)).lean()
  return {
    workshopId,
    title: row.title,
    status: row.status,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    places: await placesOf(row.partnership),
    door: doorOf(actor, row, mine),
    isOpen: isOpen(row, clock.now()),
  }
}

function doorOf(
  actor: Actor,
  row: WorkshopRow,
  mine: WorkshopParticipantRow | null,
): DoorView['door'] {
  if (!mine) return null
  if (actor.guest) return mine.door === 'none' ? 'waiting' : mine.door
  if (mine.door === 'refused' || mine.door === 'admitted') return mine.door
  return row.waitingRoom && mine.door === 'waiting' ? 'waiting' : null
}

function tell({ bus }: Pick<Ports, 'bus'>, workshopId: string, participantId: string): void {
  bus.publish('workshop:door', { workshopId, participantId })
}
