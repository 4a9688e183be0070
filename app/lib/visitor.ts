import { useRouteLoaderData } from '@remix-run/react'
import type { loader as rootLoader } from '../root'

/** Who looks at the page and how they like it; calm defaults when even the root could not load. */
export function useVisitor() {
  const root = useRouteLoaderData<typeof rootLoader>('root')
  return {
    lang: root?.lang ?? 'en',
    theme: root?.theme ?? 'system',
    person: root?.person ?? null,
    /** Others use this computer too: nothing may stay on it. */
    sharedComputer: root?.sharedComputer ?? false,
    demo: root?.demo ?? false,
  }
}
