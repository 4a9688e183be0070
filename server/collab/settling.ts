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
    /** The row in the log after which the content was seen: what is noted of an older one is old. */
    seq: number
  },
) => void | Promise<void>

/** So many times longer it takes to note what another process stored: that one notes it itself. */
const READ_FACTOR = 5
/**
 * When many documents are written in at once, noting them would cost more than the writing: beyond a
 * burst they take turns. Milliseconds.
 */
const TURN_MS = 100
const BURST_MS = 2_000

type Waiting = {
  timer?: NodeJS.Timeout | undefined
  isLate?: boolean
  /** Set while the services note what has been committed. */
  telling?: Promise<void> | undefined
  /** Something was committed meanwhile. */
  again?: boolean
}

/** Tells the services what documents say once they have been committed; one at a time for each. */
export class Settling {
  private readonly waiting = new Map<Room, Waiting>()
  /** When the next turn is free. */
  private turn = 0

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

  /** Before the document goes: what the services are noting is done, and nothing is left to note. */
  async finish(room: Room): Promise<void> {
    const waiting = this.waiting.get(room)
    await waiting?.telling
    while (waiting?.timer) await this.settle(room, waiting)
    this.waiting.delete(room)
  }

  forget(room: Room): void {
    clearTimeout(this.waiting.get(room)?.timer)
    this.waiting.delete(room)
  }

  private soon(room: Room, waiting: Waiting, whose: 'ours' | 'read'): void {
    if (waiting.timer && !(whose === 'ours' && waiting.isLate)) return
    clearTimeout(waiting.timer)
    waiting.isLate = whose === 'read'
    const now = performance.now()
    const least = this.ports.timings.settleMs * (whose === 'ours' ? 1 : READ_FACTOR)
    this.turn = Math.max(this.turn, now - BURST_MS) + TURN_MS
    const wait = Math.max(least, this.turn - now)
    waiting.timer = setTimeout(() => void this.settle(room, waiting), wait).unref()
  }

  /** One at a time, or an older state could be noted after a newer one. */
  private async settle(room: Room, waiting: Waiting): Promise<void> {
    clearTimeout(waiting.timer)
    waiting.timer = undefined
    waiting.telling = this.tell(room)
    await waiting.telling
    waiting.telling = undefined
    if (!waiting.again) return
    waiting.again = false
    if (room.state !== 'closed') this.soon(room, waiting, 'ours')
  }

  /** Their failure is not the document's. */
  private async tell(room: Room): Promise<void> {
    const { store, log, onSettled } = this.ports
    try {
      const seen = await look(room, (doc) => ({
        content: readContent(doc),
        editorOf: room.editors.asOfNow(),
        seq: room.seq,
      }))
      if (!seen) return
      const { content, editorOf, seq } = seen
      failpoint('settling')
      await onSettled(room.at, content, room.position.lastBy, {
        authorsOf: (units) => authorsOf(store, room.at, (see) => look(room, see), units),
        editorOf,
        seq,
      })
    } catch (error) {
      log.error({ err: error, room: room.at.room }, 'noting a settled document failed')
    }
  }
}
