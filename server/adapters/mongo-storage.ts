import { Readable } from 'node:stream'
import { Binary, type Collection, type Db } from 'mongodb'
import type { ClientSession, Connection } from 'mongoose'
import { AppError } from '../../shared/errors'
import type { Storage, StorageFence } from '../ports'

/** Most bytes of one piece: a document stays far below MongoDB's limit, and memory small. */
export const PIECE_BYTES = 255_000

/** One piece of a file; they follow one another without a gap, so the next one's id is known. */
type Piece = {
  /** `f` the file's key, `at` the place of the first byte. */
  _id: { f: string; at: number }
  /** How many bytes. */
  n: number
  b: Binary
}

const DURABLE = { writeConcern: { w: 'majority', j: true } } as const

/** Files in MongoDB, in pieces, so that a plain installation needs nothing beside its database. */
export function createMongoStorage(connection: Connection): Storage {
  return {
    async append(key, offset, bytes, fence) {
      const write = (at: number, part: Uint8Array) =>
        replaceFrom(connection, { key, offset: at, bytes: part, fence })
      if (bytes instanceof Uint8Array) return write(offset, bytes)
      let end = offset
      for await (const part of gathered(bytes)) end = await write(end, part)
      return end
    },
    read(key, range) {
      const reading = read(piecesOf(connection.db), key, range)
      return Readable.from(reading, { objectMode: false, highWaterMark: PIECE_BYTES })
    },
    async remove(key) {
      await piecesOf(connection.db).deleteMany(from(key, 0), DURABLE)
    },
  }
}

function piecesOf(db: Db | undefined): Collection<Piece> {
  if (!db) throw new AppError('unavailable')
  return db.collection<Piece>('file_pieces')
}

/** The pieces of a file that begin at a place or behind it. */
function from(f: string, at: number) {
  return { _id: { $gte: { f, at }, $lte: { f, at: Number.MAX_SAFE_INTEGER } } }
}

/** The piece that a place lies in, or the last one before it. */
function before(f: string, at: number) {
  return { _id: { $gte: { f, at: 0 }, $lt: { f, at } } }
}

type Writing = { key: string; offset: number; bytes: Uint8Array; fence: StorageFence | undefined }

/**
 * Cut and write in one transaction with the fence: a writer that was stopped for long in between finds
 * itself refused instead of taking away what another one has written since.
 *
 * @returns the end after it
 */
function replaceFrom(
  connection: Connection,
  { key, offset, bytes, fence }: Writing,
): Promise<number> {
  const pieces = piecesOf(connection.db)
  return connection.withSession((session) =>
    session.withTransaction(async () => {
      await fence?.(session)
      await endAt(pieces, key, offset, session)
      return insert(pieces, { key, offset, bytes }, session)
    }, DURABLE),
  )
}

/**
 * Let the file end at `offset`: what lies beyond, from an attempt that was never answered, goes.
 *
 * @throws AppError `conflict` if the file is shorter than that
 */
async function endAt(
  pieces: Collection<Piece>,
  key: string,
  offset: number,
  session: ClientSession,
): Promise<void> {
  await pieces.deleteMany(from(key, offset), { session })
  if (offset === 0) return
  const last = await pieces.findOne(before(key, offset), {
    projection: { n: 1 },
    sort: { _id: -1 },
    session,
  })
  const end = last ? last._id.at + last.n : 0
  if (!last || end < offset) throw new AppError('conflict')
  if (end === offset) return
  const n = offset - last._id.at
  const whole = await pieces.findOne({ _id: last._id }, { session })
  if (!whole) throw new AppError('conflict')
  const cut = { n, b: new Binary(Buffer.from(whole.b.buffer.subarray(0, n))) }
  await pieces.updateOne({ _id: last._id }, { $set: cut }, { session })
}

/** @returns the end after it */
async function insert(
  pieces: Collection<Piece>,
  { key, offset, bytes }: Omit<Writing, 'fence'>,
  session: ClientSession,
): Promise<number> {
  if (bytes.length === 0) return offset
  // pieces of like size: a little more than a piece does not leave crumbs
  const size = Math.ceil(bytes.length / Math.ceil(bytes.length / PIECE_BYTES))
  const rows: Piece[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const part = Buffer.from(bytes.subarray(at, at + size))
    rows.push({ _id: { f: key, at: offset + at }, n: part.length, b: new Binary(part) })
  }
  await pieces.insertMany(rows, { session })
  return offset + bytes.length
}

/** A stream in parts of a piece's size; one without bytes is one empty part, which cuts as they all do. */
async function* gathered(bytes: Readable): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  let isFirst = true
  for await (const chunk of bytes) {
    const part: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    held.push(part)
    size += part.length
    if (size < PIECE_BYTES) continue
    yield Buffer.concat(held)
    held = []
    size = 0
    isFirst = false
  }
  if (size > 0 || isFirst) yield Buffer.concat(held)
}

/** One piece at a time, each asked for when the one before has been taken. */
async function* read(
  pieces: Collection<Piece>,
  key: string,
  { start, end } = { start: 0, end: Number.POSITIVE_INFINITY },
): AsyncGenerator<Uint8Array> {
  if (end < start) return
  let piece = await pieces.findOne(before(key, start + 1), { sort: { _id: -1 } })
  if (!piece) throw new AppError('not_found')
  for (;;) {
    const { at } = piece._id
    const next: number = at + piece.n
    if (next > start) yield piece.b.buffer.subarray(Math.max(0, start - at), end - at + 1)
    if (next > end) return
    const following: Piece | null = await pieces.findOne({ _id: { f: key, at: next } })
    if (!following) return await ended(pieces, key, next)
    piece = following
  }
}

/** The end of the file; a gap instead of an end is damage, and says so. */
async function ended(pieces: Collection<Piece>, key: string, at: number): Promise<void> {
  const beyond = await pieces.findOne(from(key, at), { projection: { n: 1 } })
  if (beyond) throw new Error(`a stored file has a gap: ${key} at ${at}`)
}
