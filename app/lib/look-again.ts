import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useLatest } from './live'

/** A few bytes that any of our processes answers with, and nothing keeps. */
const ASKED = '/healthz'
/** On a dead line a request hangs for minutes, and no other is made meanwhile, milliseconds. */
const ANSWER_MS = 10_000

/**
 * Look at the page's data again now and then, once the line is back, and once the reader is: for every
 * page that asks by itself. A loader whose request finds no line puts the error page in the place of the
 * page, which nobody asked for; so the server is asked for a few bytes first, and where it does not answer
 * the page stays as it is until the next time.
 *
 * @param everyMs milliseconds from one time to the next
 * @param on false: not at all
 */
export function useLookingAgain(everyMs: number, on = true): void {
  const { revalidate } = useRevalidator()
  const latest = useLatest(revalidate)
  useEffect(() => {
    if (on) return keepLooking(everyMs, () => latest.current())
  }, [everyMs, on, latest])
}

/**
 * The same of any page.
 *
 * @param look only called where the server has just answered
 * @returns ends it
 */
export function keepLooking(everyMs: number, look: () => void): () => void {
  let isOver = false
  let isAsking = false
  const ask = async () => {
    if (isAsking || document.visibilityState !== 'visible' || !navigator.onLine) return
    isAsking = true
    const hasAnswered = await answers()
    isAsking = false
    if (hasAnswered && !isOver) look()
  }
  const timer = setInterval(ask, everyMs)
  window.addEventListener('online', ask)
  document.addEventListener('visibilitychange', ask)
  return () => {
    isOver = true
    clearInterval(timer)
    window.removeEventListener('online', ask)
    document.removeEventListener('visibilitychange', ask)
  }
}

async function answers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS)
    return (await fetch(ASKED, { cache: 'no-store', signal })).ok
  } catch {
    return false
  }
}
