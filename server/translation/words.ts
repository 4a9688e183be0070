import { stemmer as stemEnglish } from '@orama/stemmers/english'
import { stemmer as stemRussian } from '@orama/stemmers/russian'

/**
 * Words as they are searched for: in lower case, composed, ё as е, without accents of stress, and with
 * their stems. Pure; the same for what is stored and for what is asked.
 */

/** A word of a text: where it stands (UTF-16 code units), and how it reads once normalised. */
export type Word = { from: number; length: number; word: string }

/** Longer words are cut: nobody types more, and a word is a key of an index. */
const WORD_MAX = 64
/** Most different terms of one text. */
const TERMS_MAX = 4_000

// a number with its fraction; or letters and digits, with hyphens and apostrophes inside
const WORD =
  /\d+(?:[.,]\d+)+(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}\u00AD]+(?:[-\u2010\u2011'\u2019][\p{L}\p{M}\p{N}\u00AD]+)*/gu
const JOINT = /[-\u2010\u2011'\u2019]/
/** A dose written in one piece: 5мг, 10mg. */
const DOSE = /^(\d+(?:\.\d+)?)(мкг|мг|кг|г|мл|л|ме|ед|mcg|mg|kg|g|ml|l|iu)$/u

const NOUN_ENDING = /(?:ами|ями|ах|ях|ам|ям|ов|ом|[аеиоуыюяь])$/u

/** Letters that look alike in both scripts; only used where a word mixes them, as «СD4» does. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
}

/** Too frequent to find anything by; «не» and "not" stay: a negation is what a clinician may look for. */
const STOP = new Set(
  `a an the of to in on at by for from with and or is are was were be been it its this that as s
  и в во на с со к ко о об от до из за у по при для а но же бы ли или это что как`.split(/\s+/),
)

/** The words of a text in order; those with hyphens as one. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    from: match.index,
    length: match[0].length,
    word: normaliseWord(match[0]),
  })).filter(({ word }) => word !== '')
}

/** What a text is found by: its words, the parts of joined ones, and the stems of all; each once. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>()
  for (const { word } of wordsOf(text)) {
    for (const part of partsOf(word)) {
      if (STOP.has(part)) continue
      for (const form of formsOf(part)) terms.add(form)
    }
    // "follow-up" is also found as "followup"
    const whole = word.split(JOINT).join('').slice(0, WORD_MAX)
    if (!STOP.has(whole)) terms.add(whole)
    if (terms.size >= TERMS_MAX) break
  }
  return [...terms].slice(0, TERMS_MAX)
}

/** The words of a query that something can be found by: parts of joined ones apart, at most `max`. */
export function queryWords(query: string, max = 10): string[] {
  const parts = wordsOf(query).flatMap(({ word }) => partsOf(word))
  const telling = parts.filter((part) => !STOP.has(part))
  // of stop words alone, the last one may be the beginning of another word
  const kept = telling.length > 0 ? telling : parts.slice(-1)
  return [...new Set(kept)].slice(0, max)
}

/** The spellings under which a word is stored: itself and its stems. */
export function formsOf(word: string): string[] {
  const forms = new Set([word])
  if (/^\p{Script=Cyrillic}+$/u.test(word)) {
    const stem = stemRussian(word)
    forms.add(stem)
    forms.add(withoutFleetingVowel(stem))
    // the stemmer takes the «ем» of «приём» and «приёму» for an ending
    if (stem.length <= 3) forms.add(word.replace(NOUN_ENDING, ''))
  } else if (/^\p{Script=Latin}+$/u.test(word)) {
    forms.add(stemEnglish(word))
  }
  return [...forms]
}

/** Which words of a text a query's words mean, as [from, length]; the last one may be only begun. */
export function marksOf(text: string, query: readonly string[]): [number, number][] {
  const wanted = new Set(query.flatMap(formsOf))
  const begun = query.at(-1) ?? ''
  return wordsOf(text)
    .filter(({ word }) =>
      [word, ...partsOf(word)].some(
        (part) =>
          (begun.length >= PREFIX_MIN && part.startsWith(begun)) ||
          formsOf(part).some((form) => wanted.has(form)),
      ),
    )
    .map(({ from, length }) => [from, length])
}

/** Letters after which a word may be only begun. */
export const PREFIX_MIN = 2

/** Is it the same phrase, whatever its words' endings? */
export function isSamePhrase(one: string, other: string): boolean {
  const [a, b] = [queryWords(one), queryWords(other)]
  return (
    a.length > 0 &&
    a.length === b.length &&
    a.every((word, index) => {
      const forms = new Set(formsOf(word))
      return formsOf(b[index] ?? '').some((form) => forms.has(form))
    })
  )
}

const LATIN_KEYS = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const CYRILLIC_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ'

/** What was meant when the keyboard stood at the other language: "ghbdtn" is «привет», «вщыу» "dose". */
export function otherKeyboard(typed: string): string {
  const [from, to] = /\p{Script=Cyrillic}/u.test(typed)
    ? [CYRILLIC_KEYS, LATIN_KEYS]
    : [LATIN_KEYS, CYRILLIC_KEYS]
  return Array.from(typed, (key) => {
    const place = from.indexOf(key)
    return place < 0 ? key : (to[place] ?? key)
  }).join('')
}

function normaliseWord(raw: string): string {
  const word = raw
    .normalize('NFC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[\p{M}\u00AD]/gu, '')
    .replace(/(?<=\d),(?=\d)/g, '.')
  if (!(/\p{Script=Cyrillic}/u.test(word) && /[a-z]/.test(word)) || JOINT.test(word)) return word
  const latin = Array.from(word, (letter) => LOOKALIKES[letter] ?? letter).join('')
  return /\p{Script=Cyrillic}/u.test(latin) ? word : latin
}

function partsOf(word: string): string[] {
  const dose = DOSE.exec(word)
  const parts = dose ? dose.slice(1) : word.split(JOINT)
  return parts.filter(Boolean).map((part) => part.slice(0, WORD_MAX))
}

/** «нагрузок» is a form of «нагрузка», whose stem has no vowel there. */
function withoutFleetingVowel(stem: string): string {
  return stem.replace(/([бвгджзклмнпрстфхцчшщ])[ое]([кн])$/u, '$1$2')
}
