import type { ErrorCode } from './errors'
import type { LocalizedText } from './languages'
import type { PersonName, UnitCounts } from './views'

/** A protocol's title, status or counts changed; lists refresh their row from it. */
export type ProtocolChanged = {
  partnershipId: string
  protocolId: string
  title: LocalizedText
  counts: UnitCounts
  editedAt: string
  editedBy: PersonName | null
}

/** Facts that come down Socket.IO after the commit. */
export interface ServerEvents {
  'protocol:changed': (fact: ProtocolChanged) => void
}

export type Ack<T> = (answer: { ok: true; value: T } | { ok: false; code: ErrorCode }) => void

export interface ClientEvents {
  /** Hear a partnership's facts from now on. */
  'partnership:join': (at: { partnershipId: string }, ack: Ack<null>) => void
  'partnership:leave': (at: { partnershipId: string }, ack: Ack<null>) => void
}

/** What moves between the doors of this server and between processes; it may be lost. */
export interface BusEvents {
  'protocol:changed': ProtocolChanged
  /** A membership, role or account changed: every open socket of the user is checked again. */
  'access:changed': { userId: string; partnershipId?: string | undefined }
  /** A session ended (sign-out, expiry, withdrawal): its sockets close. */
  'session:ended': { sessionId: string; userId: string }
}
