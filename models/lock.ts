import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'

/** Short, and renewed while the work lasts: after a kill the next one waits this long at most. */
const LOCK_MS = 10_000
const TRY_EVERY_MS = 500
const PATIENCE_MS = 120_000

/**
 * Do something that only one process may do at a time; the others wait for it.
 *
 * @param name what is done, as the lock's row is called
 * @throws Error if the lock is not had within two minutes; what `work` throws
 */
export async function underLock<T>(
  connection: Connection,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const release = await lock(connection, name)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function lock(connection: Connection, name: string): Promise<() => Promise<void>> {
  const locks = connection.collection<{ _id: string; owner: string; until: Date }>('locks')
  const owner = `${process.pid}-${Math.random().toString(36).slice(2)}`
  for (let waited = 0; waited < PATIENCE_MS; waited += TRY_EVERY_MS) {
    try {
      await locks.updateOne(
        { _id: name, until: { $lt: new Date() } },
        { $set: { owner, until: new Date(Date.now() + LOCK_MS) } },
        { upsert: true },
      )
      const renew = setInterval(() => {
        const until = new Date(Date.now() + LOCK_MS)
        locks.updateOne({ _id: name, owner }, { $set: { until } }).catch(() => {})
      }, LOCK_MS / 3)
      return async () => {
        clearInterval(renew)
        await locks.deleteOne({ _id: name, owner })
      }
    } catch (error) {
      // 11000: somebody else holds it
      if ((error as { code?: number }).code !== 11_000) throw error
      await wait(TRY_EVERY_MS)
    }
  }
  throw new Error(`Another process has held the lock “${name}” for two minutes.`)
}
