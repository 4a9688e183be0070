import { useMemo } from 'react'
import type { Language } from '../../shared/languages'
import { dateIn } from '../../shared/wall-clock'
import { createFormat, useReader } from './format'

/** How far back a day is called by its weekday; before that by its date. */
export const WEEK_DAYS = 6

/** A moment in the past as one speaks of it: by day, then by the hour. */
export type Past = {
  /** 0 today, 1 yesterday …, in the reader's own calendar. */
  daysAgo: number
  /** Key of the weekday's words, `mon`. */
  weekday: Weekday
}

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** @param iso UTC, ISO-8601 @param now milliseconds since 1970 */
export function pastOf(iso: string, now: number, timeZone: string): Past {
  const date = dateIn(Date.parse(iso), timeZone)
  const daysAgo = Math.round((Date.parse(dateIn(now, timeZone)) - Date.parse(date)) / 86_400_000)
  return { daysAgo, weekday: weekdayOfDate(date) }
}

/** Key of the weekday of a date, `2026-11-26`. */
export function weekdayOfDate(isoDate: string): Weekday {
  return WEEKDAYS[new Date(`${isoDate}T00:00:00Z`).getUTCDay()] ?? 'sun'
}

/** Past moments and days in the words of a language: “yesterday, 18:20”, «четверг, 18:20». */
export function createWhen(lang: Language, timeZone: string) {
  const format = createFormat(lang, timeZone)
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })
  const weekday = new Intl.DateTimeFormat(lang, { timeZone, weekday: 'long' })
  const thisYear = new Intl.DateTimeFormat(lang, { timeZone, day: 'numeric', month: 'long' })
  const anyYear = new Intl.DateTimeFormat(lang, {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const dayMonth = (iso: string, now: number) => {
    const sameYear =
      dateIn(Date.parse(iso), timeZone).slice(0, 4) === dateIn(now, timeZone).slice(0, 4)
    return (sameYear ? thisYear : anyYear).format(new Date(iso))
  }
  /** The day alone: “today”, “Thursday”, “12 November”. */
  const day = (iso: string, now: number): string => {
    const { daysAgo } = pastOf(iso, now, timeZone)
    if (daysAgo === 0 || daysAgo === 1) return relative.format(-daysAgo, 'day')
    if (daysAgo > 1 && daysAgo <= WEEK_DAYS) return weekday.format(new Date(iso))
    return dayMonth(iso, now)
  }
  return {
    day,
    dayMonth,
    /** Today by the hour alone. */
    moment: (iso: string, now: number): string =>
      pastOf(iso, now, timeZone).daysAgo === 0
        ? format.time(iso)
        : `${day(iso, now)}, ${format.time(iso)}`,
  }
}

export function useWhen() {
  const { lang, timeZone } = useReader()
  return useMemo(() => createWhen(lang, timeZone), [lang, timeZone])
}
