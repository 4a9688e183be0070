import { useRevalidator } from '@remix-run/react'
import { useEffect, useMemo, useState } from 'react'
import type { ThreadSummary } from '../../../../shared/views'
import { usePartnershipFacts, useUnread } from '../../../lib/live'
import { usePartnership } from '../../../lib/partnership'
import { listWithFact, listWithLoads } from '../../discussions/thread-facts'

const NONE: readonly ThreadSummary[] = []

/**
 * The threads about a protocol by the unit they stand at, following the partnership's facts.
 *
 * @param loaded as the server knew them when the page was loaded
 */
export function useAnchoredThreads(
  protocolId: string,
  loaded: readonly ThreadSummary[],
): (units: readonly string[]) => readonly ThreadSummary[] {
  const { revalidate } = useRevalidator()
  const workspace = usePartnership()
  const [threads, setThreads] = useState(loaded)
  useEffect(() => {
    setThreads((known) => {
      const here = known.filter(({ anchor }) => anchor?.protocolId === protocolId)
      return listWithLoads(here, loaded)
    })
  }, [loaded, protocolId])

  usePartnershipFacts(workspace?.may.listen ? workspace.partnership.id : undefined, {
    onThreadChanged({ thread }) {
      if (thread.anchor?.protocolId !== protocolId) return
      setThreads((now) => listWithFact(now, thread))
    },
    onRejoined: revalidate,
  })
  useUnread(({ id, unread }) => {
    setThreads((now) => now.map((each) => (each.id === id ? { ...each, unread } : each)))
  })

  return useMemo(() => {
    const byUnit = new Map<string, ThreadSummary[]>()
    for (const thread of threads) {
      const unit = thread.anchor?.unit
      if (unit !== undefined) byUnit.set(unit, [...(byUnit.get(unit) ?? []), thread])
    }
    return (units) => {
      const [unit, ...others] = units
      if (unit === undefined) return NONE
      if (others.length === 0) return byUnit.get(unit) ?? NONE
      return units.flatMap((each) => byUnit.get(each) ?? NONE)
    }
  }, [threads])
}
