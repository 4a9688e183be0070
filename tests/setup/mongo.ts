import { spawn } from 'node:child_process'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedMongo } from '../../server/adapters/embedded-mongo'
import { readConfig } from '../../server/config'

declare module 'vitest' {
  interface ProvidedContext {
    /** the run's replica set; take a database of your own by `freshDatabase` */
    mongoUri: string
  }
}

type SharedMongo = { uri: string; stop: () => Promise<void> }
type Holder = { users: number; mongo: Promise<SharedMongo> }

/** Each project loads its own copy of this file, so what they share hangs on the process. */
declare global {
  var twinwardTestMongo: Holder | undefined
}

/** One real mongod per run, in a folder of its own, whichever projects ask for it. */
export default async function setup(project: TestProject) {
  globalThis.twinwardTestMongo ??= { users: 0, mongo: start() }
  const holder = globalThis.twinwardTestMongo
  holder.users++
  const { uri, stop } = await holder.mongo
  project.provide('mongoUri', uri)

  return async () => {
    holder.users--
    if (holder.users > 0) return
    globalThis.twinwardTestMongo = undefined
    await stop()
  }
}

async function start(): Promise<SharedMongo> {
  const dataDir = await mkdtemp(join(await quickFolder(), 'twinward-test-'))
  const { database } = readConfig({ ...process.env, MONGODB_URI: '', DATA_DIR: dataDir })
  if (database.kind !== 'embedded') throw new Error('tests run on a mongod of their own')
  const mongo = await startEmbeddedMongo({ ...database, progress: console.log })
  const guard = guardAgainstInterruption(mongo.pid, dataDir)

  return {
    uri: mongo.uri,
    stop: async () => {
      await mongo.stop()
      guard.kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Room for the databases of a whole run, bytes. */
const ENOUGH = 4_000_000_000

/**
 * Memory, where there is enough: every write waits for the journal, as it does in production, and
 * the tests write tens of thousands of times. That a write outlives a kill of mongod is tested in
 * folders on disk.
 */
async function quickFolder(): Promise<string> {
  const memory = '/dev/shm'
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return free >= ENOUGH ? memory : tmpdir()
}

/**
 * A process that waits for the end of this one, however it comes about, then kills mongod and
 * removes its folder: a run that is interrupted leaves nothing behind.
 */
function guardAgainstInterruption(pid: number, folder: string) {
  const script = `
    process.stdin.resume().on('close', async () => {
      try { process.kill(${pid}, 'SIGKILL') } catch {}
      await new Promise((resolve) => setTimeout(resolve, 300))
      require('node:fs').rmSync(${JSON.stringify(folder)}, { recursive: true, force: true })
    })`
  const guard = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  return guard
}
