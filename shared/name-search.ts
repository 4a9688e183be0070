import { nameWords } from './name-forms'
import type { PersonName } from './views'

/** Somebody who is looked for by name. */
type Named = { name: PersonName }

/**
 * Those whom what has been typed so far finds. Each word of it must begin a word of the name, in either
 * script, by any usual spelling in the other one, or with the keyboard in the wrong layout: as it is
 * written first, then as it sounds, then as it was mistyped;
 * equals by name. An empty query finds everybody.
 */
export function rankNames<T extends Named>(query: string, people: readonly T[]): T[] {
  return people
    .flatMap((person) => {
      const rank = rankOf(query, person)
      return rank === null ? [] : { person, rank, key: keyOf(person) }
    })
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ person }) => person)
}

/** Longer than any name; a query is cut to it. */
const QUERY_MAX = 80

/** The smaller the closer; null when it does not match. */
function rankOf(query: string, { name }: Named): number | null {
  const typed = fold(query.slice(0, QUERY_MAX)).split(/\s+/).filter(Boolean)
  if (typed.length === 0) return 0
  const words = nameWords(name).map(fold)
  const main = [fold(name.family), fold(name.given)]
  if (fits(typed, words, startsWith)) {
    return typed.length === 1 && !fits(typed, main, startsWith) ? 1 : 0
  }
  if (fits(typed, words, soundsLikeStart)) return 2
  const swapped = typed.map(inOtherLayout)
  if (fits(swapped, words, (part, word) => startsWith(part, word) || soundsLikeStart(part, word))) {
    return 3
  }
  return null
}

/** Every typed part begins a word of its own. */
function fits(
  parts: readonly string[],
  words: readonly string[],
  begins: (part: string, word: string) => boolean,
): boolean {
  const [part, ...others] = parts
  if (part === undefined) return true
  return words.some(
    (word, index) =>
      begins(part, word) &&
      fits(
        others,
        words.filter((_, each) => each !== index),
        begins,
      ),
  )
}

const startsWith = (part: string, word: string) => part !== '' && word.startsWith(part)

const CYRILLIC = /\p{Script=Cyrillic}/u

function soundsLikeStart(part: string, word: string): boolean {
  if (part === '') return false
  const fromCyrillic = CYRILLIC.test(word)
  if (fromCyrillic === CYRILLIC.test(part)) return spelledLikeStart(part, word)
  return readsAs(part, word, fromCyrillic ? LATIN_OF : CYRILLIC_OF)
}

/** Two Latin spellings of one Russian name: Belozerova, Belozyorova. */
function spelledLikeStart(part: string, word: string): boolean {
  const even = (text: string) =>
    text
      .replace(/[yij]o/g, 'e')
      .replace(/[yj]/g, 'i')
      .replace(/kh/g, 'h')
  return even(word).startsWith(even(part))
}

/** Can the word be spelled in the other script so that it begins with `part`? */
function readsAs(part: string, word: string, spellings: Spellings): boolean {
  const dead = new Set<number>()
  const from = (typed: number, read: number): boolean => {
    if (typed >= part.length) return true
    if (read >= word.length) return false
    const place = typed * 1_000 + read
    if (dead.has(place)) return false
    for (let size = Math.min(4, word.length - read); size > 0; size--) {
      const chunk = word.slice(read, read + size)
      const options = spellings.get(chunk) ?? (size === 1 ? [chunk] : [])
      for (const option of options) {
        const rest = part.slice(typed)
        // the query may end in the middle of a spelling
        if (option.startsWith(rest)) return true
        if (rest.startsWith(option) && from(typed + option.length, read + size)) return true
      }
    }
    dead.add(place)
    return false
  }
  return from(0, 0)
}

type Spellings = ReadonlyMap<string, readonly string[]>

/** One line a letter or group: what it is, and how it may be spelled; `-` is not at all. */
function spellings(table: string): Spellings {
  return new Map(
    table.split(';').map((row) => {
      const [chunk = '', ...options] = row.trim().split(' ')
      return [chunk, options.map((option) => (option === '-' ? '' : option))]
    }),
  )
}

/** Passports, libraries and people spell Russian in different ways; all of them are met. */
const LATIN_OF =
  spellings(`а a; б b; в v w; г g h; д d; е e ye je yo io jo o; ж zh j; з z s; и i y ee;
  й y i j -; к k c; л l; м m; н n; о o; п p; р r; с s c ss; т t; у u ou oo w; ф f ph; х kh h x;
  ц ts c tz; ч ch tch c; ш sh s; щ shch sch sh; ъ - '; ы y i; ь - ' y; э e; ю yu iu ju u;
  я ya ia ja a; ий y iy ii ij i; ый y yy i; кс x ks; ей ey ei ay; ай ay ai i y; дж j dzh dj g;
  ау ow au; уи wi ui`)

/** English names as they are heard or read out letter by letter. */
const CYRILLIC_OF = spellings(`a а э е эй; b б; c к с ц; d д; e е э и -; f ф; g г дж ж; h х г -;
  i и ай й; j дж ж й; k к; l л ль; m м; n н нь; o о а оу; p п; q к кв; r р -; s с з сь; t т ть;
  u у ю а; v в; w в у; x кс з; y и ий й ы ай; z з ц; sh ш; ch ч к х; zh ж; kh х; ts ц; th т з с ф;
  ph ф; oo у; ee и; ea и е; ae э е -; ou у ау; ow оу ау; ck к; qu кв; yu ю; ya я; yo е; ye е; ju ю джу; ja я джа;
  shch щ; sch ш щ; tch ч; igh ай; iu ю; ia я иа; ie и ье; ei ей ай; ai ай ей эй; ay ай ей эй; ll л лл; ss с сс;
  nn н нн; tt т тт; mm м; rr р; wh у в; augh о; aw о оу; ey и ей; son сон`)

/** The same keys in the other layout, lower case; ё is folded into е before. */
const LAYOUT_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const LAYOUT_RU = 'йцукенгшщзхъфывапролджэячсмитьбюе'

function inOtherLayout(text: string): string {
  const [from, to] = CYRILLIC.test(text) ? [LAYOUT_RU, LAYOUT_EN] : [LAYOUT_EN, LAYOUT_RU]
  return [...text].map((key) => to[from.indexOf(key)] ?? key).join('')
}

function keyOf({ name }: Named): string {
  return fold(`${name.family} ${name.given}`)
}

/** One case, е for ё, letters without their marks (but й is a letter of its own). */
function fold(text: string): string {
  return [...text.normalize('NFC').toLowerCase()]
    .map((letter) => (letter === 'й' ? letter : letter.normalize('NFD').replace(/\p{Mn}/gu, '')))
    .join('')
    .replace(/[’ʼ′]/g, "'")
}
