import { dateIn } from '../../../shared/wall-clock'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export type Countdown = { unit: 'now' } | { unit: 'minutes' | 'hours' | 'days'; count: number }

/**
 * How long until it begins: in days as the reader's calendar counts them.
 *
 * @param startsAt UTC, ISO-8601 @param now milliseconds since 1970 @param timeZone of the reader
 */
export function countdownTo(startsAt: string, now: number, timeZone: string): Countdown {
  const left = Date.parse(startsAt) - now
  if (left <= 0) return { unit: 'now' }
  if (left < 2 * HOUR_MS) return { unit: 'minutes', count: Math.ceil(left / MINUTE_MS) }
  const [first, last] = [now, Date.parse(startsAt)].map((at) => Date.parse(dateIn(at, timeZone)))
  const days = Math.round(((last ?? 0) - (first ?? 0)) / DAY_MS)
  if (left < 2 * DAY_MS || days < 2) return { unit: 'hours', count: Math.round(left / HOUR_MS) }
  return { unit: 'days', count: days }
}
