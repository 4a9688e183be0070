import { setTimeout as wait } from 'node:timers/promises'
import { type Db, MongoClient, MongoServerError } from 'mongodb'
import { z } from 'zod'
import type { DataDirectory } from './data-directory'
import { EmbeddedMongoError, reasonOf } from './error'
import { isServing, LOOPBACK, REPLICA_SET, type RunningMongod } from './process'

const PRIMARY_LIMIT_MS = 60_000
const POLL_MS = 30
const NOT_YET_INITIALIZED = 94

const Hello = z.object({
  isWritablePrimary: z.boolean().optional(),
  setName: z.string().optional(),
  msg: z.string().optional(),
})
const Build = z.object({ version: z.string() })

/**
 * Makes this mongod the primary of its one-member replica set: waits for it, and
 * initiates the set when the files are new.
 *
 * @returns the server's version
 * @throws EmbeddedMongoError `not_starting`
 */
export async function ensurePrimary(
  { pid, port }: RunningMongod,
  directory: DataDirectory,
  signal?: AbortSignal,
): Promise<string> {
  const client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5_000,
  })
  const admin = client.db('admin')
  const deadline = Date.now() + PRIMARY_LIMIT_MS
  let trouble: unknown = 'no primary was elected'
  try {
    while (Date.now() < deadline && isServing(pid, directory)) {
      signal?.throwIfAborted()
      try {
        await initiate(admin, `${LOOPBACK}:${port}`)
        const hello = Hello.parse(await admin.command({ hello: 1 }))
        if (hello.isWritablePrimary === true && hello.setName === REPLICA_SET)
          return Build.parse(await admin.command({ buildInfo: 1 })).version
      } catch (error) {
        // while it starts it refuses commands for many passing reasons; only time tells
        trouble = error
      }
      await wait(POLL_MS)
    }
  } finally {
    await client.close()
  }
  throw new EmbeddedMongoError(
    'not_starting',
    `MongoDB runs but cannot be written (${reasonOf(trouble)}): see mongod.log in the data directory, then start again.`,
  )
}

/**
 * Gives the set's only member a new address, in the files of a mongod that runs without its set.
 * The ordinary way, a forced reconfiguration, waits half a minute for whoever has the old address.
 */
export async function moveMember(port: number, nextPort: number): Promise<void> {
  const client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5_000,
  })
  try {
    const move = { $set: { 'members.0.host': `${LOOPBACK}:${nextPort}` } }
    await client.db('local').collection('system.replset').updateOne({}, move)
  } finally {
    await client.close()
  }
}

async function initiate(admin: Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetGetConfig: 1 })
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === NOT_YET_INITIALIZED)) throw error
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } })
  }
}

/** Whether a mongod answers at all, within two seconds. */
export async function answers(port: number): Promise<boolean> {
  const client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2_000,
    socketTimeoutMS: 2_000,
  })
  try {
    await client.db('admin').command({ ping: 1 })
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

/**
 * Refuses a standalone server: transactions and change streams, on which nothing may be lost, exist
 * only in a replica set. A sharded cluster is made of them.
 *
 * @throws Error with one sentence for the terminal
 */
export async function assertReplicaSet(db: Db): Promise<void> {
  const hello = Hello.parse(await db.command({ hello: 1 }))
  if (hello.setName !== undefined || hello.msg === 'isdbgrid') return
  throw new EmbeddedMongoError(
    'standalone',
    'MONGODB_URI names a standalone MongoDB, which has no transactions: start it with --replSet and run rs.initiate() once, or name a replica set.',
  )
}
