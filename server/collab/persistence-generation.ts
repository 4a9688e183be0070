import { randomInt } from 'node:crypto'
import { Binary } from 'mongodb'
import type { Logger } from 'pino'
import { readContent } from '../../shared/editor/blocks'
import type { LiveContent } from '../../shared/editor/content'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { repair } from '../../shared/editor/repair'
import { AppError } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import { failpoint } from './failpoints'
import { KEEP_ROWS_MS, MAX_CLIENT_ID } from './limits'
import {
  keyOf,
  type LogRow,
  type RoomKey,
  type RoomRow,
  SERVER_USER,
  type Store,
  toBinary,
} from './persistence'
import { GenerationEnded, type LoadedRoom, loadRoom, type RoomParts } from './persistence-load'
import { DUPLICATE_KEY } from './persistence-log'
import { sha256 } from './sha256'
import { pause } from './waiting'

/** A Yjs update that says nothing. */
const NOTHING = new Uint8Array([0, 0])
/** No row that holds something has it, so nobody takes such a row for their own. */
const NO_HASH = 'sealed'

/** A seal's number may be taken so often by others before this is given up; a client id too. */
const TRIES = 50

/** The database refuses rows of 16 MiB; bytes. */
const MAX_ROW_BYTES = 15 * 1_048_576

/** What becomes of a document when it begins anew; as it is, unless said otherwise. */
export type Redact = (content: LiveContent) => Pick<LiveContent, 'body' | 'ledger'>

/**
 * Begin a document anew: end the generation by a seal, which takes the next number of its log, make the
 * next one of what was stored before it, and put that in its place. Nobody can store anything in the
 * old one afterwards, because numbers are taken once; nothing that was acknowledged before is left out.
 * The next one is made once before the seal: what cannot be made must not end what there is.
 *
 * Every step may be repeated, by several processes at once: who comes second finds it done.
 *
 * @param gen the generation that ends; if it has ended already, nothing is done
 * @throws AppError `document_unavailable`
 */
export async function beginAnew(
  store: Store,
  at: RoomAddress,
  gen: number,
  log: Logger,
  now: Date,
  redact: Redact = (content) => content,
): Promise<void> {
  const key = keyOf(at)
  const head = await store.rooms.findOne({ _id: key.room })
  if (!head?.p.equals(key.p)) throw new AppError('document_unavailable')
  if (head.gen !== gen) return
  await writeNext(store, at, head, log, now, redact)
  failpoint('purge-rebuilt')
  await store.rooms.updateOne({ _id: key.room, gen }, { $set: { gen: gen + 1, snapSeq: 0 } })
  failpoint('purge-switched')
  await store.purges.updateOne({ _id: { ...key, gen } }, { $set: { switchedAt: now } })
}

/** Whoever ends a generation begins the next one within this, milliseconds; how often that is looked for. */
const ENDED_MS = 2_000
const ENDED_PAUSE_MS = 100

/** As `loadRoom`; a document that is just beginning anew is waited for, or finished if nobody does. */
export async function loadOrBegin(
  store: Store,
  at: RoomAddress,
  log: Logger,
  early: (parts: RoomParts) => void,
): Promise<LoadedRoom> {
  for (let tries = 1; ; tries++) {
    try {
      return await loadRoom(store, at, log, early)
    } catch (error) {
      if (!(error instanceof GenerationEnded)) throw error
      if (tries * ENDED_PAUSE_MS < ENDED_MS) await pause(ENDED_PAUSE_MS)
      else await beginAnew(store, at, error.gen, log, new Date())
    }
  }
}

/** Whether a generation has ended, so that the next one must begin. */
export async function isSealed(store: Store, key: RoomKey, gen: number): Promise<boolean> {
  return (await lastRow(store, key, gen))?.seal === true
}

function lastRow(store: Store, { p, room }: RoomKey, gen: number) {
  const range = {
    $gte: { p, room, gen, seq: 0 },
    $lt: { p, room, gen, seq: Number.MAX_SAFE_INTEGER },
  }
  return store.log.findOne({ _id: range }, { sort: { _id: -1 }, projection: { seal: 1 } })
}

/**
 * The next number of the log, whoever takes the others meanwhile.
 *
 * @returns the number before it: of the generation's last row
 */
async function seal(
  store: Store,
  key: RoomKey,
  { gen, epoch }: RoomRow,
  now: Date,
): Promise<number> {
  const { p, room } = key
  for (let tries = 0; tries < TRIES; tries++) {
    const last = await lastRow(store, key, gen)
    if (last?.seal) return last._id.seq - 1
    // a log that was cut to nothing would have its last rows for an hour; a snapshot tells the rest
    const head = last ? null : await store.rooms.findOne({ _id: room })
    const seq = (last?._id.seq ?? head?.snapSeq ?? 0) + 1
    const row: LogRow = {
      _id: { p, room, gen, seq },
      v: 1,
      epoch,
      u: new Binary(NOTHING),
      by: [],
      sha256: NO_HASH,
      at: now,
      seal: true,
    }
    try {
      await store.log.insertOne(row)
      return seq - 1
    } catch (error) {
      if (!isDuplicate(error)) throw error
      // what took the number may not be seen by a majority yet
      await pause(tries)
    }
  }
  throw new AppError('document_unavailable')
}

