import type { Logger } from 'pino'
import { repair } from '../../shared/editor/repair'
import { AppError } from '../../shared/errors'
import type { Clock, RoomAddress, RoomRelay } from '../ports'
import type { Flusher } from './flusher'
import type { HeavyWork } from './heavy-work'
import {
  COMPACT_BYTES,
  COMPACT_ROWS,
  MAX_STAGED_TOTAL,
  PACKED_FROM_BYTES,
  type Timings,
} from './limits'
import { look } from './look'
import { Neighbours, watchNeighbours } from './neighbours'
import { type Offer, PackedState } from './packed-state'
import type { Store } from './persistence'
import { loadOrBegin } from './persistence-generation'
import type { RoomParts } from './persistence-load'
import { compactRoom } from './persistence-snapshot'
import { Room } from './room'
import { type Settled, Settling } from './settling'
import { orUntil } from './waiting'

/** The database may take this long to give a whole document, milliseconds. */
const LOAD_MS = 20_000

/** Smaller documents are put together sooner than it matters, bytes packed. */
const OFFERED_FROM_BYTES = 4_096

export type RoomsPorts = {
  store: Store
  heavy: HeavyWork
  flusher: Flusher
  clock: Clock
  log: Logger
  timings: Timings
  onSettled: Settled
  relay?: RoomRelay | undefined
}

/** Waits for a room, and can use what it is made of. */
type Newcomer = { offer(offer: Offer): void }

type Entry = {
  at: RoomAddress
  room: Promise<Room>
  /** The same, once it is there. */
  here?: Room
  newcomers: Newcomer[]
  /** What a newcomer can have before it is there. */
  offer?: Offer
  /** Set while it leaves memory; newcomers wait for it and load anew. */
  leaving?: Promise<void>
  idle?: NodeJS.Timeout | undefined
}

/** The rooms in memory: each is loaded once, kept while somebody uses it, and saved before it goes. */
export class Rooms {
  private readonly entries = new Map<string, Entry>()
  private readonly toCompact = new Map<string, RoomAddress>()
  private compacting: Promise<void> | null = null
  private staged = { at: 0, bytes: 0 }
  private readonly settling: Settling
  /** Rooms that failed before the services had noted what was committed. */
  private readonly unnoted = new Set<string>()
  private readonly unwatch: () => void
  private readonly quiet: NodeJS.Timeout

  constructor(private readonly ports: RoomsPorts) {
    this.settling = new Settling(ports)
    const { idleMs } = ports.timings
    this.quiet = setInterval(() => this.compactQuiet(idleMs), Math.max(idleMs / 4, 1_000)).unref()
    this.unwatch = watchNeighbours(() => this.openRooms(), ports)
  }

  get size(): number {
    return this.entries.size
  }

  /**
   * The open room, loaded if need be.
   *
   * @param newcomer is given what the document is made of as soon as that has been read
   * @throws AppError `document_unavailable` if it cannot be rebuilt completely
   */
  async open(at: RoomAddress, newcomer?: Newcomer): Promise<Room> {
    for (;;) {
      const entry = this.entries.get(at.room) ?? this.load(at)
      if (newcomer && !entry.here) {
        entry.newcomers.push(newcomer)
        if (entry.offer) newcomer.offer(entry.offer)
      }
      if (entry.leaving) {
        await entry.leaving
        continue
      }
      const wasHere = entry.here !== undefined
      const room = await entry.room
      // who comes from another process has seen what that one stored
      if (newcomer && wasHere) await room.neighbours.readUp()
      if (room.state !== 'open') continue
      this.touch(entry, room)
      return room
    }
  }

  /** Somebody left the room: if nobody is in it, its time to leave starts. */
  left(at: RoomAddress): void {
    const entry = this.entries.get(at.room)
    if (entry?.here) this.touch(entry, entry.here)
  }

  /**
   * End an open room for everybody: what came is stored, what comes waits and is let go, newcomers wait
   * until `work` is done and find another document.
   *
   * @throws whatever `work` throws; AppError `document_unavailable` if the room is not open any more
   */
  async clean(room: Room, work: () => Promise<void>): Promise<void> {
    const entry = this.entries.get(room.at.room)
    if (entry?.here !== room || room.state !== 'open') throw new AppError('document_unavailable')
    room.state = 'saving'
    for (const participant of room.participants) participant.hold()
    const ending = (async () => {
      await look(room, () => null)
      await this.settling.finish(room)
      await work()
    })()
    entry.leaving = ending.then(
      () => room.fail('it began anew', 'document_cleaned'),
      () => room.fail('it could not begin anew'),
    )
    await entry.leaving
    await ending
  }

  /** @returns whether the services have noted what it says now */
  note(room: Room): Promise<boolean> {
    return this.settling.now(room)
  }

  /** Another process, or this one, has ended a generation. */
  lookAt(at: RoomAddress): void {
    this.entries.get(at.room)?.here?.neighbours.catchUp()
  }

