import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'

const START_MS = 60_000
const STOP_MS = 30_000
const TICKS_PER_SECOND = 100

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export type Started = {
  pid: number
  port: number
  /** SIGKILL, and its end. */
  kill(): Promise<void>
  /** SIGTERM, and its end; SIGKILL if it does not come. */
  stop(): Promise<void>
}

/**
 * A server as a process of its own.
 *
 * @param ready finds its port in what it prints
 */
export async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
  ready: RegExp,
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  const hear = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exited = once(child, 'exit').then(() => {
    running.delete(child)
  })
  const port = await Promise.race([
    new Promise<number>((resolve, reject) => {
      child.stdout.on('data', () => {
        const found = ready.exec(output)?.[1]
        if (found) resolve(Number(found))
      })
      setTimeout(() => reject(new Error(`not up in time:\n${output}`)), START_MS).unref()
    }),
    exited.then(() => Promise.reject(new Error(`ended at once:\n${output}`))),
  ])
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return {
    pid: child.pid ?? 0,
    port,
    kill,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await exited
      clearTimeout(late)
      if (process.env.BENCH_SHOW && output) console.error(output)
    },
  }
}

/**
 * CPU time of a process and its children so far, milliseconds: the scheduler's own account of each
 * thread. What a thread that has ended had used is missing there, and is taken from the ticks.
 */
export class CpuMeter {
  private readonly before: Map<number, Usage>

  constructor(pids: readonly number[]) {
    this.before = new Map(pids.flatMap(family).map((pid) => [pid, usageOf(pid)]))
  }

  /** Since the meter was made, ms. */
  read(pids: readonly number[]): number {
    let ms = 0
    for (const pid of pids.flatMap(family)) {
      const before = this.before.get(pid) ?? { ticksMs: 0, threads: new Map() }
      const now = usageOf(pid)
      const kept = [...before.threads.keys()].every((thread) => now.threads.has(thread))
      if (!kept || now.threads.size === 0) ms += now.ticksMs - before.ticksMs
      else for (const [thread, used] of now.threads) ms += used - (before.threads.get(thread) ?? 0)
    }
    return ms
  }
}

type Usage = { ticksMs: number; threads: Map<number, number> }

function usageOf(pid: number): Usage {
  const threads = new Map<number, number>()
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ticks = Number(fields[11]) + Number(fields[12])
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const [ns] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
      threads.set(Number(thread), Number(ns) / 1e6)
    }
    return { ticksMs: (ticks * 1_000) / TICKS_PER_SECOND, threads }
  } catch {
    return { ticksMs: 0, threads }
  }
}

function family(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return [pid, ...children.map(Number).flatMap(family)]
  } catch {
    return [pid]
  }
}

/** Resident memory, KB. */
export function residentKb(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0)
}

/** A port that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
