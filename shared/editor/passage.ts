import { normaliseUnitText } from './unit-hash'

/** UTF-16 offsets of a text; `end` is behind it. */
export type Stretch = { start: number; end: number }

/**
 * Where a text holds a passage, from its beginning, without overlap: letter by letter, or as texts are
 * compared (`normaliseUnitText`): any white space is one space, any quotation marks are the same. One
 * without a letter or digit is nowhere; one so short that other words hold it is found as a word alone.
 */
export function findPassage(text: string, passage: string): Stretch[] {
  return passagesIn(text)(passage)
}

/** As `findPassage`, for several passages of one text: what is the same for all is made once. */
export function passagesIn(text: string): (passage: string) => Stretch[] {
  let normalised: string | undefined
  let known: Compared | undefined
  return (passage) => {
    const wanted = normaliseUnitText(passage)
    // brackets and dots are nobody's data, and the mark that stands for a passage is made of them
    if (!/[\p{L}\p{N}]/u.test(wanted)) return []
    normalised ??= normaliseUnitText(text)
    // most passages are not in most texts; where each letter stands takes much longer to tell
    if (!normalised.includes(wanted)) return []
    known ??= compared(text)
    return stretchesOf(known, wanted)
  }
}

function stretchesOf({ plain, places }: Compared, wanted: string): Stretch[] {
  const found: Stretch[] = []
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    const [first, last] = [places[at], places[at + wanted.length - 1]]
    const isApart = wanted.length > SHORT || isWord(plain, at, at + wanted.length)
    if (first && last && isApart) found.push({ start: first.start, end: last.end })
  }
  return found
}

/** Up to so many characters a name is a part of ordinary words: «Ким» in «Кимовск» stays there. */
const SHORT = 3

function isWord(text: string, from: number, to: number): boolean {
  const joins = (at: number) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]/u.test(text.slice(at - 1, at + 1))
  return !joins(from) && !joins(to)
}

/** A letter with what is written above and below it, so that it is found however it is encoded. */
const LETTERS = /\s+|\P{M}\p{M}*|\p{M}+/gu

/** The text as it is compared, and for each unit of that where it stands. */
type Compared = { plain: string; places: Stretch[] }

function compared(text: string): Compared {
  let plain = ''
  const places: Stretch[] = []
  for (const { 0: letter, index } of text.matchAll(LETTERS)) {
    const place = { start: index, end: index + letter.length }
    // alone it would be trimmed
    const form = /^\s/.test(letter) ? ' ' : normaliseUnitText(letter)
    plain += form
    for (let i = 0; i < form.length; i++) places.push(place)
  }
  return { plain, places }
}
