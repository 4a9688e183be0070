import { Binary, type Collection, type Db, ObjectId, type WriteConcern } from 'mongodb'
import type { RoomAddress } from '../ports'
import type { StoredState } from './heavy-work'

/**
 * The private log of the sync server: six collections that nothing else reads or writes
 * (docs/collab-spec.md, "What is stored"). `p` is the partnership and comes first in every `_id`
 * below a room, so that the log can be sharded by it.
 */

/** One per document. Not touched when text is written, only by seeding and compaction. */
export type RoomRow = {
  _id: ObjectId
  p: ObjectId
  /** Generation: removing patient data from the history starts a new one. */
  gen: number
  /** Raised after a backup was restored. */
  epoch: number
  /** The newest verified snapshot; 0 if there is none. */
  snapSeq: number
}

export type LogId = { p: ObjectId; room: ObjectId; gen: number; seq: number }

/** Who wrote what is in a row: the server writes as `server`. */
export type LogAuthor = { user: ObjectId | 'server'; clients: number[]; frames: number }

/** One committed batch of a room: one merged update. `seq` counts rows: 1, 2, 3 … */
export type LogRow = {
  _id: LogId
  /** Version of the update encoding of `u`. */
  v: 1
  epoch: number
  u: Binary
  by: LogAuthor[]
  /** Of `u`, hex. */
  sha256: string
  at: Date
  /** The generation ends here; such a row holds nothing, and its number is taken. */
  seal?: true
}

export type SnapshotId = { p: ObjectId; room: ObjectId; gen: number; seq: number; node: string }

/** The manifest, written after its chunks: a snapshot exists when it does. */
export type SnapshotRow = {
  _id: SnapshotId
  /** What the chunks together are: see `StoredState`. */
  v: StoredState['v']
  chunks: number
  /** State vector of the document. */
  sv: Binary
  /** SHA-256 (hex) of the document's state vector and delete set, as `Y.encodeSnapshot` gives them. */
  dsHash: string
  /** Of the chunks together, hex. */
  sha256: string
  /** Of the chunks together. */
  bytes: number
  /** Encoded size of the document; only of packed ones. */
  unpacked?: number
  schemaVersion: number
  at: Date
  /** A copy that compaction neither uses nor removes. */
  kept?: 'mass-delete'
}

export type ChunkRow = {
  _id: SnapshotId & { i: number }
  data: Binary
  /** When it was written; those of earlier versions of this server do not say. */
  at?: Date
}

/** To whom a Yjs client id belongs in a room, for ever. */
export type ClientRow = {
  _id: { p: ObjectId; room: ObjectId; client: number }
  user: ObjectId | 'server'
  /** The generation that it writes in, and in no later one; absent in the first. */
  gen?: number
}

/** A generation that is to be destroyed: written before anything is done, removed when all is. */
export type PurgeRow = {
  /** `gen` is the generation that ends. */
  _id: { p: ObjectId; room: ObjectId; gen: number }
  at: Date
  /** The text is without the passages: the generation may end, whoever ends it. */
  edited?: true
  /** When the next one was the document. */
  switchedAt?: Date
  /** The services have noted the next one: nothing is found by the old text any more. */
  noted?: true
}

/** Committed means: a majority has it in its journal. */
export const DURABLE: WriteConcern = { w: 'majority', j: true }

/** Reading a whole document may take this long, milliseconds. */
const ANSWER_MS = 20_000

export type Store = {
  rooms: Collection<RoomRow>
  log: Collection<LogRow>
  snapshots: Collection<SnapshotRow>
  chunks: Collection<ChunkRow>
  clients: Collection<ClientRow>
  purges: Collection<PurgeRow>
}

export function openStore(db: Db): Store {
  const durable = {
    timeoutMS: ANSWER_MS,
    writeConcern: DURABLE,
    readConcern: { level: 'majority' as const },
  }
  return {
    rooms: db.collection<RoomRow>('collab_rooms', durable),
    log: db.collection<LogRow>('collab_log', durable),
    snapshots: db.collection<SnapshotRow>('collab_snapshots', durable),
    chunks: db.collection<ChunkRow>('collab_chunks', durable),
    clients: db.collection<ClientRow>('collab_clients', durable),
    purges: db.collection<PurgeRow>('collab_purges', durable),
  }
}

/** A room's address as the database has it. */
export type RoomKey = { p: ObjectId; room: ObjectId }

export function keyOf({ partnership, room }: RoomAddress): RoomKey {
  return { p: new ObjectId(partnership), room: new ObjectId(room) }
}

/** The server's own edits belong to nobody. */
export const SERVER_USER = 'server'

export function userKey(user: string): ObjectId | 'server' {
  return user === SERVER_USER ? SERVER_USER : new ObjectId(user)
}

/** The bytes of a stored binary, in a buffer of their own. */
export function bytesOf(stored: Binary): Uint8Array {
  return new Uint8Array(stored.value())
}

export function toBinary(bytes: Uint8Array): Binary {
  return new Binary(bytes)
}
