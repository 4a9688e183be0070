import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { SCHEMA_VERSION } from '../../shared/editor/content'
import type { RoomAddress } from '../ports'
import { CHUNK_BYTES, KEPT_COPY_MS, MAX_KEPT_COPIES } from './limits'
import {
  keyOf,
  type RoomKey,
  type RoomRow,
  type SnapshotId,
  type SnapshotRow,
  type Store,
  sha256,
  toBinary,
} from './persistence'
import { readSnapshot, rebuild, usableSnapshots } from './persistence-load'
import { readTail } from './persistence-log'

/** Names what this process writes, so that two of them never write the same snapshot. */
const NODE = randomBytes(6).toString('hex')

/**
 * Write a snapshot of a room and cut its log, from the database alone. Safe to repeat, to run twice
 * at once and to be killed at any step: at any instant there are two ways to rebuild the document.
 *
 * @returns the seq of the new snapshot, or undefined if nothing was done
 */
export async function compactRoom(
  store: Store,
  at: RoomAddress,
  log: Logger,
  now: Date,
): Promise<number | undefined> {
  const key = keyOf(at)
  const head = await store.rooms.findOne({ _id: key.room })
  if (!head?.p.equals(key.p)) return undefined
  const built = await rebuildFromLog(store, key, head)
  if (!built) {
    log.error({ room: at.room }, 'compaction found a damaged log and left it alone')
    return undefined
  }
  const { doc, seq } = built
  if (seq <= head.snapSeq) return undefined
  const encoded = Y.encodeStateAsUpdateV2(doc)
  if (!isSameDocument(doc, encoded)) {
    log.error({ room: at.room, seq }, 'a snapshot did not give the same document; not written')
    return undefined
  }
  const _id: SnapshotId = { ...key, gen: head.gen, seq, node: NODE }
  await writeSnapshot(store, _id, doc, encoded, now)
  const moved = await store.rooms.updateOne(
    { _id: key.room, gen: head.gen, snapSeq: head.snapSeq },
    { $set: { snapSeq: seq } },
  )
  if (moved.modifiedCount === 1) await cutLog(store, key, head)
  return seq
}

/**
 * Keep the whole document as it was before a mass deletion, unless any process kept one within the
 * last ten minutes; beyond ten copies the oldest go. Compaction never touches them, loading never
 * reads them; `seq` is the last row before it.
 *
 * @param encoded the state, version 2 of the encoding
 * @returns when the copy that protects the document now was kept
 */
export async function keepSnapshot(
  store: Store,
  room: { at: RoomAddress; gen: number; seq: number },
  encoded: Uint8Array,
  now: Date,
): Promise<Date> {
  const before = await keptCopies(store, room.at)
  const newest = before[0]?.at
  if (newest && now.getTime() - newest.getTime() < KEPT_COPY_MS) return newest
  const node = `${NODE}-${randomBytes(4).toString('hex')}`
  const _id: SnapshotId = { ...keyOf(room.at), gen: room.gen, seq: room.seq, node }
  const doc = new Y.Doc()
  Y.applyUpdateV2(doc, encoded)
  await writeSnapshot(store, _id, doc, encoded, now, 'mass-delete')
  await removeSnapshots(store, before.slice(MAX_KEPT_COPIES - 1))
  return now
}

/** Newest first, of every generation. */
function keptCopies(store: Store, at: RoomAddress) {
  const { p, room } = keyOf(at)
  const range = {
    $gte: { p, room, gen: 0, seq: 0, node: '' },
    $lt: { p, room, gen: Number.MAX_SAFE_INTEGER, seq: 0, node: '' },
  }
  return store.snapshots
    .find({ _id: range, kept: 'mass-delete' }, { projection: { chunks: 1, at: 1 } })
    .sort({ at: -1 })
    .toArray()
}

async function rebuildFromLog(store: Store, key: RoomKey, head: RoomRow) {
  for (const snapshot of await usableSnapshots(store, key, head)) {
    const base = snapshot ? await readSnapshot(store, snapshot) : new Uint8Array()
    const from = snapshot?._id.seq ?? 0
    if (!base || from < head.snapSeq) return undefined
    const { rows, complete } = await readTail(store, key, head.gen, from)
    return complete ? rebuild(head, from, base, rows) : undefined
  }
  return undefined
}

/** Chunks first, manifest last: a snapshot exists when its manifest does. */
async function writeSnapshot(
  store: Store,
  _id: SnapshotId,
  doc: Y.Doc,
  encoded: Uint8Array,
  now: Date,
  kept?: SnapshotRow['kept'],
): Promise<void> {
  let chunks = 0
  for (let offset = 0; offset < encoded.length; offset += CHUNK_BYTES) {
    const data = toBinary(encoded.slice(offset, offset + CHUNK_BYTES))
    await store.chunks.replaceOne({ _id: { ..._id, i: chunks } }, { data }, { upsert: true })
    chunks += 1
  }
  const manifest: Omit<SnapshotRow, '_id'> = {
    v: 2,
    chunks,
    sv: toBinary(Y.encodeStateVector(doc)),
    dsHash: sha256(Y.encodeSnapshot(Y.snapshot(doc))),
    sha256: sha256(encoded),
    bytes: encoded.length,
    schemaVersion: SCHEMA_VERSION,
    at: now,
    ...(kept && { kept }),
  }
  await store.snapshots.replaceOne({ _id }, manifest, { upsert: true })
}

/** Deletes lag one verified snapshot behind: the one before the new one stays, with its rows. */
async function cutLog(store: Store, { p, room }: RoomKey, { gen, snapSeq }: RoomRow) {
  if (snapSeq === 0) return
  await store.log.deleteMany({
    _id: { $gte: { p, room, gen, seq: 0 }, $lte: { p, room, gen, seq: snapSeq } },
  })
  const older = {
    $gte: { p, room, gen, seq: 0, node: '' },
    $lt: { p, room, gen, seq: snapSeq, node: '' },
  }
  const old = await store.snapshots
    .find({ _id: older, kept: { $exists: false } }, { projection: { _id: 1, chunks: 1 } })
    .toArray()
  await removeSnapshots(store, old)
}

/** Manifest first: what is left without one is no snapshot. */
async function removeSnapshots(store: Store, old: readonly Pick<SnapshotRow, '_id' | 'chunks'>[]) {
  for (const { _id, chunks } of old) {
    await store.snapshots.deleteOne({ _id })
    for (let i = 0; i < chunks; i++) await store.chunks.deleteOne({ _id: { ..._id, i } })
  }
}

function isSameDocument(doc: Y.Doc, encoded: Uint8Array): boolean {
  const copy = new Y.Doc()
  Y.applyUpdateV2(copy, encoded)
  const same =
    !copy.store.pendingStructs &&
    Buffer.from(Y.encodeStateVector(doc)).equals(Y.encodeStateVector(copy)) &&
    Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy)) &&
    asText(doc) === asText(copy)
  copy.destroy()
  return same
}

/** Every root, whatever it is, in a form that can be compared. */
function asText(doc: Y.Doc): string {
  return JSON.stringify([...doc.share.keys()].sort().map((root) => [root, rootAsText(doc, root)]))
}

function rootAsText(doc: Y.Doc, root: string): unknown {
  return root.startsWith('body:') ? doc.getXmlFragment(root).toJSON() : doc.getMap(root).toJSON()
}
