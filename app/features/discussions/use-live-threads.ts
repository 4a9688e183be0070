import { useRevalidator } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { ThreadSummary } from '../../../shared/views'
import { usePartnershipFacts, useUnread } from '../../lib/live'
import { usePartnership } from '../../lib/partnership'
import { withFact, withLoads } from './thread-facts'

/**
 * A list of threads that follows the partnership's facts: a known row changes in place, for an unknown
 * one the list is loaded once more.
 */
export function useLiveThreads(loaded: readonly ThreadSummary[]): readonly ThreadSummary[] {
  const { revalidate } = useRevalidator()
  const workspace = usePartnership()
  const [threads, setThreads] = useState(loaded)
  useEffect(() => setThreads((known) => withLoads(known, loaded)), [loaded])
  usePartnershipFacts(workspace?.may.listen ? workspace.partnership.id : undefined, {
    onThreadChanged({ thread }) {
      const known = threads.find(({ id }) => id === thread.id)
      // also told of what the list has been loaded with
      const isNews = !known && !(threads.at(-1) && isOlder(thread, threads.at(-1)))
      if (known) setThreads((now) => now.map((each) => withFact(each, thread)))
      else if (isNews) revalidate()
    },
    onRejoined: revalidate,
  })
  useUnread(({ id, unread }) => {
    setThreads((now) => now.map((each) => (each.id === id ? { ...each, unread } : each)))
  })
  return threads
}

function isOlder(fact: { lastAt: string }, last: ThreadSummary | undefined): boolean {
  return last !== undefined && fact.lastAt < last.lastAt
}
