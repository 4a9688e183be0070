import { type RefObject, useEffect, useRef, useState } from 'react'
import type { LiveThread } from './use-thread'

/** Time for a glance before what is on the screen counts as shown, milliseconds. */
const GLANCE_MS = 700

/**
 * Tells the server how far the reader has been shown the thread: posts whose end was on the screen
 * while the page was in front.
 *
 * @param readSeq as the server knows it
 */
export function useReadMarks(
  list: RefObject<HTMLElement | null>,
  live: LiveThread,
  readSeq: number,
): void {
  const told = useRef(readSeq)
  const seen = useRef(readSeq)
  const { markRead, state, connected } = live
  // biome-ignore lint/correctness/useExhaustiveDependencies: new posts are watched; a new line tries again
  useEffect(() => {
    const onScreen = new Set<number>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = async () => {
      const seq = seen.current
      if (seq <= told.current) return
      told.current = seq
      // not reached: the next glance tells it
      if ((await markRead(seq)) === 'unreachable') told.current = Math.min(told.current, seq - 1)
    }
    const look = () => {
      if (document.visibilityState !== 'visible') return
      clearTimeout(timer)
      timer = setTimeout(() => {
        seen.current = Math.max(seen.current, ...onScreen)
        void tell()
      }, GLANCE_MS)
    }
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const seq = Number(target.getAttribute('data-seen'))
        if (isIntersecting) onScreen.add(seq)
        else onScreen.delete(seq)
      }
      look()
    })
    for (const end of list.current?.querySelectorAll('[data-seen]') ?? []) observer.observe(end)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
    }
  }, [list, markRead, state.posts.length, connected])
}

/**
 * Posts that came while the reader was further up: counted, never jumped to. At the end of the thread
 * the page stays at its end; one's own posts are always shown.
 */
export function useFollowing(end: RefObject<HTMLElement | null>, live: LiveThread, me: string) {
  const { posts, unsent } = live.state
  const last = posts.at(-1)
  const lastSeq = last?.seq ?? 0
  const known = useRef(lastSeq)
  const atEnd = useRef(false)
  const [waiting, setWaiting] = useState<{ from: number; count: number } | null>(null)

  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver(([entry]) => {
      atEnd.current = entry?.isIntersecting ?? false
      if (atEnd.current) setWaiting(null)
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [end])

  const own = unsent.length
  const knownOwn = useRef(own)
  useEffect(() => {
    if (own > knownOwn.current) end.current?.scrollIntoView({ block: 'nearest' })
    knownOwn.current = own
  }, [own, end])

  useEffect(() => {
    const fresh = posts.filter(({ seq, author }) => seq > known.current && author?.id !== me)
    const [first] = fresh
    known.current = Math.max(known.current, lastSeq)
    if (!first) return
    if (atEnd.current) {
      end.current?.scrollIntoView({ block: 'nearest' })
      return
    }
    setWaiting((now) => ({
      from: now?.from ?? first.seq,
      count: (now?.count ?? 0) + fresh.length,
    }))
  }, [posts, lastSeq, me, end])

  return {
    waiting: waiting?.count ?? 0,
    go() {
      const post = waiting && document.getElementById(`post-${waiting.from}`)
      post?.scrollIntoView({ block: 'start' })
      setWaiting(null)
    },
  }
}
