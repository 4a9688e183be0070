import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { commandOf, startOf } from '../../server/adapters/mongod/identity'
import { findRoot } from '../../server/config'

/** `npm start` as a person has it, from another working directory; the first one may have to build. */
const START_MS = 120_000

/** Nothing of the suite's surroundings, and a port that the system chooses. */
const OWN_WORLD = { MONGODB_URI: '', PORT: '0', LOG_LEVEL: 'warn' }

type Run = {
  child: ChildProcess
  output: () => string
  ended: Promise<number | null>
}

let folder: string
let dataDir: string
const runs: Run[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinward-start-'))
  dataDir = join(folder, 'data')
})

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

afterAll(async () => {
  const pid = await mongodPid()
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

describe('npm start', () => {
  it(
    'serves, with the address and the sign-ins as its last words',
    async () => {
      const run = start()
      const origin = await serving(run)

      expect((await fetch(`${origin}/readyz`)).status).toBe(200)
      expect((await fetch(`${origin}/sign-in`)).status).toBe(200)
      expect(run.output()).toMatch(/physician\.ru@demo\.twinward\.example +Дмитрий Корсаков/)
      expect(run.output()).toContain('Loading the demonstration data')
    },
    START_MS,
  )

  it(
    'ends with SIGINT, app and mongod, and forgets nothing by the next start',
    async () => {
      const run = start()
      await serving(run)
      const mongod = await mongodPid()

      run.child.kill('SIGINT')

      expect(await run.ended).toBe(0)
      expect(mongod && startOf(mongod)).toBeUndefined()
      expect(await readdir(dataDir)).not.toContain('twinward.lock')
      const again = start()
      const began = Date.now()
      await serving(again)
      expect(Date.now() - began).toBeLessThan(20_000)
      expect(again.output()).not.toContain('Installing')
      expect(again.output()).not.toContain('Building')
      expect(again.output()).not.toContain('Loading the demonstration data')
    },
    START_MS,
  )

  it(
    'starts again after app and mongod were killed',
    async () => {
      const run = start()
      await serving(run)
      const mongod = await mongodPid()
      run.child.kill('SIGKILL')
      if (mongod !== undefined) process.kill(mongod, 'SIGKILL')
      await run.ended

      const origin = await serving(start())

      expect((await fetch(`${origin}/readyz`)).status).toBe(200)
    },
    START_MS,
  )

  it(
    'starts again after the app alone was killed',
    async () => {
      const run = start()
      await serving(run)
      run.child.kill('SIGKILL')
      await run.ended

      const origin = await serving(start())

      expect((await fetch(`${origin}/readyz`)).status).toBe(200)
    },
    START_MS,
  )

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends when the npm that started it gets %s',
    async (signal) => {
      const npm = spawn('npm', ['start'], {
        cwd: findRoot(),
        env: { ...process.env, ...OWN_WORLD, DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      npm.stdout.on('data', (chunk) => {
        output += chunk
      })
      await expect.poll(() => output, { timeout: START_MS }).toContain('Stop with Ctrl+C')

      npm.kill(signal)

      await noMongod()
    },
    START_MS,
  )

  it(
    'refuses a second start on the same data directory in one sentence',
    async () => {
      await serving(start())

      const second = start()

      expect(await second.ended).toBe(1)
      expect(lastLine(second)).toMatch(
        /^The data directory .* is in use by another Twinward \(process \d+\): stop that one, or set DATA_DIR to another folder\.$/,
      )
    },
    START_MS,
  )

  it(
    'refuses a port that is taken, and leaves no mongod behind',
    async () => {
      const squatter = createServer().listen(0, '127.0.0.1')
      await once(squatter, 'listening')
      const address = squatter.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0

      const run = start({ PORT: String(port) })

      expect(await run.ended).toBe(1)
      squatter.close()
      expect(lastLine(run)).toMatch(
        new RegExp(`^Port ${port} is taken: stop what uses it, or choose another one with PORT=`),
      )
      await noMongod()
    },
    START_MS,
  )

  it(
    'ends at once when it is stopped while starting, and leaves no mongod behind',
    async () => {
      const run = start()
      await expect.poll(mongodPid, { timeout: START_MS, interval: 10 }).toBeDefined()

      run.child.kill('SIGINT')

      await run.ended
      await noMongod()
    },
    START_MS,
  )

  it.each([
    [
      'a setting that makes no sense',
      { PORT: 'eighty' },
      /^PORT is a port number from 0 to 65535: /,
    ],
    [
      'a data directory that cannot be',
      { DATA_DIR: '/dev/null/data' },
      /^DATA_DIR is \/dev\/null\/data, which cannot be written /,
    ],
    [
      'a mongod that does not start',
      { MONGOD_BINARY: '/bin/false' },
      /^MONGOD_BINARY is \/bin\/false, which does not start /,
    ],
    [
      'a data directory of another MongoDB major',
      {},
      /was written by MongoDB 99\.0\.0 and (no mongod 99\.x could be had|the mongod at hand is) .*: set MONGOD_BINARY /,
    ],
  ])(
    'refuses %s in one sentence',
    async (_, env, sentence) => {
      const other = await mkdtemp(join(folder, 'other-'))
      await writeFile(join(other, 'mongod.json'), '{"version":"99.0.0","port":27017}')

      const run = start({ DATA_DIR: other, ...env })

      expect(await run.ended).toBe(1)
      expect(lastLine(run)).toMatch(sentence)
    },
    START_MS,
  )
})

function start(env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [join(findRoot(), 'scripts', 'start.js')], {
    cwd: tmpdir(),
    env: { ...process.env, ...OWN_WORLD, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const hear = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'close').then(() => child.exitCode)
  const run = { child, output: () => output, ended }
  runs.push(run)
  return run
}

/** @returns the origin once it says that it serves */
async function serving(run: Run): Promise<string> {
  const said = () => /Twinward is at (http\S+)[\s\S]*Stop with Ctrl\+C/.exec(run.output())?.[1]
  const early = run.ended.then((code) => {
    throw new Error(`it ended with ${code}:\n${run.output()}`)
  })
  const ready = expect.poll(said, { timeout: START_MS, interval: 20 }).toBeDefined()
  await Promise.race([ready, early])
  return said() ?? ''
}

function lastLine(run: Run): string {
  return run.output().trimEnd().split('\n').at(-1) ?? ''
}

async function noMongod() {
  await expect.poll(mongodPid, { timeout: 10_000, interval: 50 }).toBeUndefined()
}

/** The process that serves our data directory, by its command line. */
async function mongodPid(): Promise<number | undefined> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => commandOf(Number(pid)).includes(join(dataDir, 'mongo')))
  return found === undefined ? undefined : Number(found)
}
