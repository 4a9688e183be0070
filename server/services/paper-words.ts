import type { TFunction } from 'i18next'
import type { Language } from '../../shared/languages'
import enPapers from '../../shared/locales/en/papers.json'
import enPeople from '../../shared/locales/en/people.json'
import ruPapers from '../../shared/locales/ru/papers.json'
import ruPeople from '../../shared/locales/ru/people.json'
import { loadWords } from './words'

const WORDS = loadWords(
  {
    en: { papers: enPapers, people: enPeople },
    ru: { papers: ruPapers, people: ruPeople },
  },
  'papers',
)

/** The words that papers are made of, in a language. */
export function paperWords(lang: Language): TFunction<['papers', 'people']> {
  return WORDS.getFixedT<['papers', 'people']>(lang, ['papers', 'people'])
}

/** A date written out, without a time. */
export function longDate(isoDate: string, lang: Language): string {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${isoDate}T12:00:00Z`))
}

/** A number as the language writes it. */
export function number(value: number, lang: Language): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value)
}
