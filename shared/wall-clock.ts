/** What clocks show in other places. Of no library, and small: browsers load it, too. */

const DAY_MS = 24 * 3_600_000

/**
 * What a place's clock shows, `2026-12-01T16:00`.
 *
 * @param at milliseconds since 1970 @param timeZone IANA
 */
export function wallClockAt(at: number, timeZone: string): string {
  const { year, month, day, hour, minute } = partsOf(at, timeZone)
  return `${year}-${month}-${day}T${hour}:${minute}`
}

/** The date there, `2026-12-01`. */
export function dateIn(at: number, timeZone: string): string {
  return wallClockAt(at, timeZone).slice(0, 10)
}

/** How many minutes of the day its clock has counted. */
export function minuteOfDay(at: number, timeZone: string): number {
  const { hour, minute } = partsOf(at, timeZone)
  return Number(hour) * 60 + Number(minute)
}

/** How far its clock is ahead of UTC, milliseconds; to the second, as clocks once were. */
export function offsetAt(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone)
  const there = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second)
  return there - Math.floor(at / 1_000) * 1_000
}

/** The same as everybody reads it, wherever they are: “UTC+3”, “UTC−3:30”. */
export function utcOffset(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
  const part = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')
  return part?.value.replace('GMT', 'UTC').replace('-', '−') ?? 'UTC'
}

/**
 * The moment at which a clock shows that. A time that the clocks jump over is moved forward by as much
 * as they jump; of one that comes twice the first is taken.
 *
 * @param wall `2026-12-01T16:00`
 * @returns null where it is no date; `moved`: there is no such time on that day
 */
export function momentOf(wall: string, timeZone: string): { at: number; moved: boolean } | null {
  const asUtc = Date.parse(`${wall}:00Z`)
  // `2026-02-31` would be read as a day in March
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== wall) return null
  const before = offsetAt(asUtc - DAY_MS, timeZone)
  const after = offsetAt(asUtc + DAY_MS, timeZone)
  const found = [before, after]
    .map((offset) => asUtc - offset)
    .filter((at) => wallClockAt(at, timeZone) === wall)
  if (found.length > 0) return { at: Math.min(...found), moved: false }
  return { at: asUtc - before, moved: true }
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

function partsOf(at: number, timeZone: string): Record<Part, string> {
  const known = formats.get(timeZone) ?? formatFor(timeZone)
  formats.set(timeZone, known)
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' }
  for (const { type, value } of known.formatToParts(at)) {
    if (Object.hasOwn(parts, type)) parts[type as Part] = value
  }
  return parts
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}
