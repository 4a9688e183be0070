import type { Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../../shared/events'

export type Wire = Socket<ServerEvents, ClientEvents>
type Fact<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0]

/** Something to be let into after every connection, such as a partnership's facts. */
export type Room = {
  key: string
  enter: (wire: Wire) => void
  leave: (wire: Wire) => void
}

/** After the server itself has hung up (a changed standing, a restart), how long until we call again. */
const CALL_AGAIN_MS = [2_500, 5_000, 15_000, 60_000] as const
/** A wait is this much shorter or longer by chance: everybody on a server that restarts comes back one by one. */
const SPREAD = 0.8

/** How Socket.IO itself calls again after a line that broke: as spread out as ours. */
export const CALLING_AGAIN = {
  reconnectionDelay: CALL_AGAIN_MS[0],
  reconnectionDelayMax: 30_000,
  randomizationFactor: SPREAD,
} as const
/** A server that has missed something says so to everybody; they ask within this time, not all at once. */
const ASK_AGAIN_MS = 3_000
/** A page that follows another one keeps the line; nobody listening for this long ends it. */
const LINGER_MS = 2_000
/** What was heard lately is told again to who begins to listen: their page may have been loading. */
const RECENT_MS = 60_000
const RECENT_MOST = 200

/**
 * One line to the server for everything a tab listens to. It opens when somebody listens, enters every
 * room again after each connection, and ends when nobody listens any more.
 */
export class LiveLine {
  private wire: Wire | null = null
  private opening = false
  private holders = 0
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking: ReturnType<typeof setTimeout> | undefined
  private lingering: ReturnType<typeof setTimeout> | undefined
  private readonly rooms = new Map<string, { room: Room; users: number }>()
  private readonly hearers = new Map<string, Set<(fact: never) => void>>()
  private readonly watchers = new Set<(connected: boolean) => void>()
  /** The last fact of its kind about each thing, newest last. */
  private readonly recent = new Map<string, { event: string; fact: unknown; at: number }>()

  /** @param call opens a socket that comes back by itself after a broken line, as `CALLING_AGAIN` has it */
  constructor(private readonly call: () => Promise<Wire>) {}

  get connected(): boolean {
    return this.wire?.connected ?? false
  }

  /** @returns a function that ends the listening */
  hear<E extends keyof ServerEvents>(event: E, hear: (fact: Fact<E>) => void): () => void {
    const release = this.hold()
    const all = this.hearers.get(event) ?? new Set()
    this.hearers.set(event, all)
    const mine = hear as (fact: never) => void
    all.add(mine)
    for (const { event: heard, fact, at } of [...this.recent.values()]) {
      if (heard === event && Date.now() - at < RECENT_MS) hear(fact as Fact<E>)
    }
    return () => {
      all.delete(mine)
      release()
    }
  }

  /** Stay in a room for as long as somebody needs it. */
  enter(room: Room): () => void {
    const release = this.hold()
    const known = this.rooms.get(room.key)
    const entry = known ?? { room, users: 0 }
    entry.users += 1
    this.rooms.set(room.key, entry)
    if (!known && this.wire?.connected) room.enter(this.wire)
    return () => {
      entry.users -= 1
      if (entry.users === 0) {
        this.rooms.delete(room.key)
        if (this.wire?.connected) entry.room.leave(this.wire)
      }
      release()
    }
  }

  /** A fact of a room was missed on a line that held: go in again, which tells what there is. */
  enterAgain(key: string): void {
    const entry = this.rooms.get(key)
    if (entry && this.wire?.connected) entry.room.enter(this.wire)
  }

  /** Told at once, and whenever the line comes or goes. */
  watch(watch: (connected: boolean) => void): () => void {
    const release = this.hold()
    this.watchers.add(watch)
    watch(this.connected)
    return () => {
      this.watchers.delete(watch)
      release()
    }
  }

  /** Say something that needs no answer; lost when the line is away. */
  say<E extends 'thread:typing'>(event: E, at: Parameters<ClientEvents[E]>[0]): void {
    if (this.wire?.connected) (this.wire as Socket).volatile.emit(event, at)
  }

