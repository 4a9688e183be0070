import { findMongod } from './mongod/binary'
import { type DataDirectory, takeDataDirectory } from './mongod/data-directory'
import { EmbeddedMongoError, reasonOf } from './mongod/error'
import {
  choosePort,
  endWithUs,
  findOrphan,
  isServing,
  LOOPBACK,
  launch,
  MongodEnded,
  REPLICA_SET,
  type RunningMongod,
  shutDown,
} from './mongod/process'
import { answers, ensurePrimary, moveMember } from './mongod/replica-set'

export { EmbeddedMongoError } from './mongod/error'
export { assertReplicaSet } from './mongod/replica-set'

const DATABASE = 'twinward'
const PORT_ATTEMPTS = 3
/** An orphan that does not answer a ping is not waited for as long as one that does. */
const UNWELL_LIMIT_MS = 3_000
const WATCH_MS = 500
/** A mongod that ends by itself is started again, unless it does so for the third time in a minute. */
const RESTARTS = { most: 2, withinMs: 60_000 }

export type EmbeddedMongoOptions = {
  /** DATA_DIR, absolute */
  dataDir: string
  /** folders that may hold a mongod downloaded earlier; the first is written to */
  cacheDirs: readonly string[]
  /** MONGOD_BINARY */
  binary?: string | undefined
  /** false: never reach for the network */
  download?: boolean | undefined
  /** PATH; the process's own by default */
  searchPath?: string | undefined
  /** hears a calm line about anything slow */
  progress?: (line: string) => void
  /** ends a start that is under way */
  signal?: AbortSignal
  /** told when mongod has ended and could not be started again; the app had better end too */
  onLost?: (error: EmbeddedMongoError) => void
}

export type EmbeddedMongo = {
  /** names the database `twinward` of the replica set */
  uri: string
  /** of the server, such as 6.0.5 */
  version: string
  /** as it runs now; another one after a restart */
  readonly pid: number
  /** Asks mongod to shut down, waits for it, and lets go of the data directory. Idempotent. */
  stop(): Promise<void>
}

/**
 * A persistent one-member replica set in the data directory, for this process alone. What an
 * earlier app left running there is taken over; what a crash left behind is put right.
 *
 * @throws EmbeddedMongoError one sentence with the way out
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const directory = await takeDataDirectory(options.dataDir)
  let running: RunningMongod | undefined
  try {
    running = await adopt(directory, options)
    let version = running && (await isWell(running, directory, options.signal))
    if (running === undefined || version === undefined) {
      if (running !== undefined) await shutDown(running.pid, directory, UNWELL_LIMIT_MS)
      running = await startNew(directory, options)
      version = await ensurePrimary(running, directory, options.signal)
    }
    await directory.writeRecord({ version, port: running.port })
    return supervise(directory, options, running, version)
  } catch (error) {
    if (running !== undefined) await shutDown(running.pid, directory)
    await directory.release()
    throw error
  }
}

/** A mongod whose app is gone goes on serving; with another one named, it has to give way. */
async function adopt(
  directory: DataDirectory,
  { progress, binary }: EmbeddedMongoOptions,
): Promise<RunningMongod | undefined> {
  const orphan = await findOrphan(directory)
  if (orphan === undefined) return undefined
  if (binary === undefined && (await answers(orphan.port))) {
    progress?.('Taking over the MongoDB of an earlier start …')
    return endWithUs(orphan)
  }
  progress?.('Stopping the MongoDB of an earlier start …')
  await shutDown(orphan.pid, directory, UNWELL_LIMIT_MS)
  return undefined
}

