import { addDays } from './holidays'
import { momentOf, wallClockAt } from './wall-clock'
import type { Repeats } from './workshops'

/** So many workshops a series has at most, and at least. */
export const SERIES = { fewest: 2, most: 26 } as const

/**
 * Beginnings of a series as its form shows them before it is saved; the services make the same ones.
 * Each keeps to the wall clock of its zone; a month without such a day keeps to its last one.
 *
 * @param wall `2026-12-01T16:00` @param times how many in all
 * @returns milliseconds since 1970; none where there is no such date
 */
export function momentsOfSeries(
  wall: string,
  timeZone: string,
  repeats: Repeats,
  times: number,
): number[] {
  const [date = '', time = ''] = wall.split('T')
  const first = momentOf(wall, timeZone)
  if (!first) return []
  if (repeats === 'none') return [first.at]
  const count = Math.min(times, SERIES.most)
  const dates = Array.from({ length: count }, (_, index) => {
    if (repeats === 'monthly') return monthsLater(date, index)
    return addDays(date, index * (repeats === 'weekly' ? 7 : 14))
  })
  return dates.flatMap((each) => momentOf(`${each}T${time}`, timeZone)?.at ?? [])
}

/** A beginning as its plan says it: `2026-12-01T16:00` on the clocks of an IANA zone. */
export type PlannedAt = { wall: string; timeZone: string }

/**
 * When another workshop of a series begins once one of them was moved: as much later or earlier on the
 * wall clock, whatever the clocks do in between; in the other zone where the planning zone is another.
 *
 * @param at milliseconds since 1970, with the zone that it is planned in
 * @returns null where the new beginning is no date
 */
export function movedLike(
  from: PlannedAt,
  to: PlannedAt,
  { at, timeZone }: { at: number; timeZone: string },
): { at: number; timeZone: string } | null {
  const isOtherZone = from.timeZone !== to.timeZone
  // half typed
  if (!momentOf(to.wall, to.timeZone)) return null
  const by = Date.parse(`${to.wall}:00Z`) - Date.parse(`${from.wall}:00Z`)
  if (by === 0 && !isOtherZone) return { at, timeZone }
  const [was, zone] = isOtherZone ? [from.timeZone, to.timeZone] : [timeZone, timeZone]
  const wall = new Date(Date.parse(`${wallClockAt(at, was)}:00Z`) + by).toISOString().slice(0, 16)
  const moment = momentOf(wall, zone)
  return moment && { at: moment.at, timeZone: zone }
}

function monthsLater(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  // day 0 of the month after is the last one
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const there = new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
  return there.toISOString().slice(0, 10)
}
