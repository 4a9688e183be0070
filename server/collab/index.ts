import type { Db } from 'mongodb'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { readContent } from '../../shared/editor/blocks'
import { AppError } from '../../shared/errors'
import type { Bus, Clock, LiveDocuments, RoomAddress, RoomRelay } from '../ports'
import type { Access } from './access'
import { ByteBucket } from './byte-bucket'
import type { Connection } from './connection'
import { createCopies } from './copies'
import { Flusher } from './flusher'
import { createHeavyWork, type HeavyWork } from './heavy-work'
import { MAX_SOCKETS_PER_USER, TIMINGS, type Timings } from './limits'
import { look } from './look'
import { openStore } from './persistence'
import { createAppender } from './persistence-log'
import { seedRoom } from './persistence-seed'
import { Purges } from './purges'
import { Refusal } from './refusal'
import { Rooms } from './rooms'
import type { Settled } from './settling'
import { orUntil } from './waiting'

export type { Admission } from './admission'
export { createCollabDoor } from './door'

export type CollabPorts = {
  db: Db
  bus: Bus
  clock: Clock
  log: Logger
  /**
   * Called at most once a second per room after commits, and before a room leaves memory.
   *
   * @param by the last person who changed the text, if a person did
   */
  onSettled: Settled
  /** Other processes that serve the same rooms; without one, rows they write are found in the log. */
  relay?: RoomRelay | undefined
  /** One of its own where none is given, which ends with it. */
  heavy?: HeavyWork | undefined
  /** Only for tests. */
  timings?: Partial<Timings> | undefined
}

export type CollabStats = {
  rooms: number
  sockets: number
  flushes: number
  rows: number
  bytes: number
  /** Sockets that were ended, by reason. */
  ended: Readonly<Record<string, number>>
}

export type Collab = {
  live: LiveDocuments
  stats(): CollabStats
  /** Finish purges that a process has left undone; it also happens every minute. */
  finishPurges(): Promise<void>
  /** Stop accepting, store what is staged, acknowledge it, close every socket; at most 10 s. */
  close(): Promise<void>
  /** For the door alone. */
  readonly door: CollabDoorSide
}

/** What the door needs of the house. */
export type CollabDoorSide = {
  readonly log: Logger
  readonly timings: Timings
  /** What a person's frames may take of the main thread, milliseconds, in all their sockets. */
  timeOf(user: string): ByteBucket
  readonly accepting: boolean
  /** Grows with every change of access anywhere. */
  readonly changes: number
  /**
   * Let a socket into its room; its access is kept true from now on.
   *
   * @param asOf `changes` when access was asked: what changed since is asked again
   */
  enter(connection: Connection, access: Access, asOf: number): Promise<void>
  onEnded(connection: Connection, reason: string): void
}

/** After everything is stored, sockets and services may take this long to end, milliseconds. */
const LAST_MS = 2_000

