/** A public holiday, as the interface names it. */
export type Holiday = {
  name: { en: string; ru: string }
  /** A day off in place of one that falls on a weekend. */
  observed: boolean
}

type Named = Holiday['name']

/** Labour Code of the Russian Federation, article 112: the same dates every year, `month-day`. */
const RUSSIAN: Readonly<Record<string, Named>> = {
  '02-23': { en: 'Defender of the Fatherland Day', ru: 'День защитника Отечества' },
  '03-08': { en: 'International Women’s Day', ru: 'Международный женский день' },
  '05-01': { en: 'Spring and Labour Day', ru: 'Праздник Весны и Труда' },
  '05-09': { en: 'Victory Day', ru: 'День Победы' },
  '06-12': { en: 'Russia Day', ru: 'День России' },
  '11-04': { en: 'National Unity Day', ru: 'День народного единства' },
}
const RUSSIAN_NEW_YEAR: Named = { en: 'the New Year holidays', ru: 'новогодние каникулы' }
const RUSSIAN_CHRISTMAS: Named = { en: 'Orthodox Christmas', ru: 'Рождество Христово' }

/** 5 U.S.C. 6103(a): fixed dates, `month-day`. */
const AMERICAN_DATES: Readonly<Record<string, Named>> = {
  '01-01': { en: 'New Year’s Day', ru: 'Новый год' },
  '06-19': { en: 'Juneteenth', ru: 'День освобождения' },
  '07-04': { en: 'Independence Day', ru: 'День независимости' },
  '11-11': { en: 'Veterans Day', ru: 'День ветеранов' },
  '12-25': { en: 'Christmas Day', ru: 'Рождество' },
}

/** 5 U.S.C. 6103(a): the nth such weekday of a month (0 = Sunday); `last` of it. */
const AMERICAN_WEEKDAYS: readonly {
  month: number
  weekday: number
  nth: number | 'last'
  name: Named
}[] = [
  {
    month: 1,
    weekday: 1,
    nth: 3,
    name: { en: 'Martin Luther King Jr. Day', ru: 'День Мартина Лютера Кинга' },
  },
  {
    month: 2,
    weekday: 1,
    nth: 3,
    name: { en: 'Washington’s Birthday', ru: 'День рождения Вашингтона' },
  },
  { month: 5, weekday: 1, nth: 'last', name: { en: 'Memorial Day', ru: 'День памяти' } },
  { month: 9, weekday: 1, nth: 1, name: { en: 'Labor Day', ru: 'День труда' } },
  { month: 10, weekday: 1, nth: 2, name: { en: 'Columbus Day', ru: 'День Колумба' } },
  { month: 11, weekday: 4, nth: 4, name: { en: 'Thanksgiving Day', ru: 'День благодарения' } },
]

/**
 * The public holiday of a country on a date; null for an ordinary day and for countries not known here.
 *
 * Russia: the dates of the Labour Code, article 112. The days off that the government moves are set by
 * a decree for each year and are not guessed. United States: federal holidays (5 U.S.C. 6103), with the
 * Friday before a Saturday and the Monday after a Sunday; Inauguration Day, which only Washington
 * keeps, is left out.
 *
 * @param country ISO 3166-1 alpha-2
 * @param isoDate `2026-11-26`, in the country's own time
 */
export function holidayOn(country: string, isoDate: string): Holiday | null {
  if (country === 'RU') return asHoliday(russianOn(isoDate))
  if (country !== 'US') return null
  return asHoliday(americanOn(isoDate)) ?? observedOn(isoDate)
}

/**
 * The first public holiday from a date on.
 *
 * @param withinDays how many days are looked at, `from` among them
 */
export function nextHoliday(
  country: string,
  from: string,
  withinDays: number,
): { date: string; holiday: Holiday } | null {
  for (let ahead = 0; ahead < withinDays; ahead++) {
    const date = addDays(from, ahead)
    const holiday = holidayOn(country, date)
    if (holiday) return { date, holiday }
  }
  return null
}

/** The date so many days later (earlier when negative). */
export function addDays(isoDate: string, days: number): string {
  const at = new Date(`${isoDate}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(isoDate: string): number {
  return new Date(`${isoDate}T00:00:00Z`).getUTCDay()
}

export function isWeekend(isoDate: string): boolean {
  return weekdayOf(isoDate) % 6 === 0
}

function asHoliday(name: Named | undefined): Holiday | null {
  return name ? { name, observed: false } : null
}

function russianOn(isoDate: string): Named | undefined {
  const [, month, day] = partsOf(isoDate)
  if (month === 1 && day === 7) return RUSSIAN_CHRISTMAS
  if (month === 1 && day <= 8) return RUSSIAN_NEW_YEAR
  return RUSSIAN[isoDate.slice(5)]
}

function americanOn(isoDate: string): Named | undefined {
  const [, month, day] = partsOf(isoDate)
  const weekday = weekdayOf(isoDate)
  const byWeekday = AMERICAN_WEEKDAYS.find(
    (each) =>
      each.month === month &&
      each.weekday === weekday &&
      (each.nth === 'last' ? isLastOfMonth(isoDate) : each.nth === Math.ceil(day / 7)),
  )
  return byWeekday?.name ?? AMERICAN_DATES[isoDate.slice(5)]
}

/** The Friday before a holiday on Saturday, the Monday after one on Sunday. */
function observedOn(isoDate: string): Holiday | null {
  const step = { 5: 1, 1: -1 }[weekdayOf(isoDate)]
  const name = step && americanOn(addDays(isoDate, step))
  return name ? { name, observed: true } : null
}

function isLastOfMonth(isoDate: string): boolean {
  return partsOf(addDays(isoDate, 7))[1] !== partsOf(isoDate)[1]
}

function partsOf(isoDate: string): readonly [number, number, number] {
  const [year = 0, month = 0, day = 0] = isoDate.split('-').map(Number)
  return [year, month, day]
}
