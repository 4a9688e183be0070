import { offsetAt } from '../../shared/wall-clock'
import type { When } from './content/types'

const DAY_MS = 86_400_000
const HISTORY = /^(?<day>\d{4}-\d\d-\d\d) (?<clock>\d\d:\d\d)$/
const RECENT = /^-(?<days>\d+) (?<clock>\d\d:\d\d)$/

/**
 * The moment that a time of the content stands for.
 *
 * @param startedAt the first start, which recent times are relative to
 * @param timeZone IANA name, of the city of the person it happened to
 */
export function toDate(when: When, startedAt: Date, timeZone: string): Date {
  const { day, days, clock } = (HISTORY.exec(when) ?? RECENT.exec(when))?.groups ?? {}
  if (!clock) throw new Error(`Not a time of the demonstration: ${when}`)
  const date = day ?? dayBefore(startedAt, Number(days))
  return atLocalTime(`${date}T${clock}:00Z`, timeZone)
}

/** ISO date so many days before a moment's day, in UTC. */
function dayBefore(moment: Date, days: number): string {
  return new Date(moment.getTime() - days * DAY_MS).toISOString().slice(0, 10)
}

/** @param written the local time, as if it were UTC */
function atLocalTime(written: string, timeZone: string): Date {
  const local = Date.parse(written)
  const guess = local - offsetAt(local, timeZone)
  // the clock may have been changed in between
  return new Date(local - offsetAt(guess, timeZone))
}
