import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { readGuests } from '../auth/guests'
import { readBearer } from '../auth/sessions'
import type { Bus, Clock } from '../ports'
import type { Services } from '../services'
import type { SocketCluster } from './cluster'
import { spreadFacts } from './facts'
import { listenTo } from './joins'
import { createPresence } from './presence'
import { createRecentFacts } from './recent'
import { type Client, type Io, roomOf } from './socket'
import { openWorkshops } from './workshops'

/** How often an open socket's access is looked at though nobody said that it changed. */
const RECHECK_MS = 60_000
/**
 * A page asks for its room as soon as it has a line, and its access is looked at then; one that asks for
 * nothing is looked at after so long, milliseconds.
 */
const FIRST_LOOK_MS = 1_000

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
  const workshops = openWorkshops(io, { bus, services, log })
  cluster?.onMissed(() => io.local.emit('facts:missed'))

  io.use(async (socket, next) => {
    try {
      const { actor, guests } = await readAll(socket.request)
      if (!actor) return next(new AppError('unauthenticated'))
      socket.data = {
        actor,
        guests,
        me: new Map(),
        threads: new Map(),
        workshops: new Map(),
        typedAt: 0,
      }
      next()
    } catch (error) {
      log.error({ err: error }, 'realtime door failed')
      next(new AppError('unavailable'))
    }
  })

  io.on('connection', (socket) => {
    const { actor, guests } = socket.data
    for (const each of [actor, ...guests]) {
      socket.join(roomOf.user(each.userId))
      socket.join(roomOf.session(each.sessionId))
    }
    // what ended between the handshake and these rooms was announced to nobody; sessions expire silently
    const look = () =>
      recheck(socket).catch((error) => log.warn({ err: error }, 'access not found out'))
    const first = setTimeout(look, FIRST_LOOK_MS)
    const looking = setInterval(look, RECHECK_MS)
    const recheckNow = (asking: Client) => recheck(asking).then(() => clearTimeout(first))
    socket.on('disconnecting', () => {
      presence.left(socket)
      workshops.left(socket)
    })
    socket.on('disconnect', () => {
      clearTimeout(first)
      clearInterval(looking)
    })
    const answer = listenTo(socket, { services, presence, recent, recheck: recheckNow, log })
    workshops.listenTo(socket, answer, recheckNow)
    if (actor.guest) return
    // what was missed while the line was away
    services.notifications
      .countNotifications(actor)
      .then((unread) => socket.emit('notifications:changed', { unread, added: null }))
      .catch((error) => log.warn({ err: error }, 'notifications were not counted'))
  })

  /** Whoever is signed in, and the guests that the browser is besides, or instead. */
  async function readAll(request: IncomingMessage) {
    const now = clock.now()
    const [bearer, guests] = await Promise.all([readBearer(request, now), readGuests(request, now)])
    return { actor: bearer?.actor ?? guests[0] ?? null, guests }
  }

  /** Who they are now; nobody, or somebody else, hears nothing more. */
  async function recheck(socket: Client): Promise<void> {
    const { actor, guests } = await readAll(socket.request)
    const { data } = socket
    const isGone = ({ sessionId }: Actor) => !guests.some((each) => each.sessionId === sessionId)
    if (actor?.userId !== data.actor.userId || data.guests.some(isGone)) {
      return void socket.disconnect(true)
    }
    data.actor = actor
    data.guests = guests
    for (const partnershipId of [...data.me.keys()]) {
      if (can(actor, 'live:partnership', { partnershipId })) continue
      await socket.leave(roomOf.partnership(partnershipId))
      data.me.delete(partnershipId)
      presence.partnership(partnershipId)
    }
    for (const [threadId, partnershipId] of [...data.threads]) {
      if (can(actor, 'live:thread', { partnershipId })) continue
      await socket.leave(roomOf.thread(threadId))
      data.threads.delete(threadId)
      presence.thread(threadId)
    }
    await workshops.recheckSocket(socket)
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
      await workshops.close()
      await io.close()
      cluster?.close()
    },
  }
}

function isForeign(request: IncomingMessage): boolean {
  return request.headers['sec-fetch-site'] === 'cross-site'
}
