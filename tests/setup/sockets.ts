import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../../shared/events'
import { closeAfterTest } from './closing'

export type Client = Socket<ServerEvents, ClientEvents>

/** A socket that does not come back by itself and ends with the test. */
export function connect(origin: string, cookie: string | undefined, from = origin): Client {
  const socket: Client = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: from, ...(cookie ? { cookie } : {}) },
  })
  closeAfterTest(() => socket.disconnect())
  return socket
}

/** `connected`, or why not. */
export function opened(socket: Client): Promise<string> {
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', (error) => resolve(error.message))
  })
}

/** The next fact of a kind that fits. */
export function next<E extends keyof ServerEvents>(
  socket: Client,
  event: E,
  fits: (fact: Parameters<ServerEvents[E]>[0]) => boolean = () => true,
): Promise<Parameters<ServerEvents[E]>[0]> {
  return new Promise((resolve) => {
    const hear = (fact: Parameters<ServerEvents[E]>[0]) => {
      if (!fits(fact)) return
      socket.off(event, hear as never)
      resolve(fact)
    }
    socket.on(event, hear as never)
  })
}

/** Everything that a socket hears from now on, by name. */
export function listenTo(socket: Client): [string, unknown][] {
  const heard: [string, unknown][] = []
  socket.onAny((event: string, fact: unknown) => heard.push([event, fact]))
  return heard
}
