import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { addDays, type Holiday } from '../../../shared/holidays'
import { type Language, pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { dateIn } from '../../../shared/wall-clock'
import {
  holidaySoon,
  isRestAt,
  nextOpening,
  type Standing,
  standingAt,
  type Window,
} from '../../lib/clock'
import { useFormat, useReader } from '../../lib/format'
import { workPlaceOf } from '../../lib/sides'
import { WEEK_DAYS, weekdayOfDate } from '../../lib/when'

type T = TFunction<'partnerships'>

/** What the two days mean for the reader: shared hours, when the other side can answer, holidays. */
export function ClockSentence({
  sides,
  mySideId,
  now,
  shared,
}: {
  sides: readonly SideView[]
  mySideId: string | null
  now: number
  shared: readonly Window[]
}) {
  const { t } = useTranslation('partnerships')
  const { lang, timeZone } = useReader()
  const format = useFormat()
  const clock = (at: number) => format.time(new Date(at).toISOString())
  return clockSentences({ t, lang, timeZone, clock, sides, mySideId, now, shared }).join(' ')
}

/** The sentences one by one, in the order they are read. */
export function clockSentences(asked: {
  t: T
  lang: Language
  /** The reader's own, whose days and hours are meant. */
  timeZone: string
  /** An instant as hours and minutes of the reader's own day. */
  clock: (at: number) => string
  sides: readonly SideView[]
  mySideId: string | null
  now: number
  shared: readonly Window[]
}): string[] {
  const { t, lang, clock, sides, mySideId, now, shared } = asked
  const bothRest = sayBothRest(asked)
  if (bothRest) return [bothRest, ...sayHolidays(asked)]
  const ahead = shared.find((window) => window.to > now)
  const hours = ahead
    ? t('clock.shared', { from: clock(ahead.from), to: clock(ahead.to) })
    : t('clock.none')
  const others = sides.filter((side) => mySideId !== null && side.id !== mySideId)
  const standings = others.map((side) => {
    const place = { ...workPlaceOf(side), name: pickText(side.place, lang).text }
    return sayStanding(t, lang, standingAt(now, place), place, clock)
  })
  return [hours, ...standings, ...sayHolidays(asked)]
}

/**
 * Of a day on which nobody works, so that neither side seems to be waited for. A holiday of the other
 * side has a name and a sentence of its own.
 *
 * @returns undefined where that is not so, or more than two are concerned
 */
function sayBothRest(asked: Parameters<typeof clockSentences>[0]): string | undefined {
  const { t, lang, timeZone, clock, sides, mySideId, now, shared } = asked
  const [other, ...more] = sides.filter((side) => side.id !== mySideId)
  if (!other || more.length > 0 || shared.some((window) => window.to > now)) return undefined
  if (!sides.every((side) => isRestAt(now, workPlaceOf(side)))) return undefined
  const place = workPlaceOf(other)
  const opening = nextOpening(now, place)
  if (opening === null || standingAt(now, place).kind === 'holiday') return undefined
  const today = new Intl.DateTimeFormat(lang, { timeZone, weekday: 'long' })
  return t('clock.bothRest', {
    today: today.format(now),
    place: pickText(other.place, lang).text,
    day: sayNear(t, lang, now, opening, timeZone),
    time: clock(opening),
  })
}

/** “on Monday” within the next days, with the date beyond them. */
function sayNear(t: T, lang: Language, now: number, at: number, timeZone: string): string {
  const date = dateIn(at, timeZone)
  if (date > addDays(dateIn(now, timeZone), WEEK_DAYS)) return sayDay(t, lang, date)
  return t(`clock.onWeekday.${weekdayOfDate(date)}`)
}

type Place = ReturnType<typeof workPlaceOf> & { name: string }

function sayStanding(
  t: T,
  lang: Language,
  standing: Standing,
  { name, country }: Place,
  clock: (at: number) => string,
): string {
  switch (standing.kind) {
    case 'weekend':
      return t('clock.weekend', { place: name })
    case 'open':
      return t('clock.open', { place: name, to: clock(standing.until) })
    case 'closed':
      return t('clock.opens', { place: name, wait: sayWait(t, standing.minutesToOpening) })
    case 'over':
      return t('clock.resumes', { place: name, day: sayDay(t, lang, standing.resumes) })
    case 'holiday':
      return t('clock.holiday', {
        where: sayCountry(t, country, name),
        holiday: sayHoliday(t, lang, standing.holiday),
        day: sayDay(t, lang, standing.resumes),
      })
  }
}

/** The reader's own holiday today, and those of each country in the next days; each country once. */
function sayHolidays({ t, lang, sides, mySideId, now }: Parameters<typeof clockSentences>[0]) {
  const told = new Set<string | undefined>()
  return sides.flatMap((side) => {
    const place = { ...workPlaceOf(side), name: pickText(side.place, lang).text }
    if (told.has(place.country)) return []
    told.add(place.country)
    const where = sayCountry(t, place.country, place.name)
    const standing = standingAt(now, place)
    if (standing.kind === 'holiday') {
      const isSaidAlready = mySideId !== null && side.id !== mySideId
      return isSaidAlready
        ? []
        : [t('clock.holidayHere', { where, holiday: sayHoliday(t, lang, standing.holiday) })]
    }
    const soon = holidaySoon(now, place)
    if (!soon) return []
    const words = { where, holiday: sayHoliday(t, lang, soon.holiday) }
    const isTomorrow = soon.date === addDays(dateIn(now, place.timeZone), 1)
    if (isTomorrow) return [t('clock.holidayTomorrow', words)]
    return [t('clock.holidaySoon', { ...words, day: sayDay(t, lang, soon.date) })]
  })
}

/** “on Friday”; with the date as well, so that it cannot be taken for another week. */
function sayDay(t: T, lang: Language, isoDate: string): string {
  const date = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', day: 'numeric', month: 'long' })
  return t(`clock.onDay.${weekdayOfDate(isoDate)}`, { date: date.format(new Date(isoDate)) })
}

function sayHoliday(t: T, lang: Language, { name, observed }: Holiday): string {
  return observed ? t('clock.observed', { holiday: name[lang] }) : name[lang]
}

function sayCountry(t: T, country: string | undefined, place: string): string {
  if (country === 'RU' || country === 'US') return t(`clock.inCountry.${country}`)
  return place // whose holidays are not known, so that nothing is said of them
}

function sayWait(t: T, minutes: number): string {
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return t('clock.minutes', { minutes })
  return t('clock.hours', { hours, minutes: minutes % 60 })
}
