import { useRevalidator } from '@remix-run/react'
import { useEffect, useMemo, useState } from 'react'
import type { ResourceView } from '../../../shared/views'
import { usePartnershipFacts } from '../../lib/live'
import { type Shelf, withItem } from './library-facts'
import { type News, newsOf } from './library-news'

/** A page that was read while a fact came in may be without it: facts are kept for so long. */
const KEPT_MS = 10_000

type Fact = { item: ResourceView; at: number }

/**
 * A page of the library that follows the partnership's facts, and the last thing that happened in it.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function useLiveLibrary(
  partnershipId: string | undefined,
  loaded: Shelf,
): { items: readonly ResourceView[]; news: News | null } {
  const { revalidate, state } = useRevalidator()
  const [facts, setFacts] = useState<readonly Fact[]>([])
  const [news, setNews] = useState<News | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is the reason
  useEffect(() => {
    setFacts((known) => known.filter(({ at }) => Date.now() - at < KEPT_MS))
  }, [loaded])
  const shelf = useMemo(
    () => facts.reduce((known, { item }) => withItem(known, item), loaded),
    [facts, loaded],
  )
  usePartnershipFacts(partnershipId, {
    onResourceChanged({ resource }) {
      const before = shelf.items.find(({ id }) => id === resource.id)
      setFacts((known) => [...known, { item: resource, at: Date.now() }])
      // of an item on another page it is not known what was before
      if (before || shelf.next === null) setNews((last) => newsOf(before, resource) ?? last)
    },
    onRejoined: revalidate,
  })
  useEffect(() => {
    if (shelf.isStale && state === 'idle') revalidate()
  }, [shelf, state, revalidate])
  return { items: shelf.items, news }
}
