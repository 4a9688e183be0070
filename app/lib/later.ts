import { useEffect, useState } from 'react'

/** What did not come is asked for again after 1, 2, 4 … seconds, at most so many milliseconds. */
const AGAIN_MS = 15_000

/**
 * Asks until it comes, at once when the line is back. A line that is away, or a file lost on the way, only makes it later: for parts
 * of the page's code behind `lazy`, which would take the page down with them, and for its words.
 *
 * @param left ends the asking; the promise stays open then
 */
export function untilThere<T>(load: () => Promise<T>, left?: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = 1_000
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', ask)
    }
    function ask() {
      clearTimeout(timer)
      load().then(
        (come) => {
          done()
          if (!left?.aborted) resolve(come)
        },
        () => {
          if (left?.aborted) return
          timer = setTimeout(ask, pause)
          pause = Math.min(2 * pause, AGAIN_MS)
        },
      )
    }
    left?.addEventListener('abort', done)
    window.addEventListener('online', ask)
    ask()
  })
}

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
    const leaving = new AbortController()
    untilThere(load, leaving.signal).then((come) => setPart({ is: come }))
    return () => leaving.abort()
  }, [load, isWanted, hasCome])
  return part?.is
}
