import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { PresenceIdentity } from '../../shared/collab/wire'
import type { RoomAddress } from '../ports'
import type { ByteBucket } from './byte-bucket'
import type { Connection } from './connection'
import type { Timings } from './limits'

/** What a socket may do in a room, and whose face it shows. Decided by the services. */
export type Admission = {
  at: RoomAddress
  /** May change the text. */
  write: boolean
  /** May show a caret. */
  cursor: boolean
  identity: PresenceIdentity
}

/** A socket that was let in, who is behind it, and what it asked for. */
export type Guest = {
  socket: WebSocket
  /** What the socket writes to. */
  stream: Duplex
  user: string
  session: string
  admission: Admission
  wantsAcks: boolean
  wantsPacked: boolean
  /** Of what its client holds, if that is anything. */
  generation: number | null
}

/** What a socket needs of the house. */
export type ConnectionPorts = {
  log: Logger
  timings: Pick<Timings, 'closingMs' | 'ackMs'>
  onEnded(connection: Connection, reason: string): void
  /** What the person's frames may take of the main thread, milliseconds. */
  timeOf(user: string): ByteBucket
}
