import { useRouteLoaderData } from '@remix-run/react'
import type { loader } from '../routes/partnerships.$slug'

/** The partnership around this page, and what the reader may do there; undefined outside of one. */
export function usePartnership() {
  return useRouteLoaderData<typeof loader>('routes/partnerships.$slug')
}
