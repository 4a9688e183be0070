import { diffArrays } from 'diff'
import type { Language } from '../languages'
import { normaliseUnitText } from './unit-hash'

/** A stretch of text in a comparison; `text` is shown as it is. */
export type DriftPart = { text: string; change: 'same' | 'added' | 'removed' }

const segmenters = new Map<Language, Intl.Segmenter>()

function segmentsOf(text: string, lang: Language): string[] {
  // Firefox 115, the last one for Windows 7, has no Intl.Segmenter.
  if (!('Segmenter' in Intl)) return text.match(/[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|\s+|./gsu) ?? []
  let segmenter = segmenters.get(lang)
  if (!segmenter) {
    segmenter = new Intl.Segmenter(lang, { granularity: 'word' })
    segmenters.set(lang, segmenter)
  }
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/**
 * What changed between two states of a text, in whole words: nobody should read "4" inside "14" as a
 * change of dose. Kinds of space and of quotation marks are no change, as they are none in a unit's
 * hash. Parts that are not `removed` add up to `after`; a word brings the space after it along.
 *
 * Words are found by `Intl.Segmenter` and compared with `diffArrays`: the word functions of `diff` know
 * Latin letters only and take Russian apart letter by letter.
 *
 * @param lang of both texts; decides where words end
 */
export function changedWords(before: string, after: string, lang: Language): DriftPart[] {
  const old = wordsOf(before, lang)
  const changes = diffArrays(old, wordsOf(after, lang), {
    comparator: (a, b) => a === b || normaliseUnitText(a) === normaliseUnitText(b),
  })
  let place = 0
  return changes.map(({ value, added, removed }, index) => {
    const text = value.join('')
    // The last word of a text has no space after it; what stood after its counterpart needs one.
    const shown = changes[index - 1]?.value.at(-1) ?? ' '
    const isStuck = removed && /\s$/.test(old[place - 1] ?? '') && !/\s$/.test(shown)
    if (!added) place += value.length
    return {
      text: isStuck ? ` ${text}` : text,
      change: added ? 'added' : removed ? 'removed' : 'same',
    }
  })
}

/** Words and punctuation marks, each with the white space that follows it. */
function wordsOf(text: string, lang: Language): string[] {
  const words: string[] = []
  for (const segment of segmentsOf(text, lang)) {
    const last = words.length - 1
    if (last >= 0 && segment.trim() === '') words[last] += segment
    else words.push(segment)
  }
  return words
}

/**
 * The same comparison for a narrow note: of unchanged stretches only what surrounds a change is kept,
 * the rest is an ellipsis. Cuts at spaces.
 *
 * @param context characters of unchanged text kept on each side of a change
 */
export function excerpt(parts: readonly DriftPart[], context = 24): DriftPart[] {
  return parts.map((part, index) => {
    if (part.change !== 'same') return part
    const head = index > 0 ? headOf(part.text, context) : ''
    const tail = index < parts.length - 1 ? tailOf(part.text, context) : ''
    // An ellipsis that saves next to nothing only interrupts.
    if (head.length + tail.length + 8 >= part.text.length) return part
    return { ...part, text: `${head}${index > 0 ? ' …' : '…'}${tail && ` ${tail}`}` }
  })
}

function headOf(text: string, length: number): string {
  const cut = text.slice(0, length + 1)
  const end = cut.lastIndexOf(' ')
  return cut.slice(0, Math.max(end, 0)).trimEnd()
}

function tailOf(text: string, length: number): string {
  const cut = text.slice(-(length + 1))
  const start = cut.indexOf(' ')
  return start < 0 ? '' : cut.slice(start).trimStart()
}
