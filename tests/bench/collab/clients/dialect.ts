import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import {
  MESSAGE_ACK,
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_PACKED_STATE,
  MESSAGE_SYNC,
} from '../../../../shared/collab/wire'
import { Line } from './line'

/** What a client of the bench hears. */
export type Heard =
  | { kind: 'step1' | 'step2' | 'update' | 'packed' | 'awareness'; payload: Uint8Array }
  | { kind: 'ack'; frames: number }
  | { kind: 'admitted' }
  | { kind: 'other' }

/** How a server is spoken to: which address, what to say first, what stands around a message. */
export type Dialect = {
  path(room: string): string
  /** Before anything else; the state is asked for once the server has answered that. */
  hello(room: string): Buffer | null
  frame(room: string, body: Uint8Array): Buffer
  read(message: Buffer): Heard
  /** Does it answer with the state it has? */
  syncs: boolean
}

const EMPTY_VECTOR = new Uint8Array([0])
const OTHER: Heard = { kind: 'other' }
const SYNC_KINDS = ['step1', 'step2', 'update'] as const

export const body = {
  step1: (vector = EMPTY_VECTOR) => sync(0, vector),
  step2: (update: Uint8Array) => sync(1, update),
  update: (update: Uint8Array) => sync(2, update),
  awareness(client: number, clock: number, state: unknown): Uint8Array {
    const update = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, JSON.stringify(state))
    })
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
      encoding.writeVarUint8Array(encoder, update)
    })
  },
}

function sync(step: number, payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}

/** The y-websocket protocol, as stock clients speak it. */
const STOCK: Dialect = {
  path: (room) => `/${room}`,
  hello: () => null,
  frame: (_room, bytes) => Line.frame(bytes),
  read: (message) => readMessage(decoding.createDecoder(message)),
  syncs: true,
}

export const DIALECTS = {
  stock: STOCK,
  relay: { ...STOCK, syncs: false },
  ours: { ...STOCK, path: (room: string) => `/collab/${room}?ack=1&packed=1` },
  /** Every message begins with the room's name; signing in comes first, with an empty token. */
  hocuspocus: {
    path: (room) => `/${room}`,
    hello: (room) =>
      Line.frame(
        encoding.encode((encoder) => {
          encoding.writeVarString(encoder, room)
          encoding.writeVarUint(encoder, MESSAGE_AUTH)
          encoding.writeVarUint(encoder, 0)
          encoding.writeVarString(encoder, '')
        }),
      ),
    frame: (room, bytes) =>
      Line.frame(
        encoding.encode((encoder) => encoding.writeVarString(encoder, room)),
        bytes,
      ),
    read(message) {
      const decoder = decoding.createDecoder(message)
      decoding.readVarUint8Array(decoder)
      return readMessage(decoder)
    },
    syncs: true,
  },
} satisfies Record<string, Dialect>

/** Hocuspocus answers a step 1 by its own type 4, which means the same. */
const HOCUSPOCUS_SYNC_REPLY = 4

function readMessage(decoder: decoding.Decoder): Heard {
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE_SYNC || type === HOCUSPOCUS_SYNC_REPLY) {
    const kind = SYNC_KINDS[decoding.readVarUint(decoder)]
    return kind ? { kind, payload: decoding.readVarUint8Array(decoder) } : OTHER
  }
  if (type === MESSAGE_AWARENESS) {
    return { kind: 'awareness', payload: decoding.readVarUint8Array(decoder) }
  }
  if (type === MESSAGE_PACKED_STATE) {
    return { kind: 'packed', payload: decoding.readVarUint8Array(decoder) }
  }
  if (type === MESSAGE_AUTH) return { kind: 'admitted' }
  if (type !== MESSAGE_ACK) return OTHER
  decoding.readVarUint(decoder)
  return { kind: 'ack', frames: decoding.readVarUint(decoder) }
}
