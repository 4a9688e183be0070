import { useRevalidator } from '@remix-run/react'
import { useState } from 'react'
import type { ResourceView } from '../../../shared/views'
import { usePartnershipFacts } from '../../lib/live'
import { newerOf } from './library-facts'
import { type News, newsOf } from './library-news'

/**
 * An item that follows the partnership's facts, and the last thing that happened to it.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function useLiveItem(
  partnershipId: string | undefined,
  loaded: ResourceView,
): { item: ResourceView; news: News | null } {
  const { revalidate } = useRevalidator()
  const [heard, setHeard] = useState<ResourceView | null>(null)
  const [news, setNews] = useState<News | null>(null)
  const item = heard ? newerOf(loaded, heard) : loaded
  usePartnershipFacts(partnershipId, {
    onResourceChanged({ resource }) {
      if (resource.id !== loaded.id) return
      setHeard((known) => (known ? newerOf(known, resource) : resource))
      if (resource.rev >= item.rev) setNews((last) => newsOf(item, resource) ?? last)
    },
    onRejoined: revalidate,
  })
  return { item, news }
}
