import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { DataDirectory } from './data-directory'
import { EmbeddedMongoError } from './error'
import { commandOf, startOf } from './identity'

export const REPLICA_SET = 'twinward'
export const LOOPBACK = '127.0.0.1'

/** WiredTiger's own default would take half the memory; the demonstration needs little. */
const CACHE_GB = 0.25
const OPLOG_MB = 256
const LOG_LIMIT_BYTES = 10_000_000
/** Recovery after an unclean end replays the journal; a large database needs its time. */
/** Far longer than any transaction of ours takes, even on a busy machine. */
const TRANSACTION_S = 15
const LISTEN_LIMIT_MS = 120_000
const STOP_LIMIT_MS = 15_000
const KILL_LIMIT_MS = 5_000
const POLL_MS = 40

/** mongod's exit codes: net error, files of another version, directory in use by another mongod. */
const EXIT = { address: 48, version: 62, directory: 100 } as const

export type RunningMongod = { pid: number; port: number }

/** The mongods of this process; they end with it however it ends, save by a kill. */
const ours = new Set<number>()
process.on('exit', () => {
  for (const pid of ours) {
    try {
      process.kill(pid, 'SIGTERM')
    } catch {
      // it has ended already
    }
  }
})

/** Has mongod shut down if this process ends without having stopped it. */
export function endWithUs(running: RunningMongod): RunningMongod {
  ours.add(running.pid)
  return running
}

/** Why a mongod ended before it listened. */
export class MongodEnded extends Error {
  override readonly name = 'MongodEnded'

  constructor(
    readonly reason: 'port_taken' | 'version' | 'in_use' | 'other',
    message: string,
  ) {
    super(message)
  }
}

/**
 * Starts mongod in a process group of its own, so that Ctrl+C at the terminal reaches the app
 * alone, which flushes first, and waits until it listens.
 *
 * @param alone without its replica set, to mend the set's configuration
 * @throws MongodEnded if it ends before that; EmbeddedMongoError `not_starting` if it takes too long
 */
export async function launch(
  binary: string,
  directory: DataDirectory,
  port: number,
  { alone = false, signal }: { alone?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<RunningMongod> {
  await turnLog(directory.log)
  const log = await open(directory.log, 'a', 0o600)
  const args = [
    ...['--dbpath', directory.database, '--port', String(port), '--bind_ip', LOOPBACK],
    ...(alone ? [] : ['--replSet', REPLICA_SET, '--oplogSize', String(OPLOG_MB)]),
    ...['--wiredTigerCacheSizeGB', String(CACHE_GB)],
    ...['--logpath', directory.log, '--logappend', '--pidfilepath', directory.pidFile],
    // a primary told to end otherwise waits 15 s for clients to move to another member
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // what an app that was killed had begun holds its rows until then; a minute by default
    ...['--setParameter', `transactionLifetimeLimitSeconds=${TRANSACTION_S}`],
    ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
  ]
  const child = spawn(binary, args, {
    cwd: directory.path,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  let end: string | number | null | undefined
  child.on('error', (error) => {
    end = error.message
  })
  child.on('exit', (code, killer) => {
    end = code ?? killer
  })
  child.unref()
  if (child.pid !== undefined) ours.add(child.pid)
  await log.close()

  const deadline = Date.now() + LISTEN_LIMIT_MS
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (end !== undefined) throw await explain(end, directory.log)
      if (child.pid !== undefined && (await accepts(port))) return { pid: child.pid, port }
      if (Date.now() > deadline) {
        throw new EmbeddedMongoError(
          'not_starting',
          `MongoDB did not answer within two minutes: see ${directory.log}, then start again.`,
        )
      }
      await wait(POLL_MS)
    }
  } catch (error) {
    if (end === undefined) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    if (child.pid !== undefined) ours.delete(child.pid)
    throw error
  }
}

/**
 * The mongod that serves this directory although the app that started it is gone.
 * Known by its command line: a pid alone may have been given to another program since.
 */
export async function findOrphan(directory: DataDirectory): Promise<RunningMongod | undefined> {
  const pid = Number.parseInt(await readFile(directory.pidFile, 'utf8').catch(() => ''), 10)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const port = Number(/--port[\0 ](\d+)/.exec(commandOf(pid))?.[1])
  return isServing(pid, directory) && port > 0 ? { pid, port } : undefined
}

/** Whether the process runs and is the mongod of this directory. */
export function isServing(pid: number, directory: DataDirectory): boolean {
  // Windows does not tell command lines; there the pid file has to do
  if (process.platform === 'win32') return startOf(pid) !== undefined
  const command = commandOf(pid)
  return ['\0', ' '].some((gap) => command.includes(`--dbpath${gap}${directory.database}${gap}`))
}

/**
 * Asks it to shut down cleanly and waits; one that does not within `limitMs` is killed, which the
 * journal makes good.
 */
export async function shutDown(
  pid: number,
  directory: DataDirectory,
  limitMs = STOP_LIMIT_MS,
): Promise<void> {
  const ends: [NodeJS.Signals, number][] = [
    ['SIGTERM', limitMs],
    ['SIGKILL', KILL_LIMIT_MS],
  ]
  const start = startOf(pid)
  // a process that is ending loses its command line before it lets go of its port and its files
  const isThere = () =>
    start !== undefined &&
    startOf(pid) === start &&
    (isServing(pid, directory) || commandOf(pid) === '')
  for (const [signal, limit] of ends) {
    if (isServing(pid, directory)) process.kill(pid, signal)
    const deadline = Date.now() + limit
    while (isThere() && Date.now() < deadline) await wait(POLL_MS)
  }
  ours.delete(pid)
  await rm(directory.pidFile, { force: true })
}

/** The port used before if it is free, so that the replica set keeps its address; else a free one. */
export async function choosePort(before: number | undefined): Promise<number> {
  if (before !== undefined && (await listenOnce(before)) !== undefined) return before
  const port = await listenOnce(0)
  if (port === undefined) {
    throw new EmbeddedMongoError(
      'not_starting',
      `No free port could be had on ${LOOPBACK}: close some programs and start again.`,
    )
  }
  return port
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(undefined))
    server.listen(port, LOOPBACK, () => {
      const address = server.address()
      const taken = typeof address === 'object' ? address?.port : undefined
      server.close(() => resolve(taken))
    })
  })
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK)
    const answer = (yes: boolean) => {
      socket.destroy()
      resolve(yes)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

async function explain(end: string | number | null, log: string): Promise<MongodEnded> {
  if (end === EXIT.address) return new MongodEnded('port_taken', 'its port was taken')
  if (end === EXIT.version) return new MongodEnded('version', 'its files are of another version')
  if (end === EXIT.directory) return new MongodEnded('in_use', 'another mongod has the directory')
  const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n')
  const severe = lines.filter((line) => /"s":"[EF]"/.test(line)).at(-1) ?? lines.at(-1) ?? ''
  const said = /"msg":"([^"]*)"/.exec(severe)?.[1] ?? severe.slice(0, 200)
  return new MongodEnded('other', `it ended with ${end}, its last words: ${said}`)
}

/** Starts a new log when the old one has grown large; one old log is kept. */
async function turnLog(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && found.size > LOG_LIMIT_BYTES) await rename(path, `${path}.1`)
}
