import type { CloseReason } from '../../shared/errors'
import type { Compacted, StoredState } from './heavy-work'

/** What the thread is asked and what it says. */

/** Several byte arrays in one buffer, which goes over without being copied again. */
export type Joined = { bytes: Uint8Array<ArrayBuffer>; lengths: readonly number[] }

export type ThreadJob = { id: number } & (
  | { kind: 'compact'; v: StoredState['v'] | null; parts: Joined }
  | { kind: 'rehearse'; parts: Joined }
)

export type ThreadSays =
  /** It has been loaded. */
  | { kind: 'ready' }
  /** The time that counts begins now. */
  | { kind: 'trying'; id: number }
  | { kind: 'compacted'; id: number; result: Compacted | undefined }
  | { kind: 'rehearsed'; id: number; result: CloseReason | null }

/** Copies: what is handed over is gone here, and others may still use theirs. */
export function join(parts: readonly Uint8Array[]): Joined {
  const lengths = parts.map(({ length }) => length)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return { bytes, lengths }
}

/** Each in a buffer of its own, as whoever decodes an update needs it. */
export function split({ bytes, lengths }: Joined): Uint8Array[] {
  let offset = 0
  return lengths.map((length) => {
    const part = bytes.slice(offset, offset + length)
    offset += length
    return part
  })
}
