import * as Y from 'yjs'
import { MAX_UNPACKED_BYTES } from '../../shared/collab/wire'
import type { CloseReason } from '../../shared/errors'
import { checkUpdate } from './check'
import { decodeUpdate } from './decode'
import { failpoint } from './failpoints'
import { momentNow, spentSince } from './heavy-clock'
import { isSameContent } from './heavy-compare'
import type { Compacted, StoredState } from './heavy-work'
import { applyState, pack, unpackNow } from './persistence-packed'
import { Refusal } from './refusal'
import { sha256 } from './sha256'

/** What the thread does; here it is plain functions. */

const READING = Symbol('reading')

/** More than this on a CPU and a frame would hold up everybody else, milliseconds. */
const FRAME_BUDGET_MS = 100

/**
 * Put a document together and pack it; then unpack what will be stored, and compare.
 *
 * @returns undefined if the parts do not make a whole document, or it does not come out the same
 */
export function compactDocument(
  base: StoredState | null,
  updates: readonly Uint8Array[],
): Compacted | undefined {
  const doc = new Y.Doc()
  const copy = new Y.Doc()
  try {
    if (base) applyState(doc, base.v, unpackNow(base), READING)
    for (const update of updates) Y.applyUpdate(doc, update, READING)
    if (doc.store.pendingStructs || doc.store.pendingDs) return undefined
    failpoint('rebuilt')
    const encoded = Y.encodeStateAsUpdate(doc)
    if (encoded.length > MAX_UNPACKED_BYTES) return undefined
    const packed = pack(encoded)
    Y.applyUpdate(copy, unpackNow({ v: 3, bytes: packed }), READING)
    if (!isSameContent(doc, copy)) return undefined
    const sv = Y.encodeStateVector(doc)
    const dsHash = sha256(Y.encodeSnapshot(Y.snapshot(doc)))
    return { packed, sv, dsHash, sha256: sha256(packed), bytes: encoded.length }
  } catch {
    return undefined
  } finally {
    doc.destroy()
    copy.destroy()
  }
}

/**
 * Do to a copy what a room would do to the document.
 *
 * @param onTry called when the copy is there and the update's own time begins
 */
export function rehearseUpdate(
  state: Uint8Array,
  update: Uint8Array,
  onTry: () => void = () => {},
): CloseReason | null {
  // The first time the code may have been cold, and its memory not yet there.
  const first = tryOnce(state, update, onTry)
  const last = first === 'slow' ? tryOnce(state, update, onTry) : first
  return last === 'slow' ? 'frame_policy' : last
}

function tryOnce(
  state: Uint8Array,
  update: Uint8Array,
  onTry: () => void,
): CloseReason | 'slow' | null {
  const copy = new Y.Doc()
  try {
    Y.applyUpdate(copy, state, READING)
    const start = momentNow()
    onTry()
    const decoded = decodeUpdate(update)
    if (decoded) {
      const verdict = checkUpdate(decoded, copy, ANYBODY)
      if (verdict.kind === 'change') {
        const fresh = verdict.overlaps ? Y.diffUpdate(update, Y.encodeStateVector(copy)) : update
        Y.applyUpdate(copy, fresh)
      }
    }
    return spentSince(start) > FRAME_BUDGET_MS ? 'slow' : null
  } catch (error) {
    return error instanceof Refusal ? error.reason : 'malformed_frame'
  } finally {
    copy.destroy()
  }
}

/** Who may do what is the room's business; here it is about what the update costs. */
const ANYBODY = { user: '', write: true, ownerOf: () => undefined }
