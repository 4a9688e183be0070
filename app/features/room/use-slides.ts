import { useCallback, useEffect, useRef, useState } from 'react'
import type { SlideView } from '../../../shared/workshop-views'
import { isOk } from '../../lib/ask'
import { getSlides } from './room-wire'
import { useSlidesNews } from './use-slides-news'

/** Asked for again after so long when nobody answered, milliseconds. */
const AGAIN_MS = 10_000

type Known = ReadonlyMap<string, SlideView>

/**
 * The pages of decks that are looked at, without their images; all of one deck at once, kept while the
 * page is open, and anew where their words have changed.
 *
 * @param deckId the one that is looked at now
 * @param served pages that came with the document
 * @returns `find`: a page as far as it is known; `keep`: one that has come otherwise
 */
export function useSlides(
  workshopId: string,
  deckId: string | null,
  served: readonly SlideView[],
): {
  find: (deckId: string, page: number) => SlideView | undefined
  keep: (slides: readonly SlideView[]) => void
} {
  const [known, setKnown] = useState<Known>(() => merged(new Map(), served))
  const keep = useCallback(
    (slides: readonly SlideView[]) => setKnown((before) => merged(before, slides)),
    [],
  )
  useEffect(() => keep(served), [served, keep])
  const whole = useRef(new Set<string>())
  useEffect(() => {
    if (!deckId) return
    const deck = deckId
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    async function ask() {
      clearTimeout(timer)
      const answer = await getSlides(workshopId, deck)
      if (left) return
      if (isOk(answer)) {
        whole.current.add(deck)
        keep(answer.ok)
      } else timer = setTimeout(() => void ask(), AGAIN_MS)
    }
    if (!whole.current.has(deck)) void ask()
    // while there was no line its words may have changed
    const again = () => void ask()
    window.addEventListener('online', again)
    return () => {
      left = true
      clearTimeout(timer)
      window.removeEventListener('online', again)
    }
  }, [workshopId, deckId, keep])
  useSlidesNews(workshopId, async ({ deckId: deck, page }) => {
    if (page === null || !whole.current.has(deck)) return
    const answer = await getSlides(workshopId, deck, page)
    if (isOk(answer)) keep(answer.ok)
    // asked for with all others when it is looked at next
    else whole.current.delete(deck)
  })
  return { find: (deck, page) => known.get(nameOf(deck, page)), keep }
}

/** Of two forms of a page the one whose words have changed more often is the newer. */
function merged(known: Known, slides: readonly SlideView[]): Known {
  const next = new Map(known)
  for (const slide of slides) {
    const name = nameOf(slide.deckId, slide.page)
    const before = next.get(name)
    if (!before || slide.rev >= before.rev) next.set(name, slide)
  }
  return next
}

function nameOf(deckId: string, page: number): string {
  return `${deckId} ${page}`
}
