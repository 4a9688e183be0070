import type { Logger } from 'pino'
import type { Bus } from '../ports'
import type { Services } from '../services'
import type { RecentFacts } from './recent'
import { type Client, type Io, roomOf, socketsIn } from './socket'

/** Counts of one person that are asked for within this time are counted once, milliseconds. */
const GATHER_MS = 100

/**
 * What is announced on the bus goes to whom it concerns, on this process alone (`io.local`): the bus
 * tells every process, so that each socket is told once.
 */
export function spreadFacts(
  io: Io,
  {
    bus,
    services,
    recent,
    log,
  }: { bus: Bus; services: Services; recent: RecentFacts; log: Logger },
): () => void {
  const counting = new Map<string, ReturnType<typeof setTimeout>>()
  const turns = new Map<string, Promise<void>>()

  /** Other processes hear the same fact and tell theirs. */
  function socketsOf(userId: string): Client[] {
    return socketsIn(io, roomOf.user(userId))
  }

  /** One after the other for each person: a number that was counted later is told later. */
  function inTurn(userId: string, what: string, tell: () => Promise<void>): void {
    const before = turns.get(userId) ?? Promise.resolve()
    const turn = before.then(tell).catch((error) => log.warn({ err: error }, `${what} not told`))
    turns.set(userId, turn)
    turn.then(() => {
      if (turns.get(userId) === turn) turns.delete(userId)
    })
  }

  /** What they have not read is counted when it is told, so that the last number is the true one. */
  function countSoon(userId: string, partnershipId: string, threadId: string): void {
    const key = `${userId} ${partnershipId} ${threadId}`
    if (counting.has(key) || socketsOf(userId).length === 0) return
    const count = async () => {
      const sockets = socketsOf(userId).filter(({ data }) => data.me.has(partnershipId))
      const actor = sockets[0]?.data.actor
      if (!actor) return
      const { total, thread } = await services.discussions.countUnread(
        actor,
        partnershipId,
        threadId,
      )
      for (const socket of sockets) {
        socket.emit('unread:changed', {
          partnershipId,
          thread: { id: threadId, unread: thread },
          total,
        })
      }
    }
    const timer = setTimeout(() => {
      counting.delete(key)
      inTurn(userId, 'unread posts', count)
    }, GATHER_MS)
    counting.set(key, timer)
  }

  async function notify(userId: string, notificationId: string | null): Promise<void> {
    const sockets = socketsOf(userId)
    const actor = sockets[0]?.data.actor
    if (!actor) return
    const [unread, added] = await Promise.all([
      services.notifications.countNotifications(actor),
      notificationId ? services.notifications.readNotification(actor, notificationId) : null,
    ])
    for (const socket of sockets) socket.emit('notifications:changed', { unread, added })
  }

  const ends = [
    bus.subscribe('protocol:changed', (fact) => {
      recent.keep('protocol:changed', fact, fact.protocolId)
      io.local.to(roomOf.partnership(fact.partnershipId)).emit('protocol:changed', fact)
    }),
    bus.subscribe('thread:changed', (fact) => {
      recent.keep('thread:changed', fact, fact.thread.id)
      io.local.to(roomOf.partnership(fact.partnershipId)).emit('thread:changed', fact)
    }),
    bus.subscribe('resource:changed', (fact) => {
      recent.keep('resource:changed', fact, fact.resource.id)
      io.local.to(roomOf.partnership(fact.partnershipId)).emit('resource:changed', fact)
    }),
    bus.subscribe('workshop:changed', (fact) => {
      recent.keep('workshop:changed', fact, fact.workshop.id)
      io.local.to(roomOf.partnership(fact.partnershipId)).emit('workshop:changed', fact)
    }),
    bus.subscribe('reply:posted', (reply) => {
      io.local.to(roomOf.thread(reply.threadId)).emit('reply:posted', reply)
    }),
    bus.subscribe('reply:changed', (reply) => {
      io.local.to(roomOf.thread(reply.threadId)).emit('reply:changed', reply)
    }),
    bus.subscribe('unread:changed', ({ partnershipId, threadId, userIds }) => {
      for (const userId of userIds) countSoon(userId, partnershipId, threadId)
    }),
    bus.subscribe('notifications:changed', ({ userId, notificationId }) => {
      inTurn(userId, 'a notification', () => notify(userId, notificationId))
    }),
    // a changed standing is decided anew by the door: the client reconnects into it
    bus.subscribe('access:changed', ({ userId }) => {
      io.local.in(roomOf.user(userId)).disconnectSockets(true)
    }),
    bus.subscribe('session:ended', ({ sessionId }) => {
      io.local.in(roomOf.session(sessionId)).disconnectSockets(true)
    }),
  ]
  return () => {
    for (const end of ends) end()
    for (const timer of counting.values()) clearTimeout(timer)
  }
}
