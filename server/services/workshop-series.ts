import { createHash } from 'node:crypto'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { AppError } from '../../shared/errors'
import { weekOfMonth } from '../../shared/workshop-series'
import type { Repeats } from '../../shared/workshops'

const EVERY = {
  daily: { freq: 'DAILY', interval: 1 },
  weekly: { freq: 'WEEKLY', interval: 1 },
  fortnightly: { freq: 'WEEKLY', interval: 2 },
  monthly: { freq: 'MONTHLY', interval: 1 },
  monthly_weekday: { freq: 'MONTHLY', interval: 1 },
} as const

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/**
 * The moment at which a clock of that zone shows that. A time that the clocks jump over is moved forward
 * by as much as they jump; of one that comes twice the first is taken.
 *
 * @param wall `2026-12-01T16:00` @param timeZone IANA
 * @throws AppError `invalid_input` where there is no such date
 */
export function toMoment(wall: string, timeZone: string): Date {
  return new Date(zoned(wall, timeZone).epochMilliseconds)
}

/**
 * Beginnings of a series, the first one among them. Each keeps to the wall clock of the zone it was
 * planned in, so that in winter it is at the same hour there; a month without such a day keeps to its
 * last one, and one without a fifth such weekday to the last of them.
 *
 * @param times how many in all
 * @throws AppError `invalid_input`
 */
export function seriesOf(wall: string, timeZone: string, repeats: Repeats, times: number): Date[] {
  const first = zoned(wall, timeZone)
  if (repeats === 'none' || times < 2) return [new Date(first.epochMilliseconds)]
  const day = Temporal.PlainDateTime.from(wall)
  const rule = new RRuleTemporal({
    ...EVERY[repeats],
    count: times,
    // the dates alone are repeated: what the clocks do on one day is that day's own affair
    dtstart: day.toZonedDateTime('UTC'),
    tzid: 'UTC',
    ...(repeats === 'monthly' ? { rscale: 'GREGORIAN', skip: 'BACKWARD' as const } : {}),
    ...(repeats === 'monthly_weekday'
      ? { byDay: [`${weekOfMonth(wall.slice(0, 10))}${WEEKDAYS[day.dayOfWeek - 1]}`] }
      : {}),
  })
  return rule.all().map((each) => toMoment(each.toString().slice(0, 16), timeZone))
}

/** The key of one workshop of a series: the same asking makes the same ones. */
export function keyInSeries(clientKey: string, index: number): string {
  if (index === 0) return clientKey
  const digest = createHash('sha256').update(`${clientKey} ${index}`).digest('hex')
  return toKey(digest)
}

/** A digest in the form of a client key. */
export function toKey(digest: string): string {
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ].map(([from, to]) => digest.slice(from, to))
  return `${a}-${b}-4${c}-8${d}-${e}`
}

function zoned(wall: string, timeZone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.PlainDateTime.from(wall, { overflow: 'reject' }).toZonedDateTime(timeZone, {
      disambiguation: 'compatible',
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('invalid_input', { startsAt: 'no_such_time' })
  }
}
