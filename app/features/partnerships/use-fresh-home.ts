import { useRevalidator } from '@remix-run/react'
import { usePartnershipFacts } from '../../lib/live'
import { useThrottled } from '../../lib/throttled'
import { useTold } from '../notifications/use-told'

/** The page is read again no more often than this, milliseconds. */
const EVERY_MS = 5_000

/**
 * Read the home page again when a fact may have changed it.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function useFreshHome(partnershipId: string | undefined): void {
  const refresh = useThrottled(useRevalidator().revalidate, EVERY_MS)
  useTold(refresh)
  usePartnershipFacts(partnershipId, {
    onProtocolChanged: refresh,
    onThreadChanged: refresh,
    onResourceChanged: refresh,
    onRejoined: refresh,
  })
}
