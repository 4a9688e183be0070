import { useEffect, useState } from 'react'

/** The zone of a reader of whom nothing is known: as their browser says, once the page lives. */
export function useBrowserZone(): string | null {
  const [zone, setZone] = useState<string | null>(null)
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone || null), [])
  return zone
}
