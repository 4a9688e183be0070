import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ReplyView } from '../../../shared/views'
import type { LiveThread } from './use-thread'

/** Time for a glance before what is on the screen counts as shown, milliseconds. */
const GLANCE_MS = 700

/**
 * Tells the server how far the reader has been shown the thread: posts whose end was on the screen
 * while the page was in front.
 *
 * @param readSeq as the server knows it
 * @param me the reader's user id
 */
export function useReadMarks(
  list: RefObject<HTMLElement | null>,
  live: LiveThread,
  readSeq: number,
  me: string,
): void {
  const told = useRef(readSeq)
  const seen = useRef(readSeq)
  const { markRead, state, connected } = live
  const calls = editedCalls(state.posts, me)
  const callKeys = calls.map(({ key }) => key).join()
  const toldCalls = useRef(new Set<string>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: new posts are watched; a new line tries again
  useEffect(() => {
    const onScreen = new Set<number>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = async () => {
      const fresh = calls.filter(({ seq, key }) => onScreen.has(seq) && !toldCalls.current.has(key))
      const seq = Math.max(seen.current, ...fresh.map((call) => call.seq))
      if (seq <= told.current && fresh.length === 0) return
      const before = told.current
      told.current = Math.max(before, seq)
      for (const { key } of fresh) toldCalls.current.add(key)
      if ((await markRead(seq)) !== 'unreachable') return
      // not reached: the next glance tells it
      told.current = Math.min(told.current, Math.max(before, seq - 1))
      for (const { key } of fresh) toldCalls.current.delete(key)
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
  }, [list, markRead, state.posts.length, connected, callKeys])
}

/**
 * Posts that were edited and call the reader: what told of it is read by looking at them, though the
 * post itself was read long ago.
 */
export function editedCalls(
  posts: readonly ReplyView[],
  me: string,
): { seq: number; key: string }[] {
  return posts.flatMap(({ seq, editedAt, mentions }) =>
    editedAt && mentions.some(({ userId }) => userId === me)
      ? [{ seq, key: `${seq} ${editedAt}` }]
      : [],
  )
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
