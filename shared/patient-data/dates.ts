/** A date that may be one of birth. */
export type DateFound = {
  from: number
  to: number
  year: number
  /** It says itself that it is one of birth: “DOB”, «г. р.»; `from` and `to` include that. */
  ofBirth: boolean
}

const MONTHS_EN =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?'
const MONTHS_RU =
  'январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]'

const DAY_FIRST = /(?<![\d.,/-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-]|[.,]\d)/gu
const YEAR_FIRST = /(?<![\d.,/-])\d{4}([./-])\d{1,2}\1\d{1,2}(?![\d/-]|[.,]\d)/gu
const DAY_MONTH = new RegExp(
  `(?<![\\d.,])\\d{1,2}(?:st|nd|rd|th)?[ \\u00a0-]{1,2}(?:of )?(?:${MONTHS_EN}|${MONTHS_RU})\\.?[ ,\\u00a0-]{1,2}\\d{4}(?!\\d)`,
  'giu',
)
const MONTH_DAY = new RegExp(
  `(?<!\\p{L})(?:${MONTHS_EN})\\.?[ \\u00a0]{1,2}\\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?!\\d)`,
  'giu',
)
/** Alone no date; «1980 г. р.» is one. */
const YEAR = /(?<![\d.,/-])(?:19|20)\d{2}(?![\d/-]|[.,]\d)/gu

export const DATES: readonly RegExp[] = [DAY_FIRST, YEAR_FIRST, DAY_MONTH, MONTH_DAY]

/** Right before a date, within the characters that are looked at. */
const BORN_BEFORE =
  /(?<!\p{L})(?:дат[аы] рожд(?:ения|\.)|рожд(?:ения|\.)|д\. ?р\.|др|р\.|род\.|родил(?:ся|ась)|год рождения|date of birth|birth ?date|birthday|d\.o\.b\.|dob|born(?: on| in)?|b\.)[\s:=,.–—-]{0,4}(?:on |in |в |во )?$/iu
/** Right after it. */
const BORN_AFTER =
  /^[\s,(]{0,2}(?:г(?:ода|од|\.)?[ \u00a0]?(?:рожд(?:ения|\.)?|р\.?(?!\p{L}))|рожд(?:ения|\.)|\(?(?:dob|d\.o\.b\.)|г\.?, ?р\.)/iu
const BEFORE = 26
const AFTER = 18
export const BIRTH: readonly RegExp[] = [BORN_BEFORE, BORN_AFTER]

/** Dates of a text, in their order; a year alone only where it says that it is one of birth. */
export function findDates(text: string): DateFound[] {
  const found: DateFound[] = []
  for (const pattern of DATES) {
    for (const match of text.matchAll(pattern)) {
      const year = yearOf(match[0])
      const isDate = year !== null && isPossible(match[0])
      if (isDate) found.push(withBirth(text, match.index, match.index + match[0].length, year))
    }
  }
  const taken = new Set(found.map(({ to }) => to))
  for (const match of text.matchAll(YEAR)) {
    const to = match.index + 4
    const whole = withBirth(text, match.index, to, Number(match[0]))
    if (whole.ofBirth && !taken.has(whole.to)) found.push(whole)
  }
  return apart(found.sort((one, other) => one.from - other.from || other.to - one.to))
}

function apart(found: readonly DateFound[]): DateFound[] {
  const kept: DateFound[] = []
  for (const date of found) if (date.from >= (kept.at(-1)?.to ?? 0)) kept.push(date)
  return kept
}

function withBirth(text: string, from: number, to: number, year: number): DateFound {
  const before = BORN_BEFORE.exec(text.slice(Math.max(0, from - BEFORE), from))
  const after = BORN_AFTER.exec(text.slice(to, to + AFTER))
  return {
    from: from - (before?.[0].length ?? 0),
    to: to + (after?.[0].length ?? 0),
    year,
    ofBirth: before !== null || after !== null,
  }
}

/** Null where it cannot be told, or is none. */
function yearOf(date: string): number | null {
  const four = /\d{4}/.exec(date)?.[0]
  if (four) return Number(four) >= 1900 && Number(four) < 2100 ? Number(four) : null
  const two = /\d{2}$/.exec(date)?.[0]
  if (!two) return null
  return Number(two) > 30 ? 1900 + Number(two) : 2000 + Number(two)
}

/** A day and a month in either order: both are usual between the two countries. */
function isPossible(date: string): boolean {
  const numbers = date.match(/\d{1,4}/g)?.filter((digits) => digits.length < 3) ?? []
  const parts = (/\d{4}/.test(date) ? numbers : numbers.slice(0, 2)).map(Number)
  return (
    parts.every((part) => part >= 1 && part <= 31) && parts.filter((part) => part > 12).length < 2
  )
}
