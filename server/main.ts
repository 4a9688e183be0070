import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { migrate } from '../models/migrations'
import { watchAccess } from './adapters/access-watch'
import { createBigBlueButton } from './adapters/big-blue-button'
import { assertReplicaSet, startEmbeddedMongo } from './adapters/embedded-mongo'
import { createFolderMailer } from './adapters/mail-folder'
import { createSmtpMailer } from './adapters/mail-smtp'
import { createMemoryBus } from './adapters/memory-bus'
import { connectMongo, isMongoReady } from './adapters/mongo'
import { createMongoStorage } from './adapters/mongo-storage'
import { createMongoLimits } from './adapters/rate-limits'
import { createRedisBus } from './adapters/redis-bus'
import { connectRedis, type RedisConnection } from './adapters/redis-connection'
import { createRedisRelay } from './adapters/redis-relay'
import { createSlideMaker } from './adapters/slide-maker'
import { createSecretBox } from './auth/secret-box'
import { readBearer } from './auth/sessions'
import { createCollab, createCollabDoor } from './collab'
import { type Config, describeConfig, describeListenError, mailHostOf, readConfig } from './config'
import { seedDemo } from './demo'
import { keepDemoNow } from './demo/keep-now'
import { greeting } from './greeting'
import { createApp } from './http/app'
import { isOwnHost } from './http/host'
import { isOwnOrigin } from './http/origin'
import { readPages } from './http/pages'
import { createRefusalNotes } from './http/refusal-notes'
import { routeUpgrades } from './http/upgrade'
import { createJobs } from './jobs'
import { startBacklog } from './jobs/backlog'
import { startSealer } from './jobs/sealer'
import type { Bus, Mailer, RoomRelay } from './ports'
import { createRealtime } from './realtime'
import { openSocketCluster } from './realtime/cluster'
import { createServices } from './services'

/** How to close what has been opened. */
type Undo = (() => Promise<unknown>)[]

/**
 * An idle connection stays so long, milliseconds: on a slow line a new one is dear, and a proxy must be
 * the first to let go (nginx does after 60 s), or what it sends at that moment is lost.
 */
const KEEP_ALIVE_MS = 75_000

/**
 * The composition root: reads the world, wires the house, opens the doors, and closes them in order.
 * A refusal to start is one sentence on the terminal and exit code 1.
 */
async function main(undo: Undo): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel })
  log.debug(describeConfig(config), 'settings')
  const clock = { now: () => new Date() }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS })
  const stopping = new AbortController()
  // a second signal while closing changes nothing
  const stop = async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await closeAll(undo)
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)

  const uri = await findDatabase(config, stopping.signal, undo)
  const connection = await connectMongo(uri)
  undo.push(() => connection.close())
  const db = connection.db
  if (!db) throw new Error('The database connection has no database.')
  await assertReplicaSet(db)
  await migrate(connection)

  const { bus, relay, redis } = joinProcesses(config.redisUrl, log, undo)
  const watch = watchAccess({ db, bus, log })
  undo.push(() => watch.close())
  const collab = createCollab({
    db,
    bus,
    clock,
    log,
    onSettled: (...seen) => services.protocols.noteSettled(...seen),
    relay,
  })
  const storage = createMongoStorage(connection)
  const secrets = createSecretBox(config.sessionSecret)
  const slides = createSlideMaker(log)
  const services = createServices({
    clock,
    bus,
    live: collab.live,
    limits: createMongoLimits(connection),
    storage,
    mailer: chooseMailer(config),
    slides,
    channels: {
      jitsiUrl: config.jitsiUrl,
      bbb: config.bbb && createBigBlueButton(config.bbb, log),
    },
    secrets,
    publicUrl: () => config.publicUrl ?? `http://localhost:${portOf(server) ?? config.port}`,
    log,
  })
  const filesDir = join(config.root, 'server', 'demo', 'files')
  if (config.demo) {
    await seedDemo({ clock, live: collab.live, storage, secrets, filesDir, say })
    undo.push(keepDemoNow({ clock, log }).close)
  }

  const development = config.environment === 'development'
  const pages = await readPages(development, server)
  const surface = {
    publicUrl: config.publicUrl,
    allowedHosts: ownNames(config),
    note: createRefusalNotes({ services, clock, log }),
  }
  server.on(
    'request',
    createApp({
      services,
      clock,
      log,
      demo: config.demo,
      ...surface,
      trustProxy: config.trustProxy,
      development,
      publicDir: join(config.root, 'public'),
      isReady: isMongoReady,
      ...pages,
    }),
  )
  const realtime = createRealtime(server, {
    services,
    bus,
    clock,
    log,
    isOwnOrigin: (request) => isOwnHost(request, surface) && isOwnOrigin(request, config.publicUrl),
    cluster: redis ? openSocketCluster(redis, { log }) : undefined,
  })
  routeUpgrades(server, {
    collab: createCollabDoor(collab, {
      readActor: async (request) => (await readBearer(request, clock.now()))?.actor ?? null,
      admit: services.protocols.admitToProtocol,
    }),
    realtime: realtime.handleUpgrade,
    ...surface,
    development,
  })

  undo.push(() => closeDoors(server, collab, realtime))
  const jobs = createJobs({ services, bus, log })
  undo.push(async () => {
    await slides.close()
    await jobs.close()
  })
  const sealer = startSealer({ services, log })
  undo.push(() => sealer.close())

  await listen(server, config)
  const backlog = startBacklog({ services, log })
  undo.push(() => backlog.close())
  const port = portOf(server) ?? config.port
  const accounts = config.demo ? await services.accounts.listDemoAccounts() : []
  for (const line of greeting({ ...config, port }, accounts)) say(line)
}

