import { addDays } from './holidays'
import { momentOf, wallClockAt } from './wall-clock'
import type { Repeats } from './workshops'

/** So many workshops a series has at most, and at least. */
export const SERIES = { fewest: 2, most: 26 } as const

/**
 * Beginnings of a series as its form shows them before it is saved; the services make the same ones.
 * Each keeps to the wall clock of its zone; a month without such a day keeps to its last one, and one
 * without a fifth such weekday to the last of them.
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
    if (repeats === 'monthly_weekday') return sameWeekday(date, index)
    return addDays(date, index * DAYS[repeats])
  })
  return dates.flatMap((each) => momentOf(`${each}T${time}`, timeZone)?.at ?? [])
}

const DAYS = { daily: 1, weekly: 7, fortnightly: 14 } as const

/**
 * Which of the weekdays of its month a date is: 1 for the first Tuesday. The fifth is the last one, -1,
 * as other months may have four.
 *
 * @param date `2026-12-01`
 */
export function weekOfMonth(date: string): number {
  const week = Math.ceil(Number(date.slice(8, 10)) / 7)
  return week > 4 ? -1 : week
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

/** The same weekday of a later month. */
function sameWeekday(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const weekday = new Date(`${date}T00:00Z`).getUTCDay()
  const week = weekOfMonth(date)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(year, month + months, 0))
  const day =
    week > 0
      ? 1 + ((weekday - first.getUTCDay() + 7) % 7) + (week - 1) * 7
      : last.getUTCDate() - ((last.getUTCDay() - weekday + 7) % 7)
  first.setUTCDate(day)
  return first.toISOString().slice(0, 10)
}

function monthsLater(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  // day 0 of the month after is the last one
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const there = new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
  return there.toISOString().slice(0, 10)
}
