import { useRef } from 'react'
import { useOffline } from '../../lib/offline'

/** There was a line to the server and it is gone, or the device says that it has none. */
export function useAway(connected: boolean): boolean {
  const was = useRef(false)
  if (connected) was.current = true
  const offline = useOffline()
  return offline || (was.current && !connected)
}
