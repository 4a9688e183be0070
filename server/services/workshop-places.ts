import type { ClientSession, Types } from 'mongoose'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import { AppError } from '../../shared/errors'
import type { Registration, WorkshopStatus } from '../../shared/workshops'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import type { Recorded } from './notify'
import { homeOf, isOfIt, participantsTo } from './workshop-addressees'
import { politeTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'
import { withdrawUnsentTo } from './workshop-unsent'

type Which = Pick<WorkshopRow, '_id' | 'partnership'>

/** Letters that tell somebody that they are on the list no more. */
const REMOVING = ['workshop-removed', 'workshop-without-guests'] as const

/** While it may still be registered for. */
export const OPEN: readonly WorkshopStatus[] = ['announced', 'live']

/**
 * Hold the workshop's places until the transaction ends: they are written to, so that of two who change
 * them at once the later sees what the earlier did.
 *
 * @returns the workshop with its true count
 * @throws AppError `not_found`, `workshop_not_open` for a draft, `workshop_over`
 */
export async function holdPlaces(
  { _id, partnership }: Which,
  session: ClientSession,
): Promise<WorkshopRow> {
  const row = await holdWorkshop({ _id, partnership }, session)
  if (!row) throw new AppError('not_found')
  if (row.status === 'draft') throw new AppError('workshop_not_open')
  if (!OPEN.includes(row.status)) throw new AppError('workshop_over')
  return row
}

/**
 * Hold a workshop as it is until the transaction ends: whoever changes it alongside comes before, and
 * is seen, or after.
 *
 * @param still what must be true of it
 * @returns null where it is true no more
 */
export async function holdWorkshop(
  still: Which & Partial<Pick<WorkshopRow, 'status' | 'startsAt'>>,
  session: ClientSession,
): Promise<WorkshopRow | null> {
  // up and down again: a write that changes nothing is none
  const raised = await Workshop.updateOne(still, { $inc: { registered: 1 } }, { session })
  if (raised.matchedCount === 0) return null
  const lowered = { $inc: { registered: -1 } }
  return Workshop.findOneAndUpdate(still, lowered, { session, returnDocument: 'after' }).lean()
}

/** Is there a place without putting anybody out? */
export function hasPlace({ capacity, registered }: Pick<WorkshopRow, 'capacity' | 'registered'>) {
  return capacity === null || registered < capacity
}

/**
 * Give a participant a place, or the next one in the waiting list. Who has either keeps it; what had not
 * left yet of letters about the end of an earlier one does not leave.
 *
 * @param workshop as `holdPlaces` returned it, in the same transaction
 * @returns the participant as they are now, or null where they were so before
 */
export async function takePlace(
  workshop: WorkshopRow,
  participant: Types.ObjectId,
  now: Date,
  session: ClientSession,
): Promise<WorkshopParticipantRow | null> {
  const registration: Registration = hasPlace(workshop) ? 'registered' : 'waiting'
  const before = await WorkshopParticipant.findOneAndUpdate(
    {
      _id: participant,
      workshop: workshop._id,
      registration: { $nin: ['registered', 'waiting'] },
    },
    { $set: { registration, registeredAt: now, placeLost: false, gaveWay: null } },
    { session, returnDocument: 'before' },
  ).lean()
  if (!before) return null
  if (registration === 'registered') await countPlaces(workshop, 1, session)
  if (before.registration === 'cancelled') await withdrawRemoval(workshop, before, session)
  return { ...before, registration, registeredAt: now, placeLost: false }
}

/** Taken off and put on again before the letter about it has left: of that they hear nothing. */
async function withdrawRemoval(
  workshop: WorkshopRow,
  { user, guest }: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const account = user && (await User.findById(user, { email: 1 }).session(session).lean())
  const to = account?.email ?? guest?.email
  if (to) await withdrawUnsentTo(workshop, to, session, REMOVING)
}

/**
 * Take participants off, whether they have a place or wait for one; what becomes free goes to those who
 * come next. Doing it again does nothing.
 *
 * @param workshop held, in the same transaction
 * @returns what is to be announced after the commit
 */
export async function leavePlaces(
  ports: Pick<Ports, 'clock'>,
  workshop: Which,
  participants: readonly Types.ObjectId[],
  session: ClientSession,
): Promise<Recorded> {
  const theirs = { _id: { $in: [...participants] }, workshop: workshop._id }
  const placed = { ...theirs, registration: 'registered' as const }
  const free = await WorkshopParticipant.countDocuments(placed).session(session)
  await WorkshopParticipant.updateMany(
    { ...theirs, registration: { $in: ['registered', 'waiting'] } },
    { $set: { registration: 'cancelled', registeredAt: ports.clock.now() } },
    { session },
  )
  if (free === 0) return []
  await countPlaces(workshop, -free, session)
  return promoteWaiting(ports, workshop, session)
}

/**
 * Places that are free go to those who wait, the longest first, and each is told; who may not take part
 * any more is passed over, and so are guests of what is planned without them. Call it in the transaction in which places became free: one was left, or
 * there are more of them now.
 *
 * @returns what is to be announced after the commit (`announceNotices`)
 */
export async function promoteWaiting(
  ports: Pick<Ports, 'clock'>,
  { _id, partnership }: Which,
  session: ClientSession,
): Promise<Recorded> {
  const row = await Workshop.findOne({ _id, partnership }).session(session).lean()
  if (!row || !OPEN.includes(row.status) || !hasPlace(row)) return []
  const ofWorkshop = { partnership, workshop: _id, registration: 'waiting' as const }
  const waiting = await WorkshopParticipant.find(ofWorkshop)
    .sort({ registeredAt: 1, _id: 1 })
    .session(session)
    .lean()
  if (waiting.length === 0) return []
  const home = await homeOf(row, session)
  const mayMove = waiting.filter((each) => isOfIt(each) && (row.guests || !each.guest))
  const reached = await participantsTo(row, home, mayMove, session)
  const able = waiting.filter((each) => reached.has(String(each._id)))
  const next = row.capacity === null ? able : able.slice(0, row.capacity - row.registered)
  if (next.length === 0) return []
  const now = ports.clock.now()
  const ids = next.map((each) => each._id)
  const placed = { $set: { registration: 'registered' as const, registeredAt: now } }
  await WorkshopParticipant.updateMany({ _id: { $in: ids } }, placed, { session })
  await countPlaces(row, next.length, session)
  const readers = next.flatMap((each) => reached.get(String(each._id)) ?? [])
  const letters = readers.map((reader) => ({
    mail: {
      template: 'workshop-place' as const,
      to: reader.email,
      lang: reader.lang,
      values: aboutFor(row, home, reader),
    },
    at: politeTime(now, reader, row.startsAt) ?? now,
  }))
  await queueMails(letters, session)
  const event = `workshop ${_id} place ${now.getTime()}`
  return noteFor({ row, kind: 'workshop_place', event, by: null, at: now }, readers, session)
}

/**
 * Somebody may not take part any more: their places in what is still to come are others'. In the
 * transaction that ends the membership or changes the role; those who move up find it in their lists and
 * letters.
 */
export async function leavePlacesOf(
  ports: Pick<Ports, 'clock'>,
  { partnership, user }: { partnership: Types.ObjectId; user: Types.ObjectId },
  session: ClientSession,
): Promise<void> {
  const rows = await WorkshopParticipant.find({
    partnership,
    user,
    registration: { $in: ['registered', 'waiting'] },
  })
    .session(session)
    .lean()
  const open = await Workshop.find(
    { _id: { $in: rows.map(({ workshop }) => workshop) }, partnership, status: { $in: OPEN } },
    { partnership: 1 },
  )
    .session(session)
    .lean()
  for (const workshop of open) {
    const row = rows.find((each) => each.workshop.equals(workshop._id))
    if (!row) continue
    await holdPlaces(workshop, session)
    await leavePlaces(ports, workshop, [row._id], session)
  }
}

async function countPlaces({ _id, partnership }: Which, by: number, session: ClientSession) {
  await Workshop.updateOne({ _id, partnership }, { $inc: { registered: by } }, { session })
}
