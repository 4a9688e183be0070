import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { readContent } from '../../shared/editor/blocks'
import type { LiveContent } from '../../shared/editor/content'
import { repair } from '../../shared/editor/repair'
import { AppError } from '../../shared/errors'
import type { Clock, RoomAddress } from '../ports'
import { authorsOf } from './authors'
import type { EditorOf } from './editors'
import type { Flusher } from './flusher'
import { COMPACT_BYTES, COMPACT_ROWS, MAX_STAGED_TOTAL, type Timings } from './limits'
import type { Store } from './persistence'
import { loadRoom } from './persistence-load'
import { compactRoom } from './persistence-snapshot'
import { Room } from './room'
import { orUntil } from './waiting'

/** The database may take this long to give a whole document, milliseconds. */
const LOAD_MS = 20_000

export type Settled = (
  at: RoomAddress,
  content: LiveContent,
  by: { userId: string; at: Date } | null,
  writers: {
    /** Who wrote what now stands in these units, by unit; asked for only where it matters. */
    authorsOf: (units: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>
    editorOf: EditorOf
    /** The row in the log after which the content was seen: what is noted of an older one is old. */
    seq: number
  },
) => void | Promise<void>

export type RoomsPorts = {
  store: Store
  flusher: Flusher
  clock: Clock
  log: Logger
  timings: Timings
  onSettled: Settled
}

type Entry = {
  at: RoomAddress
  room: Promise<Room>
  /** The same, once it is there. */
  here?: Room
  /** Set while it leaves memory; newcomers wait for it and load anew. */
  leaving?: Promise<void>
  idle?: NodeJS.Timeout | undefined
  settle?: NodeJS.Timeout | undefined
  /** Set while the services note what has been committed. */
  settling?: Promise<void> | undefined
  /** Something was committed meanwhile. */
  unsettled?: boolean
}

/** The rooms in memory: each is loaded once, kept while somebody uses it, and saved before it goes. */
export class Rooms {
  private readonly entries = new Map<string, Entry>()
  private compacting: Promise<void> = Promise.resolve()
  private staged = { at: 0, bytes: 0 }

  constructor(private readonly ports: RoomsPorts) {}

  get size(): number {
    return this.entries.size
  }

  /**
   * The open room, loaded if need be.
   *
   * @throws AppError `document_unavailable` if it cannot be rebuilt completely
   */
  async open(at: RoomAddress): Promise<Room> {
    for (;;) {
      const entry = this.entries.get(at.room) ?? this.load(at)
      if (entry.leaving) {
        await entry.leaving
        continue
      }
      const room = await entry.room
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
    for (const entry of [...this.entries.values()]) {
      const room = await entry.room.catch(() => null)
      clearTimeout(entry.idle)
      if (room) await this.settleNow(entry, room)
      room?.leaveMemory()
    }
    await this.compacting
  }

  private load(at: RoomAddress): Entry {
    const { store, log, clock, timings, flusher } = this.ports
    const make = async () => {
      const loaded = await orUntil(null, loadRoom(store, at, log), LOAD_MS)
      if (!loaded) throw new AppError('document_unavailable')
      const room = new Room(at, loaded, {
        clock,
        log,
        presenceMs: timings.presenceMs,
        repair,
        onStaged: (room) => flusher.mark(room),
        onCommitted: (room) => this.committed(entry, room),
        onClosed: () => this.forget(entry),
        isOverloaded: () => this.stagedBytes() > MAX_STAGED_TOTAL,
      })
      entry.here = room
      return room
    }
    const entry: Entry = { at, room: make() }
    this.entries.set(at.room, entry)
    entry.room.catch(() => this.forget(entry))
    return entry
  }

  private forget(entry: Entry): void {
    clearTimeout(entry.idle)
    clearTimeout(entry.settle)
    if (this.entries.get(entry.at.room) === entry) this.entries.delete(entry.at.room)
  }

  private committed(entry: Entry, room: Room): void {
    if (entry.settling) entry.unsettled = true
    else this.settleSoon(entry, room)
    const { rows, bytes } = room.tail
    if (rows > COMPACT_ROWS || bytes > COMPACT_BYTES) this.compact(room)
  }

  private settleSoon(entry: Entry, room: Room): void {
    entry.settle ??= setTimeout(() => void this.settle(entry, room), this.ports.timings.settleMs)
    entry.settle.unref()
  }

  /** Before the document goes: what the services are noting is done, and nothing is left to note. */
  private async settleNow(entry: Entry, room: Room): Promise<void> {
    await entry.settling
    while (entry.settle) await this.settle(entry, room)
  }

  /** One at a time, or an older state could be noted after a newer one. */
  private async settle(entry: Entry, room: Room): Promise<void> {
    clearTimeout(entry.settle)
    entry.settle = undefined
    entry.settling = this.tell(room)
    await entry.settling
    entry.settling = undefined
    if (!entry.unsettled) return
    entry.unsettled = false
    if (room.state !== 'closed') this.settleSoon(entry, room)
  }

  /** Tell the services what the document says now. Their failure is not the document's. */
  private async tell(room: Room): Promise<void> {
    try {
      const seen = await look(room, (doc) => ({
        content: readContent(doc),
        editorOf: room.editors.asOfNow(),
        seq: room.seq,
      }))
      if (!seen) return
      const { content, editorOf, seq } = seen
      await this.ports.onSettled(room.at, content, room.lastBy, {
        authorsOf: (units) => authorsOf(this.ports.store, room.at, (see) => look(room, see), units),
        editorOf,
        seq,
      })
    } catch (error) {
      this.ports.log.error({ err: error, room: room.at.room }, 'noting a settled document failed')
    }
  }

  private async unload(entry: Entry, room: Room): Promise<void> {
    if (room.state !== 'open' || room.participants.size > 0) return
    room.state = 'saving'
    entry.leaving = (async () => {
      await look(room, () => null)
      await this.settleNow(entry, room)
      room.leaveMemory()
    })()
    await entry.leaving
    if (room.tail.rows > 0) this.compact(room)
  }

  /** One at a time in the process: it reads and decodes a whole document. */
  private compact(room: Room): void {
    const { store, log, clock } = this.ports
    room.tail = { rows: 0, bytes: 0 }
    this.compacting = this.compacting
      .then(() => compactRoom(store, room.at, log, clock.now()))
      .then(() => {})
      .catch((error) => log.warn({ err: error, room: room.at.room }, 'compaction failed'))
  }
}

/** What `see` finds in the committed document, or undefined if the room failed meanwhile. */
export function look<T>(room: Room, see: (doc: Y.Doc) => T): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const seen = (doc: Y.Doc) => {
      try {
        const value = see(doc)
        return () => resolve(value)
      } catch (error) {
        return () => reject(error)
      }
    }
    room.view(seen, () => resolve(undefined))
  })
}
