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
  /** Whoever the browser is a guest as, one for each workshop; the first is `actor` where nobody is signed in. */
  guests: readonly Actor[]
  /** Who they are in the partnerships they listen to. */
  me: Map<string, PersonView>
  /** Partnership of each thread they listen to. */
  threads: Map<string, string>
  /** Who they are in the workshops they are in. */
  workshops: Map<string, WorkshopPlace>
  /** When they last said that they are writing, milliseconds. */
  typedAt: number
}

/** Who a socket is in a workshop that it hears; `key` names its stay there. */
export type WorkshopPlace = {
  participantId: string
  partnershipId: string
  staff: boolean
  /** Shows slides and answers, as a facilitator does or a presenter. */
  presents: boolean
  key: string
  /** Is it written down that they are there? Of whom came into a closed room it is not. */
  isWritten: boolean
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
  workshop: (id: string) => `workshop:${id}`,
  /** Of those in a workshop who run it. */
  facilitators: (workshopId: string) => `workshop:${workshopId}:staff`,
  /** Of those in a workshop who are told how it is followed: facilitators and presenters. */
  pulse: (workshopId: string) => `workshop:${workshopId}:pulse`,
  /** Of those in a workshop who want to be told who is there. */
  here: (workshopId: string) => `workshop:${workshopId}:here`,
  /** Those who wait to be let into a workshop. */
  door: (workshopId: string) => `workshop:${workshopId}:door`,
  /** Everything of one participant, within and at the door. */
  participant: (id: string) => `participant:${id}`,
}

/** This process's sockets in a room. */
export function socketsIn(io: Io, room: string): Client[] {
  const ids = io.sockets.adapter.rooms.get(room) ?? []
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? [])
}
