import { useEffect, useState } from 'react'

/** A part that did not come is asked for again after so long, or once the line is back, milliseconds. */
const AGAIN_MS = 15_000

/**
 * A part of the page's code that comes when it is wanted. Unlike `lazy`, a line that is away costs the
 * page nothing: it goes on without the part, and asks for it again.
 *
 * @param load the same function at every call
 * @returns undefined until it has come
 */
export function useLater<T>(load: () => Promise<T>, isWanted = true): T | undefined {
  const [part, setPart] = useState<{ is: T }>()
  const hasCome = part !== undefined
  useEffect(() => {
    if (!isWanted || hasCome) return
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      clearTimeout(timer)
      load().then(
        (come) => {
          if (!left) setPart({ is: come })
        },
        () => {
          if (!left) timer = setTimeout(ask, AGAIN_MS)
        },
      )
    }
    ask()
    window.addEventListener('online', ask)
    return () => {
      left = true
      clearTimeout(timer)
      window.removeEventListener('online', ask)
    }
  }, [load, isWanted, hasCome])
  return part?.is
}
