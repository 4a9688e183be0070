import { useEffect, useState } from 'react'
import { useRoomState } from './room-context'

/**
 * The present by the server's clock, told again and again while somebody looks.
 *
 * @param everyMs a whole second or minute
 */
export function useRoomNow(everyMs: number): number {
  const { now } = useRoomState()
  const [at, setAt] = useState(now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      setAt(now())
      timer = setTimeout(tick, everyMs - (now() % everyMs))
    }
    tick()
    return () => clearTimeout(timer)
  }, [now, everyMs])
  return at
}
