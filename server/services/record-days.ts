import { addDays } from '../../shared/holidays'

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

/** How far the clocks there are ahead of UTC, milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  const there = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  )
  return there - Math.floor(at / 1_000) * 1_000
}
