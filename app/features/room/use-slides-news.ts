import { useEffect } from 'react'
import { line, useLatest } from '../../lib/live'

type News = { deckId: string; page: number | null }

/** Hear, on the page of a room, that its decks have changed (no page), or the words of a page. */
export function useSlidesNews(workshopId: string, hear: (news: News) => void): void {
  const latest = useLatest(hear)
  useEffect(
    () =>
      line.hear('workshop:slides', (fact) => {
        if (fact.workshopId === workshopId) latest.current(fact)
      }),
    [workshopId, latest],
  )
}