  private hold(): () => void {
    this.holders += 1
    clearTimeout(this.lingering)
    this.open()
    return () => {
      this.holders -= 1
      if (this.holders === 0) this.lingering = setTimeout(() => this.end(), LINGER_MS)
    }
  }

  private open(): void {
    if (this.wire || this.opening) return
    this.opening = true
    this.call().then(
      (wire) => {
        this.opening = false
        if (this.holders > 0) this.attach(wire)
        else wire.disconnect()
      },
      () => {
        // no line, no facts: the page is as true as when it was loaded
        this.opening = false
      },
    )
  }

  private attach(wire: Wire): void {
    this.wire = wire
    wire.on('connect', () => {
      this.attempt = 0
      for (const { room } of this.rooms.values()) room.enter(wire)
      this.tellWatchers()
    })
    wire.on('facts:missed', () => this.askAgain(wire))
    ;(wire as Socket).onAny((event: string, fact: unknown) => this.spread(event, fact))
    // Socket.IO calls again by itself only when the line broke, not when the server closed it
    wire.on('disconnect', (reason) => {
      this.tellWatchers()
      if (reason === 'io server disconnect') this.callAgain()
    })
    wire.on('connect_error', (error) => {
      if (error.message !== 'unauthenticated') this.callAgain()
    })
  }

  private spread(event: string, fact: unknown): void {
    const about = keyOf(event, fact)
    if (about) {
      const known = this.recent.get(about)
      // an older state that came later is nobody's news
      if (known && revOf(known.fact) > revOf(fact)) return
      this.recent.delete(about)
      this.recent.set(about, { event, fact, at: Date.now() })
      const [oldest] = this.recent.keys()
      if (this.recent.size > RECENT_MOST && oldest !== undefined) this.recent.delete(oldest)
    }
    for (const hear of [...(this.hearers.get(event) ?? [])]) hear(fact as never)
  }

  private tellWatchers(): void {
    for (const watch of [...this.watchers]) watch(this.connected)
  }

  /** As after a line that was away: who listens cannot tell whose gap it was. */
  private askAgain(wire: Wire): void {
    this.asking ??= setTimeout(() => {
      this.asking = undefined
      if (!wire.connected) return
      for (const { room } of this.rooms.values()) room.enter(wire)
      for (const connected of [false, true]) {
        for (const watch of [...this.watchers]) watch(connected)
      }
    }, Math.random() * ASK_AGAIN_MS)
  }

  private callAgain(): void {
    const { wire } = this
    if (!wire || wire.active) return
    clearTimeout(this.timer)
    const wait = CALL_AGAIN_MS[Math.min(this.attempt, CALL_AGAIN_MS.length - 1)] ?? 60_000
    const spread = 1 + SPREAD * (2 * Math.random() - 1)
    this.timer = setTimeout(() => wire.connect(), wait * spread)
    this.attempt += 1
  }

  private end(): void {
    clearTimeout(this.timer)
    clearTimeout(this.asking)
    this.asking = undefined
    this.wire?.off()
    this.wire?.disconnect()
    this.wire = null
    this.recent.clear()
  }
}

/** What a fact replaces: the earlier one of its kind about the same thing; undefined if none is kept. */
function keyOf(event: string, fact: unknown): string | undefined {
  if (typeof fact !== 'object' || fact === null) return undefined
  const { protocolId, thread, resource, partnershipId } = fact as Record<string, unknown>
  switch (event) {
    case 'protocol:changed':
      return `${event} ${String(protocolId)}`
    case 'thread:changed':
      return `${event} ${idOf(thread)}`
    case 'resource:changed':
      return `${event} ${idOf(resource)}`
    case 'partnership:here':
      return `${event} ${String(partnershipId)}`
    case 'unread:changed':
      return `${event} ${String(partnershipId)} ${idOf(thread)}`
    default:
      return undefined
  }
}

/** The count of changes that a fact about a thread or an item carries; 0 for the others. */
function revOf(fact: unknown): number {
  const { thread, resource } = (fact ?? {}) as Record<string, unknown>
  for (const thing of [thread, resource]) {
    if (typeof thing === 'object' && thing !== null && 'rev' in thing) return Number(thing.rev)
  }
  return 0
}

function idOf(thing: unknown): string {
  return typeof thing === 'object' && thing !== null && 'id' in thing ? String(thing.id) : ''
}
