import type { Logger } from 'pino'
import type { CloseReason } from '../../shared/errors'
import { HeavyQueue, openThread } from './heavy-queue'

/** A document's state as a snapshot stores it; see docs/collab-spec.md. */
export type StoredState =
  /** Version 2 of the encoding, as it is: what earlier versions of this server stored. */
  | { v: 2; bytes: Uint8Array }
  /** Version 1 of the encoding, deflate-raw: what newcomers are given as it is (message 122). */
  | { v: 3; bytes: Uint8Array }

/** A document put together, and compared with what its snapshot gives. */
export type Compacted = {
  /** `StoredState` of version 3. */
  packed: Uint8Array
  /** State vector. */
  sv: Uint8Array
  /** SHA-256 (hex) of state vector and delete set, as `Y.encodeSnapshot` gives them. */
  dsHash: string
  /** Of `packed`, hex. */
  sha256: string
  /** Encoded size unpacked, bytes. */
  bytes: number
}

/** Work on whole documents, in a thread of its own: it must not hold up who is typing elsewhere. */
export interface HeavyWork {
  /**
   * @param urgent if somebody's text waits for it: it comes before what merely saves space
   * @returns undefined if the parts do not make a whole document, or it does not come out the same
   */
  compact(
    base: StoredState | null,
    updates: readonly Uint8Array[],
    urgent?: 'urgent',
  ): Promise<Compacted | undefined>
  /**
   * Try an update on a copy of the document before anybody does it on the document itself.
   *
   * @param state the document now, version 1 of the encoding
   * @returns null if it takes no longer than a frame may; else why it is refused, `document_unavailable`
   *   if that is not for what the update is, and it may be tried again
   */
  rehearse(state: Uint8Array, update: Uint8Array): Promise<CloseReason | null>
  close(): Promise<void>
}

/** Durations in milliseconds, as they pass. Tests change them. */
export type HeavyLimits = {
  /** The thread may take this long to start; from sources it is compiled first. */
  startMs: number
  /** Reading the document that an update is tried on may take this long. */
  prepareMs: number
  compactMs: number
  /** One try of an update, however busy the machine; what a frame may take is counted by the thread. */
  rehearseMs: number
  /** So many updates may wait to be tried. */
  rehearsals: number
  /** A copy that has waited this long comes before updates to be tried. */
  copyPatienceMs: number
  compactionPatienceMs: number
  /** A thread without work ends after this: it costs memory. */
  idleMs: number
  /** For the thread's documents, MB: one of 10 MB put together three times fits into it. */
  memoryMb: number
}

const LIMITS: HeavyLimits = {
  startMs: 20_000,
  prepareMs: 10_000,
  compactMs: 30_000,
  rehearseMs: 3_000,
  rehearsals: 50,
  copyPatienceMs: 1_000,
  compactionPatienceMs: 10_000,
  idleMs: 30_000,
  memoryMb: 512,
}

/** @param limits only for tests, as is `open` */
export function createHeavyWork(
  log: Logger,
  limits: Partial<HeavyLimits> = {},
  open = openThread,
): HeavyQueue {
  return new HeavyQueue(log, { ...LIMITS, ...limits }, open)
}
