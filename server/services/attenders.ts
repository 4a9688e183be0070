import type { ClientSession } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import { ENOUGH_PERCENT, PEOPLE_MOST } from '../../shared/schemas/afterwards'
import { minutesOf } from './workshop-attendance'
import { openMinutes } from './workshop-spans'

type Times = Pick<WorkshopRow, 'startsAt' | 'endsAt'>
type Lasted = Times & Pick<WorkshopRow, 'lasted'>

/** Minutes that the agenda takes. */
export function plannedMinutes({ startsAt, endsAt }: Times): number {
  return Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000)
}

/** Minutes that are enough for a certificate. */
export function enoughMinutes(row: Times): number {
  return Math.ceil((plannedMinutes(row) * ENOUGH_PERCENT) / 100)
}

/** Minutes of somebody who was there from beginning to end. */
export function wholeMinutes(row: WorkshopRow): number {
  const planned = plannedMinutes(row)
  // on the spot the room says nothing: it may have been opened afterwards, for the attendance alone
  const open = row.mode === 'on_site' ? planned : (openMinutes(row) ?? planned)
  return row.lasted ?? Math.min(open, planned)
}

/**
 * Hours that somebody's minutes come to; half hours are told apart. No more than the workshop was
 * planned for or, where a facilitator has said so, went on.
 */
export function hoursOf(minutes: number, row: Lasted): number {
  const most = Math.floor((row.lasted ?? plannedMinutes(row)) / 30) / 2
  return Math.min(Math.round(minutes / 30) / 2, Math.max(0.5, most))
}

/** Hours that a certificate shows: nobody has fewer than half of one. */
export function certificateHours(minutes: number, row: Lasted): number {
  return Math.max(0.5, hoursOf(minutes, row))
}

/** Does the participant run the workshop? Whoever does is not trained by it. */
export function isRunBy(
  { facilitators }: Pick<WorkshopRow, 'facilitators'>,
  { user }: Pick<WorkshopParticipantRow, 'user'>,
): boolean {
  return user !== null && facilitators.some((each) => each.equals(user))
}

/** Everybody who was there, by joining or by a facilitator's word. */
export async function attendersOf(row: WorkshopRow, session: ClientSession | null = null) {
  const rows = await WorkshopParticipant.find({
    partnership: row.partnership,
    workshop: row._id,
    $or: [{ 'stays.0': { $exists: true } }, { correction: { $ne: null } }],
  })
    .limit(PEOPLE_MOST)
    .session(session)
    .lean()
  // whoever looked in for some seconds stands there with none, to be corrected
  return rows.map((participant) => ({ participant, minutes: minutesOf(participant, row) }))
}

/** Those with a place whom nobody has seen, as a filter: on the spot, or listening by phone. */
export function unseenOf({ _id, partnership, facilitators }: WorkshopRow) {
  return {
    partnership,
    workshop: _id,
    registration: 'registered' as const,
    door: { $ne: 'refused' as const },
    user: { $nin: facilitators },
    'stays.0': { $exists: false },
    correction: null,
  }
}

/**
 * Hold the attendance of a workshop until the transaction ends: of two who correct it, or certify by
 * it, at once the later sees what the earlier did.
 *
 * @returns the workshop as it is; null where it is gone
 */
export async function holdAttendance(
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  session: ClientSession,
): Promise<WorkshopRow | null> {
  const at = { _id, partnership }
  // up and down again: a write that changes nothing is none
  await Workshop.updateOne(at, { $inc: { registered: 1 } }, { session })
  return Workshop.findOneAndUpdate(
    at,
    { $inc: { registered: -1 } },
    { session, returnDocument: 'after' },
  ).lean()
}
