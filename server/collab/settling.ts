import type { Logger } from 'pino'
import { readContent } from '../../shared/editor/blocks'
import type { LiveContent } from '../../shared/editor/content'
import type { RoomAddress } from '../ports'
import { authorsOf } from './authors'
import type { EditorOf } from './editors'
import { failpoint } from './failpoints'
import type { Timings } from './limits'
import { look } from './look'
import type { Store } from './persistence'
import type { Room } from './room'

export type Settled = (
  at: RoomAddress,
  content: LiveContent,
  by: { userId: string; at: Date } | null,
  writers: {
    /** Who wrote what now stands in these units, by unit; asked for only where it matters. */
    authorsOf: (units: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>
    editorOf: EditorOf
    /**
     * The row in the log after which the content was seen, and the generation whose log it is: what is
     * noted of an older one is old.
     */
    seq: number
    gen: number
  },
) => void | Promise<void>

/** So many times longer it takes to note what another process stored: that one notes it itself. */
const READ_FACTOR = 5
/**
 * When many documents are written in at once, noting them would cost more than the writing: beyond so
 * many they take turns, one every so many milliseconds.
 */
const TURNS_AT_ONCE = 10
const TURN_MS = 250

type Waiting = {
  timer?: NodeJS.Timeout | undefined
  isLate?: boolean
  /** Set while the services note what has been committed. */
  telling?: Promise<boolean> | undefined
  /** Something was committed meanwhile. */
  again?: boolean
}

/** Tells the services what documents say once they have been committed; one at a time for each. */
export class Settling {
  private readonly waiting = new Map<Room, Waiting>()
  /** Whose time has come, in order. */
  private readonly due = new Set<Room>()
  /** Turns that can be taken now. */
  private turns = TURNS_AT_ONCE
  private turnsAt = performance.now()
  private pump: NodeJS.Timeout | undefined

  constructor(
    private readonly ports: {
      store: Store
      log: Logger
      timings: Timings
      onSettled: Settled
    },
  ) {}

  /** @param whose what another process stored it notes itself, unless it has gone meanwhile */
  committed(room: Room, whose: 'ours' | 'read'): void {
    const waiting = this.waiting.get(room) ?? {}
    this.waiting.set(room, waiting)
    if (waiting.telling) waiting.again = true
    else this.soon(room, waiting, whose)
  }

  /** At once. @returns whether the services have noted it */
  async now(room: Room): Promise<boolean> {
    const waiting = this.waiting.get(room) ?? {}
    this.waiting.set(room, waiting)
    await waiting.telling
    return this.settle(room, waiting)
  }

  /** Before the document goes: what the services are noting is done, and nothing is left to note. */
  async finish(room: Room): Promise<void> {
    const waiting = this.waiting.get(room)
    await waiting?.telling
    while (waiting && this.isOwed(room, waiting)) await this.settle(room, waiting)
    this.waiting.delete(room)
  }

  /** @returns whether something had been committed and not noted */
  forget(room: Room): boolean {
    const waiting = this.waiting.get(room)
    const isOwed = waiting !== undefined && this.isOwed(room, waiting)
    clearTimeout(waiting?.timer)
    this.due.delete(room)
    this.waiting.delete(room)
    return isOwed
  }

  private isOwed(room: Room, { timer, again }: Waiting): boolean {
    return timer !== undefined || again === true || this.due.has(room)
  }

  private soon(room: Room, waiting: Waiting, whose: 'ours' | 'read'): void {
    if (this.due.has(room)) return
    if (waiting.timer && !(whose === 'ours' && waiting.isLate)) return
    clearTimeout(waiting.timer)
    waiting.isLate = whose === 'read'
    const wait = this.ports.timings.settleMs * (whose === 'ours' ? 1 : READ_FACTOR)
    waiting.timer = setTimeout(() => {
      waiting.timer = undefined
      this.due.add(room)
      this.takeTurns()
    }, wait).unref()
  }

  private takeTurns(): void {
    const now = performance.now()
    this.turns = Math.min(TURNS_AT_ONCE, this.turns + (now - this.turnsAt) / TURN_MS)
    this.turnsAt = now
    for (const room of this.due) {
      if (this.turns < 1) break
      this.turns -= 1
      const waiting = this.waiting.get(room)
      this.due.delete(room)
      if (waiting) void this.settle(room, waiting)
    }
    if (this.due.size === 0 || this.pump) return
    this.pump = setTimeout(() => {
      this.pump = undefined
      this.takeTurns()
    }, TURN_MS).unref()
  }

  /** One at a time, or an older state could be noted after a newer one. */
  private async settle(room: Room, waiting: Waiting): Promise<boolean> {
    clearTimeout(waiting.timer)
    waiting.timer = undefined
    waiting.again = false
    this.due.delete(room)
    const telling = this.tell(room)
    waiting.telling = telling
    const isNoted = await telling
    waiting.telling = undefined
    if (waiting.again && room.state !== 'closed') {
      waiting.again = false
      this.soon(room, waiting, 'ours')
    }
    return isNoted
  }

  /** Their failure is not the document's. */
  private async tell(room: Room): Promise<boolean> {
    const { store, log, onSettled } = this.ports
    try {
      const seen = await look(room, (doc) => ({
        content: readContent(doc),
        editorOf: room.editors.asOfNow(),
        seq: room.seq,
        gen: room.gen,
      }))
      if (!seen) return false
      const { content, editorOf, seq, gen } = seen
      failpoint('settling')
      await onSettled(room.at, content, room.position.lastBy, {
        authorsOf: (units) => authorsOf(store, room.at, (see) => look(room, see), units),
        editorOf,
        seq,
        gen,
      })
      return true
    } catch (error) {
      log.error({ err: error, room: room.at.room }, 'noting a settled document failed')
      return false
    }
  }
}
