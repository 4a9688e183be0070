import type { Collection, Db, Document } from 'mongodb'
import { WebSocket } from 'ws'
import { MESSAGE_ACK } from '../../shared/collab/wire'

/** How long a promise is older than what it promises, milliseconds. */
const LATE_MS = 200

type Spoil = (collection: Collection<Document>, db: Db) => Partial<Collection<Document>>

/**
 * Ways to be wrong that the oracle must see, made by wrapping the database, without touching the
 * server. Each is named by its sin.
 */
const MUTANTS: Record<string, Record<string, Spoil>> = {
  /** Durable is whatever mongod has heard. */
  'journal-ignored': {
    collab_log: (log) => ({
      insertMany: (rows, options) =>
        log.insertMany(rows, { ...options, writeConcern: { w: 1, j: false } }),
    }),
  },
  /** Acknowledges, and shows, before it writes. */
  'answer-first': { collab_log: answersFirst },
  /** Never acknowledges, but shows before it writes. */
  'shown-first': { collab_log: answersFirst },
  /** Deletes what it is about to put together before that is stored. */
  'log-cut-first': {
    collab_chunks: (chunks, db) => ({
      replaceOne: async (filter, ...rest) => {
        const { p, room, gen, seq } = filter._id as { [field: string]: unknown }
        const upTo = (seq: unknown): object => ({ p, room, gen, seq })
        await db
          .collection<Document>('collab_log')
          .deleteMany({ _id: { $gte: upTo(0), $lte: upTo(seq) } } as object)
        return chunks.replaceOne(filter, ...rest)
      },
    }),
  },
}

/** @param mutant none if it is not given */
export function mutated(db: Db, mutant: string | undefined): Db {
  if (!mutant) return db
  const spoils = MUTANTS[mutant]
  if (!spoils) throw new Error(`no mutant is called ${mutant}`)
  if (mutant === 'shown-first') keepAcksBack()
  return proxyOf(db, {
    collection: (name: string, ...rest: unknown[]) => {
      const made = Reflect.apply(db.collection, db, [name, ...rest])
      const spoil = spoils[name]
      return spoil ? proxyOf(made, spoil(made, db)) : made
    },
  })
}

function answersFirst(log: Collection<Document>): Partial<Collection<Document>> {
  return {
    insertMany: async (rows, options) => {
      setTimeout(() => void log.insertMany(rows, options).catch(() => {}), LATE_MS)
      return { acknowledged: true, insertedCount: rows.length, insertedIds: {} }
    },
  }
}

function keepAcksBack(): void {
  const { send } = WebSocket.prototype
  WebSocket.prototype.send = new Proxy(send, {
    apply(_, socket, args) {
      const [data] = args
      if (data instanceof Uint8Array && data[0] === MESSAGE_ACK) return
      Reflect.apply(send, socket, args)
    },
  })
}

/** The same object, but for some of its methods. */
function proxyOf<T extends object>(target: T, instead: object): T {
  return new Proxy(target, {
    get(_, key) {
      if (Object.hasOwn(instead, key)) return Reflect.get(instead, key)
      const value = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
