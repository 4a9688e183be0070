import type { Language } from '../languages'
import type { Finding, Piece } from './find'

/** Names that one text is cleared of everywhere; what is left is found again. */
const NAMES_MAX = 50

export type Replacement = { from: number; to: number; text: string }
type Reading = { lang: Language; year: number }

/**
 * The text without what gives a patient away: a name becomes “patient A”, the same name the same letter
 * wherever it stands; a birth date an age in five years' steps, from ninety on one (45 CFR
 * 164.514(b)(2)(i)(C)); numbers go.
 *
 * @param year the present one
 */
export function deIdentify(text: string, found: readonly Finding[], reading: Reading): string {
  let out = ''
  let at = 0
  for (const { from, to, text: words } of replacementsIn(text, found, reading)) {
    out += text.slice(at, from) + words
    at = to
  }
  return out + text.slice(at)
}

/** The same as steps, in the text's order and without overlap. */
export function replacementsIn(
  text: string,
  found: readonly Finding[],
  { lang, year }: Reading,
): Replacement[] {
  const letters = new Map<string, string>()
  const pieces = everywhere(text, apart(found.flatMap((one) => one.pieces)))
  return pieces.map((piece) => ({ from: piece.from, to: piece.to, text: instead(piece) }))

  function instead({ what, from, to, year: born, called }: Piece): string {
    if (what === 'number') return '[…]'
    if (what === 'born') return ageOf(year - (born ?? year), lang)
    const key = nameKey(text.slice(from, to))
    const letter = letters.get(key) ?? letterAt(letters.size, lang)
    letters.set(key, letter)
    if (called) return letter
    return lang === 'ru' ? `пациент ${letter}` : `patient ${letter}`
  }
}

/** The same words of a name elsewhere in the text are the same person. */
function everywhere(text: string, pieces: readonly Piece[]): Piece[] {
  const names = new Set(
    pieces.filter(({ what }) => what === 'name').map(({ from, to }) => text.slice(from, to)),
  )
  const more: Piece[] = []
  for (const name of [...names].slice(0, NAMES_MAX)) {
    for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + name.length)) {
      const called = /(?:patient|пациент\p{L}{0,3}|больн(?:ой|ая|ого|ому|ую)) $/iu.test(
        text.slice(Math.max(0, from - 14), from),
      )
      more.push({ what: 'name', from, to: from + name.length, called })
    }
  }
  return apart([...pieces, ...more])
}

function apart(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = []
  const ordered = [...pieces].sort((one, other) => one.from - other.from || other.to - one.to)
  for (const piece of ordered) if (piece.from >= (kept.at(-1)?.to ?? 0)) kept.push(piece)
  return kept
}

/** «Иванов И.И.» and «Иванов И. И.» are one. */
function nameKey(name: string): string {
  return name.replace(/[\s.,]/g, '').toLowerCase()
}

function letterAt(index: number, lang: Language): string {
  const letters = lang === 'ru' ? 'АБВГДЕЖИКЛМНОПРСТУФХЦЧШЭЮЯ' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const letter = letters[index % letters.length] ?? ''
  const round = Math.floor(index / letters.length)
  return round === 0 ? letter : `${letter}${round + 1}`
}

function ageOf(years: number, lang: Language): string {
  if (years >= 90) return lang === 'ru' ? '90 лет и старше' : 'aged 90 or over'
  const from = Math.max(0, Math.floor(years / 5) * 5)
  return lang === 'ru' ? `${from}–${from + 4} лет` : `aged ${from}–${from + 4}`
}
