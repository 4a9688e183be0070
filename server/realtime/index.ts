import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { ClientEvents, ServerEvents } from '../../shared/events'
import { Id } from '../../shared/ids'
import { can } from '../../shared/policy'
import { readBearer } from '../auth/sessions'
import type { Bus, Clock } from '../ports'

type SocketData = { actor: Actor }
type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>

type Client = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>

/** How often an open socket's access is looked at though nobody said that it changed. */
const RECHECK_MS = 60_000

const JoinPartnership = z.object({ partnershipId: Id })

/** The realtime door: facts come down after their commit; joins are asked, never assumed. */
export function createRealtime(
  server: HttpServer,
  {
    bus,
    clock,
    log,
    isOwnOrigin,
  }: { bus: Bus; clock: Clock; log: Logger; isOwnOrigin: (request: IncomingMessage) => boolean },
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
  })

  // there is one upgrade listener, in http/upgrade.ts: Engine.IO's own would race it
  for (const listener of server.listeners('upgrade')) {
    if (!others.includes(listener)) server.off('upgrade', listener as () => void)
  }

  io.use(async (socket, next) => {
    try {
      const bearer = await readBearer(socket.request, clock.now())
      if (!bearer) return next(new AppError('unauthenticated'))
      socket.data.actor = bearer.actor
      next()
    } catch (error) {
      log.error({ err: error }, 'realtime door failed')
      next(new AppError('unavailable'))
    }
  })

  io.on('connection', (socket) => {
    const { actor } = socket.data
    socket.join(`user:${actor.userId}`)
    socket.join(`session:${actor.sessionId}`)
    // what ended between the handshake and these rooms was announced to nobody; sessions expire silently
    const look = () =>
      recheck(socket).catch((error) => log.warn({ err: error }, 'access not found out'))
    look()
    const looking = setInterval(look, RECHECK_MS)
    socket.on('disconnect', () => clearInterval(looking))

    socket.on('partnership:join', (at, ack) => {
      answer(ack, async () => {
        const { partnershipId } = parse(JoinPartnership, at)
        await recheck(socket)
        if (!can(socket.data.actor, 'live:partnership', { partnershipId })) {
          throw new AppError('not_found')
        }
        await socket.join(`partnership:${partnershipId}`)
        return null
      })
    })
    socket.on('partnership:leave', (at, ack) => {
      answer(ack, async () => {
        await socket.leave(`partnership:${parse(JoinPartnership, at).partnershipId}`)
        return null
      })
    })
  })

  /** Who they are now; nobody, or somebody else, hears nothing more. */
  async function recheck(socket: Client): Promise<void> {
    const bearer = await readBearer(socket.request, clock.now())
    if (bearer?.actor.userId !== socket.data.actor.userId) return void socket.disconnect(true)
    socket.data.actor = bearer.actor
    for (const room of socket.rooms) {
      const partnershipId = /^partnership:(.+)$/.exec(room)?.[1]
      if (partnershipId && !can(bearer.actor, 'live:partnership', { partnershipId })) {
        await socket.leave(room)
      }
    }
  }

  function answer<T>(ack: unknown, work: () => Promise<T>): void {
    const reply = typeof ack === 'function' ? ack : () => {}
    work().then(
      (value) => reply({ ok: true, value }),
      (error: unknown) => {
        if (!isAppError(error)) log.error({ err: error }, 'realtime event failed')
        reply({ ok: false, code: isAppError(error) ? error.code : 'unexpected' })
      },
    )
  }

  const ends = [
    bus.subscribe('protocol:changed', (fact) => {
      io.to(`partnership:${fact.partnershipId}`).emit('protocol:changed', fact)
    }),
    // a changed standing is decided anew by the door: the client reconnects into it
    bus.subscribe(
      'access:changed',
      ({ userId }) => void io.in(`user:${userId}`).disconnectSockets(true),
    ),
    bus.subscribe('session:ended', ({ sessionId }) => {
      io.in(`session:${sessionId}`).disconnectSockets(true)
    }),
  ]
  return {
    /** For the upgrade listener, which has checked the Origin. */
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      io.engine.handleUpgrade(request as never, socket, head)
    },
    async close() {
      for (const end of ends) end()
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

function isForeign(request: IncomingMessage): boolean {
  return request.headers['sec-fetch-site'] === 'cross-site'
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new AppError('invalid_input')
  return parsed.data
}
