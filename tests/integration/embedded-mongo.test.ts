import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type EmbeddedMongo,
  type EmbeddedMongoOptions,
  startEmbeddedMongo,
} from '../../server/adapters/embedded-mongo'
import { findMongod } from '../../server/adapters/mongod/binary'
import { startOf } from '../../server/adapters/mongod/identity'
import { findRoot, readConfig } from '../../server/config'
import { isWhole } from '../setup/runs'

const Owned = z.object({ pid: z.number(), uri: z.string() })

let folder: string
let dataDir: string
let cacheDirs: readonly string[]
let searchPath: string
const started: EmbeddedMongo[] = []
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinward-mongo-'))
  dataDir = join(folder, 'data')
  const { database } = readConfig({ ...process.env, MONGODB_URI: '', DATA_DIR: folder })
  if (database.kind !== 'embedded') throw new Error('an embedded database was expected')
  const mongod = await findMongod({ ...database, searchPath: process.env.PATH })
  // the suite's mongod found as an ordinary one, by PATH
  cacheDirs = [join(folder, 'cache')]
  searchPath = dirname(mongod.path)
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  // killed, because a clean shutdown takes a second and nothing here is kept
  await killLeftover()
  for (const mongo of started.splice(0)) await mongo.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('startEmbeddedMongo', () => {
  it('keeps what was written over stop and start, on the same port', async () => {
    const first = await start()
    await write(first.uri, 'kept')
    await first.stop()
    expect(startOf(first.pid)).toBeUndefined()

    const second = await start()

    expect(second.uri).toBe(first.uri)
    expect(await read(second.uri)).toEqual(['kept'])
  })

  it('offers transactions', async () => {
    const { uri } = await start()
    const client = new MongoClient(uri)
    try {
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await client.db().collection('notes').insertOne({ text: 'together' }, { session })
        }),
      )
    } finally {
      await client.close()
    }
    expect(await read(uri)).toEqual(['together'])
  })

  it.runIf(isWhole)('moves the replica set when its port has been taken meanwhile', async () => {
    const first = await start()
    await write(first.uri, 'moved')
    await first.stop()
    const port = Number(new URL(first.uri).port)
    const squatter = createServer()
    await expect.poll(() => listens(squatter, port), { timeout: 10_000 }).toBe(true)

    try {
      const second = await start()

      expect(new URL(second.uri).port).not.toBe(String(port))
      expect(await read(second.uri)).toEqual(['moved'])
    } finally {
      squatter.close()
    }
  })

  it('starts mongod again when it is killed while the app runs', async () => {
    const lines: string[] = []
    const mongo = await start({ progress: (line) => lines.push(line) })
    await write(mongo.uri, 'before')
    const killed = mongo.pid

    process.kill(killed, 'SIGKILL')

    await until(() => mongo.pid !== killed)
    expect(await read(mongo.uri)).toEqual(['before'])
    expect(lines).toContain('MongoDB ended unexpectedly; starting it again …')
  })

  it.runIf(isWhole)('repairs itself after app and mongod were both killed', async () => {
    const owner = await startOwner()
    await write(owner.uri, 'survived')
    owner.child.kill('SIGKILL')
    process.kill(owner.pid, 'SIGKILL')
    await until(() => startOf(owner.pid) === undefined)

    const mongo = await start()

    expect(mongo.pid).not.toBe(owner.pid)
    expect(await read(mongo.uri)).toEqual(['survived'])
  })

  it('takes over a mongod whose app was killed, and stops it in the end', async () => {
    const owner = await startOwner()
    await write(owner.uri, 'orphaned')
    owner.child.kill('SIGKILL')
    await until(() => startOf(owner.child.pid ?? 0) === undefined)

    const mongo = await start()

    expect(mongo.pid).toBe(owner.pid)
    expect(await read(mongo.uri)).toEqual(['orphaned'])
    await mongo.stop()
    expect(startOf(owner.pid)).toBeUndefined()
  })

  it.runIf(isWhole)(
    'shuts down an orphan that no longer answers and starts afresh',
    async () => {
      const owner = await startOwner()
      await write(owner.uri, 'frozen')
      owner.child.kill('SIGKILL')
      await until(() => startOf(owner.child.pid ?? 0) === undefined)
      process.kill(owner.pid, 'SIGSTOP')

      const mongo = await start()

      expect(mongo.pid).not.toBe(owner.pid)
      expect(await read(mongo.uri)).toEqual(['frozen'])
    },
    40_000,
  )

  it('refuses a second app on the same data directory', async () => {
    const first = await start()

    await expect(start()).rejects.toMatchObject({
      problem: 'in_use',
      message: `The data directory ${dataDir} is in use by another Twinward (process ${process.pid}): stop that one, or set DATA_DIR to another folder.`,
    })
    await write(first.uri, 'undisturbed')
  })

  it('lets exactly one of two that start at once have the data directory', async () => {
    const both = await Promise.allSettled([start(), start()])

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is not held up by a lock whose pid belongs to another process now', async () => {
    await mkdir(dataDir)
    const recycled = { pid: process.pid, start: 'another boot:1' }
    await writeFile(join(dataDir, 'twinward.lock'), JSON.stringify(recycled))

    await expect(start()).resolves.toMatchObject({ version: expect.any(String) })
  })

  it('refuses a directory that another major wrote, naming both', async () => {
    const { version } = await start().then((mongo) => mongo.stop().then(() => mongo))
    await writeFile(join(dataDir, 'mongod.json'), '{"version":"99.1.2","port":27017}')

    await expect(start({ binary: join(searchPath, 'mongod') })).rejects.toMatchObject({
      problem: 'other_major',
      message: expect.stringMatching(
        new RegExp(`written by MongoDB 99\\.1\\.2 and the mongod at hand is ${version}: set `),
      ),
    })
    await expect(start({ download: false })).rejects.toMatchObject({
      problem: 'other_major',
      message: expect.stringMatching(
        /written by MongoDB 99\.1\.2 and no mongod 99\.x could be had \(.* is \d+\.\d+\.\d+; .*\): set /,
      ),
    })
  })

  it('refuses a path where no directory can be made', async () => {
    await writeFile(dataDir, 'a file stands here')

    await expect(start()).rejects.toMatchObject({
      problem: 'not_writable',
      message: expect.stringMatching(/^The data directory .* cannot be written \(.*\): make it /),
    })
  })

  it('tells what was tried when no mongod is to be had', async () => {
    await expect(start({ searchPath: '', download: false })).rejects.toMatchObject({
      problem: 'no_mongod',
      message:
        'No mongod could be had (none on PATH; none downloaded; downloads are switched off): install MongoDB, or set MONGOD_BINARY to a mongod, or MONGODB_URI to a replica set that runs.',
    })
  })

  it('passes over a mongod that does not start on this machine', async () => {
    const broken = join(folder, 'broken')
    await mkdir(broken)
    await writeFile(join(broken, 'mongod'), '#!/bin/sh\nexit 127\n')
    await chmod(join(broken, 'mongod'), 0o755)

    const mongo = await start({ searchPath: `${broken}:${searchPath}` })

    expect(mongo.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('ends a start that is given up, leaving neither process nor lock', async () => {
    const signal = AbortSignal.timeout(250)

    await expect(start({ signal })).rejects.toThrow()

    await expect(readFile(join(dataDir, 'twinward.lock'))).rejects.toThrow('ENOENT')
    expect(await isMongodRunning()).toBe(false)
    await expect(start()).resolves.toMatchObject({ version: expect.any(String) })
  })
})

async function start(changes: Partial<EmbeddedMongoOptions> = {}): Promise<EmbeddedMongo> {
  const mongo = await startEmbeddedMongo({ dataDir, cacheDirs, searchPath, ...changes })
  started.push(mongo)
  return mongo
}

/** Listens there, unless something else still does. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error')
      resolve(true)
    })
  })
}

/** Another app on the data directory, in a process that can be killed. */
async function startOwner(): Promise<{ child: ChildProcess; pid: number; uri: string }> {
  const script = 'tests/setup/embedded-mongo-owner.ts'
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: findRoot(),
    env: { ...process.env, DATA_DIR: dataDir, PATH: `${searchPath}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)))
    child.once('exit', (code) => reject(new Error(`the owner ended with ${code}`)))
  })
  return { child, ...Owned.parse(JSON.parse(line)) }
}

async function connected(uri: string, work: (client: MongoClient) => Promise<void>) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 })
  try {
    await work(client)
  } finally {
    await client.close()
  }
}

async function write(uri: string, text: string) {
  await connected(uri, async (client) => {
    const durable = { writeConcern: { w: 'majority', j: true } } as const
    await client.db().collection('notes').insertOne({ text }, durable)
  })
}

async function read(uri: string): Promise<string[]> {
  let texts: string[] = []
  await connected(uri, async (client) => {
    const rows = await client.db().collection('notes').find().toArray()
    texts = rows.map(({ text }) => String(text))
  })
  return texts
}

async function until(holds: () => boolean) {
  await expect.poll(holds, { timeout: 10_000, interval: 20 }).toBe(true)
}

async function mongodPid(): Promise<number> {
  return Number(await readFile(join(dataDir, 'mongod.pid'), 'utf8').catch(() => ''))
}

async function isMongodRunning(): Promise<boolean> {
  const pid = await mongodPid()
  return pid > 0 && startOf(pid) !== undefined
}

async function killLeftover() {
  if (await isMongodRunning()) process.kill(await mongodPid(), 'SIGKILL')
}
