import type { Logger } from 'pino'
import { z } from 'zod'
import { AppError, isAppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import { can } from '../../shared/policy'
import type { Services } from '../services'
import { demand } from '../services/access'
import type { Presence } from './presence'
import type { RecentFacts } from './recent'
import { type Client, roomOf } from './socket'

const AtPartnership = z.object({ partnershipId: Id })
const AtThread = z.object({ threadId: Id })
const JoinThread = AtThread.extend({ afterRev: z.int().min(0) })

/** More than a person has open at once. */
const ROOMS_MAX = 50
/** Joins and leaves of one socket: so many at once, and so many a second. */
const ASKS_AT_ONCE = 60
const ASKS_A_SECOND = 10
/** Packets that wait for a slow reader; more of them are not made. */
const WAITING_MAX = 40
/** Others are told no more often that somebody writes, milliseconds. */
const TYPING_EVERY_MS = 500

/** Answers a socket's question once the ones before it are done, or refuses it in one voice. */
export type Answer = <T>(ack: unknown, work: () => Promise<T>) => void

/** What a socket may ask for: to hear a partnership or a thread, and to say that its owner is writing. */
export function listenTo(
  socket: Client,
  {
    services,
    presence,
    recent,
    recheck,
    log,
  }: {
    services: Services
    presence: Presence
    recent: RecentFacts
    recheck: (socket: Client) => Promise<void>
    log: Logger
  },
): Answer {
  const { data } = socket
  // one after the other: a leave that follows a join must find it done
  let turn: Promise<unknown> = Promise.resolve()
  const asks = { left: ASKS_AT_ONCE, at: performance.now() }

  socket.on('partnership:join', (at, ack) => {
    answer(ack, async () => {
      const { partnershipId } = parse(AtPartnership, at)
      await recheck(socket)
      demand(data.actor, 'live:partnership', { partnershipId })
      if (data.me.size >= ROOMS_MAX && !data.me.has(partnershipId)) {
        throw new AppError('too_many_requests')
      }
      data.me.set(partnershipId, await services.people.readMyself(data.actor, partnershipId))
      await enter(roomOf.partnership(partnershipId))
      presence.partnership(partnershipId)
      for (const { event, fact } of recent.of(partnershipId)) socket.emit(event, fact as never)
      const { total } = await services.discussions.countUnread(data.actor, partnershipId)
      socket.emit('unread:changed', { partnershipId, thread: null, total })
      return null
    })
  })

  socket.on('partnership:leave', (at, ack) => {
    answer(ack, async () => {
      const { partnershipId } = parse(AtPartnership, at)
      await socket.leave(roomOf.partnership(partnershipId))
      forget(partnershipId)
      presence.partnership(partnershipId)
      return null
    })
  })

  socket.on('thread:join', (at, ack) => {
    answer(ack, async () => {
      const { threadId, afterRev } = parse(JoinThread, at)
      await recheck(socket)
      const { partnershipId } = await services.discussions.admitToThread(data.actor, threadId)
      if (data.threads.size >= ROOMS_MAX && !data.threads.has(threadId)) {
        throw new AppError('too_many_requests')
      }
      if (!data.me.has(partnershipId)) {
        data.me.set(partnershipId, await services.people.readMyself(data.actor, partnershipId))
      }
      data.threads.set(threadId, partnershipId)
      // in first, then caught up: what is posted meanwhile comes on both ways and is merged
      await enter(roomOf.thread(threadId))
      presence.thread(threadId)
      return services.discussions.catchUp(data.actor, threadId, afterRev)
    })
  })

  socket.on('thread:leave', (at, ack) => {
    answer(ack, async () => {
      const { threadId } = parse(AtThread, at)
      await socket.leave(roomOf.thread(threadId))
      const partnershipId = data.threads.get(threadId)
      data.threads.delete(threadId)
      if (!partnershipId) return null
      forget(partnershipId)
      presence.thread(threadId)
      return null
    })
  })

  socket.on('thread:typing', (at) => {
    const parsed = AtThread.safeParse(at)
    const partnershipId = parsed.success ? data.threads.get(parsed.data.threadId) : undefined
    const person = partnershipId && data.me.get(partnershipId)
    const now = performance.now()
    if (!parsed.success || !partnershipId || !person || now - data.typedAt < TYPING_EVERY_MS) return
    if (!can(data.actor, 'thread:reply', { partnershipId })) return
    data.typedAt = now
    const { threadId } = parsed.data
    socket.volatile.to(roomOf.thread(threadId)).emit('thread:typing', { threadId, person })
  })

  /** Not after it has gone: the adapter would keep its name for ever. */
  async function enter(room: string): Promise<void> {
    if (!socket.connected) throw new AppError('unavailable')
    await socket.join(room)
  }

  /** Who they are there is known as long as they listen to the partnership or to a thread of it. */
  function forget(partnershipId: string): void {
    const isHeard = socket.rooms.has(roomOf.partnership(partnershipId))
    if (!isHeard && ![...data.threads.values()].includes(partnershipId)) {
      data.me.delete(partnershipId)
    }
  }

  /** @throws AppError `too_many_requests` for who asks faster than a page does, or does not read */
  function takeAsk(): void {
    const now = performance.now()
    const gained = ((now - asks.at) / 1_000) * ASKS_A_SECOND
    asks.left = Math.min(ASKS_AT_ONCE, asks.left + gained)
    asks.at = now
    if (asks.left < 1 || waitingFor(socket) > WAITING_MAX) {
      throw new AppError('too_many_requests')
    }
    asks.left -= 1
  }

  function answer<T>(ack: unknown, work: () => Promise<T>): void {
    const reply = typeof ack === 'function' ? ack : () => {}
    const mine = turn.then(() => {
      takeAsk()
      return work()
    })
    turn = mine.catch(() => {})
    mine.then(
      (value) => reply({ ok: true, value }),
      (error: unknown) => {
        if (!isAppError(error)) log.error({ err: error }, 'realtime event failed')
        reply({ ok: false, code: isAppError(error) ? error.code : 'unexpected' })
      },
    )
  }

  return answer
}

/** Packets that have been made for a socket and not yet taken by its line. */
function waitingFor({ conn }: Client): number {
  const waiting: unknown = Reflect.get(conn, 'writeBuffer')
  return Array.isArray(waiting) ? waiting.length : 0
}

/** @throws AppError `invalid_input` */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new AppError('invalid_input')
  return parsed.data
}
