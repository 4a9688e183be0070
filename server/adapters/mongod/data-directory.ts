import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { EmbeddedMongoError, reasonOf } from './error'
import { startOf } from './identity'

/** An app that is just ending, by a signal or a kill, is given this long before a second one is refused. */
const ENDING_MS = 2_000
const POLL_MS = 40

const Owner = z.object({ pid: z.number().int().positive(), start: z.string() })
const Record = z.object({
  /** of the mongod that last opened the directory, such as 6.0.5 */
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  port: z.number().int().min(1).max(65_535),
})
export type DatabaseRecord = z.infer<typeof Record>

/** Where things lie below DATA_DIR. */
export type DataDirectory = {
  path: string
  database: string
  log: string
  pidFile: string
  /** whether a mongod has ever written here */
  isNew(): Promise<boolean>
  readRecord(): Promise<DatabaseRecord | undefined>
  writeRecord(record: DatabaseRecord): Promise<void>
  release(): Promise<void>
}

/**
 * Makes the directory if needed and takes it for this process alone.
 *
 * @throws EmbeddedMongoError `not_writable` or `in_use`
 */
export async function takeDataDirectory(path: string): Promise<DataDirectory> {
  const lock = join(path, 'twinward.lock')
  const record = join(path, 'mongod.json')
  const database = join(path, 'mongo')

  await prepare(path, database)
  await takeLock(path, lock)
  return {
    path,
    database,
    log: join(path, 'mongod.log'),
    pidFile: join(path, 'mongod.pid'),
    isNew: async () => !(await readdir(database)).includes('WiredTiger'),
    readRecord: async () => Record.safeParse(await readJson(record)).data,
    writeRecord: (value) => replaceFile(record, `${JSON.stringify(value)}\n`),
    release: () => rm(lock, { force: true }),
  }
}

async function prepare(path: string, database: string): Promise<void> {
  try {
    await mkdir(database, { recursive: true, mode: 0o700 })
    // the folder may exist and still refuse: a read-only volume, another account's files
    const probe = join(database, `.probe-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    throw new EmbeddedMongoError(
      'not_writable',
      `The data directory ${path} cannot be written (${reasonOf(error)}): make it writable or set DATA_DIR to another folder.`,
    )
  }
}

/** A link fails where the name exists, so that of two that start at once one gets the directory. */
async function takeLock(path: string, lock: string): Promise<void> {
  const draft = `${lock}.${process.pid}`
  await writeFile(draft, JSON.stringify({ pid: process.pid, start: startOf(process.pid) ?? '' }))
  const patience = Date.now() + ENDING_MS
  try {
    for (;;) {
      if (await tryLink(draft, lock)) return
      const owner = Owner.safeParse(await readJson(lock)).data
      if (owner !== undefined && isRunning(owner)) {
        if (Date.now() < patience && owner.pid !== process.pid) {
          await wait(POLL_MS)
          continue
        }
        throw new EmbeddedMongoError(
          'in_use',
          `The data directory ${path} is in use by another Twinward (process ${owner.pid}): stop that one, or set DATA_DIR to another folder.`,
        )
      }
      await removeStale(lock)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function tryLink(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Only one of two can rename it away; a lock that a third one has just taken is put back. */
async function removeStale(lock: string): Promise<void> {
  const aside = `${lock}.stale-${process.pid}`
  try {
    await rename(lock, aside)
  } catch {
    return
  }
  const owner = Owner.safeParse(await readJson(aside)).data
  if (owner !== undefined && isRunning(owner)) await tryLink(aside, lock)
  await rm(aside, { force: true })
}

function isRunning(owner: z.infer<typeof Owner>): boolean {
  const start = startOf(owner.pid)
  return start !== undefined && (start === owner.start || start === '' || owner.start === '')
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, text)
  await rename(draft, path)
}
