import { Outcome, type OutcomeRow } from '../../models/outcome'
import type { WorkshopRow } from '../../models/workshop'

/** Somebody is reminded of a task so long before its day begins in UTC, milliseconds. */
const BEFORE_MS = 2 * 24 * 60 * 60_000
/** More than one workshop decides. */
const MOST = 200

/** Decisions and tasks of a workshop, in the order in which they were made. */
export function listOutcomesOf({
  partnership,
  _id,
}: Pick<WorkshopRow, '_id' | 'partnership'>): Promise<OutcomeRow[]> {
  return Outcome.find({ partnership, workshop: _id }).sort({ at: 1, _id: 1 }).limit(MOST).lean()
}

/** The last day whose tasks people are reminded of now, as an ISO date. */
export function lastDayOf(now: Date): string {
  return new Date(now.getTime() + BEFORE_MS).toISOString().slice(0, 10)
}

/** The day of a task, if whoever is told of it now need not be reminded of it any more. */
export function dayTold(due: string | null, now: Date): string | null {
  return due !== null && due <= lastDayOf(now) ? due : null
}