/** The seal, and row 1 of the next generation: whoever writes that first has written it. */
async function writeNext(
  store: Store,
  at: RoomAddress,
  head: RoomRow,
  log: Logger,
  now: Date,
  redact: Redact,
): Promise<void> {
  const began = performance.now()
  const key = keyOf(at)
  const gen = head.gen + 1
  const _id = { ...key, gen, seq: 1 }
  if (await store.log.findOne({ _id }, { projection: { _id: 1 } })) return
  const client = await claimClient(store, key, gen)
  const make = () => makeFirst(store, at, head, log, client, redact)
  const before = await make()
  if (!before) return
  const last = await seal(store, key, head, now)
  failpoint('purge-sealed')
  const first = last === before.seq ? before : await make()
  if (!first) return
  const row: LogRow = {
    _id,
    v: 1,
    epoch: head.epoch,
    u: toBinary(first.update),
    by: [{ user: SERVER_USER, clients: [client], frames: 1 }],
    sha256: sha256(first.update),
    at: now,
  }
  // whoever slept meanwhile must not write where everything has been forgotten since
  if (performance.now() - began > KEEP_ROWS_MS / 2) throw new AppError('document_unavailable')
  try {
    await store.log.insertOne(row)
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

/**
 * The next generation's first content.
 *
 * @returns with the number of the last row that it was made of; null if another generation is the document
 * @throws whatever `redact` throws; RangeError if it is too large to be stored
 */
async function makeFirst(
  store: Store,
  at: RoomAddress,
  { gen }: RoomRow,
  log: Logger,
  client: number,
  redact: Redact,
): Promise<{ seq: number; update: Uint8Array } | null> {
  const { doc, head, seq } = await loadRoom(store, at, log, () => {}, 'is read')
  try {
    if (head.gen !== gen) return null
    // rows of two processes may have broken it together, and nobody mends what has ended
    repair(doc)
    const { body, ledger } = redact(readContent(doc))
    const update = encodeFirstContent(body, ledger, client, gen + 1)
    if (update.length > MAX_ROW_BYTES) throw new RangeError('a first row would be too large')
    return { seq, update }
  } finally {
    doc.destroy()
  }
}

/**
 * A client id that nobody has written with. Drawn, because people choose theirs and might take all
 * that could be foretold; one that was drawn for this generation before is used again.
 */
async function claimClient(store: Store, { p, room }: RoomKey, gen: number): Promise<number> {
  const range = { $gte: { p, room, client: 0 }, $lte: { p, room, client: MAX_CLIENT_ID } }
  const known = await store.clients.findOne({ _id: range, user: SERVER_USER, gen })
  if (known) return known._id.client
  for (let tries = 0; tries < TRIES; tries++) {
    const client = randomInt(2, MAX_CLIENT_ID + 1)
    try {
      await store.clients.insertOne({ _id: { p, room, client }, user: SERVER_USER, gen })
      return client
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  throw new AppError('document_unavailable')
}

/**
 * Destroy what is stored of the generations before one: rows keep their numbers for now and say nothing,
 * so that a process that lags behind collides with them; snapshots and kept copies go.
 */
export async function shred(store: Store, key: RoomKey, before: number): Promise<void> {
  const { p, room } = key
  const first = { p, room, gen: 0, seq: 0 }
  await store.log.updateMany(
    { _id: { $gte: first, $lt: { p, room, gen: before, seq: 0 } }, sha256: { $ne: NO_HASH } },
    { $set: { u: new Binary(NOTHING), by: [], sha256: NO_HASH, seal: true } },
  )
  failpoint('purge-hollowed')
  const end = { p, room, gen: before, seq: 0, node: '' }
  await store.snapshots.deleteMany({ _id: { $gte: { ...first, node: '' }, $lt: end } })
  await store.chunks.deleteMany({
    _id: { $gte: { ...first, node: '', i: 0 }, $lt: { ...end, i: 0 } },
  })
  failpoint('purge-shredded')
}

/** Nobody lags so far behind any more: the numbers of earlier generations may go too. */
export async function forgetRows(store: Store, { p, room }: RoomKey, before: number) {
  await store.log.deleteMany({
    _id: { $gte: { p, room, gen: 0, seq: 0 }, $lt: { p, room, gen: before, seq: 0 } },
  })
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY
}
