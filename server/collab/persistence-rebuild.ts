import * as Y from 'yjs'
import type { RoomRow } from './persistence'
import type { RoomParts } from './persistence-load'
import { applyState, unpack } from './persistence-packed'

/** A document as the log has it. */
export type LoadedRoom = {
  doc: Y.Doc
  head: RoomRow
  /** Number of the last row. */
  seq: number
  /** Seq of the snapshot it was built on; 0 if none. */
  base: number
  /** Rows and bytes since that snapshot. */
  rows: number
  rowBytes: number
  /** Encoded size, about. */
  bytes: number
  owners: Map<number, string>
  /** Those of them that wrote in an earlier generation: what they bring was taken out. */
  former: Set<number>
  /** Clean-ups that Yjs made while reading; they are not in the log yet. */
  extra: Uint8Array[]
  /** The last person's change in the rows read. */
  lastBy: { userId: string; at: Date } | null
  /** The snapshot it was built on, as newcomers may be given it (message 122); `tail` is what follows. */
  packed: { bytes: Uint8Array; seq: number } | null
  tail: readonly { seq: number; update: Uint8Array }[]
}

/** Origin of the transactions that rebuild a document. */
const LOADING = Symbol('loading')

/** @returns undefined if the parts do not make a whole document */
export async function rebuild({
  head,
  base,
  stored,
  rows,
}: RoomParts): Promise<LoadedRoom | undefined> {
  const state = stored ? await unpack(stored).catch(() => undefined) : null
  if (state === undefined) return undefined
  const doc = new Y.Doc()
  const extra: Uint8Array[] = []
  const owners = new Map<number, string>()
  const stop = hearCleanUps(doc, extra)
  let rowBytes = 0
  let lastBy: LoadedRoom['lastBy'] = null
  try {
    if (stored && state) applyState(doc, stored.v, state, LOADING)
    for (const row of rows) {
      Y.applyUpdate(doc, row.update, LOADING)
      rowBytes += row.update.length
      for (const { user, clients } of row.by) {
        for (const client of clients) owners.set(client, String(user))
        if (user !== 'server') lastBy = { userId: String(user), at: row.at }
      }
    }
  } catch {
    return undefined
  }
  stop()
  if (doc.store.pendingStructs || doc.store.pendingDs) return undefined
  return {
    doc,
    head,
    seq: base + rows.length,
    base,
    rows: rows.length,
    rowBytes,
    bytes: (state?.length ?? 0) + rowBytes,
    owners,
    former: new Set(),
    extra,
    lastBy,
    packed: stored?.v === 3 ? { bytes: stored.bytes, seq: base } : null,
    tail: rows.map(({ seq, update }) => ({ seq, update })),
  }
}

/**
 * Yjs encodes every transaction again for whoever hears updates, the whole document too; so nobody
 * does until it makes a transaction of its own.
 */
function hearCleanUps(doc: Y.Doc, into: Uint8Array[]): () => void {
  const hear = (update: Uint8Array, origin: unknown) => {
    if (origin !== LOADING) into.push(update)
  }
  const start = ({ origin }: Y.Transaction) => {
    if (origin === LOADING) return
    doc.off('beforeTransaction', start)
    doc.on('update', hear)
  }
  doc.on('beforeTransaction', start)
  return () => {
    doc.off('beforeTransaction', start)
    doc.off('update', hear)
  }
}
