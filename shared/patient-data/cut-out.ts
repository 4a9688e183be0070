import { findPassage } from '../editor/passage'
import type { Language, LocalizedText } from '../languages'
import { REMOVED } from './removed'

export type Cut = { text: string; count: number }

/** A text without passages, the longest first, so that none is left behind in a shorter one. */
export function cutOut(text: string, passages: readonly string[], lang: Language): Cut {
  const ordered = [...passages].sort((one, other) => other.length - one.length)
  return ordered.reduce<Cut>(
    (cut, passage) => {
      const found = findPassage(cut.text, passage)
      let out = ''
      let at = 0
      for (const { start, end } of found) {
        out += cut.text.slice(at, start) + REMOVED[lang]
        at = end
      }
      return { text: out + cut.text.slice(at), count: cut.count + found.length }
    },
    { text, count: 0 },
  )
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
