import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Clock } from '../ports'
import { updateFrame } from './frames'
import type { HeavyWork } from './heavy-work'
import { toWire } from './line'
import type { Room } from './room'

/** Why a document in memory is ended. */
export type EndOfAll = 'document_unavailable' | 'document_cleaned'

/** What a room needs of a socket. */
export type Participant = {
  readonly user: string
  readonly wantsAcks: boolean
  /** Has been given the state, so that later batches follow it without a gap. */
  joined: boolean
  mayWrite(): boolean
  send(frame: Uint8Array): void
  /** A frame as it goes over the line; the same bytes for as many as hear it. */
  write(wire: Buffer): void
  /** The first `frames` updates of this connection are durable. */
  acknowledge(epoch: number, frames: number): void
  end(reason: EndOfAll | 'restarting'): void
  /** What it sends waits from now on. */
  hold(): void
}

export type RoomPorts = {
  heavy: HeavyWork
  clock: Clock
  log: Logger
  presenceMs: number
  /** Mends what valid concurrent edits broke together; says whether it changed anything. */
  repair(doc: Y.Doc): boolean
  /** Something waits for the next batch cut. */
  onStaged(room: Room): void
  /** A batch is durable: one of ours, or rows that another process stored. */
  onCommitted(room: Room, whose: 'ours' | 'read'): void
  /** The room is gone from memory and must be loaded again. */
  onClosed(room: Room): void
  /** Too much waits in the whole process. */
  isOverloaded(): boolean
}

/** Shows a durable batch to everybody who has the state it follows: one frame for all of them. */
export function relay(
  participants: ReadonlySet<Participant>,
  update: Uint8Array,
  author: Participant | null,
): void {
  const wire = toWire(updateFrame(update))
  for (const participant of participants) {
    if (!participant.joined) continue
    // Whoever wrote all of it and is told that it is durable has no use for an echo.
    if (participant === author && participant.wantsAcks) continue
    participant.write(wire)
  }
}
