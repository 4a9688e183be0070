import { type Db, MongoClient } from 'mongodb'
import pino from 'pino'
import * as Y from 'yjs'
import type { Timings } from '../../server/collab/limits'
import { openStore } from '../../server/collab/persistence'
import { createAppender } from '../../server/collab/persistence-log'
import { seedRoom } from '../../server/collab/persistence-seed'
import type { RoomAddress } from '../../server/ports'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { body, p } from '../fixtures/bilingual'
import { type AppNode, startAppNode } from './app-node'
import { type ClientOptions, type FaultClient, HonestClient } from './client'
import { newId } from './infrastructure'
import { Journal, plainOf, textsOf } from './journal'
import { type Known, noFindings, Oracle, rebuilt } from './oracle'
import { ProviderClient } from './provider-client'
import type { Random } from './random'

export type WorldOptions = {
  random: Random
  /** Past every wire, for the oracle. */
  uri: string
  /** As the server reaches the database, if not so. */
  serverUri?: string
  program: string
  nodes: number
  redisUrl?: string | undefined
  timings?: Partial<Timings> | undefined
  compactRows?: number | undefined
  /** Of the first process alone, until it dies. */
  failpoint?: string | undefined
  mutant?: string | undefined
  watchdogMs?: number
  repeats?: number
  /** Every other client is a stock one. */
  mixed?: boolean
  /** Puts something into a seeded room before anybody opens it. */
  prepare?(db: Db, at: RoomAddress, doc: Y.Doc): Promise<void>
}

export type FaultRoom = {
  at: RoomAddress
  journal: Journal
  oracle: Oracle
  clients: FaultClient[]
  /** Nobody is held to anything here any more. */
  isLost: boolean
}

export type FaultWorld = Awaited<ReturnType<typeof createFaultWorld>>

const DEAD_WORDS_MS = 40

/** Rooms, the processes that serve them, and people who write in them, all from one seed. */
export async function createFaultWorld(options: WorldOptions) {
  const { random, uri, program } = options
  const found = noFindings()
  const troubles: string[] = []
  const mongo = await new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 }).connect()
  const db = mongo.db()
  const partnership = newId()
  const people = random.int(4, 8)
  const rooms: FaultRoom[] = []
  for (let i = 0; i < random.int(1, 3) && i * 2 < people; i++) {
    rooms.push(await createRoom(db, { partnership, room: newId() }, random, options.prepare))
  }

  const settings = {
    MONGO: options.serverUri ?? uri,
    PARTNERSHIP: partnership,
    REDIS_URL: options.redisUrl,
    TIMINGS: JSON.stringify(options.timings ?? {}),
    COMPACT_ROWS: options.compactRows?.toString(),
    MUTANT: options.mutant,
  }
  const nodes: AppNode[] = await Promise.all(
    Array.from({ length: options.nodes }, (_, i) =>
      startAppNode(program, settings, () => random.next(), {
        TWINWARD_FAILPOINT: i === 0 ? options.failpoint : undefined,
      }),
    ),
  )

  for (let i = 0; i < people; i++) {
    const room = rooms[i % rooms.length] as FaultRoom
    room.clients.push(createClient(`u${i + 1}`, room, i))
  }
  const clients = rooms.flatMap((room) => room.clients)

  function createClient(name: string, room: FaultRoom, i: number, readsOn?: AppNode): FaultClient {
    const own = random.fork(name)
    const first = own.pick(nodes)
    const setup: ClientOptions = {
      name,
      userId: newId(),
      room: room.at.room,
      journal: room.journal,
      random: own,
      // a balancer keeps people where they were, as far as it can
      address: () => (readsOn ?? (own.chance(0.8) ? first : own.pick(nodes))).address,
      watchdogMs: options.watchdogMs ?? 10_000,
      repeats: options.repeats,
      stock: options.mixed === true && i % 2 === 1,
      onTrouble: (what) => troubles.push(what),
    }
    if (readsOn || setup.stock || options.repeats || !own.chance(0.3)) {
      return new HonestClient(setup)
    }
    return new ProviderClient(setup)
  }

  /** Of every room; what a dead process had said may still be on the wire. */
  async function promised(): Promise<Map<FaultRoom, Known>> {
    await new Promise((resolve) => setTimeout(resolve, DEAD_WORDS_MS))
    return new Map(rooms.map((room) => [room, room.oracle.promised()]))
  }

  return {
    options,
    promised,
    db,
    rooms,
    nodes,
    clients,
    found,
    troubles,
    node: (i: number): AppNode => nodes[i] as AppNode,

    /** Somebody who has never been here, on one process. */
    visitor: (room: FaultRoom, node: AppNode) =>
      createClient(`visitor${newId().slice(0, 4)}`, room, 0, node),

    /**
     * The database alone, now, against all promises made before: what clients still hold and would
     * send again must not hide that it was lost.
     */
    async audit(where: string, known = promised()): Promise<void> {
      const promises = await known
      for (const room of rooms) {
        const { at, oracle, isLost } = room
        const of = promises.get(room)
        if (isLost || !of) continue
        try {
          oracle.judge(await rebuilt(db, at), of, `the database ${where}`, found)
        } catch (error) {
          found.storage.push(`a document cannot be rebuilt ${where}: ${error}`)
        }
      }
    },

    /** What the processes had to say. */
    logs: () => nodes.map((node, i) => `node ${i}:\n${node.log()}`).join('\n'),

    async close(): Promise<void> {
      for (const client of clients) client.close()
      await Promise.all(nodes.map((node) => node.close()))
      await db.dropDatabase().catch(() => {})
      await mongo.close()
    },
  }
}

async function createRoom(
  db: Db,
  at: RoomAddress,
  random: Random,
  prepare: WorldOptions['prepare'],
): Promise<FaultRoom> {
  const seed = (lang: string) =>
    body(...Array.from({ length: random.int(1, 4) }, (_, i) => p(`u${i}`, `${lang} ${i}. `)))
  const first = encodeFirstContent({ en: seed('Paragraph'), ru: seed('Абзац') })
  const store = openStore(db)
  await seedRoom(
    store,
    createAppender(store, pino({ level: 'silent' }), 100),
    at,
    first,
    new Date(),
  )
  const doc = new Y.Doc()
  Y.applyUpdate(doc, first)
  await prepare?.(db, at, doc)
  const journal = new Journal()
  const oracle = new Oracle(journal, textsOf(doc).map(plainOf).join('\n'))
  return { at, journal, oracle, clients: [], isLost: false }
}
