import type { ShouldRevalidateFunctionArgs } from '@remix-run/react'
import type { Refusal } from './refusal'

/**
 * A page whose form came too late is read again, so that it can show what was saved meanwhile; after
 * any other refusal, or without a line, it stays.
 */
export function rereadStale({
  actionStatus,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const isRefused = (actionStatus ?? 200) >= 400
  return isRefused ? actionStatus === 409 : defaultShouldRevalidate
}

/**
 * Did the form come too late, with what was saved meanwhile now known? Then it is to be sent with
 * the newer count of changes.
 */
export function isStale(refusal: Refusal | null, rev: number): boolean {
  return refusal?.refused.code === 'conflict' && refusal.values.base !== String(rev)
}
