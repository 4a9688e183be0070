import { addDays, holidayOn } from '../../shared/holidays'
import { dateIn, momentOf, wallClockAt } from '../../shared/wall-clock'

/** Whose day it is: an IANA zone, and the country whose holidays are kept (ISO 3166-1 alpha-2). */
export type Hours = { timeZone: string; country: string }

const DAY_MS = 24 * 3_600_000
/** Letters rest from then on, and until then, of the reader's own clock. */
const RESTS = '21:00'
const WAKES = '08:00'
/** A reminder that would come at night comes by then instead. */
const EVENING = '20:30'
/** The longest run of holidays that either country has, and some days more. */
const MOST_DAYS = 20

/** Is it night there? From 21:00 to 08:00 nothing that can wait is sent. */
export function isQuiet(at: Date, { timeZone }: Pick<Hours, 'timeZone'>): boolean {
  const clock = wallClockAt(at.getTime(), timeZone).slice(11)
  return clock < WAKES || clock >= RESTS
}

/** Is it a public holiday there? */
export function isHoliday(at: Date, { timeZone, country }: Hours): boolean {
  return holidayOn(country, dateIn(at.getTime(), timeZone)) !== null
}

/**
 * When a letter that can wait is sent: at once, or at 08:00 of the next day that is no public holiday
 * there. What begins within a day waits for the night alone.
 *
 * @param before what it tells of begins then; the letter is worth nothing afterwards
 * @returns null where it would come too late
 */
export function politeTime(at: Date, reader: Hours, before?: Date): Date | null {
  const isTooLate = (time: Date) => before !== undefined && time >= before
  if (isTooLate(at)) return null
  const waits = (time: Date) => {
    if (isQuiet(time, reader)) return true
    const isNear = before !== undefined && before.getTime() - time.getTime() <= DAY_MS
    return !isNear && isHoliday(time, reader)
  }
  if (!waits(at)) return at
  const today = dateIn(at.getTime(), reader.timeZone)
  let night: Date | null = null
  for (let ahead = 0; ahead < MOST_DAYS; ahead++) {
    const time = momentAt(addDays(today, ahead), WAKES, reader.timeZone)
    if (!time || time <= at) continue
    if (isTooLate(time)) break
    if (!waits(time)) return time
    night = time
  }
  // holidays up to the beginning: a word on the last of them is better than none
  return before ? night : null
}

/**
 * When a reminder that is due at a time is sent: then, or the evening before where that is at night. It
 * never comes later than it is due.
 */
export function reminderTime(due: Date, reader: Pick<Hours, 'timeZone'>): Date {
  if (!isQuiet(due, reader)) return due
  const today = dateIn(due.getTime(), reader.timeZone)
  for (const day of [today, addDays(today, -1)]) {
    const time = momentAt(day, EVENING, reader.timeZone)
    if (time && time <= due) return time
  }
  return due
}

function momentAt(day: string, clock: string, timeZone: string): Date | null {
  const moment = momentOf(`${day}T${clock}`, timeZone)
  return moment && new Date(moment.at)
}
