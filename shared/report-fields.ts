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

/** A report's form as parts that are joined each by itself; a quotation is one, with who said it. */
export function reportParts(fields: Fields): Parts {
  const texts = REPORT_PARTS.flatMap((part) => LANGUAGES.map((lang) => reportField(part, lang)))
  const places = Object.keys(fields).flatMap((name) => /^quotes\.\d{1,2}/.exec(name)?.[0] ?? [])
  return Object.fromEntries([
    ...texts.map((name) => [name, fields[name] ?? '']),
    ...[...new Set(places)].map((at) => [at, quoteIn(fields, at)]),
  ])
}

/** Consent is of words that somebody said. */
function quoteIn(fields: Fields, at: string): string {
  const [text = '', who = ''] = ['text', 'who'].map((name) =>
    (fields[`${at}.${name}`] ?? '').trim(),
  )
  const consent = fields[`${at}.consent`] === 'on' ? 'on' : ''
  return text || who ? [text.replace(/\r\n?/g, '\n'), who, consent].join('\n') : ''
}
