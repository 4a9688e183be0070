import { addDays } from '../../shared/holidays'
import { offsetAt } from '../../shared/wall-clock'

/** The instant at which a day begins somewhere. @param date `2026-11-26` @param timeZone IANA zone */
export function startOfDay(date: string, timeZone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // twice: the clock may change between the guess and the answer
  const guess = midnight - offsetAt(midnight, timeZone)
  const at = midnight - offsetAt(guess, timeZone)
  return new Date(at)
}

/** The instant at which a day is over there. */
export function endOfDay(date: string, timeZone: string): Date {
  return startOfDay(addDays(date, 1), timeZone)
}
