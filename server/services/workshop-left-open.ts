import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { presentAt } from './workshop-attendance'

/** So long after its planned end, or after it was opened again, a live room is looked after, milliseconds. */
export const LEFT_AFTER_MS = 3 * 3_600_000

/** When its room was last expected to be in use. */
function lastUseOf({ endsAt, startedAt, startsAt, breaks = [] }: WorkshopRow): number {
  // one that began late ends as much later
  const late = Math.max(0, Number(startedAt ?? startsAt) - Number(startsAt))
  return Math.max(Number(endsAt) + late, ...breaks.map(({ to }) => Number(to)))
}

/**
 * Of live workshops those whose rooms were forgotten: long after their end, and nobody is there.
 *
 * @param rows as they are in the database, all live
 */
export async function forgottenAmong(
  rows: readonly WorkshopRow[],
  now: Date,
): Promise<WorkshopRow[]> {
  const over = rows.filter((row) => lastUseOf(row) + LEFT_AFTER_MS <= now.getTime())
  const left: WorkshopRow[] = []
  for (const row of over) {
    const { _id: workshop, partnership } = row
    const present = { workshop, partnership, ...presentAt(now) }
    if (!(await WorkshopParticipant.exists(present))) left.push(row)
  }
  return left
}
