import { longestIncreasing } from '../../../../shared/editor/order'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { RowView } from './row-view'

/**
 * A horizontal stretch of the page. Most rows are one slot; where a paragraph stands elsewhere in the
 * other language, its Russian part has a slot of its own, because text cannot be shown out of order.
 */
export type Slot = {
  /** Key of the row, with `~ru` for a Russian part that stands apart. */
  key: string
  /** Uids of its blocks in document order; none where the language has nothing here. */
  en: readonly string[]
  ru: readonly string[]
}

/** Both languages' rows in one sequence in which each language keeps the order of its own text. */
export function slotsOf(rows: readonly RowView[], order: readonly { uid: string }[]): Slot[] {
  const place = new Map(order.map((block, index) => [block.uid, index]))
  const placeOf = (row: RowView) => place.get(row.blocks.ru[0]?.uid ?? '') ?? -1
  const present = rows.filter((row) => row.blocks.ru.length > 0)
  const kept = longestIncreasing(present.map(placeOf))
  const apart = present
    .filter((_, index) => !kept.has(index))
    .sort((a, b) => placeOf(a) - placeOf(b))

  const slots: Slot[] = []
  const placeApart = (before: number) => {
    for (let row = apart[0]; row && placeOf(row) < before; row = apart[0]) {
      slots.push({ key: `${row.key}~ru`, en: [], ru: uidsOf(row, 'ru') })
      apart.shift()
    }
  }
  const standsApart = new Set(apart)
  for (const row of rows) {
    const ru = standsApart.has(row) ? [] : uidsOf(row, 'ru')
    if (ru.length > 0) placeApart(placeOf(row))
    slots.push({ key: row.key, en: uidsOf(row, 'en'), ru })
  }
  placeApart(Number.POSITIVE_INFINITY)
  return slots
}

const uidsOf = (row: RowView, lang: Language) => row.blocks[lang].map((block) => block.uid)

/** What was measured of one slot, in CSS pixels without the room we gave it. */
export type SlotSize = {
  /** Height of its text in each language; 0 where there is none. */
  text: Record<Language, number>
  /** Height of what stands under the text: a note, or the offer to translate. */
  below: Record<Language, number>
  /** Never less, so that its button has its place. */
  least: number
}

/** Where every slot begins, and the room that each language's text needs to keep step. */
export type Alignment = {
  tops: readonly number[]
  heights: readonly number[]
  /** Before the first block of a language. */
  lead: Record<Language, number>
  /** After a block, by its uid. */
  room: Record<Language, ReadonlyMap<string, number>>
}

/**
 * Give the shorter text of every slot the room that the longer one takes. A language without a block in
 * a slot is given it after its last block before, or at its head.
 *
 * @param shown the languages on the page: both, or one on a phone
 */
export function align(
  slots: readonly Slot[],
  sizes: readonly SlotSize[],
  shown: readonly Language[],
): Alignment {
  const tops: number[] = []
  const heights: number[] = []
  const lead = { en: 0, ru: 0 }
  const room = { en: new Map<string, number>(), ru: new Map<string, number>() }
  const last: Record<Language, string | undefined> = { en: undefined, ru: undefined }
  let top = 0
  slots.forEach((slot, index) => {
    const size = sizes[index]
    const isShown = shown.some((lang) => slot[lang].length > 0 || (size?.below[lang] ?? 0) > 0)
    const needs = shown.map((lang) => (size?.text[lang] ?? 0) + (size?.below[lang] ?? 0))
    const height = isShown ? Math.max(size?.least ?? 0, ...needs) : 0
    for (const lang of shown) {
      const uid = slot[lang].at(-1)
      if (uid !== undefined) last[lang] = uid
      const spare = height - (uid === undefined ? 0 : (size?.text[lang] ?? 0))
      const holder = last[lang]
      if (holder === undefined) lead[lang] += spare
      else room[lang].set(holder, (room[lang].get(holder) ?? 0) + spare)
    }
    tops.push(top)
    heights.push(height)
    top += height
  })
  for (const lang of LANGUAGES) {
    for (const [uid, spare] of room[lang]) if (spare < 0.25) room[lang].delete(uid)
  }
  return { tops, heights, lead, room }
}
