import type { Logger } from 'pino'
import { AppError } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import type { StoredState } from './heavy-work'
import { keyOf, type RoomKey, type RoomRow, type SnapshotRow, type Store } from './persistence'
import { genOf, type ReadRow, readTail } from './persistence-log'
import { type LoadedRoom, rebuild } from './persistence-rebuild'
import { sha256 } from './sha256'

export type { LoadedRoom } from './persistence-rebuild'

/** What is stored of a document, not yet put together: all of it is there, and is what was written. */
export type RoomParts = {
  head: RoomRow
  /** Seq of the snapshot; 0 if there is none. */
  base: number
  stored: StoredState | null
  rows: readonly ReadRow[]
  /** Nothing can follow: the generation has ended. */
  sealed: boolean
}

/** A room's head and its snapshots; these newest first. */
type RoomIndex = { head: RoomRow; snapshots: readonly Manifest[] }
export type Manifest = Pick<SnapshotRow, '_id' | 'v' | 'chunks' | 'sha256' | 'bytes'>

/** The document begins anew: what is stored is not the document any more, and what will be is not there. */
export class GenerationEnded extends Error {
  override readonly name = 'GenerationEnded'

  constructor(readonly gen: number) {
    super('the generation has ended')
  }
}

/** While a room is read, others may compact it so often before what was found is given up. */
const TRIES = 3

/**
 * Rebuild a document from its newest valid snapshot and the rows after it.
 *
 * @param early hears of the parts before the document is rebuilt, once, so that they can be sent on;
 *   should they not make a document, it is rebuilt from others
 * @param ended what to do with a generation that has ended: nobody is shown it, but the next is made of it
 * @throws AppError `document_unavailable` if anything is missing or damaged: a document is whole or
 *   it is not served
 * @throws GenerationEnded if the next generation is not there yet
 */
export async function loadRoom(
  store: Store,
  at: RoomAddress,
  log: Logger,
  early: (parts: RoomParts) => void = () => {},
  ended: 'is gone' | 'is read' = 'is gone',
): Promise<LoadedRoom> {
  const key = keyOf(at)
  let tell = early
  const once = (parts: RoomParts) => {
    tell(parts)
    tell = () => {}
  }
  for (let tries = 0, seen = ''; tries < TRIES; tries++) {
    const index = await readIndex(store, key)
    if (!index) {
      log.error({ room: at.room }, 'a live document has no head')
      break
    }
    // A compaction may have removed what was just being read; if none came between, it is damaged.
    const place = `${index.head.gen} ${index.head.snapSeq}`
    if (place === seen) break
    seen = place
    const loaded = await loadFrom(store, key, index, log, once, ended)
    if (loaded) return loaded
  }
  throw new AppError('document_unavailable')
}

/** The newest snapshot first; at the end the log alone, which suffices while it has never been cut. */
async function loadFrom(
  store: Store,
  key: RoomKey,
  { head, snapshots }: RoomIndex,
  log: Logger,
  early: (parts: RoomParts) => void,
  ended: 'is gone' | 'is read',
): Promise<LoadedRoom | undefined> {
  // Asked for with the first rows: whoever is bound later is named in them.
  const owners = readOwners(store, key)
  owners.catch(() => {})
  const room = String(key.room)
  for (const snapshot of [...snapshots, null]) {
    const parts = await readParts(store, key, head, snapshot)
    if (typeof parts === 'string') {
      log.error({ room, seq: snapshot?._id.seq ?? 0 }, parts)
      continue
    }
    if (parts.sealed && ended === 'is gone') throw new GenerationEnded(head.gen)
    if (!parts.sealed) early(parts)
    // What was just handed out leaves before the loop is held up.
    await new Promise((resolve) => setImmediate(resolve))
    const loaded = await rebuild(parts)
    if (!loaded) {
      log.error({ room, seq: parts.base }, 'a live document cannot be rebuilt')
      continue
    }
    for (const { client, user, gen } of await owners) {
      loaded.owners.set(client, user)
      if (gen < head.gen) loaded.former.add(client)
    }
    return loaded
  }
  return undefined
}

export async function readIndex(store: Store, key: RoomKey): Promise<RoomIndex | undefined> {
  const { p, room } = key
  const [head, manifests] = await Promise.all([
    store.rooms.findOne({ _id: room }),
    store.snapshots
      .find(
        {
          _id: {
            $gte: { p, room, gen: 0, seq: 0, node: '' },
            $lt: { p, room, gen: Number.MAX_SAFE_INTEGER, seq: 0, node: '' },
          },
          kept: { $exists: false },
        },
        { projection: { v: 1, chunks: 1, sha256: 1, bytes: 1 } },
      )
      .sort({ _id: -1 })
      .toArray(),
  ])
  if (!head?.p.equals(p)) return undefined
  return { head, snapshots: manifests.filter(({ _id }) => _id.gen === head.gen) }
}

/** @returns a sentence for the log if something is missing or is not what was written */
export async function readParts(
  store: Store,
  key: RoomKey,
  head: RoomRow,
  snapshot: Manifest | null,
): Promise<RoomParts | string> {
  const base = snapshot?._id.seq ?? 0
  const [stored, { rows, complete, sealed }] = await Promise.all([
    snapshot && readSnapshot(store, snapshot),
    readTail(store, key, head.gen, base),
  ])
  if (stored === undefined) return 'a snapshot is damaged'
  const reaches = base + rows.length >= Math.max(head.snapSeq, 1)
  if (!complete || !reaches) return 'the log of a live document is damaged'
  return { head, base, stored, rows, sealed }
}

type Owner = { client: number; user: string; gen: number }

async function readOwners(store: Store, { p, room }: RoomKey): Promise<Owner[]> {
  const range = {
    $gte: { p, room, client: 0 },
    $lte: { p, room, client: Number.MAX_SAFE_INTEGER },
  }
  const rows = await store.clients.find({ _id: range }, { batchSize: 10_000 }).toArray()
  return rows.map((row) => ({
    client: row._id.client,
    user: String(row.user),
    gen: genOf(row),
  }))
}

/** @returns undefined if a chunk is missing or the whole is not what the manifest says */
export async function readSnapshot(
  store: Store,
  { _id, v, chunks, sha256: expected, bytes }: Manifest,
): Promise<StoredState | undefined> {
  if (v !== 2 && v !== 3) return undefined
  const range = { $gte: { ..._id, i: 0 }, $lt: { ..._id, i: chunks } }
  const found = await store.chunks.find({ _id: range }).sort({ _id: 1 }).toArray()
  if (found.length !== chunks) return undefined
  const parts = found.map(({ data }) => data.value())
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length !== bytes) return undefined
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return sha256(whole) === expected ? { v, bytes: whole } : undefined
}
