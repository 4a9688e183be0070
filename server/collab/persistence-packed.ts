import { promisify } from 'node:util'
import { deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib'
import * as Y from 'yjs'
import { MAX_UNPACKED_BYTES } from '../../shared/collab/wire'
import type { StoredState } from './heavy-work'

const inflate = promisify(inflateRaw)
const BOUND = { maxOutputLength: MAX_UNPACKED_BYTES }

/** Higher levels cost a multiple of the time for a few per cent of the bytes. */
const LEVEL = 6

/** An update as it is stored and sent to newcomers: deflate-raw. */
export function pack(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return ownBytes(deflateRawSync(update, { level: LEVEL }))
}

/**
 * The update in a stored state, without holding up the loop.
 *
 * @throws if it cannot be unpacked, or would be larger than any document is
 */
export async function unpack({ v, bytes }: StoredState): Promise<Uint8Array> {
  return v === 2 ? bytes : ownBytes(await inflate(bytes, BOUND))
}

/** The same at once, for the thread that has nobody to hold up. */
export function unpackNow({ v, bytes }: StoredState): Uint8Array {
  return v === 2 ? bytes : ownBytes(inflateRawSync(bytes, BOUND))
}

export function applyState(
  doc: Y.Doc,
  v: StoredState['v'],
  update: Uint8Array,
  origin: unknown,
): void {
  if (v === 2) Y.applyUpdateV2(doc, update, origin)
  else Y.applyUpdate(doc, update, origin)
}

/** In a buffer of their own: zlib's may be part of a larger one, and Yjs keeps views of what it reads. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
  return isWhole && bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes)
}
