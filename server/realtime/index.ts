import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { readBearer } from '../auth/sessions'
import type { Bus, Clock } from '../ports'
import type { Services } from '../services'
import type { SocketCluster } from './cluster'
import { spreadFacts } from './facts'
import { listenTo } from './joins'
import { createPresence } from './presence'
import { createRecentFacts } from './recent'
import { type Client, type Io, roomOf } from './socket'

/** How often an open socket's access is looked at though nobody said that it changed. */
const RECHECK_MS = 60_000

/** The realtime door: facts come down after their commit; joins are asked, never assumed. */
export function createRealtime(
  server: HttpServer,
  {
    services,
    bus,
    clock,
    log,
    isOwnOrigin,
    cluster,
  }: {
    services: Services
    bus: Bus
    clock: Clock
    log: Logger
    isOwnOrigin: (request: IncomingMessage) => boolean
    /** Absent where this process is the only one. */
    cluster?: SocketCluster | undefined
  },
) {
  const others = server.listeners('upgrade')
  const io: Io = new Server(server, {
    // polling is only the way in where WebSockets are blocked; its writes come from our pages too
    allowRequest: (request, decide) =>
      decide(null, request.method === 'GET' ? !isForeign(request) : isOwnOrigin(request)),
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    maxHttpBufferSize: 100_000,
    serveClient: false,
    ...(cluster && { adapter: cluster.adapter }),
  })

  // there is one upgrade listener, in http/upgrade.ts: Engine.IO's own would race it
  for (const listener of server.listeners('upgrade')) {
    if (!others.includes(listener)) server.off('upgrade', listener as () => void)
  }

  // Engine.IO asks `allowRequest` at the handshake alone; packets by polling are writes too
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (request.method !== 'POST' || isOwnOrigin(request)) return next()
    response.writeHead(403).end()
  })

  const presence = createPresence(io, { heartbeat: cluster?.heartbeat ?? null, log })
  const recent = createRecentFacts(clock)
  const endFacts = spreadFacts(io, { bus, services, recent, log })
  cluster?.onMissed(() => io.local.emit('facts:missed'))

  io.use(async (socket, next) => {
    try {
      const bearer = await readBearer(socket.request, clock.now())
      if (!bearer) return next(new AppError('unauthenticated'))
      socket.data = { actor: bearer.actor, me: new Map(), threads: new Map(), typedAt: 0 }
      next()
    } catch (error) {
      log.error({ err: error }, 'realtime door failed')
      next(new AppError('unavailable'))
    }
  })

  io.on('connection', (socket) => {
    const { actor } = socket.data
    socket.join(roomOf.user(actor.userId))
    socket.join(roomOf.session(actor.sessionId))
    // what ended between the handshake and these rooms was announced to nobody; sessions expire silently
    const look = () =>
      recheck(socket).catch((error) => log.warn({ err: error }, 'access not found out'))
    look()
    const looking = setInterval(look, RECHECK_MS)
    socket.on('disconnecting', () => presence.left(socket))
    socket.on('disconnect', () => clearInterval(looking))
    listenTo(socket, { services, presence, recent, recheck, log })
    // what was missed while the line was away
    services.notifications
      .countNotifications(actor)
      .then((unread) => socket.emit('notifications:changed', { unread, added: null }))
      .catch((error) => log.warn({ err: error }, 'notifications were not counted'))
  })

  /** Who they are now; nobody, or somebody else, hears nothing more. */
  async function recheck(socket: Client): Promise<void> {
    const bearer = await readBearer(socket.request, clock.now())
    const { data } = socket
    if (bearer?.actor.userId !== data.actor.userId) return void socket.disconnect(true)
    data.actor = bearer.actor
    for (const partnershipId of [...data.me.keys()]) {
      if (can(bearer.actor, 'live:partnership', { partnershipId })) continue
      await socket.leave(roomOf.partnership(partnershipId))
      data.me.delete(partnershipId)
      presence.partnership(partnershipId)
    }
    for (const [threadId, partnershipId] of [...data.threads]) {
      if (can(bearer.actor, 'live:thread', { partnershipId })) continue
      await socket.leave(roomOf.thread(threadId))
      data.threads.delete(threadId)
      presence.thread(threadId)
    }
  }

  return {
    /** For the upgrade listener, which has checked the Origin. */
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      io.engine.handleUpgrade(request as never, socket, head)
    },
    async close() {
      endFacts()
      presence.close()
      // this process's own: those of the others stay
      io.local.disconnectSockets(true)
      await io.close()
      cluster?.close()
    },
  }
}

function isForeign(request: IncomingMessage): boolean {
  return request.headers['sec-fetch-site'] === 'cross-site'
}
