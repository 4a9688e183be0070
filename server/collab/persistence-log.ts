import type { Logger } from 'pino'
import { z } from 'zod'
import { bytesOf, type ClientRow, type LogRow, type RoomKey, type Store } from './persistence'
import { sha256 } from './sha256'
import { orUntil, pause } from './waiting'

/**
 * What became of a row: it is ours and durable; another process took its number; or the database
 * definitely refused it.
 */
export type Outcome = 'ours' | 'taken' | 'failed'

/** What MongoDB answers where another row has the key. */
export const DUPLICATE_KEY = 11_000

/** What a failed bulk write says; everything else about it is unknown. */
const BulkFailure = z.object({
  name: z.literal('MongoBulkWriteError'),
  writeErrors: z
    .union([z.array(z.unknown()), z.unknown()])
    .transform((errors) => z.array(WriteFailure).parse(Array.isArray(errors) ? errors : [errors])),
})
const WriteFailure = z.object({ index: z.number(), code: z.number() })

/** Errors of the driver that mean nothing was sent, and never will be. */
const NEVER_SENT = new Set([
  'BSONError',
  'BSONVersionError',
  'MongoInvalidArgumentError',
  'RangeError',
  'TypeError',
])

/**
 * An answer that takes longer is none, milliseconds. Without it an insert can hang for ever: the driver
 * may send it down a connection that has just closed, and never hear of it.
 */
const ANSWER_MS = 5_000
const UNORDERED = { ordered: false }

export type Appender = {
  /**
   * Makes rows durable in one unordered write. A network error is neither success nor failure: the
   * same `_id`s are written again until the answer is known.
   *
   * @returns outcomes in the order of `rows`; `undefined` if `stopped` before the answer was known
   */
  append(rows: readonly LogRow[], stopped: AbortSignal): Promise<Outcome[] | undefined>
  /** Binds client ids to users. Binding again to the same user does nothing. */
  claim(rows: readonly ClientRow[], stopped: AbortSignal): Promise<Outcome[] | undefined>
}

export function createAppender(store: Store, log: Logger, retryMs: number): Appender {
  return {
    append: (rows, stopped) =>
      insertAll(rows, stopped, {
        insert: (batch) => store.log.insertMany([...batch], UNORDERED),
        isOurs: async (row) => {
          const found = await store.log.findOne({ _id: row._id }, { projection: { sha256: 1 } })
          return found && found.sha256 === row.sha256
        },
      }),
    claim: (rows, stopped) =>
      insertAll(rows, stopped, {
        insert: (batch) => store.clients.insertMany([...batch], UNORDERED),
        isOurs: async (row) => {
          const found = await store.clients.findOne({ _id: row._id })
          // an id of an earlier generation is not taken into this one
          return found && String(found.user) === String(row.user) && genOf(found) === genOf(row)
        },
      }),
  }

  type Target<R> = {
    insert(rows: readonly R[]): Promise<unknown>
    /** null if a majority does not have the row (yet) */
    isOurs(row: R): Promise<boolean | null>
  }

  async function insertAll<R>(rows: readonly R[], stopped: AbortSignal, target: Target<R>) {
    const outcomes = new Map<R, Outcome>()
    for (let tries = 0; outcomes.size < rows.length; tries++) {
      if (tries > 0) await orUntil(stopped, pause(Math.min(50 * 2 ** tries, retryMs)))
      if (stopped.aborted) return undefined
      const open = rows.filter((row) => !outcomes.has(row))
      const answer = await orUntil(stopped, insertOnce(open, target), ANSWER_MS)
      for (const [row, outcome] of answer ?? []) outcomes.set(row, outcome)
    }
    return rows.map((row) => outcomes.get(row) ?? 'failed')
  }

  /** @returns only what is known for certain */
  async function insertOnce<R>(rows: readonly R[], target: Target<R>) {
    const known = new Map<R, Outcome>()
    try {
      await target.insert(rows)
      for (const row of rows) known.set(row, 'ours')
    } catch (error) {
      const failure = BulkFailure.safeParse(error)
      if (failure.success && failure.data.writeErrors.length > 0) {
        for (const { index, code } of failure.data.writeErrors) {
          const row = rows[index]
          if (row === undefined) continue
          if (code !== DUPLICATE_KEY) {
            log.error({ code }, 'the database refused a row of a live document')
            known.set(row, 'failed')
            continue
          }
          const isOurs = await target.isOurs(row).catch(() => null)
          if (isOurs !== null) known.set(row, isOurs ? 'ours' : 'taken')
        }
        // Rows without an error are written, but perhaps not to a majority: the next try tells.
      } else if (error instanceof Error && NEVER_SENT.has(error.name)) {
        log.error({ err: error }, 'a row of a live document cannot be stored')
        for (const row of rows) known.set(row, 'failed')
      } else {
        log.warn({ err: error }, 'storing live documents: no answer, trying again')
      }
    }
    return known
  }
}

/** The generation that a client id writes in. */
export function genOf({ gen = 1 }: Pick<ClientRow, 'gen'>): number {
  return gen
}

/** Committed rows after `after`, in order; each one checked, none missing. */
export type Tail = {
  rows: readonly ReadRow[]
  complete: boolean
  /** The generation ends after them: another one is the document, or is about to be. */
  sealed: boolean
}
export type ReadRow = { seq: number; update: Uint8Array; by: LogRow['by']; epoch: number; at: Date }

/**
 * @returns the rows up to the first damage; `complete` is false if one is missing or damaged
 */
export async function readTail(
  store: Store,
  { p, room }: RoomKey,
  gen: number,
  after: number,
): Promise<Tail> {
  const rows: ReadRow[] = []
  const cursor = store.log
    .find(
      {
        _id: {
          $gt: { p, room, gen, seq: after },
          $lt: { p, room, gen, seq: Number.MAX_SAFE_INTEGER },
        },
      },
      // In one answer; the database ends each at 16 MB.
      { batchSize: 10_000 },
    )
    .sort({ _id: 1 })
  for await (const row of cursor) {
    if (row.seal) return { rows, complete: true, sealed: true }
    const update = bytesOf(row.u)
    const expected = after + rows.length + 1
    if (row._id.seq !== expected || row.v !== 1 || sha256(update) !== row.sha256) {
      return { rows, complete: false, sealed: false }
    }
    rows.push({ seq: row._id.seq, update, by: row.by, epoch: row.epoch, at: row.at })
  }
  return { rows, complete: true, sealed: false }
}
