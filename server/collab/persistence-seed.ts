import * as Y from 'yjs'
import { AppError } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import { keyOf, type LogRow, SERVER_USER, type Store, toBinary } from './persistence'
import type { Appender } from './persistence-log'
import { sha256 } from './sha256'

/** How long to wait for the database, milliseconds. */
const SEED_MS = 10_000

/**
 * Write a document's first content: row 1 from fixed bytes, then the head that makes the room exist.
 * Any part of it may be repeated.
 *
 * @throws AppError `conflict` if the room began with other content
 */
export async function seedRoom(
  store: Store,
  appender: Appender,
  at: RoomAddress,
  update: Uint8Array,
  now: Date,
): Promise<void> {
  const key = keyOf(at)
  const clients = [...Y.parseUpdateMeta(update).to.keys()]
  const first: LogRow = {
    _id: { ...key, gen: 1, seq: 1 },
    v: 1,
    epoch: 1,
    u: toBinary(update),
    by: [{ user: SERVER_USER, clients, frames: 1 }],
    sha256: sha256(update),
    at: now,
  }
  const head = await store.rooms.findOne({ _id: key.room })
  // A room that was compacted or purged has lost its first row; its head says that it was seeded.
  if (head && (head.snapSeq > 0 || head.gen > 1)) return
  const stopped = AbortSignal.timeout(SEED_MS)
  const owned = clients.map((client) => ({ _id: { ...key, client }, user: SERVER_USER }) as const)
  if (owned.length > 0) await appender.claim(owned, stopped)
  const outcome = (await appender.append([first], stopped))?.[0]
  if (outcome === 'taken') throw new AppError('conflict')
  if (outcome !== 'ours') throw new AppError('document_unavailable')
  const { p, room } = key
  await store.rooms.updateOne(
    { _id: room },
    { $setOnInsert: { p, gen: 1, epoch: 1, snapSeq: 0 } },
    { upsert: true },
  )
}
