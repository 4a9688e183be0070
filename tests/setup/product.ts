import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { demoDatabase } from './database'

export type Product = {
  origin: string
  /** Everything it has said on the terminal. */
  output: () => string
  /** SIGKILL to the app alone. */
  kill: () => Promise<void>
  /** Ctrl+C, and its exit code. */
  stop: () => Promise<number | null>
}

const START_MS = 60_000

/**
 * The production build as a process of its own, with the demonstration in it.
 *
 * @param env on top: a `DATA_DIR` makes it run its own embedded mongod; without one it gets a database
 *   of its own on the run's
 */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const isAlone = env.DATA_DIR !== undefined || env.MONGODB_URI !== undefined
  const database: Record<string, string> = isAlone
    ? {}
    : { MONGODB_URI: (await demoDatabase()).uri }
  return runProduct(inject('buildDir'), { ...database, ...env })
}

/**
 * The same in a database that is named, or in one that it makes.
 *
 * @param buildDir with `server.js`
 */
export async function runProduct(buildDir: string, env: Record<string, string>): Promise<Product> {
  const folder = env.DATA_DIR ? {} : { HOST: '127.0.0.1', DATA_DIR: await scratch() }
  const child = spawn(process.execPath, ['--enable-source-maps', join(buildDir, 'server.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      DEMO: '1',
      LOG_LEVEL: 'warn',
      ...folder,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  const hear = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  const origin = await Promise.race([
    new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => {
        const found = /Twinward is at (http\S+)/.exec(output)?.[1]
        if (found) resolve(found)
      })
      setTimeout(() => reject(new Error(`not up in time:\n${output}`)), START_MS).unref()
    }),
    exited.then((code) => Promise.reject(new Error(`ended with ${code}:\n${output}`))),
  ])
  return {
    origin,
    output: () => output,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGINT')
      return exited
    },
  }
}

const running = new Set<ChildProcess>()
const folders: string[] = []
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A folder that goes with the test. */
export async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'twinward-e2e-'))
  folders.push(folder)
  return folder
}

export async function removeScratch(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}
