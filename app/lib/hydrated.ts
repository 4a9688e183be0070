import { useEffect, useState } from 'react'

/** Do scripts run here? False on the server and until the page has come to life. */
export function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(false)
  useEffect(() => setHydrated(true), [])
  return hydrated
}
