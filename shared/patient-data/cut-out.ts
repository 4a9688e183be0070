import { passagesIn, type Stretch } from '../editor/passage'
import type { Language, LocalizedText } from '../languages'
import { REMOVED } from './removed'

export type Cut = { text: string; count: number }

/**
 * A text without passages: all of them are looked for in the text as it stands, so that none is found in
 * the mark of another one; where they overlap there is one mark.
 */
export function cutOut(text: string, passages: readonly string[], lang: Language): Cut {
  const find = passagesIn(text)
  const marks = Object.values(REMOVED).flatMap(find)
  const found = passages
    .flatMap(find)
    // a word of the mark is nobody's data
    .filter((one) => !marks.some((mark) => mark.start <= one.start && one.end <= mark.end))
  const apart = joinOverlapping(found)
  let out = ''
  let at = 0
  for (const { start, end } of apart) {
    out += text.slice(at, start) + REMOVED[lang]
    at = end
  }
  return { text: out + text.slice(at), count: apart.length }
}

function joinOverlapping(found: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = []
  for (const { start, end } of found.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

/** The same of a text in both languages; without passages all of it goes. */
export function cutOutBoth(
  text: LocalizedText,
  passages: readonly string[] | null,
): { text: LocalizedText; count: number } {
  const [en, ru] = (['en', 'ru'] as const).map((lang): Cut | null => {
    const own = text[lang]
    if (!own) return null
    if (passages) return cutOut(own, passages, lang)
    return own === REMOVED[lang] ? { text: own, count: 0 } : { text: REMOVED[lang], count: 1 }
  })
  return {
    text: { ...(en ? { en: en.text } : {}), ...(ru ? { ru: ru.text } : {}) },
    count: (en?.count ?? 0) + (ru?.count ?? 0),
  }
}

/** Fewer letters than this at a cut end are left: any text begins with them. */
const OVERLAP_MIN = 3

/**
 * A text that was shortened with `…` when it was kept, without passages and without what its ends show
 * of one.
 */
export function cutOutShortened(kept: string, passages: readonly string[], lang: Language): Cut {
  const whole = cutOut(kept, passages, lang)
  return passages.reduce<Cut>((cut, passage) => {
    const words = passage.replace(/\s+/g, ' ').trim()
    const [opens, closes] = [cut.text.startsWith('…'), cut.text.endsWith('…')]
    const shown = cut.text.slice(opens ? 1 : 0, closes ? -1 : undefined)
    if ((opens || closes) && shown.length >= OVERLAP_MIN && words.includes(shown)) {
      return { text: REMOVED[lang], count: cut.count + 1 }
    }
    const tail = closes ? longest(words, (size) => shown.endsWith(words.slice(0, size))) : 0
    const head = opens ? longest(words, (size) => shown.startsWith(words.slice(-size))) : 0
    if (tail + head === 0) return cut
    const left = shown.slice(head, shown.length - tail)
    const text = `${head ? REMOVED[lang] : opens ? '…' : ''}${left}${tail ? REMOVED[lang] : closes ? '…' : ''}`
    return { text, count: cut.count + 1 }
  }, whole)
}

function longest(words: string, fits: (size: number) => boolean): number {
  for (let size = words.length; size >= OVERLAP_MIN; size--) if (fits(size)) return size
  return 0
}
