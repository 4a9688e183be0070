import {
  type ClientLoaderFunctionArgs,
  isRouteErrorResponse,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
} from '@remix-run/react'
import { useEffect } from 'react'
import type { Refusal } from './refusal'

/** What the open page shows, by its path; null where none is open that can come too late. */
let open: { at: string; data: unknown } | null = null
let isReread = false

/**
 * A page whose form came too late is read again, so that it can show what was saved meanwhile; after
 * any other refusal, or without a line, it stays.
 */
export function rereadStale({
  actionStatus,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  isReread = actionStatus === 409
  return isRefused(actionStatus) ? isReread : defaultShouldRevalidate
}

/** What such a page stands in stays after every refusal: there is nothing new to show in it. */
export function stayRefused({
  actionStatus,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return isRefused(actionStatus) ? false : defaultShouldRevalidate
}

function isRefused(status = 200): boolean {
  return status >= 400
}

/**
 * The `clientLoader` of such a page: where it cannot be read again, it stays as it is, with the form that
 * came too late. Whoever may no longer see it is told so.
 */
export async function keepLoaded({ request, serverLoader }: ClientLoaderFunctionArgs) {
  const kept = isReread && open?.at === new URL(request.url).pathname ? open : null
  isReread = false
  try {
    return await serverLoader<unknown>()
  } catch (error) {
    const isBroken = isRouteErrorResponse(error) ? error.status >= 500 : error instanceof Error
    if (!kept || !isBroken) throw error
    return kept.data
  }
}

/** In such a page: keeps what it shows for the time it is open. */
export function useKeptLoaded() {
  const data = useLoaderData()
  useEffect(() => {
    const page = { at: window.location.pathname, data }
    open = page
    return () => {
      if (open === page) open = null
    }
  }, [data])
}

/**
 * Did the form come too late, with what was saved meanwhile now known? Then it is to be sent with
 * the newer count of changes.
 */
export function isStale(refusal: Refusal | null, rev: number): boolean {
  return refusal?.refused.code === 'conflict' && refusal.values.base !== String(rev)
}
