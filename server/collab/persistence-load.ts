import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import {
  bytesOf,
  keyOf,
  type RoomKey,
  type RoomRow,
  type SnapshotRow,
  type Store,
  sha256,
} from './persistence'
import { type ReadRow, readTail } from './persistence-log'

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
  /** Clean-ups that Yjs made while reading; they are not in the log yet. */
  extra: Uint8Array[]
  /** The last person's change in the rows read. */
  lastBy: { userId: string; at: Date } | null
}

/** Origin of the transactions that rebuild a document. */
const LOADING = Symbol('loading')

/**
 * Rebuild a document from its newest valid snapshot and the rows after it.
 *
 * @throws AppError `document_unavailable` if anything is missing or damaged: a document is whole or
 *   it is not served
 */
export async function loadRoom(store: Store, at: RoomAddress, log: Logger): Promise<LoadedRoom> {
  const key = keyOf(at)
  const head = await store.rooms.findOne({ _id: key.room })
  if (!head?.p.equals(key.p)) {
    log.error({ room: at.room }, 'a live document has no head')
    throw new AppError('document_unavailable')
  }
  for (const snapshot of await usableSnapshots(store, key, head)) {
    const base = snapshot ? await readSnapshot(store, snapshot) : new Uint8Array()
    if (!base) {
      log.error({ room: at.room, seq: snapshot?._id.seq }, 'a snapshot is damaged')
      continue
    }
    const from = snapshot?._id.seq ?? 0
    const { rows, complete } = await readTail(store, key, head.gen, from)
    const reaches = from + rows.length >= Math.max(head.snapSeq, 1)
    if (!complete || !reaches) {
      log.error({ room: at.room, from }, 'the log of a live document is damaged')
      continue
    }
    const loaded = rebuild(head, from, base, rows)
    if (!loaded) {
      log.error({ room: at.room, from }, 'a live document cannot be rebuilt')
      continue
    }
    for await (const row of store.clients.find({ _id: clientRange(key) })) {
      loaded.owners.set(row._id.client, String(row.user))
    }
    return loaded
  }
  throw new AppError('document_unavailable')
}

/** Newest first; at the end the log alone, which suffices while it has never been cut. */
export async function usableSnapshots(
  store: Store,
  { p, room }: RoomKey,
  { gen }: RoomRow,
): Promise<(SnapshotRow | null)[]> {
  const manifests = await store.snapshots
    .find({
      _id: {
        $gte: { p, room, gen, seq: 0, node: '' },
        $lt: { p, room, gen, seq: Number.MAX_SAFE_INTEGER, node: '' },
      },
      kept: { $exists: false },
    })
    .sort({ _id: -1 })
    .toArray()
  return [...manifests, null]
}

function clientRange({ p, room }: RoomKey) {
  return { $gte: { p, room, client: 0 }, $lte: { p, room, client: Number.MAX_SAFE_INTEGER } }
}

/** @returns undefined if a chunk is missing or the whole is not what the manifest says */
export async function readSnapshot(
  store: Store,
  { _id, v, chunks, sha256: expected, bytes }: SnapshotRow,
): Promise<Uint8Array | undefined> {
  const whole = new Uint8Array(bytes)
  let offset = 0
  for (let i = 0; i < chunks; i++) {
    const chunk = await store.chunks.findOne({ _id: { ..._id, i } })
    const data = chunk && bytesOf(chunk.data)
    if (!data || offset + data.length > bytes) return undefined
    whole.set(data, offset)
    offset += data.length
  }
  return v === 2 && offset === bytes && sha256(whole) === expected ? whole : undefined
}

/** @returns undefined if the parts do not make a whole document */
export function rebuild(
  head: RoomRow,
  base: number,
  snapshot: Uint8Array,
  rows: readonly ReadRow[],
): LoadedRoom | undefined {
  const doc = new Y.Doc()
  const extra: Uint8Array[] = []
  const owners = new Map<number, string>()
  const collect = (update: Uint8Array, origin: unknown) => {
    if (origin !== LOADING) extra.push(update)
  }
  doc.on('update', collect)
  let rowBytes = 0
  let lastBy: LoadedRoom['lastBy'] = null
  try {
    if (snapshot.length > 0) Y.applyUpdateV2(doc, snapshot, LOADING)
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
  doc.off('update', collect)
  if (doc.store.pendingStructs || doc.store.pendingDs) return undefined
  const seq = base + rows.length
  const bytes = snapshot.length + rowBytes
  return { doc, head, seq, base, rows: rows.length, rowBytes, bytes, owners, extra, lastBy }
}
