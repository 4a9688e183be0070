import { Outcome, type OutcomeRow } from '../../models/outcome'
import type { WorkshopRow } from '../../models/workshop'

/** More than one workshop decides. */
const MOST = 200

/** Decisions and tasks of a workshop, in the order in which they were made. */
export function listOutcomesOf({
  partnership,
  _id,
}: Pick<WorkshopRow, '_id' | 'partnership'>): Promise<OutcomeRow[]> {
  return Outcome.find({ partnership, workshop: _id }).sort({ at: 1, _id: 1 }).limit(MOST).lean()
}