/** One calm line on the terminal. */
function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** What requests may ask for besides PUBLIC_URL: what the settings name, and the address listened on. */
function ownNames({ allowedHosts, host }: Config): readonly string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  if (isEverywhere) return allowedHosts
  return [...allowedHosts, host.includes(':') ? `[${host}]` : host.toLowerCase()]
}

/** Letters go by the mail server that is configured, else into a folder that the programme reads. */
function chooseMailer({ smtpUrl, smtpFrom, publicUrl, dataDir }: Config): Mailer {
  const host = mailHostOf(publicUrl)
  return smtpUrl
    ? createSmtpMailer(smtpUrl, { from: smtpFrom, host })
    : createFolderMailer(join(dataDir, 'outbox'), host)
}

/** The database's address: the one configured, or our own mongod, started here. */
async function findDatabase(config: Config, signal: AbortSignal, undo: Undo): Promise<string> {
  if (config.database.kind === 'external') return config.database.uri
  const embedded = await startEmbeddedMongo({
    ...config.database,
    progress: say,
    signal,
    onLost: (error) => {
      say(error.message)
      process.exit(1)
    },
  })
  undo.push(() => embedded.stop())
  return embedded.uri
}

/** How this process speaks with the others on the same database; `redis` is null where it is alone. */
type Processes = { bus: Bus; relay?: RoomRelay; redis: RedisConnection | null }

/** By Redis, if one is named: nothing waits for it, and what it loses the database has. */
function joinProcesses(redisUrl: string | undefined, log: Logger, undo: Undo): Processes {
  if (!redisUrl) {
    const onError = (error: unknown) => log.error({ err: error }, 'a hearer of the bus failed')
    return { bus: createMemoryBus(onError), redis: null }
  }
  const redis = connectRedis(redisUrl, log)
  const bus = createRedisBus(redis, log)
  const relay = createRedisRelay(redis, log)
  undo.push(async () => {
    bus.close()
    relay.close()
    await redis.close()
  })
  return { bus, relay, redis }
}

/** Live documents first: what people typed is committed before anything else goes. */
async function closeDoors(
  server: Server,
  collab: { close: () => Promise<void> },
  realtime: { close: () => Promise<void> },
): Promise<void> {
  server.close()
  await collab.close()
  // a connection that never asked anything would keep the server open for ever
  const closed = realtime.close()
  server.closeAllConnections()
  await closed
}

/** Where it listens, once it does. */
function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

function listen(server: Server, at: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(describeListenError(error, at) ?? error.message)),
    )
    server.listen(at.port, at.host, resolve)
  })
}

/** Longest that one thing may take to close, milliseconds; live documents alone may take ten seconds. */
const CLOSING_MS = 15_000

/** Last opened, first closed; what is gone already, or hangs, does not keep the rest open. */
async function closeAll(undo: Undo): Promise<void> {
  for (const close of undo.splice(0).reverse()) {
    const late = new Promise((resolve) => setTimeout(resolve, CLOSING_MS).unref())
    await Promise.race([close().catch(() => {}), late])
  }
}

const opened: Undo = []
main(opened).catch(async (error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  await closeAll(opened)
  process.exit(1)
})
