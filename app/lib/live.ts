import { useRouteLoaderData } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type {
  CaughtUp,
  ProtocolChanged,
  ResourceChanged,
  ThreadChanged,
  UnreadChanged,
  WorkshopChanged,
} from '../../shared/events'
import type { NotificationView, PersonView, ReplyView } from '../../shared/views'
import type { loader as rootLoader } from '../root'
import { untilThere } from './later'
import { CALLING_AGAIN, LiveLine, type Room } from './live-line'
import { usePartnership } from './partnership'

/** The tab's one line; only ever opened in a browser, by an effect. */
export const line = new LiveLine(async () => {
  const { io } = await untilThere(() => import('socket.io-client'))
  return io({ ...CALLING_AGAIN, transports: ['websocket', 'polling'] })
})

/** No more often than this, milliseconds: others see it for a few seconds. */
const TYPING_EVERY_MS = 2_000

type PartnershipListener = {
  /** Facts, after their commit. Told more than once, and some that the page knows already. */
  onProtocolChanged?: (fact: ProtocolChanged) => void
  onThreadChanged?: (fact: ThreadChanged) => void
  onResourceChanged?: (fact: ResourceChanged) => void
  onWorkshopChanged?: (fact: WorkshopChanged) => void
  /** The line was away for a while: facts may have been missed. */
  onRejoined?: () => void
}

/**
 * Hear a partnership's facts while a page shows them.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function usePartnershipFacts(
  partnershipId: string | undefined,
  listener: PartnershipListener,
): void {
  const latest = useLatest(listener)
  useEffect(() => {
    if (!partnershipId) return
    const ends = [
      onReturn(() => latest.current.onRejoined?.()),
      line.enter(partnershipRoom(partnershipId)),
      line.hear('protocol:changed', (fact) => {
        if (fact.partnershipId === partnershipId) latest.current.onProtocolChanged?.(fact)
      }),
      line.hear('thread:changed', (fact) => {
        if (fact.partnershipId === partnershipId) latest.current.onThreadChanged?.(fact)
      }),
      line.hear('resource:changed', (fact) => {
        if (fact.partnershipId === partnershipId) latest.current.onResourceChanged?.(fact)
      }),
      line.hear('workshop:changed', (fact) => {
        if (fact.partnershipId === partnershipId) latest.current.onWorkshopChanged?.(fact)
      }),
    ]
    return () => endAll(ends)
  }, [partnershipId, latest])
}

type ThreadListener = {
  /** The count of changes that the page is up to date with. */
  rev: () => number
  /** What was missed, after every connection; several parts when it is much. */
  onCaughtUp: (missed: CaughtUp) => void
  onPosted: (reply: ReplyView) => void
  onChanged: (reply: ReplyView) => void
  /** Who has the thread open, the reader among them. */
  onHere?: (people: readonly PersonView[]) => void
  onTyping?: (person: PersonView) => void
}

/**
 * Hear a thread while a page shows it: first in, then caught up from the last change seen, again after
 * every gap.
 *
 * @param threadId undefined when the reader may not listen
 */
export function useThreadRoom(
  threadId: string | undefined,
  listener: ThreadListener,
): { connected: boolean; sayTyping: () => void } {
  const latest = useLatest(listener)
  const connected = useConnected()
  const saidAt = useRef(0)
  useEffect(() => {
    if (!threadId) return
    const ends = [
      line.hear('reply:posted', (reply) => {
        if (reply.threadId === threadId) latest.current.onPosted(reply)
      }),
      line.hear('reply:changed', (reply) => {
        if (reply.threadId === threadId) latest.current.onChanged(reply)
      }),
      line.hear('thread:here', (fact) => {
        if (fact.threadId === threadId) latest.current.onHere?.(fact.people)
      }),
      line.hear('thread:typing', (fact) => {
        if (fact.threadId === threadId) latest.current.onTyping?.(fact.person)
      }),
      line.enter(threadRoom(threadId, latest)),
    ]
    return () => endAll(ends)
  }, [threadId, latest])
  const sayTyping = () => {
    if (!threadId || Date.now() - saidAt.current < TYPING_EVERY_MS) return
    saidAt.current = Date.now()
    line.say('thread:typing', { threadId })
  }
  return { connected, sayTyping }
}

