import { setTimeout as wait } from 'node:timers/promises'
import type { Connection, Model } from 'mongoose'
import { Attention } from './attention'
import { DemoSeed } from './demo-seed'
import { FileRemoval } from './file-removal'
import { Institution } from './institution'
import { Mark } from './mark'
import { Membership } from './membership'
import { Notification } from './notification'
import { Partnership } from './partnership'
import { Protocol } from './protocol'
import { Reading } from './reading'
import { Rendition } from './rendition'
import { Reply } from './reply'
import { Resource } from './resource'
import { SearchText } from './search-text'
import { Session } from './session'
import { StorageUse } from './storage-use'
import { Term } from './term'
import { Thread } from './thread'
import { TranslationRequest } from './translation-request'
import { Upload } from './upload'
import { User } from './user'
import { Visit } from './visit'

/** Every collection of the models; its indexes are made at boot, never by `autoIndex`. */
const MODELS: readonly Model<never>[] = [
  Institution,
  User,
  Session,
  Partnership,
  Membership,
  Protocol,
  Mark,
  Thread,
  Reply,
  Reading,
  Attention,
  Notification,
  SearchText,
  Term,
  Visit,
  Resource,
  Rendition,
  TranslationRequest,
  Upload,
  StorageUse,
  FileRemoval,
  DemoSeed,
] as unknown as readonly Model<never>[]

export type Migration = {
  /** Date and what it does; never changed once released. */
  id: string
  /** Idempotent: it may have run halfway before. */
  up: (connection: Connection) => Promise<void>
}

/** Forward only, in this order. */
const MIGRATIONS: readonly Migration[] = []

/** Short, and renewed while the work lasts: after a kill the next start waits this long at most. */
const LOCK_MS = 10_000

/**
 * Bring the database to this version: indexes, then migrations that have not run yet. Safe to call
 * from several processes at once: one works under a lock, the others wait for it.
 *
 * @throws Error if the lock is not had within two minutes, or a migration fails
 */
export async function migrate(connection: Connection, migrations = MIGRATIONS): Promise<string[]> {
  const done: string[] = []
  const release = await lock(connection)
  try {
    for (const each of MODELS) await each.createCollection().then(() => each.createIndexes())
    const ran = connection.collection<{ _id: string; at: Date }>('migrations')
    for (const migration of migrations) {
      if (await ran.findOne({ _id: migration.id })) continue
      await migration.up(connection)
      await ran.updateOne({ _id: migration.id }, { $set: { at: new Date() } }, { upsert: true })
      done.push(migration.id)
    }
    return done
  } finally {
    await release()
  }
}

async function lock(connection: Connection): Promise<() => Promise<void>> {
  const locks = connection.collection<{ _id: string; owner: string; until: Date }>('locks')
  const owner = `${process.pid}-${Math.random().toString(36).slice(2)}`
  for (let attempt = 0; attempt < 240; attempt++) {
    try {
      await locks.updateOne(
        { _id: 'migrations', until: { $lt: new Date() } },
        { $set: { owner, until: new Date(Date.now() + LOCK_MS) } },
        { upsert: true },
      )
      const renew = setInterval(() => {
        const until = new Date(Date.now() + LOCK_MS)
        locks.updateOne({ _id: 'migrations', owner }, { $set: { until } }).catch(() => {})
      }, LOCK_MS / 3)
      return async () => {
        clearInterval(renew)
        await locks.deleteOne({ _id: 'migrations', owner })
      }
    } catch (error) {
      // 11000: somebody else holds it
      if ((error as { code?: number }).code !== 11_000) throw error
      await wait(500)
    }
  }
  throw new Error('Another process has been migrating the database for two minutes.')
}
