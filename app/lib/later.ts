import { useEffect, useState } from 'react'

/** What did not come is asked for again after 1, 2, 4 … seconds, at most so many milliseconds. */
const AGAIN_MS = 15_000
/** Lost so often while the line holds, it has gone, or the browser never asks again for what it lost. */
const LOST_MOST = 4

/** Id of what every page says, hidden, of a part that does not come: no more of it may be missing. */
export const MISSING_PART = 'missing-part'

/** What does not come though the line holds. */
const missing = new Set<() => Promise<unknown>>()

/**
 * Asks until it comes, at once when the line is back. A line that is away, or a file lost on the way,
 * only makes it later: for parts of the page's code behind `lazy`, which would take the page down with
 * them, and for its words.
 *
 * @param left ends the asking; the promise stays open then
 */
export function untilThere<T>(load: () => Promise<T>, left?: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = 1_000
    let lost = 0
    let isOver = false
    const done = () => {
      isOver = true
      missing.delete(load)
      showMissing()
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
          lost += 1
          if (lost >= LOST_MOST) void lineHolds().then((holds) => !isOver && holds && miss(load))
          pause = Math.min(2 * pause, AGAIN_MS)
        },
      )
    }
    left?.addEventListener('abort', done)
    window.addEventListener('online', ask)
    ask()
  })
}

async function lineHolds(): Promise<boolean> {
  const answer = await fetch('/knot.svg', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.ok === true
}

function miss(load: () => Promise<unknown>) {
  missing.add(load)
  showMissing()
}

function showMissing() {
  const note = document.getElementById(MISSING_PART)
  if (note) note.hidden = missing.size === 0
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
