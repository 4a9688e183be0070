import type { WorkshopRow } from '../../models/workshop'

/** A workshop takes so much longer than planned without anybody being asked, milliseconds. */
export const ALLOWED_MS = 30 * 60_000

/** What of a workshop says when it went on. */
export type Lasting = Pick<
  WorkshopRow,
  'startsAt' | 'endsAt' | 'startedAt' | 'closedAt' | 'breaks' | 'lasted'
>

type Span = { from: number; to: number }

/**
 * When it went on, as far as it counts: a page left open in a forgotten room learns nothing. Unless a
 * facilitator has said how long it really lasted, that is until the planned end and half an hour, or so
 * long after a late beginning; what was closed in between is no part of it.
 */
export function spansOf(workshop: Lasting): Span[] {
  let left = workshop.lasted ? workshop.lasted * 60_000 : usualOf(workshop)
  return openSpansOf(workshop).map(({ from, to }) => {
    const until = Math.min(to, from + left)
    left -= until - from
    return { from, to: until }
  })
}

/** Minutes that the room was open and live in all; null while it is. */
export function openMinutes(workshop: Lasting): number | null {
  if (!workshop.closedAt) return null
  const open = openSpansOf(workshop).reduce((sum, { from, to }) => sum + to - from, 0)
  return Math.round(open / 60_000)
}

/** Minutes that count where nobody has said how long it lasted. */
export function usualMinutes(workshop: Lasting): number {
  return Math.round(usualOf(workshop) / 60_000)
}

function usualOf({ startsAt, endsAt, startedAt }: Lasting): number {
  const first = Math.min(Number(startedAt ?? startsAt), Number(startsAt))
  return Number(endsAt) - first + ALLOWED_MS
}

/** From each beginning to its end. */
function openSpansOf({ startsAt, startedAt, closedAt, breaks = [] }: Lasting): Span[] {
  const begun = [startedAt ?? startsAt, ...breaks.map(({ to }) => to)].map(Number)
  const ended = [...breaks.map(({ from }) => from), closedAt ?? Number.POSITIVE_INFINITY]
  return begun.map((from, at) => ({ from, to: Math.max(from, Number(ended[at])) }))
}
