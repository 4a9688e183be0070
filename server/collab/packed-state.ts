import * as Y from 'yjs'
import { packedFrame, syncStep2Frame, updateFrame } from './frames'
import { PACKED_TAIL_BYTES, PACKED_TAIL_ROWS } from './limits'

const NOTHING = Uint8Array.of(0, 0)

/** Some rows of the log as one update; it may hold older ones too, which change nothing. */
type Part = { seq: number; update: Uint8Array }

/** Everything up to a row of a generation, as the frames that say it. */
export type Offer = { seq: number; gen: number; frames: readonly Uint8Array[] }

/**
 * What a newcomer without anything is given: the newest snapshot as it is stored, and the rows since
 * then. So nobody waits for the document to be encoded, and far less goes over the line.
 */
export class PackedState {
  private tail: Part[]
  private tailBytes: number
  /** Every row after this one is in the tail. */
  private from: number
  private newest: number

  /** @param bytes the state after row `seq`, packed as `StoredState` version 3 */
  constructor(
    private bytes: Uint8Array,
    private seq: number,
    tail: readonly Part[],
  ) {
    this.from = seq
    this.newest = tail.at(-1)?.seq ?? seq
    this.tail = [...tail]
    this.tailBytes = sizeOf(tail)
  }

  add(seq: number, update: Uint8Array): void {
    if (seq <= this.newest) return
    this.newest = seq
    this.tail.push({ seq, update })
    this.tailBytes += update.length
    if (this.tailBytes > PACKED_TAIL_BYTES) {
      this.from = seq
      this.tail = []
      this.tailBytes = 0
    } else if (this.tail.length > PACKED_TAIL_ROWS) this.merge()
  }

  /** Compaction has made a newer one. */
  replace(bytes: Uint8Array, seq: number): void {
    if (seq < this.seq) return
    this.bytes = bytes
    this.seq = seq
    this.tail = this.tail.filter((part) => part.seq > seq)
    this.tailBytes = sizeOf(this.tail)
  }

  /** Everything that is durable, as the frames that answer an empty state vector; null if too much is newer. */
  answer(): readonly Uint8Array[] | null {
    if (this.from > this.seq) return null
    const newer = this.tail.map(({ update }) => updateFrame(update))
    return [packedFrame(this.bytes), ...newer, syncStep2Frame(NOTHING)]
  }

  private merge(): void {
    const last = this.tail.at(-1)
    if (!last) return
    const update = Y.mergeUpdates(this.tail.map((part) => part.update))
    this.tail = [{ seq: last.seq, update }]
    this.tailBytes = update.length
  }
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { update }) => sum + update.length, 0)
}
