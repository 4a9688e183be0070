import { addDays, isWeekend } from '../../shared/holidays'
import type { DemoPartnership } from './content/types'
import type { DemoWorkshop } from './content/workshop-types'
import { toDate } from './times'

const MINUTE_MS = 60_000
const AHEAD = /^\+(?<days>\d+) (?<clock>\d\d:\d\d)$/
const NOW = /^now -(?<minutes>\d+)$/

/**
 * When a workshop begins: by the clock of its side's city, or relative to the moment of seeding.
 *
 * @param startedAt the first start, which relative times count from
 */
export function beginningOf(
  { starts, zone }: Pick<DemoWorkshop, 'starts' | 'zone'>,
  { sides }: Pick<DemoPartnership, 'sides'>,
  startedAt: Date,
): Date {
  const timeZone = zoneOf({ zone }, { sides })
  const going = NOW.exec(starts)?.groups?.minutes
  if (going) return new Date(startedAt.getTime() - Number(going) * MINUTE_MS)
  const { days, clock } = AHEAD.exec(starts)?.groups ?? {}
  if (!days || !clock) return toDate(starts, startedAt, timeZone)
  const day = workdayFrom(addDays(startedAt.toISOString().slice(0, 10), Number(days)))
  return toDate(`${day} ${clock}`, startedAt, timeZone)
}

/** Nobody plans a workshop for a weekend. */
function workdayFrom(isoDate: string): string {
  return isWeekend(isoDate) ? workdayFrom(addDays(isoDate, 1)) : isoDate
}

/** IANA zone in which a workshop is planned. */
export function zoneOf(
  { zone }: Pick<DemoWorkshop, 'zone'>,
  { sides }: Pick<DemoPartnership, 'sides'>,
): string {
  return sides[zone].institutions[0]?.timeZone ?? 'UTC'
}

/** Minutes of all rows of the agenda. */
export function minutesOf({ agenda }: Pick<DemoWorkshop, 'agenda'>): number {
  return agenda.reduce((sum, { minutes }) => sum + minutes, 0)
}

export function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS)
}
