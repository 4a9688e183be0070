import type { CloseReason } from '../../shared/errors'

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
  /** @returns undefined if the parts do not make a whole document, or it does not come out the same */
  compact(base: StoredState | null, updates: readonly Uint8Array[]): Promise<Compacted | undefined>
  /**
   * Try an update on a copy of the document before anybody does it on the document itself.
   *
   * @param state the document now, version 1 of the encoding
   * @returns null if it takes no longer than a frame may; else why it is refused
   */
  rehearse(state: Uint8Array, update: Uint8Array): Promise<CloseReason | null>
  close(): Promise<void>
}
