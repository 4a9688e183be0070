import { useCallback, useEffect, useMemo, useRef } from 'react'

/**
 * Something that goes by itself after a while, but never from under a pointer or the focus: while
 * somebody is at it the time does not run, and begins anew when they leave.
 *
 * @param forMs milliseconds
 */
export function useLinger(forMs: number, onEnd: () => void) {
  const end = useRef(onEnd)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const holders = useRef(new Set<'pointer' | 'focus'>())
  useEffect(() => {
    end.current = onEnd
  })
  const start = useCallback(() => {
    clearTimeout(timer.current)
    if (holders.current.size === 0) timer.current = setTimeout(() => end.current(), forMs)
  }, [forMs])
  useEffect(() => () => clearTimeout(timer.current), [])
  const handlers = useMemo(() => {
    const hold = (by: 'pointer' | 'focus') => () => {
      holders.current.add(by)
      clearTimeout(timer.current)
    }
    const release = (by: 'pointer' | 'focus') => () => {
      holders.current.delete(by)
      start()
    }
    return {
      onPointerEnter: hold('pointer'),
      onPointerLeave: release('pointer'),
      onFocus: hold('focus'),
      onBlur: release('focus'),
    }
  }, [start])
  return { start, handlers }
}
