import { Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import {
  type StayRow,
  WorkshopParticipant,
  type WorkshopParticipantRow,
} from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { AttendeeView, WaitingView } from '../../shared/room-views'
import type { WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { together } from './together'
import { isPresenter } from './workshop-access'
import { toAttendees } from './workshop-attendees'
import { enterRoom } from './workshop-door'
import { type Lasting, spansOf } from './workshop-spans'

/** Whoever is back so soon was never gone: a line was cut, not a lesson left. Milliseconds. */
const SAME_STAY_MS = 30_000
/** Processes say so often who is still there, milliseconds. */
export const STILL_HERE_MS = 60_000
/** A stay that nobody has said anything of for so long ended when it was last seen, milliseconds. */
const LOST_AFTER_MS = 2.5 * STILL_HERE_MS
/** Workshops that begin, or began, further away than this have nobody in them, milliseconds. */
const AROUND_MS = 3 * 86_400_000
/** Whom everybody sees of those who are there; facilitators ask for all (`listPeople`). */
const SHOWN = 60
const WAITING_SHOWN = 30

/** Who comes in then is there; into a closed room one looks only. */
const ATTENDED: readonly WorkshopStatus[] = ['announced', 'live']

/** One stay of one line of somebody: a socket, or whatever else a door gives a name of its own. */
export type StayKey = { participantId: string; key: string }

/**
 * Somebody has come into the room. With the same key it is the same stay; after a short break too.
 *
 * @param key names this line alone
 * @throws AppError as `enterRoom`
 */
export async function arrive(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  key: string,
): Promise<void> {
  const { mine } = await enterRoom(ports, actor, workshopId)
  await beginStay(ports, workshopId, String(mine._id), key)
}

/**
 * The same, of somebody whom the room has just let in.
 *
 * @returns are they there now? Nobody attends what is closed.
 */
export async function beginStay(
  ports: Pick<Ports, 'bus' | 'clock'>,
  workshopId: string,
  participantId: string,
  key: string,
): Promise<boolean> {
  // a room comes in at once
  const isAttended = await together(`attended ${workshopId}`, () =>
    Workshop.exists({ _id: workshopId, status: { $in: ATTENDED } }),
  )
  if (!isAttended) return false
  const _id = new Types.ObjectId(participantId)
  const at = ports.clock.now()
  const break_ = new Date(at.getTime() - SAME_STAY_MS)
  const goesOn = {
    stays: { $elemMatch: { to: { $gte: break_, $lte: at } } },
    'stays.key': { $ne: key },
  }
  const isThere = { stays: { $elemMatch: { key, to: null } } }
  const own = { stays: { key, from: at, to: null, seenAt: at } }
  const { matchedCount } = await WorkshopParticipant.updateOne(
    { _id, $nor: [goesOn, isThere] },
    { $push: own },
  )
  if (matchedCount === 0) {
    const again = { 'stays.$.to': null, 'stays.$.key': key, 'stays.$.seenAt': at }
    const resumed = await WorkshopParticipant.updateOne({ _id, ...goesOn }, { $set: again })
    // another line of theirs went on with it at the same moment: this one has a stay of its own
    if (resumed.matchedCount === 0)
      await WorkshopParticipant.updateOne({ _id, $nor: [isThere] }, { $push: own })
  }
  tell(ports, workshopId)
  return true
}

/** They have gone; said twice it is as the first time. */
export async function leave(
  ports: Pick<Ports, 'bus' | 'clock'>,
  workshopId: string,
  participantId: string,
  key: string,
): Promise<void> {
  const at = ports.clock.now()
  await WorkshopParticipant.updateOne(
    {
      _id: participantId,
      workshop: workshopId,
      stays: { $elemMatch: { key, to: null } },
    },
    { $set: { 'stays.$.to': at, 'stays.$.seenAt': at } },
  )
  tell(ports, workshopId)
}

/**
 * Of all who are on this process's lines, in one write: they are still there. A stay that another
 * process took for lost while this one, or the database, stood still goes on; so does one that ended
 * as the room was closed, once it is open again.
 */
export async function stillHere(
  { clock }: Pick<Ports, 'clock'>,
  stays: readonly StayKey[],
): Promise<void> {
  if (stays.length === 0) return
  const keys = stays.map(({ key }) => key)
  const ids = stays.map(({ participantId }) => new Types.ObjectId(participantId))
  const within = await WorkshopParticipant.distinct('workshop', { _id: { $in: ids } })
  const attended = { _id: { $in: within }, status: { $in: ATTENDED } }
  await WorkshopParticipant.updateMany(
    { _id: { $in: ids }, workshop: { $in: await Workshop.distinct('_id', attended) } },
    { $set: { 'stays.$[stay].seenAt': clock.now(), 'stays.$[stay].to': null } },
    { arrayFilters: [{ 'stay.key': { $in: keys } }] },
  )
}

/** Nobody is there any more once a room is closed, though their pages stay open. */
export async function endStays(
  ports: Pick<Ports, 'bus'>,
  { _id, partnership, closedAt }: Pick<WorkshopRow, '_id' | 'partnership' | 'closedAt'>,
): Promise<void> {
  if (!closedAt) return
  const lost = endedWhere(new Date(closedAt.getTime() - LOST_AFTER_MS))
  const toClosing = { $mergeObjects: ['$$stay', { to: closedAt, seenAt: closedAt }] }
  const ended = { $cond: [{ $eq: ['$$stay.to', null] }, toClosing, '$$stay'] }
  const map = (each: object) => ({ $map: { input: '$stays', as: 'stay', in: each } })
  await WorkshopParticipant.updateMany(
    { partnership, workshop: _id, stays: { $elemMatch: { to: null } } },
    [{ $set: { stays: map(lost) } }, { $set: { stays: map(ended) } }],
    { updatePipeline: true },
  )
  tell(ports, String(_id))
}

/** End the stays that a process left open which is no more: they lasted until they were last seen. */
export async function closeLostStays(ports: Pick<Ports, 'bus' | 'clock'>): Promise<void> {
  const now = ports.clock.now().getTime()
  const around = { $gt: new Date(now - AROUND_MS), $lt: new Date(now + AROUND_MS) }
  const lost = { to: null, seenAt: { $lt: new Date(now - LOST_AFTER_MS) } }
  const workshops = await Workshop.find(
    { status: { $in: ['draft', 'announced', 'live', 'closed'] }, startsAt: around },
    { partnership: 1 },
  ).lean()
  for (const { _id, partnership } of workshops) {
    const ended = { $map: { input: '$stays', as: 'stay', in: endedWhere(lost.seenAt.$lt) } }
    const { modifiedCount } = await WorkshopParticipant.updateMany(
      { partnership, workshop: _id, stays: { $elemMatch: lost } },
      [{ $set: { stays: ended } }],
      { updatePipeline: true },
    )
    if (modifiedCount > 0) tell(ports, String(_id))
  }
}

function endedWhere(before: Date) {
  const isLost = { $and: [{ $eq: ['$$stay.to', null] }, { $lt: ['$$stay.seenAt', before] }] }
  const ended = { $mergeObjects: ['$$stay', { to: '$$stay.seenAt' }] }
  return { $cond: [isLost, ended, '$$stay'] }
}

/** Participants with a stay that lasts, as a filter, and of their stays such a one, as a projection. */
export function presentAt(now: Date) {
  const seenAt = { $gt: new Date(now.getTime() - LOST_AFTER_MS) }
  return { stays: { $elemMatch: { to: null, seenAt } } }
}

/**
 * Who is in a room now, on whichever process: how many, and the first of them, facilitators and
 * presenters before the others.
 */
export async function listHere(
  { clock }: Pick<Ports, 'clock'>,
  workshopId: string,
): Promise<{ count: number; people: readonly AttendeeView[] }> {
  const workshop = await Workshop.findById(workshopId).lean()
  if (!workshop) return { count: 0, people: [] }
  const rows = await WorkshopParticipant.find({
    partnership: workshop.partnership,
    workshop: workshop._id,
    ...presentAt(clock.now()),
  }).lean()
  rows.sort((a, b) => placeOf(a, workshop) - placeOf(b, workshop) || cameAt(a) - cameAt(b))
  const shown = await toAttendees(workshop, rows.slice(0, SHOWN))
  return { count: rows.length, people: [...shown.values()] }
}

/** Facilitators alone are told who waits at the door: how many, and whoever has waited longest. */
export async function listWaiting(
  _ports: unknown,
  workshopId: string,
): Promise<{ count: number; people: readonly WaitingView[] }> {
  const workshop = await Workshop.findById(workshopId).lean()
  if (!workshop) return { count: 0, people: [] }
  const { partnership, _id } = workshop
  // guests of what is planned without them wait for nothing
  const anybody = workshop.guests ? {} : { guest: null }
  const waiting = { partnership, workshop: _id, door: 'waiting' as const, ...anybody }
  const [count, rows] = await Promise.all([
    WorkshopParticipant.countDocuments(waiting),
    WorkshopParticipant.find(waiting).sort({ waitsSince: 1, _id: 1 }).limit(WAITING_SHOWN).lean(),
  ])
  const known = await toAttendees(workshop, rows)
  const people = rows.flatMap(({ _id, guest, institution }) => {
    const view = known.get(String(_id))
    const theirs = guest?.institution ? { [guest.lang]: guest.institution } : institution
    return view ? { ...view, email: guest?.email ?? null, institution: theirs } : []
  })
  return { count, people }
}

function placeOf(row: WorkshopParticipantRow, workshop: WorkshopRow): number {
  const { user, interpreter } = row
  if (user && workshop.facilitators.some((each) => each.equals(user))) return 0
  if (isPresenter(workshop, row, user && String(user))) return 1
  return interpreter ? 2 : 3
}

/** In the order of arrival those who are shown stay the same when more come. */
function cameAt({ stays }: WorkshopParticipantRow): number {
  return stays.find(({ to }) => to === null)?.from.getTime() ?? 0
}

/**
 * Minutes somebody was there while the workshop lasted: overlapping stays count once, a stay that goes
 * on counts until it was last seen, and a facilitator's correction counts instead of all.
 */
export function minutesOf(
  { stays, correction }: Pick<WorkshopParticipantRow, 'stays' | 'correction'>,
  workshop: Lasting,
): number {
  if (correction) return correction.minutes
  const inOrder = stays.toSorted((a, b) => a.from.getTime() - b.from.getTime())
  let sum = 0
  for (const { from, to } of spansOf(workshop)) {
    let until = from
    for (const stay of inOrder) {
      const end = Math.min(endOf(stay), to)
      const begin = Math.max(stay.from.getTime(), until)
      if (end > begin) sum += end - begin
      until = Math.max(until, end)
    }
  }
  return Math.round(sum / 60_000)
}

function endOf({ to, seenAt }: StayRow): number {
  return (to ?? seenAt).getTime()
}

function tell({ bus }: Pick<Ports, 'bus'>, workshopId: string): void {
  bus.publish('workshop:came', { workshopId })
}
