import type { Language } from '../../shared/languages'
import type { PersonName } from '../../shared/views'

export type WrittenName = { text: string; lang: Language }
/** A name as one reader sees it: in their script first, the same in the other script after it. */
export type NameForReader = { main: WrittenName; other?: WrittenName }

/**
 * The whole name for a reader. A Russian name keeps its patronymic («Наталья Юрьевна Белозёрова»);
 * its Latin form has none, as people sign themselves in English.
 */
export function fullName(name: PersonName, reader: Language): NameForReader {
  const own = ownForm(name)
  const otherText = own.lang === 'ru' ? name.latin : name.cyrillic
  if (!otherText) return { main: own }
  const other: WrittenName = { text: otherText, lang: own.lang === 'ru' ? 'en' : 'ru' }
  return own.lang === reader ? { main: own, other } : { main: other, other: own }
}

/** For rows and bylines: «Н. Ю. Белозёрова», “T. Okafor”. The parts never break over a line. */
export function shortName(name: PersonName, reader: Language): WrittenName {
  const own = scriptOf(name)
  const { main } = fullName(name, reader)
  if (main.lang !== own) return { text: abbreviate(main.text), lang: main.lang }
  const parts = [name.given, name.patronymic].flatMap((part) =>
    part ? [`${firstLetter(part)}.`] : [],
  )
  return { text: [...parts, name.family].join('\u00a0'), lang: own }
}

/** How one is addressed: by name and patronymic in Russian, by given name in English. */
export function addressName(name: PersonName, reader: Language): WrittenName {
  const own = scriptOf(name)
  // as they wish it themselves, for whoever reads that script
  if (name.address && scriptOfText(name.address) === reader)
    return { text: name.address, lang: reader }
  const { main } = fullName(name, reader)
  if (main.lang !== own) return { text: main.text.split(' ')[0] ?? main.text, lang: main.lang }
  const polite = own === 'ru' && name.patronymic ? `${name.given} ${name.patronymic}` : name.given
  return { text: polite, lang: own }
}

/** Two letters for a face, in the script of the name itself, so that it is the same for everybody. */
export function initialsOf(name: PersonName): string {
  return `${firstLetter(name.given)}${firstLetter(name.family)}`
}

function ownForm(name: PersonName): WrittenName {
  const parts = [name.given, name.patronymic, name.family].filter(Boolean)
  return { text: parts.join(' '), lang: scriptOf(name) }
}

/** The language that the name itself is written in. */
export function scriptOf(name: PersonName): Language {
  return scriptOfText(name.family || name.given)
}

/** The language that a name or initials belong to, by their letters. */
export function scriptOfText(text: string): Language {
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en'
}

function abbreviate(text: string): string {
  const parts = text.split(' ').filter(Boolean)
  const family = parts.pop() ?? ''
  return [...parts.map((part) => `${firstLetter(part)}.`), family].join('\u00a0')
}

function firstLetter(text: string): string {
  return ([...text][0] ?? '').toLocaleUpperCase()
}
