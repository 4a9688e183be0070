import { BREACHED_WORDS } from './breached-words'

/** What a password is refused for: everybody's first guess, or a guess from one's own name and address. */
export type Weakness = 'common' | 'own'

/** So many parts are guessed: a word, a walk, a year, a single character are one each. */
const PARTS_GUESSED = 3
const LONGEST_WORD = 40
/** A password of more characters than this is not looked at: no guess is put together of so many. */
const LONGEST_GUESS = 80

/** Rows and columns of the keyboard, alphabets; each is walked both ways. */
const WALKS = [
  '1234567890-=',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  'q1w2e3r4t5y6u7i8o9p0',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
].flatMap((walk) => [walk, [...walk].reverse().join('')])

/** The same keys in both layouts, so that «пароль» is found in `gfhjkm` and `qwerty` in «йцукен». */
const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
const RUSSIAN_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбю.'
const OTHER_LAYOUT = new Map(
  [...LATIN_KEYS].flatMap((key, at) => {
    const letter = RUSSIAN_KEYS[at] ?? key
    return [[key, letter], ...(letter === '.' ? [] : [[letter, key]])] as [string, string][]
  }),
)
/** Digits and signs that stand for letters. */
const FOR_LETTERS = new Map(
  Object.entries({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }),
)

/**
 * Is this among the guesses that are made first? Asked of the list of leaked passwords, and of what is
 * put together from a few of its words, walks over the keyboard (in both layouts), years, repetitions
 * and the person's own name and address.
 *
 * @param password normalised (NFKC)
 * @param own words that belong to the person: parts of name and address
 */
export function weaknessOf(password: string, own: readonly string[] = []): Weakness | null {
  const text = password.toLowerCase()
  if ([...text].length > LONGEST_GUESS) return isRepeated(text) ? 'common' : null
  const readings = [text, mapped(text, OTHER_LAYOUT), unmasked(text)]
  const mine = new Set(own.map((word) => word.normalize('NFKC').toLowerCase()).filter(isLong))
  const fewest = (words: readonly ReadonlySet<string>[]) =>
    Math.min(...readings.map((reading) => partsOf(reading, words)))
  if (isRepeated(text) || fewest([BREACHED_WORDS]) <= PARTS_GUESSED) return 'common'
  return fewest([BREACHED_WORDS, mine]) <= PARTS_GUESSED ? 'own' : null
}

/** The words of a name and an address that are long enough to be told from chance. */
export function ownWords(email: string, names: readonly (string | undefined)[]): string[] {
  const [local = '', domain = ''] = email.split('@')
  const parts = [email, local, domain, ...local.split(/[._+-]/), ...domain.split('.')]
  return [...parts, ...names.flatMap((name) => [name ?? '', ...(name ?? '').split(/[\s-]/)])]
}

const isLong = (word: string) => [...word].length >= 3

function mapped(text: string, by: ReadonlyMap<string, string>): string {
  return Array.from(text, (each) => by.get(each) ?? each).join('')
}

/** `p@ssw0rd123` as it is meant: digits at the end are digits. */
function unmasked(text: string): string {
  const [, word = '', digits = ''] = /^(.*?)(\d*)$/su.exec(text) ?? []
  return mapped(word, FOR_LETTERS) + digits
}

/** A short piece over and over: `abcabcabcabc`. */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1+$/u.test(text)
}

/** The fewest parts that the text can be put together of. */
function partsOf(text: string, words: readonly ReadonlySet<string>[]): number {
  const fewest = [0]
  for (let end = 1; end <= text.length; end++) {
    let best = (fewest[end - 1] ?? 0) + 1
    for (let from = Math.max(0, end - LONGEST_WORD); from <= end - 3; from++) {
      const before = fewest[from] ?? 0
      if (before + 1 >= best) continue
      const part = text.slice(from, end)
      if (words.some((each) => each.has(part)) || isPattern(part)) best = before + 1
    }
    fewest.push(best)
  }
  return fewest.at(-1) ?? 0
}

/** A walk over the keyboard, one character repeated, or a year. */
function isPattern(part: string): boolean {
  if (/^(.)\1+$/u.test(part) || /^(?:19|20)\d\d$/.test(part)) return true
  return WALKS.some((walk) => walk.includes(part))
}
