import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { PresenceIdentity } from '../../shared/collab/wire'
import type { RoomAddress } from '../ports'

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
}
