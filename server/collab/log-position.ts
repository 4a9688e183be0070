import type { RoomAddress } from '../ports'
import { COMPACT_QUIET_ROWS, KEEP_ROWS_MS, PACKED_FROM_BYTES } from './limits'
import { PackedState } from './packed-state'
import { keyOf, type LogAuthor, type RoomKey, SERVER_USER } from './persistence'
import type { LoadedRoom } from './persistence-load'

/** Where a room in memory stands in its log. */
export class LogPosition {
  readonly key: RoomKey
  readonly gen: number
  readonly epoch: number
  /** The last row that is in the document. */
  seq: number
  /** Rows and bytes in the log since the newest snapshot. */
  tail: { rows: number; bytes: number }
  /** The last person's committed change. */
  lastBy: LoadedRoom['lastBy']
  /** When the newest of them was noted, on the clock of `performance`. */
  private notedAt = performance.now()
  /** When it was last known that no other process had stored more, epoch milliseconds. */
  private confirmedAt = Date.now()
  /** For newcomers, where the document is large enough for it to matter. */
  packed: PackedState | null = null

  /** @param size encoded size of the document now, bytes */
  constructor(
    at: RoomAddress,
    { head, seq, rows, rowBytes, lastBy, packed, tail }: LoadedRoom,
    private readonly size: () => number,
  ) {
    this.key = keyOf(at)
    this.gen = head.gen
    this.epoch = head.epoch
    this.seq = seq
    this.tail = { rows, bytes: rowBytes }
    this.lastBy = lastBy
    if (packed && this.isLarge) this.packed = new PackedState(packed.bytes, packed.seq, tail)
  }

  /** A row is durable. One of another process may be heard of before one's own older one. */
  note(seq: number, update: Uint8Array, by: readonly Pick<LogAuthor, 'user'>[], at: Date): void {
    this.notedAt = performance.now()
    this.seq = Math.max(this.seq, seq)
    // a row that another process stored may be told of long afterwards
    this.confirmedAt = Math.max(this.confirmedAt, Math.min(at.getTime(), Date.now()))
    this.tail.rows += 1
    this.tail.bytes += update.length
    this.packed?.add(seq, update)
    const person = by.findLast(({ user }) => user !== SERVER_USER)
    if (person) this.lastBy = { userId: String(person.user), at }
  }

  /** There is something to compact, and nobody has written for so long. */
  isQuiet(ms: number): boolean {
    return this.tail.rows >= COMPACT_QUIET_ROWS && performance.now() - this.notedAt > ms
  }

  /**
   * While it is, another process's row that takes the next number is still in the log, and two that
   * take it collide. A process may have slept, or lost its database, for longer.
   */
  get isFresh(): boolean {
    return Date.now() - this.confirmedAt < KEEP_ROWS_MS / 2
  }

  /** @param when the log was asked, and had nothing newer */
  confirm(when: number): void {
    this.confirmedAt = when
  }

  /** Compaction has stored the state after row `seq`. */
  compacted(seq: number, packed: Uint8Array): void {
    if (this.packed) this.packed.replace(packed, seq)
    else if (seq === this.seq && this.isLarge) this.packed = new PackedState(packed, seq, [])
  }

  private get isLarge(): boolean {
    return this.size() >= PACKED_FROM_BYTES
  }
}
