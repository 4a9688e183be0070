import { useRevalidator } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { ProtocolChanged } from '../../../shared/events'
import type { ProtocolSummary } from '../../../shared/views'
import { usePartnershipFacts } from '../../lib/live'

/**
 * A list of protocols that follows the partnership's facts: a known row is changed in place, an
 * unknown one (just created, or let in) makes the list load once more.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function useLiveProtocols(
  partnershipId: string | undefined,
  loaded: readonly ProtocolSummary[],
): readonly ProtocolSummary[] {
  const { revalidate } = useRevalidator()
  const [facts, setFacts] = useState<Readonly<Record<string, ProtocolChanged>>>({})
  // what has just been loaded knows everything that was heard before
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is the reason
  useEffect(() => setFacts({}), [loaded])
  usePartnershipFacts(partnershipId, {
    onProtocolChanged(fact) {
      if (loaded.some(({ id }) => id === fact.protocolId)) {
        setFacts((known) => ({ ...known, [fact.protocolId]: fact }))
      } else {
        revalidate()
      }
    },
    onRejoined: revalidate,
  })
  return loaded.map((protocol) => withFact(protocol, facts[protocol.id]))
}

function withFact(protocol: ProtocolSummary, fact: ProtocolChanged | undefined): ProtocolSummary {
  if (!fact) return protocol
  const { title, counts, editedAt, editedBy } = fact
  return { ...protocol, title, counts, editedAt, editedBy }
}
