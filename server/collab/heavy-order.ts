/** Who comes first where one thread does everything. */

/** Somebody's frame waits for a rehearsal, a batch for a copy, and nobody for a compaction. */
export type Rank = 'rehearsal' | 'copy' | 'compaction'

const RANKS: readonly Rank[] = ['rehearsal', 'copy', 'compaction']

export type Waiting = {
  rank: Rank
  /** As `performance.now` gave it. */
  since: number
}

/** After so many milliseconds it comes before what has a better rank. */
export type Patience = Record<Rank, number>

/**
 * By rank, unless somebody has waited too long. Compactions, which may be many and long, do not follow
 * each other for that reason: a frame waits for one of them, not for all.
 *
 * @param waiting whoever has waited longest comes first
 * @param last what was done before
 * @returns the place in `waiting`; -1 if nobody waits
 */
export function placeOfNext(
  waiting: readonly Waiting[],
  patience: Patience,
  now: number,
  last: Rank | null,
): number {
  const overdue = waiting.findIndex(
    ({ rank, since }) =>
      now - since >= patience[rank] && !(rank === 'compaction' && last === 'compaction'),
  )
  if (overdue >= 0) return overdue
  const first = RANKS.find((one) => waiting.some(({ rank }) => rank === one))
  return waiting.findIndex(({ rank }) => rank === first)
}
