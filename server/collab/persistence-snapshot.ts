import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { SCHEMA_VERSION } from '../../shared/editor/content'
import type { RoomAddress } from '../ports'
import { failpoint } from './failpoints'
import type { Compacted, HeavyWork } from './heavy-work'
import { CHUNK_BYTES, KEEP_ROWS_MS, KEPT_COPY_MS, MAX_KEPT_COPIES } from './limits'
import {
  keyOf,
  type RoomKey,
  type RoomRow,
  type SnapshotId,
  type SnapshotRow,
  type Store,
  toBinary,
} from './persistence'
import { readIndex, readParts } from './persistence-load'
import { ORPHAN_MS, removeOrphans, removeSnapshots } from './persistence-remove'

/** Names the process, and with `nodeOf` who of it writes: no two ever write the same snapshot. */
const NODE = randomBytes(6).toString('hex')
const nodeOf = () => `${NODE}-${randomBytes(4).toString('hex')}`

/**
 * Write a snapshot of a room and cut its log, from the database alone. Safe to repeat, to run twice
 * at once and to be killed at any step: at any instant there are two ways to rebuild the document.
 *
 * @returns the new snapshot, packed, and its seq; undefined if nothing was done
 */
export async function compactRoom(
  store: Store,
  heavy: HeavyWork,
  at: RoomAddress,
  log: Logger,
  now: Date,
): Promise<{ seq: number; packed: Uint8Array } | undefined> {
  const key = keyOf(at)
  const index = await readIndex(store, key)
  if (!index) return undefined
  const { head, snapshots } = index
  const parts = await readParts(store, key, head, snapshots[0] ?? null)
  if (typeof parts === 'string' || parts.base < head.snapSeq) {
    log.error({ room: at.room }, 'compaction found a damaged log and left it alone')
    return undefined
  }
  if (parts.sealed) return undefined
  const seq = parts.base + parts.rows.length
  if (seq <= head.snapSeq) return undefined
  const updates = parts.rows.map(({ update }) => update)
  const made = await heavy.compact(parts.stored, updates)
  if (!made) {
    log.warn({ room: at.room, seq }, 'a snapshot did not give the same document; not written')
    return undefined
  }
  failpoint('verified')
  const _id: SnapshotId = { ...key, gen: head.gen, seq, node: nodeOf() }
  if (!(await writeSnapshot(store, _id, made, now))) return undefined
  failpoint('manifest-written')
  await moveHead(store, key, head, { _id, chunks: chunksOf(made), now })
  await removeOrphans(store, key, now)
  return { seq, packed: made.packed }
}

/** Whoever comes second has made a snapshot that nobody needs. */
async function moveHead(
  store: Store,
  key: RoomKey,
  { gen, snapSeq }: RoomRow,
  { _id, chunks, now }: { _id: SnapshotId; chunks: number; now: Date },
): Promise<void> {
  const moved = await store.rooms.updateOne(
    { _id: key.room, gen, snapSeq },
    { $set: { snapSeq: _id.seq } },
  )
  if (moved.modifiedCount === 0) {
    await removeSnapshots(store, [{ _id, chunks }])
    return
  }
  failpoint('head-moved')
  await cutLog(store, key, { gen, snapSeq }, now)
}

/**
 * Keep the whole document as it was before a mass deletion, unless any process kept one within the
 * last ten minutes; beyond ten copies the oldest go. Compaction never touches them, loading never
 * reads them; `seq` is the last row before it.
 *
 * @param state the document, version 1 of the encoding
 * @returns when the copy that protects the document now was kept
 */
export async function keepSnapshot(
  store: Store,
  heavy: HeavyWork,
  room: { at: RoomAddress; gen: number; seq: number },
  state: Uint8Array,
  now: Date,
): Promise<Date> {
  const before = await keptCopies(store, room.at, room.gen)
  const newest = before[0]?.at
  if (newest && now.getTime() - newest.getTime() < KEPT_COPY_MS) return newest
  const made = await heavy.compact(null, [state], 'urgent')
  const _id: SnapshotId = { ...keyOf(room.at), gen: room.gen, seq: room.seq, node: nodeOf() }
  if (!made || !(await writeSnapshot(store, _id, made, now, 'mass-delete'))) {
    throw new Error('a copy of a document could not be made')
  }
  await removeSnapshots(store, before.slice(MAX_KEPT_COPIES - 1))
  return now
}

/** Newest first, of this generation: what earlier ones kept is destroyed, or about to be. */
export function keptCopies(store: Store, at: RoomAddress, gen: number) {
  const { p, room } = keyOf(at)
  const range = {
    $gte: { p, room, gen, seq: 0, node: '' },
    $lt: { p, room, gen: gen + 1, seq: 0, node: '' },
  }
  return store.snapshots
    .find({ _id: range, kept: 'mass-delete' }, { projection: { sv: 0 } })
    .sort({ at: -1 })
    .toArray()
}

/**
 * Chunks first, manifest last: a snapshot exists when its manifest does.
 *
 * @returns false if it took so long that the chunks may be gone again
 */
async function writeSnapshot(
  store: Store,
  _id: SnapshotId,
  { packed, sv, dsHash, sha256, bytes }: Compacted,
  now: Date,
  kept?: SnapshotRow['kept'],
): Promise<boolean> {
  const start = performance.now()
  const chunks = chunksOf({ packed })
  for (let i = 0; i < chunks; i++) {
    const data = toBinary(packed.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES))
    await store.chunks.replaceOne({ _id: { ..._id, i } }, { data, at: now }, { upsert: true })
  }
  failpoint('chunks-written')
  if (performance.now() - start > ORPHAN_MS / 2) return false
  const manifest: Omit<SnapshotRow, '_id'> = {
    v: 3,
    chunks,
    sv: toBinary(sv),
    dsHash,
    sha256,
    bytes: packed.length,
    unpacked: bytes,
    schemaVersion: SCHEMA_VERSION,
    at: now,
    ...(kept && { kept }),
  }
  await store.snapshots.replaceOne({ _id }, manifest, { upsert: true })
  return true
}

function chunksOf({ packed }: Pick<Compacted, 'packed'>): number {
  return Math.ceil(packed.length / CHUNK_BYTES)
}

/** Deletes lag one verified snapshot behind: the one before the new one stays, with its rows. */
async function cutLog(
  store: Store,
  { p, room }: RoomKey,
  { gen, snapSeq }: Pick<RoomRow, 'gen' | 'snapSeq'>,
  now: Date,
) {
  if (snapSeq === 0) return
  const first = { p, room, gen, seq: 0 }
  // A process that lags behind collides with the rows of others only while they are there.
  const young = await store.log.findOne(
    {
      _id: { $gte: first, $lte: { p, room, gen, seq: snapSeq } },
      at: { $gt: new Date(now.getTime() - KEEP_ROWS_MS) },
    },
    { sort: { _id: 1 }, projection: { _id: 1 } },
  )
  const end = young ? young._id.seq : snapSeq + 1
  await store.log.deleteMany({ _id: { $gte: first, $lt: { p, room, gen, seq: end } } })
  failpoint('log-cut')
  const older = {
    $gte: { p, room, gen, seq: 0, node: '' },
    $lt: { p, room, gen, seq: snapSeq, node: '' },
  }
  const old = await store.snapshots
    .find({ _id: older, kept: { $exists: false } }, { projection: { _id: 1, chunks: 1 } })
    .toArray()
  await removeSnapshots(store, old)
}