  /** Bytes that wait in all rooms to be stored; looked up ten times a second at most. */
  stagedBytes(): number {
    const now = performance.now()
    if (now - this.staged.at > 100) {
      let bytes = 0
      for (const { here } of this.entries.values()) bytes += here?.stagedBytes ?? 0
      this.staged = { at: now, bytes }
    }
    return this.staged.bytes
  }

  private touch(entry: Entry, room: Room): void {
    clearTimeout(entry.idle)
    entry.idle = undefined
    if (room.participants.size > 0) return
    entry.idle = setTimeout(() => void this.unload(entry, room), this.ports.timings.idleMs)
    entry.idle.unref()
  }

  /** Everything that must happen before the process ends, except storing what is staged. */
  async finish(): Promise<void> {
    this.unwatch()
    clearInterval(this.quiet)
    await Promise.all([...this.entries.values()].map((entry) => this.finishOne(entry)))
    await this.compacting
  }

  private async finishOne(entry: Entry): Promise<void> {
    const room = await entry.room.catch(() => null)
    clearTimeout(entry.idle)
    if (!room) return
    await this.settling.finish(room)
    room.leaveMemory()
    // who opens it next shall not wait for what could be made ready now
    if (room.position.tail.bytes >= PACKED_FROM_BYTES) this.compact(room)
  }

  private load(at: RoomAddress): Entry {
    const { store, log, clock, timings, flusher, heavy, relay } = this.ports
    const neighbours = new Neighbours(at, store, relay, log)
    const make = async () => {
      const early = (parts: RoomParts) => makeOffer(entry, parts)
      const loaded = await orUntil(null, loadOrBegin(store, at, log, early), LOAD_MS)
      if (!loaded) throw new AppError('document_unavailable')
      const room = new Room(
        at,
        loaded,
        {
          heavy,
          clock,
          log,
          presenceMs: timings.presenceMs,
          repair,
          onStaged: (room) => flusher.mark(room),
          onCommitted: (room, whose) => this.committed(room, whose),
          onClosed: () => this.forget(entry),
          isOverloaded: () => this.stagedBytes() > MAX_STAGED_TOTAL,
        },
        neighbours,
      )
      entry.here = room
      entry.newcomers = []
      delete entry.offer
      neighbours.attach(room)
      if (this.unnoted.delete(at.room)) this.settling.committed(room, 'ours')
      return room
    }
    const entry: Entry = { at, room: Promise.resolve().then(make), newcomers: [] }
    this.entries.set(at.room, entry)
    entry.room.catch(() => {
      neighbours.leave()
      this.forget(entry)
    })
    return entry
  }

  private openRooms(): Room[] {
    return [...this.entries.values()].flatMap(({ here }) => (here?.state === 'open' ? [here] : []))
  }

  private forget(entry: Entry): void {
    clearTimeout(entry.idle)
    if (entry.here && this.settling.forget(entry.here)) this.unnoted.add(entry.at.room)
    if (this.entries.get(entry.at.room) === entry) this.entries.delete(entry.at.room)
  }

  private committed(room: Room, whose: 'ours' | 'read'): void {
    this.settling.committed(room, whose)
    const { rows, bytes } = room.position.tail
    if (rows > COMPACT_ROWS || bytes > COMPACT_BYTES) this.compact(room)
  }

  private async unload(entry: Entry, room: Room): Promise<void> {
    if (room.state !== 'open' || room.participants.size > 0) return
    room.state = 'saving'
    entry.leaving = (async () => {
      await look(room, () => null)
      await this.settling.finish(room)
      room.leaveMemory()
    })()
    await entry.leaving
    if (room.position.tail.rows > 0) this.compact(room)
  }

  private compactQuiet(idleMs: number): void {
    for (const room of this.openRooms()) if (room.position.isQuiet(idleMs)) this.compact(room)
  }

  /** One at a time in the process, each room once: it reads and decodes a whole document. */
  private compact(room: Room): void {
    room.position.tail = { rows: 0, bytes: 0 }
    this.toCompact.set(room.at.room, room.at)
    this.compacting ??= this.compactAll()
  }

  /** Rooms are known by their address alone: what has left memory must not be kept for this. */
  private async compactAll(): Promise<void> {
    const { store, heavy, log, clock } = this.ports
    for (const [id, at] of this.toCompact) {
      this.toCompact.delete(id)
      try {
        const made = await compactRoom(store, heavy, at, log, clock.now())
        if (made) this.entries.get(id)?.here?.position.compacted(made.seq, made.packed)
      } catch (error) {
        log.warn({ err: error, room: id }, 'compaction failed')
      }
    }
    this.compacting = null
  }
}

/** Only what is stored ready for it: other documents are small, or will be compacted. */
function makeOffer(entry: Entry, { head, stored, base, rows }: RoomParts): void {
  if (stored?.v !== 3 || stored.bytes.length < OFFERED_FROM_BYTES) return
  const frames = new PackedState(stored.bytes, base, rows).answer()
  if (!frames) return
  const offer = { seq: base + rows.length, gen: head.gen, frames }
  entry.offer = offer
  for (const newcomer of entry.newcomers) newcomer.offer(offer)
}
