import { useEffect, useState } from 'react'
import type { DeckView } from '../../../shared/workshop-views'
import { isOk } from '../../lib/ask'
import { useLatest } from '../../lib/live'
import { getDecks } from './room-wire'
import { useSlidesNews } from './use-slides-news'

/**
 * The decks of a room as they are by now: those that came with the document, and again when they have
 * changed or one is shown that is not among them.
 *
 * @returns `isGone`: what is shown has been taken away
 */
export function useDecks(
  workshopId: string,
  served: readonly DeckView[],
  shown: string | null,
): { decks: readonly DeckView[]; isGone: boolean } {
  // read when that one was shown already: what it does not have is not there any more
  const [{ decks, after }, setRead] = useState({ decks: served, after: shown })
  const latest = useLatest(shown)
  useEffect(() => setRead({ decks: served, after: latest.current }), [served, latest])
  const ask = useLatest(async () => {
    const answer = await getDecks(workshopId)
    if (isOk(answer)) setRead({ decks: answer.ok, after: shown })
  })
  useSlidesNews(workshopId, ({ page }) => {
    if (page === null) void ask.current()
  })
  const isKnown = shown === null || decks.some(({ id }) => id === shown)
  const isGone = !isKnown && after === shown
  useEffect(() => {
    if (!isKnown && !isGone) void ask.current()
  }, [isKnown, isGone, ask])
  return { decks, isGone }
}