/** @returns the version of one taken over, or undefined: it may have been about to end */
async function isWell(
  running: RunningMongod,
  directory: DataDirectory,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    return await ensurePrimary(running, directory, signal)
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

async function startNew(
  directory: DataDirectory,
  options: EmbeddedMongoOptions,
): Promise<RunningMongod> {
  const record = await directory.readRecord()
  const mongod = await findMongod({
    searchPath: process.env.PATH,
    ...options,
    written: record && { dataDir: directory.path, version: record.version },
  })

  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(attempt === 1 ? record?.port : undefined)
    try {
      if (port !== record?.port && !(await directory.isNew()))
        await moveSet(mongod.path, directory, port, options.signal)
      return await launch(mongod.path, directory, port, { signal: options.signal })
    } catch (error) {
      const ended = error instanceof MongodEnded ? error : undefined
      if (ended?.reason === 'port_taken' && attempt < PORT_ATTEMPTS) continue
      throw ended === undefined ? error : inWords(ended, directory, mongod.version)
    }
  }
}

/** The old port is taken: the replica set knows itself by its address, so that has to change first. */
async function moveSet(
  binary: string,
  directory: DataDirectory,
  port: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const alone = await launch(binary, directory, await choosePort(undefined), {
    alone: true,
    signal,
  })
  try {
    await moveMember(alone.port, port)
  } finally {
    await shutDown(alone.pid, directory)
  }
}

function inWords(ended: MongodEnded, directory: DataDirectory, version: string): Error {
  if (ended.reason === 'version') {
    return new EmbeddedMongoError(
      'other_major',
      `The data directory ${directory.path} was written by a MongoDB that ${version} cannot follow: set MONGOD_BINARY to the mongod that wrote it, or set DATA_DIR to another folder.`,
    )
  }
  if (ended.reason === 'in_use') {
    return new EmbeddedMongoError(
      'in_use',
      `The data directory ${directory.path} is in use by another mongod: stop that one, or set DATA_DIR to another folder.`,
    )
  }
  return new EmbeddedMongoError(
    'not_starting',
    `MongoDB did not start (${ended.message}): see ${directory.log}, then start again.`,
  )
}

/** Watches the process until `stop`, and starts mongod again on its port if it ends by itself. */
function supervise(
  directory: DataDirectory,
  options: EmbeddedMongoOptions,
  first: RunningMongod,
  version: string,
): EmbeddedMongo {
  let running = first
  let restarting: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  const restarts: number[] = []
  const stopping = new AbortController()

  const restart = async () => {
    const recent = restarts.filter((at) => Date.now() - at < RESTARTS.withinMs)
    try {
      if (recent.length >= RESTARTS.most) {
        throw new EmbeddedMongoError(
          'not_starting',
          `MongoDB ended three times within a minute: see ${directory.log}, then start again.`,
        )
      }
      restarts.push(Date.now())
      options.progress?.('MongoDB ended unexpectedly; starting it again …')
      await shutDown(running.pid, directory)
      running = await startNew(directory, { ...options, signal: stopping.signal })
      if (running.port !== first.port) {
        // the app's connections name the old port and would wait for it for ever
        throw new EmbeddedMongoError(
          'not_starting',
          'MongoDB ended and its port was taken meanwhile: start again.',
        )
      }
      await ensurePrimary(running, directory, stopping.signal)
      await directory.writeRecord({ version, port: running.port })
    } catch (error) {
      clearInterval(watch)
      if (stopping.signal.aborted) return
      options.onLost?.(
        error instanceof EmbeddedMongoError
          ? error
          : new EmbeddedMongoError('not_starting', `MongoDB is gone (${reasonOf(error)}).`),
      )
    }
  }
  const watch = setInterval(() => {
    if (restarting !== undefined || isServing(running.pid, directory)) return
    restarting = restart().finally(() => {
      restarting = undefined
    })
  }, WATCH_MS)
  watch.unref()

  const stop = async () => {
    clearInterval(watch)
    stopping.abort()
    await restarting
    await shutDown(running.pid, directory)
    await directory.release()
  }
  return {
    uri: `mongodb://${LOOPBACK}:${first.port}/${DATABASE}?replicaSet=${REPLICA_SET}`,
    version,
    get pid() {
      return running.pid
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}