/** The sync server: rooms, their log, and the sockets in them. */
export function createCollab({
  db,
  bus,
  clock,
  log,
  onSettled,
  relay,
  heavy: given,
  timings,
}: CollabPorts): Collab {
  const times: Timings = { ...TIMINGS, ...timings }
  const store = openStore(db)
  const heavy = given ?? createHeavyWork(log)
  const appender = createAppender(store, log, times.retryMs)
  const flusher = new Flusher(store, appender, heavy, log)
  const rooms = new Rooms({ store, heavy, flusher, clock, log, timings: times, onSettled, relay })
  const purges = new Purges({ store, rooms, clock, log, relay, everyMs: times.purgeMs })
  const sockets = new Map<Connection, Access>()
  const ended: Record<string, number> = {}
  let accepting = true
  let changes = 0

  const sweeper = setInterval(() => {
    const now = performance.now()
    forgetBudgets()
    for (const [connection, access] of sockets) {
      connection.sweep(now, times)
      if (now - connection.lastChecked > times.recheckMs) void access.recheck()
    }
  }, times.sweepMs)
  sweeper.unref()

  const unsubscribe = [
    bus.subscribe('access:changed', ({ userId, partnershipId }) => {
      changes += 1
      for (const [connection, access] of sockets) {
        const isMeant = !partnershipId || partnershipId === connection.at.partnership
        if (connection.user === userId && isMeant) access.changed()
      }
    }),
    bus.subscribe('session:ended', ({ sessionId }) => {
      changes += 1
      for (const connection of [...sockets.keys()]) {
        if (connection.session === sessionId) connection.end('unauthenticated')
      }
    }),
  ]

  /** @param change is told which generation it changes */
  async function edit<T>(at: RoomAddress, change: (doc: Y.Doc, gen: number) => T): Promise<T> {
    const room = await rooms.open(at)
    try {
      return await room.edit((doc) => change(doc, room.gen))
    } catch (error) {
      throw error instanceof Refusal ? new AppError(error.reason) : error
    }
  }

  const live: LiveDocuments = {
    async read(at) {
      const content = await look(await rooms.open(at), readContent)
      if (!content) throw new AppError('document_unavailable')
      return content
    },
    edit,
    seed: (at, update) => seedRoom(store, appender, at, update, clock.now()),
    ...createCopies(store, edit),
    purge: (at, passages, onBegin) => purges.purge(at, passages, onBegin),
  }

  /** A person with too many sockets loses the one that has been silent longest. */
  function makeRoomFor(user: string): void {
    const own = [...sockets.keys()].filter((connection) => connection.user === user)
    if (own.length < MAX_SOCKETS_PER_USER) return
    own.sort((a, b) => a.lastHeard - b.lastHeard)
    own[0]?.end('too_many_requests')
  }

  /** Kept while somebody's socket is open, and until they are full: coming back does not fill them. */
  const budgets = new Map<string, ByteBucket>()

  function forgetBudgets(): void {
    const here = new Set([...sockets.keys()].map(({ user }) => user))
    for (const [user, budget] of budgets) {
      if (!here.has(user) && budget.isFull) budgets.delete(user)
    }
  }

  const door: CollabDoorSide = {
    log,
    timeOf(user) {
      const known = budgets.get(user)
      if (known) return known
      const budget = new ByteBucket(times.cpuPerSecond, times.cpuBurst)
      budgets.set(user, budget)
      return budget
    },
    timings: times,
    get accepting() {
      return accepting
    },
    get changes() {
      return changes
    },
    async enter(connection, access, asOf) {
      if (!accepting) {
        connection.end('restarting')
        return
      }
      makeRoomFor(connection.user)
      sockets.set(connection, access)
      // Sockets that came together, as after a restart, must not all be asked about together.
      connection.lastChecked -= Math.random() * times.recheckMs
      if (asOf !== changes) access.changed()
      try {
        connection.enter(await rooms.open(connection.at, connection))
      } catch (error) {
        log.warn({ err: error, room: connection.at.room }, 'a live document could not be opened')
        connection.end('document_unavailable')
      }
    },
    onEnded(connection, reason) {
      ended[reason] = (ended[reason] ?? 0) + 1
      sockets.delete(connection)
      rooms.left(connection.at)
    },
  }

  async function close(): Promise<void> {
    accepting = false
    clearInterval(sweeper)
    for (const stop of unsubscribe) stop()
    for (const connection of sockets.keys()) connection.hold()
    const purged = purges.close()
    const timer = setTimeout(() => flusher.stop(), times.closeMs)
    await flusher.drained()
    const last = [...sockets.keys()]
    for (const connection of last) connection.end('restarting')
    const closed = Promise.all(last.map((connection) => connection.closed()))
    await orUntil(null, Promise.all([rooms.finish(), closed, purged]), LAST_MS)
    clearTimeout(timer)
    flusher.stop()
    if (!given) await heavy.close()
  }

  return {
    live,
    stats: () => ({
      rooms: rooms.size,
      sockets: sockets.size,
      ...flusher.stats,
      ended: { ...ended },
    }),
    finishPurges: () => purges.sweep(),
    close,
    door,
  }
}
