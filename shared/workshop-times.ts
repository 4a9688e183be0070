import { addDays, type Holiday, holidayOn, isWeekend } from './holidays'
import { dateIn, minuteOfDay, momentOf, offsetAt, wallClockAt } from './wall-clock'

/** Times of a plan in two places at once. Of no library, so that the form tells them as they are typed. */

/** Where a side is: an IANA zone, and the country whose holidays it keeps (ISO 3166-1 alpha-2). */
export type Place = { timeZone: string; country?: string | undefined }

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Nobody is asked to come before or stay after, hours of the local day. */
const EARLIEST = 8
const LATEST = 20
/** Ordinary working hours, minutes of the local day. */
const OPENS = 9 * 60
const CLOSES = 17 * 60
/** A change of the clocks so near is worth a word, days. */
const NEAR_DAYS = 7
/** How far ahead slots are looked for, days. */
const AHEAD_DAYS = 35
/** Two times of one day are so far apart, minutes. */
const APART_MINUTES = 90

/** What is unusual about a time; `side` is the index of the place. */
export type PlanWarning =
  | { kind: 'past' }
  /** The clocks of one place change that day, before or after: the places are further apart or closer. */
  | { kind: 'clocks'; side: number; date: string; minutes: number; usually: number }
  | { kind: 'holiday'; side: number; date: string; holiday: Holiday }
  | { kind: 'weekend'; side: number; date: string }
  | { kind: 'hours'; side: number; from: string; to: string }

/**
 * What to say about a time before it is chosen.
 *
 * @param at milliseconds since 1970 @param minutes how long it lasts @param places of the sides
 */
export function warningsOf(
  at: number,
  minutes: number,
  places: readonly Place[],
  now: number,
): PlanWarning[] {
  const end = at + minutes * MINUTE_MS
  const past: PlanWarning[] = at < now ? [{ kind: 'past' }] : []
  const each = places.flatMap((place, side): PlanWarning[] => {
    const date = dateIn(at, place.timeZone)
    const holiday = place.country ? holidayOn(place.country, date) : null
    const rest: PlanWarning[] = holiday
      ? [{ kind: 'holiday', side, date, holiday }]
      : isWeekend(date)
        ? [{ kind: 'weekend', side, date }]
        : []
    if (isWithin(at, end, place.timeZone)) return rest
    const [from, to] = [wallClockAt(at, place.timeZone), wallClockAt(end, place.timeZone)]
    return [...rest, { kind: 'hours', side, from: from.slice(11), to: to.slice(11) }]
  })
  return [...past, ...clockWarnings(at, places), ...each]
}

/** Of the places whose clocks change within a week, where the difference between the places is not the same. */
function clockWarnings(at: number, places: readonly Place[]): PlanWarning[] {
  const [one, other] = places
  if (!one || !other) return []
  const apart = (when: number) =>
    (offsetAt(when, one.timeZone) - offsetAt(when, other.timeZone)) / MINUTE_MS
  for (let days = 1; days <= NEAR_DAYS; days++) {
    for (const sign of [-1, 1]) {
      const far = at + sign * days * DAY_MS
      if (apart(far) === apart(at)) continue
      const nearer = far - sign * DAY_MS
      const side = places.findIndex(
        ({ timeZone }) => offsetAt(far, timeZone) !== offsetAt(nearer, timeZone),
      )
      const zone = places[side]?.timeZone ?? one.timeZone
      const date = dayOfChange(Math.min(far, nearer), zone)
      const [minutes, usually] = [Math.abs(apart(at)), Math.abs(apart(far))]
      return [{ kind: 'clocks', side, date, minutes, usually }]
    }
  }
  return []
}

/** The date on which the clocks change within the day that begins then. */
function dayOfChange(from: number, timeZone: string): string {
  const before = offsetAt(from, timeZone)
  for (let at = from; at <= from + DAY_MS; at += 15 * MINUTE_MS) {
    if (offsetAt(at, timeZone) !== before) return dateIn(at, timeZone)
  }
  return dateIn(from, timeZone)
}

/** Between eight in the morning and eight in the evening of one day. */
function isWithin(at: number, end: number, timeZone: string): boolean {
  const [from, to] = [minuteOfDay(at, timeZone), minuteOfDay(end, timeZone)]
  const isOneDay = dateIn(at, timeZone) === dateIn(end, timeZone)
  return isOneDay && from >= EARLIEST * 60 && to <= LATEST * 60
}

/** Days that suit all places, each with its best times, milliseconds since 1970. */
export type SlotDay = { date: string; slots: number[] }

/**
 * Times that suit all places best, two a day where there are two: working days everywhere, within waking
 * hours, as little as possible outside of working hours, and shared fairly.
 *
 * @param from the first day that comes into question, `2026-12-01` on the clocks of the first place
 * @param minutes how long it lasts
 * @param count of days
 * @returns earliest first; fewer or none where the days do not meet
 */
export function suggestSlots(
  from: string,
  minutes: number,
  places: readonly Place[],
  count = 5,
): SlotDay[] {
  const found: SlotDay[] = []
  for (let ahead = 0; ahead < AHEAD_DAYS && found.length < count; ahead++) {
    const date = addDays(from, ahead)
    const slots = bestOfDay(date, minutes, places)
    if (slots.length > 0) found.push({ date, slots })
  }
  return found
}

/** The best time of a day and the best one that is clearly another, earliest first. */
function bestOfDay(date: string, minutes: number, places: readonly Place[]): number[] {
  const [home] = places
  const options: { at: number; strain: number }[] = []
  for (let minute = EARLIEST * 60; minute < LATEST * 60; minute += 30) {
    const wall = `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
    const moment = home && momentOf(wall, home.timeZone)
    if (!moment || moment.moved) continue
    const end = moment.at + minutes * MINUTE_MS
    const fits = places.every(
      (place) => isWithin(moment.at, end, place.timeZone) && !isDayOff(moment.at, place),
    )
    if (fits) options.push({ at: moment.at, strain: strainOf(moment.at, end, places) })
  }
  // of equal ones the earlier comes first
  const [best, ...rest] = options.toSorted((one, other) => one.strain - other.strain)
  if (!best) return []
  const other = rest.find(({ at }) => Math.abs(at - best.at) >= APART_MINUTES * MINUTE_MS)
  return [best.at, ...(other ? [other.at] : [])].toSorted((one, two) => one - two)
}

/** Minutes outside of working hours; squared, so that one side does not bear them all. */
function strainOf(at: number, end: number, places: readonly Place[]): number {
  return places.reduce((sum, { timeZone }) => {
    const [from, to] = [minuteOfDay(at, timeZone), minuteOfDay(end, timeZone)]
    const outside = Math.max(0, OPENS - from) + Math.max(0, to - CLOSES)
    return sum + outside * outside
  }, 0)
}

function isDayOff(at: number, { timeZone, country }: Place): boolean {
  const date = dateIn(at, timeZone)
  return isWeekend(date) || (country !== undefined && holidayOn(country, date) !== null)
}

const two = (number: number) => String(number).padStart(2, '0')
