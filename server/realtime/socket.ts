import type { Server, Socket } from 'socket.io'
import type { Actor } from '../../shared/actor'
import type { ClientEvents, ServerEvents } from '../../shared/events'
import type { PersonView } from '../../shared/views'

/**
 * What the server knows of a socket; everything in it was looked up, nothing was claimed. It stays in
 * this process: asking other processes for their sockets would send it, and their cookies, about.
 */
export type SocketData = {
  actor: Actor
  /** Who they are in the partnerships they listen to. */
  me: Map<string, PersonView>
  /** Partnership of each thread they listen to. */
  threads: Map<string, string>
  /** When they last said that they are writing, milliseconds. */
  typedAt: number
}

/** What the processes tell one another; who hears it parses it, for the other may be of another build. */
export type ProcessEvents = { presence: (message: unknown) => void }

export type Io = Server<ClientEvents, ServerEvents, ProcessEvents, SocketData>
export type Client = Socket<ClientEvents, ServerEvents, ProcessEvents, SocketData>

export const roomOf = {
  user: (id: string) => `user:${id}`,
  session: (id: string) => `session:${id}`,
  partnership: (id: string) => `partnership:${id}`,
  thread: (id: string) => `thread:${id}`,
}

/** This process's sockets in a room. */
export function socketsIn(io: Io, room: string): Client[] {
  const ids = io.sockets.adapter.rooms.get(room) ?? []
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? [])
}