/** Who has the partnership around this page open now, the reader among them; empty until known. */
export function useHere(): readonly PersonView[] {
  const workspace = usePartnership()
  const partnershipId = workspace?.may.listen ? workspace.partnership.id : undefined
  const [here, setHere] = useState<readonly PersonView[]>([])
  useEffect(() => {
    setHere([])
    if (!partnershipId) return
    const ends = [
      line.enter(partnershipRoom(partnershipId)),
      line.hear('partnership:here', (fact) => {
        if (fact.partnershipId === partnershipId) setHere(fact.people)
      }),
    ]
    return () => endAll(ends)
  }, [partnershipId])
  return here
}

/**
 * The reader's own unread posts in the partnership around this page.
 *
 * @param onThread told of one thread's own count
 */
export function useUnread(onThread?: (thread: { id: string; unread: number }) => void): number {
  const workspace = usePartnership()
  const partnershipId = workspace?.may.listen ? workspace.partnership.id : undefined
  const served = workspace?.unread ?? 0
  const [total, setTotal] = useState(served)
  const latest = useLatest(onThread)
  useEffect(() => setTotal(served), [served])
  useEffect(() => {
    if (!partnershipId) return
    const hear = (fact: UnreadChanged) => {
      if (fact.partnershipId !== partnershipId) return
      setTotal(fact.total)
      if (fact.thread) latest.current?.(fact.thread)
    }
    const ends = [line.enter(partnershipRoom(partnershipId)), line.hear('unread:changed', hear)]
    return () => endAll(ends)
  }, [partnershipId, latest])
  return total
}

/** The reader's own unread notifications, and the newest one that came while the page was open. */
export function useNotifications(): { unread: number; latest: NotificationView | null } {
  const root = useRouteLoaderData<typeof rootLoader>('root')
  const isSomebody = root?.person != null
  const served = root?.unreadNotifications ?? 0
  const [unread, setUnread] = useState(served)
  const [latest, setLatest] = useState<NotificationView | null>(null)
  useEffect(() => setUnread(served), [served])
  useEffect(() => {
    if (!isSomebody) return
    return line.hear('notifications:changed', (fact) => {
      setUnread(fact.unread)
      if (fact.added) setLatest(fact.added)
    })
  }, [isSomebody])
  return { unread, latest }
}

/** Is there a line to the server just now? */
export function useConnected(): boolean {
  const [connected, setConnected] = useState(false)
  useEffect(() => line.watch(setConnected), [])
  return connected
}

/** What happened before the first connection is told again by the server, but not for ever. */
const TOLD_AGAIN_MS = 60_000

/** After each connection but the first one heard of; after that one too when it came late. */
function onReturn(tell: () => void): () => void {
  const since = Date.now()
  let was: boolean | null = null
  let seen = false
  return line.watch((connected) => {
    const isLate = !seen && Date.now() - since > TOLD_AGAIN_MS
    if (connected && was === false && (seen || isLate)) tell()
    seen ||= connected
    was = connected
  })
}

function partnershipRoom(partnershipId: string): Room {
  return {
    key: `partnership ${partnershipId}`,
    // a refusal: access has ended, and the page learns it with its next step
    enter: (wire) => wire.emit('partnership:join', { partnershipId }, () => {}),
    leave: (wire) => wire.emit('partnership:leave', { partnershipId }, () => {}),
  }
}

function threadRoom(threadId: string, latest: { current: ThreadListener }): Room {
  return {
    key: `thread ${threadId}`,
    enter(wire) {
      const ask = (afterRev: number) => {
        wire.emit('thread:join', { threadId, afterRev }, (answer) => {
          if (!answer.ok) return
          latest.current.onCaughtUp(answer.value)
          if (answer.value.more) ask(answer.value.rev)
        })
      }
      ask(latest.current.rev())
    },
    leave: (wire) => wire.emit('thread:leave', { threadId }, () => {}),
  }
}

/** The value of the last render, for what outlives renders. */
export function useLatest<T>(value: T): { current: T } {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

export function endAll(ends: readonly (() => void)[]): void {
  for (const end of ends) end()
}
