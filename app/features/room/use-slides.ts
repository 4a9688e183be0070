import { useEffect, useState } from 'react'
import type { SlideView } from '../../../shared/workshop-views'
import { isOk } from '../../lib/ask'
import { getSlides } from './room-wire'

/** Asked for again after so long when nobody answered, milliseconds. */
const AGAIN_MS = 10_000

/**
 * The pages of a deck, without their images.
 *
 * @param served the page that came with the document
 * @returns those known so far
 */
export function useSlides(
  workshopId: string,
  deckId: string | null,
  served: SlideView | null,
): readonly SlideView[] {
  const [known, setKnown] = useState<readonly SlideView[]>(served ? [served] : [])
  useEffect(() => {
    if (!deckId) return
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    async function ask(deck: string) {
      clearTimeout(timer)
      const answer = await getSlides(workshopId, deck)
      if (left) return
      if (isOk(answer)) setKnown(answer.ok)
      else timer = setTimeout(() => void ask(deck), AGAIN_MS)
    }
    void ask(deckId)
    const again = () => void ask(deckId)
    window.addEventListener('online', again)
    return () => {
      left = true
      clearTimeout(timer)
      window.removeEventListener('online', again)
    }
  }, [workshopId, deckId])
  return known.filter((slide) => slide.deckId === deckId)
}
