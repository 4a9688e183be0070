import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedMongo, startEmbeddedMongo } from '../../../../server/adapters/embedded-mongo'
import { readConfig } from '../../../../server/config'

export type Database = {
  /** As it runs now. */
  readonly pid: number
  version: string
  /** The address of a database of that name. */
  uriOf(name: string): string
  stop(): Promise<void>
}

/** One mongod for the whole run, on disk as the other servers' storage is. */
export async function startDatabase(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), 'twinward-bench-mongod-'))
  const { database } = readConfig({
    ...process.env,
    MONGODB_URI: '',
    DATA_DIR: dataDir,
    SESSION_SECRET: '-'.repeat(32),
  })
  if (database.kind !== 'embedded') throw new Error('the bench runs a mongod of its own')
  const mongo: EmbeddedMongo = await startEmbeddedMongo({ ...database, progress: console.log })
  // a run that is interrupted leaves nothing behind
  const end = () => {
    try {
      process.kill(mongo.pid, 'SIGKILL')
    } catch {}
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.once('exit', end)
  return {
    get pid() {
      return mongo.pid
    },
    version: mongo.version,
    uriOf: (name) => mongo.uri.replace(/\/twinward\?/, `/${name}?`),
    async stop() {
      process.off('exit', end)
      await mongo.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
