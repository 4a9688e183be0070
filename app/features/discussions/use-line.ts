import { useEffect, useRef, useState } from 'react'

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
  const [offline, setOffline] = useState(false)
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine)
    look()
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return offline || (was.current && !connected)
}
