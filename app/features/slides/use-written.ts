import { useState } from 'react'
import type { SlideView } from '../../../shared/workshop-views'

/** Pages of which some have been written for since they were read. */
export function useWritten(slides: readonly SlideView[] | null) {
  const [written, setWritten] = useState<readonly SlideView[]>([])
  const newest = slides?.map(
    (slide) =>
      written.findLast(
        ({ deckId, page, rev }) =>
          deckId === slide.deckId && page === slide.page && rev > slide.rev,
      ) ?? slide,
  )
  return {
    slides: newest ?? null,
    keep: (more: readonly SlideView[]) => setWritten((known) => [...known, ...more]),
  }
}
