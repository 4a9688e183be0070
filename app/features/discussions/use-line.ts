import { useEffect, useRef, useState } from 'react'
import { useOffline } from '../../lib/offline'

/** Scripts run: false in what the server renders and in the first look of the browser. */
export function useScripted(): boolean {
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  return scripted
}

/** There was a line to the server and it is gone, or the device says that it has none. */
export function useAway(connected: boolean): boolean {
  const was = useRef(false)
  if (connected) was.current = true
  const offline = useOffline()
  return offline || (was.current && !connected)
}
