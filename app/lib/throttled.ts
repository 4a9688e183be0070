import { useEffect, useMemo, useRef } from 'react'

/**
 * The same act, done at most once in a while: at once, then once for everything asked meanwhile.
 *
 * @param everyMs milliseconds from one to the next
 */
export function useThrottled(act: () => void, everyMs: number): () => void {
  const latest = useRef(act)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const lastAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    latest.current = act
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useMemo(() => {
    const run = () => {
      timer.current = undefined
      lastAt.current = performance.now()
      latest.current()
    }
    return () => {
      if (timer.current !== undefined) return
      const wait = lastAt.current + everyMs - performance.now()
      if (wait <= 0) run()
      else timer.current = setTimeout(run, wait)
    }
  }, [everyMs])
}
