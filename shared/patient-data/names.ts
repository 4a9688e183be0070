import { GIVEN, NOT_NAMES, PATIENT_WORDS, STAFF_WORDS } from './words'

/** A person's name in a text, `from` and `to` in UTF-16 code units. */
export type NameFound = {
  from: number
  to: number
  /**
   * How much it looks like one: `sure` with a patronymic or initials, `known` with a common given name,
   * `likely` for words that are merely written like names; `beside` for a given name alone or in small
   * letters, which says something only right beside a telephone or a birth date.
   */
  certainty: 'sure' | 'known' | 'likely' | 'beside'
  /** What stands right before it: “patient”, «больная»; or “Dr”, «врач». */
  as: 'patient' | 'staff' | null
}

type Word = { from: number; to: number; text: string; isInitial: boolean; isName: boolean }

/** Every quantifier is bounded, so that each place of a text costs a bounded number of steps. */
export const WORD = /\p{L}[\p{L}\p{M}'’-]{0,40}\.?/gu

const PATRONYMIC =
  /^\p{Lu}[\p{L}-]{1,24}(?:(?:вич|ьич|мич)(?:а|у|ем|е)?|(?:вн|ичн|шн)(?:а|ы|е|у|ой|ою))$/iu
/** «Гасан оглы»: son, daughter of. */
const OF_FATHER = /^(?:оглы|кызы)$/iu
const TITLES = /^(?:mrs?|ms|miss|г-жа|г-н|г-на|г-жи|г-жу|господин|госпожа|гр)\.?$/iu

/** Longest gap between the words of one name: a space, a comma and a space, the `_` of a file's name. */
const GAP = 2

/**
 * Names of persons: family, given and patronymic in any case, initials before or after, two capitalised
 * words in a row that are no ordinary words, one after “Mr” or “patient”. One pass over the words, each
 * looked at with three neighbours at most.
 */
export function findNames(text: string): NameFound[] {
  const words = wordsOf(text)
  const found: NameFound[] = []
  for (let at = 0; at < words.length; at++) {
    const size = nameSizeAt(text, words, at)
    const [first, last] = [words[at], words[at + (size?.words ?? 1) - 1]]
    if (!size || !first || !last) continue
    const to = last.isInitial ? last.to : last.from + bare(last.text).length
    found.push({
      from: first.from,
      to,
      certainty: size.certainty,
      as: standingBefore(words, at, text),
    })
    at += size.words - 1
  }
  return found
}

function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    const isInitial = /^\p{Lu}\.$/u.test(word)
    const plain = bare(word)
    const isName =
      !isInitial &&
      plain.length > 1 &&
      (/^\p{Lu}/u.test(plain) || OF_FATHER.test(plain)) &&
      !/\p{Ll}\p{Lu}/u.test(plain.replace(/^(?:Mc|Mac|O['’]|D['’])/u, '')) &&
      !NOT_NAMES.has(plain.toLowerCase())
    words.push({ from: match.index, to: match.index + word.length, text: word, isInitial, isName })
  }
  return words
}

type Size = { words: number; certainty: NameFound['certainty'] }

function nameSizeAt(text: string, words: readonly Word[], at: number): Size | null {
  const [one, two, three, four] = [0, 1, 2, 3].map((step) => joined(text, words, at, step))
  if (!one) return null
  if (one.isInitial) {
    // И. И. Иванов, J. Smith
    if (two?.isInitial && three?.isName) return { words: 3, certainty: 'sure' }
    return two?.isName ? { words: 2, certainty: 'sure' } : null
  }
  if (TITLES.test(one.text) && two?.isName)
    return { words: two && three?.isName ? 3 : 2, certainty: 'likely' }
  if (!one.isName) return isSmallName(one, two) ? { words: 2, certainty: 'beside' } : null
  // Иванов И. И., Smith J., and John A. Smith
  if (two?.isInitial && isSpaced(text, one, two)) {
    if (three?.isInitial) return { words: 3, certainty: 'sure' }
    return { words: three?.isName && isSpaced(text, two, three) ? 3 : 2, certainty: 'sure' }
  }
  if (two?.isName && three?.isName && four && OF_FATHER.test(four.text)) {
    return { words: 4, certainty: 'sure' }
  }
  if (two?.isName && three?.isName && (isPatronymic(two) || isPatronymic(three))) {
    return { words: 3, certainty: 'sure' }
  }
  if (two?.isName && isSameScript(one, two)) {
    if (isPatronymic(two)) return { words: 2, certainty: isGiven(one) ? 'known' : 'likely' }
    const known = isGiven(one) || isGiven(two)
    const size = three?.isName && isSpaced(text, two, three) && isSameScript(two, three) ? 3 : 2
    return { words: size, certainty: known ? 'known' : 'likely' }
  }
  const before = words[at - 1]
  const isCalled = before !== undefined && isPatientWord(before) && isNear(text, before, one)
  if (isCalled) return { words: 1, certainty: 'likely' }
  return isGiven(one) ? { words: 1, certainty: 'beside' } : null
}

/** ivanov ivan, мария петрова */
function isSmallName(one: Word, two: Word | undefined): boolean {
  if (!two || !isSmall(one) || !isSmall(two) || !isSameScript(one, two)) return false
  return isGiven(one) || isGiven(two)
}

/** The word `step` places on, where nothing but a space or a comma parts it from the one before. */
function joined(text: string, words: readonly Word[], at: number, step: number): Word | undefined {
  for (let place = at; place < at + step; place++) {
    const [here, next] = [words[place], words[place + 1]]
    if (!here || !next || next.from - here.to > GAP) return undefined
    const between = text.slice(here.to, next.from)
    // a full stop ends a sentence, but not an initial
    const isEnded = here.text.endsWith('.') && !here.isInitial && !TITLES.test(here.text)
    if (isEnded || !/^(?:[ \t\u00a0]{0,2}|, |_)$/.test(between)) return undefined
  }
  return words[at + step]
}

function isSpaced(text: string, one: Word, two: Word): boolean {
  return !text.slice(one.to, two.from).includes(',')
}

function isNear(text: string, one: Word, two: Word): boolean {
  return two.from - one.to <= 3 && /^[\s:,.№-]{0,3}$/.test(text.slice(one.to, two.from))
}

function standingBefore(words: readonly Word[], at: number, text: string): NameFound['as'] {
  const name = words[at]
  // «врач-фтизиатр высшей категории Иванов И. И.»: the calling is some words before
  for (let place = at - 1; place >= Math.max(0, at - 4); place--) {
    const word = words[place]
    if (!word || !name || name.from - word.to > 40) return null
    if (/[.!?;\n]/.test(text.slice(word.to, word.to + 1))) return null
    if (isPatientWord(word) && name.from - word.to <= 4) return 'patient'
    if (STAFF_WORDS.test(bare(word.text))) return 'staff'
  }
  return null
}

const isPatientWord = ({ text }: Word) => PATIENT_WORDS.test(bare(text))
const isPatronymic = ({ text }: Word) => PATRONYMIC.test(bare(text)) || OF_FATHER.test(bare(text))
const isSmall = ({ text }: Word) => {
  const plain = bare(text)
  return /^\p{Ll}\p{Ll}{2}/u.test(plain) && !NOT_NAMES.has(plain)
}
const isGiven = ({ text }: Word) => GIVEN.has(bare(text).toLowerCase())
const isSameScript = (one: Word, two: Word) =>
  /^\p{Script=Cyrillic}/u.test(one.text) === /^\p{Script=Cyrillic}/u.test(two.text)
const bare = (word: string) => word.replace(/\.$/, '')
