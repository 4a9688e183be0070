import type { EventReportView } from './after-views'
import { LANGUAGES } from './languages'
import type { Parts } from './seen-words'

type Fields = Readonly<Record<string, string>>
type Written = Pick<EventReportView, (typeof REPORT_PARTS)[number] | 'quotes'>

/** What people write into a report, in its order. */
export const REPORT_PARTS = ['summary', 'decisions', 'costs', 'press'] as const

/** The name of the field for one part of a report in one language. */
export function reportField(part: string, lang: 'en' | 'ru'): string {
  return `${part}${lang === 'en' ? 'En' : 'Ru'}`
}

/** What is written in a report by the names of its form's fields; a quotation has those of its place. */
export function reportFields(report: Written): Record<string, string> {
  const texts = REPORT_PARTS.flatMap((part) =>
    LANGUAGES.map((lang) => [reportField(part, lang), report[part][lang] ?? ''] as const),
  )
  const quotes = report.quotes.flatMap(({ text, who, consent }, at) => [
    [`quotes.${at}.text`, text] as const,
    [`quotes.${at}.who`, who] as const,
    [`quotes.${at}.consent`, consent ? 'on' : ''] as const,
  ])
  return Object.fromEntries([...texts, ...quotes])
}

/**
 * A report's form as parts that are joined each by itself. The quotations are one part: they have no
 * names, and one that is taken out moves all that follow it.
 */
export function reportParts(fields: Fields): Parts {
  const texts = REPORT_PARTS.flatMap((part) => LANGUAGES.map((lang) => reportField(part, lang)))
  return Object.fromEntries([
    ...texts.map((name) => [name, fields[name] ?? '']),
    [QUOTES, quotesIn(fields)],
  ])
}

/** The part that all quotations are. */
export const QUOTES = 'quotes'

/** Which part of a report a field of its form belongs to. */
export function reportPartOf(name: string): string {
  return name.startsWith(`${QUOTES}.`) ? QUOTES : name
}

/** In their order, without places that were left empty: consent is of words that somebody said. */
function quotesIn(fields: Fields): string {
  const numbers = Object.keys(fields).flatMap(
    (name) => /^quotes\.(\d{1,2})\./.exec(name)?.[1] ?? [],
  )
  const places = [...new Set(numbers.map(Number))].sort((one, other) => one - other)
  const quotes = places.flatMap((at) => {
    const [text = '', who = ''] = ['text', 'who'].map((name) =>
      (fields[`${QUOTES}.${at}.${name}`] ?? '').replace(/\r\n?/g, '\n').trim(),
    )
    return text || who ? [[text, who, fields[`${QUOTES}.${at}.consent`] === 'on']] : []
  })
  return quotes.length > 0 ? JSON.stringify(quotes) : ''
}
