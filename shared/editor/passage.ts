import { normaliseUnitText } from './unit-hash'

/** UTF-16 offsets of a text; `end` is behind it. */
export type Stretch = { start: number; end: number }

/**
 * Where a text holds a passage, from its beginning, without overlap: letter by letter, or as texts are
 * compared (`normaliseUnitText`): any white space is one space, any quotation marks are the same. One
 * without a letter or digit is nowhere.
 */
export function findPassage(text: string, passage: string): Stretch[] {
  const wanted = normaliseUnitText(passage)
  // brackets and dots are nobody's data, and the mark that stands for a passage is made of them
  if (!/[\p{L}\p{N}]/u.test(wanted)) return []
  const { plain, places } = compared(text)
  const found: Stretch[] = []
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    const [first, last] = [places[at], places[at + wanted.length - 1]]
    if (first && last) found.push({ start: first.start, end: last.end })
  }
  return found
}

/** A letter with what is written above and below it, so that it is found however it is encoded. */
const LETTERS = /\s+|\P{M}\p{M}*|\p{M}+/gu

/** The text as it is compared, and for each unit of that where it stands. */
function compared(text: string): { plain: string; places: Stretch[] } {
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
