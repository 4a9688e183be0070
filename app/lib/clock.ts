import { useEffect, useState } from 'react'
import { addDays, type Holiday, holidayOn, isWeekend, nextHoliday } from '../../shared/holidays'
import { dateIn, minuteOfDay } from '../../shared/wall-clock'

/** Working hours taken for both sides: 9:00–17:00, Monday to Friday, in minutes of the local day. */
const OPENS = 9 * 60
const CLOSES = 17 * 60
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A holiday this many days ahead is worth knowing of. */
const SOON_DAYS = 3
/** No pause of work is longer: eight days of New Year, and a weekend. */
const LONGEST_PAUSE_DAYS = 14

export type DayPart = 'morning' | 'afternoon' | 'evening'
/** Instants in milliseconds since 1970. */
export type Window = { from: number; to: number }
/** Where somebody works: an IANA zone, and the country whose holidays they keep (ISO 3166-1 alpha-2). */
export type WorkPlace = { timeZone: string; country?: string | undefined }

/**
 * The present minute: the server's at first, so that both render the same, then the device's own.
 *
 * @param served UTC, ISO-8601
 */
export function useNow(served: string): number {
  const [now, setNow] = useState(() => Date.parse(served))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      setNow(Date.now())
      timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS))
    }
    tick()
    return () => clearTimeout(timer)
  }, [])
  return now
}

/** What to greet with at this hour of somebody's day. */
export function dayPartAt(now: number, timeZone: string): DayPart {
  const minutes = minuteOfDay(now, timeZone)
  if (minutes >= 5 * 60 && minutes < 12 * 60) return 'morning'
  return minutes >= 12 * 60 && minutes < 18 * 60 ? 'afternoon' : 'evening'
}

/** The reader's day around `now`: from their midnight, 24 hours on. */
export function dayAround(now: number, timeZone: string): Window {
  const from = now - minuteOfDay(now, timeZone) * MINUTE_MS - (now % MINUTE_MS)
  return { from, to: from + DAY_MS }
}

/** A place's working hours that touch a stretch of time, cut to it. */
export function workingWindows(within: Window, place: WorkPlace): Window[] {
  return dailyWindows(within, place)
    .filter(({ off }) => !off)
    .map(({ from, to }) => ({ from, to }))
}

/** The same hours of every day, those of weekends and holidays too. */
export function dailyWindows(within: Window, place: WorkPlace): (Window & { off: boolean })[] {
  const windows: (Window & { off: boolean })[] = []
  for (let at = within.from - DAY_MS / 2; at < within.to + DAY_MS; at += DAY_MS) {
    const midnight = at - minuteOfDay(at, place.timeZone) * MINUTE_MS - (at % MINUTE_MS)
    const from = Math.max(within.from, midnight + OPENS * MINUTE_MS)
    const to = Math.min(within.to, midnight + CLOSES * MINUTE_MS)
    if (from < to) windows.push({ from, to, off: isDayOff(dateIn(at, place.timeZone), place) })
  }
  return windows
}

/** Stretches that both lists share. */
export function overlapOf(one: readonly Window[], other: readonly Window[]): Window[] {
  return one.flatMap((a) =>
    other.flatMap((b) => {
      const shared = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }
      return shared.from < shared.to ? [shared] : []
    }),
  )
}

/** `resumes`: the date of the next working day there, `2026-11-27`. */
export type Standing =
  | { kind: 'open'; until: number }
  | { kind: 'closed'; minutesToOpening: number }
  | { kind: 'weekend' }
  | { kind: 'holiday'; holiday: Holiday; resumes: string }
  /** The working day is over, and the next day is off. */
  | { kind: 'over'; resumes: string }

/** Is it working time there, and if not, how long until it is? */
export function standingAt(now: number, place: WorkPlace): Standing {
  const today = dateIn(now, place.timeZone)
  const holiday = holidayIn(place, today)
  const resumes = () => nextWorkingDay(addDays(today, 1), place)
  if (holiday) return { kind: 'holiday', holiday, resumes: resumes() }
  if (isWeekend(today)) return { kind: 'weekend' }
  const next = workingWindows({ from: now, to: now + DAY_MS }, place)[0]
  if (next && next.from <= now) return { kind: 'open', until: next.to }
  if (next) return { kind: 'closed', minutesToOpening: Math.ceil((next.from - now) / MINUTE_MS) }
  const tomorrow = addDays(today, 1)
  if (isWeekend(tomorrow) && !holidayIn(place, tomorrow)) return { kind: 'weekend' }
  return { kind: 'over', resumes: resumes() }
}

/** Is it a weekend or a holiday there, whatever the hour? */
export function isRestAt(now: number, place: WorkPlace): boolean {
  return isDayOff(dateIn(now, place.timeZone), place)
}

/** When the next working day there begins, after the present one; null when none is in sight. */
export function nextOpening(now: number, place: WorkPlace): number | null {
  const ahead = { from: now, to: now + LONGEST_PAUSE_DAYS * DAY_MS }
  return workingWindows(ahead, place).find(({ from }) => from > now)?.from ?? null
}

/** A holiday there in the coming days that takes a working day away; none while one is being kept. */
export function holidaySoon(
  now: number,
  place: WorkPlace,
): { date: string; holiday: Holiday } | null {
  const today = dateIn(now, place.timeZone)
  if (!place.country || holidayIn(place, today)) return null
  const soon = nextHoliday(place.country, addDays(today, 1), SOON_DAYS)
  return soon && !isWeekend(soon.date) ? soon : null
}

function holidayIn({ country }: WorkPlace, date: string): Holiday | null {
  return country ? holidayOn(country, date) : null
}

function isDayOff(date: string, place: WorkPlace): boolean {
  return isWeekend(date) || holidayIn(place, date) !== null
}

function nextWorkingDay(from: string, place: WorkPlace): string {
  for (let ahead = 0; ahead < LONGEST_PAUSE_DAYS; ahead++) {
    const date = addDays(from, ahead)
    if (!isDayOff(date, place)) return date
  }
  return from
}
