/**
 * The wire of `/collab/:protocolId`: the y-websocket protocol, and our extension that a client asks
 * for with `?ack=1`. Rules are numbered in docs/collab-spec.md.
 */

/** y-websocket's own message types. */
export const MESSAGE_SYNC = 0
export const MESSAGE_AWARENESS = 1
export const MESSAGE_AUTH = 2
export const MESSAGE_QUERY_AWARENESS = 3

/**
 * Server → client, only with `?ack=1`: `varUint 120, varUint epoch, varUint n`: the first n frames of
 * kind SyncStep2 or Update that this connection sent are durable. Cumulative.
 */
export const MESSAGE_ACK = 120
/**
 * Server → client, only with `?ack=1`: `varUint 121, varUint n, varString code`: frame n was refused
 * for `code` (an `ErrorCode`); the socket closes with that code's close code right after.
 */
export const MESSAGE_REFUSED = 121
/**
 * Server → client, only with `?packed=1`: `varUint 122, varUint8Array deflate-raw(update)`: to be read
 * as if a sync Update with the unpacked update had come in its place. It comes before the SyncStep2
 * that answers an empty state vector, which then holds only what is newer.
 */
export const MESSAGE_PACKED_STATE = 122
/** A packed state is never larger unpacked than this, bytes: documents end at 10 MB. */
export const MAX_UNPACKED_BYTES = 33_554_432

/**
 * Query of the socket's address: `?ack=1&packed=1&v=<SCHEMA_VERSION>&user=<id>&gen=<generation>`;
 * stock clients send none of it.
 */
export const QUERY_ACK = 'ack'
export const QUERY_PACKED = 'packed'
export const QUERY_SCHEMA_VERSION = 'v'
/** Whose edits the client holds; somebody else's session must not bring them in under its own name. */
export const QUERY_USER = 'user'
/** The generation of the document that the client holds; one that holds nothing yet does not say. */
export const QUERY_GENERATION = 'gen'

/** Largest frame a client may send, bytes. Pastes are split below it by the client. */
export const MAX_FRAME_BYTES = 1_048_576

/** What the server stamps into every awareness state; a client's own claim is overwritten. */
export type PresenceIdentity = {
  userId: string
  /** Full name as shown on the caret, in the script the person writes it in. */
  name: string
  /** The same name in the Latin script, when the name itself is not. */
  latinName?: string | undefined
  /** The same name in Cyrillic, when the name itself is in another script. */
  cyrillicName?: string | undefined
  initials: string
  /** Colour of the person's side. */
  tone: 'a' | 'b'
}
