import type { Server, Socket } from 'socket.io'
import type { Actor } from '../../shared/actor'
import type { ClientEvents, ServerEvents } from '../../shared/events'
import type { PersonView } from '../../shared/views'

/** What the server knows of a socket; everything in it was looked up, nothing was claimed. */
export type SocketData = {
  actor: Actor
  /** Who they are in the partnerships they listen to. */
  me: Map<string, PersonView>
  /** Partnership of each thread they listen to. */
  threads: Map<string, string>
  /** When they last said that they are writing, milliseconds. */
  typedAt: number
}

type None = Record<string, never>
export type Io = Server<ClientEvents, ServerEvents, None, SocketData>
export type Client = Socket<ClientEvents, ServerEvents, None, SocketData>

export const roomOf = {
  user: (id: string) => `user:${id}`,
  session: (id: string) => `session:${id}`,
  partnership: (id: string) => `partnership:${id}`,
  thread: (id: string) => `thread:${id}`,
}
