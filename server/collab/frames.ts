import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messagePermissionDenied } from 'y-protocols/auth'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import {
  MESSAGE_ACK,
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_PACKED_STATE,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_REFUSED,
  MESSAGE_SYNC,
} from '../../shared/collab/wire'
import { malformed } from './decode'
import { Refusal } from './refusal'

/** What a client can say. */
export type ClientFrame =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; update: Uint8Array }
  | { kind: 'query-awareness' }

/**
 * Reads the envelope: one message, exactly as long as it says.
 *
 * @param bytes a buffer of exactly the frame: its payload is the end of it and is not copied, and what
 *   reads the payload must not be able to read on
 * @throws Refusal `malformed_frame`, or `unsupported_frame` for a type clients do not send
 */
export function readFrame(bytes: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(bytes)
  try {
    return readMessage(decoder)
  } catch (error) {
    throw error instanceof Refusal ? error : malformed('unreadable frame')
  }
}

function readMessage(decoder: decoding.Decoder): ClientFrame {
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE_SYNC) {
    const step = decoding.readVarUint(decoder)
    if (step === messageYjsUpdate) return { kind: 'update', update: readRest(decoder) }
    if (step === messageYjsSyncStep2) return { kind: 'step2', update: readRest(decoder) }
    if (step === messageYjsSyncStep1) return { kind: 'step1', vector: readRest(decoder) }
    throw malformed('unknown sync message')
  }
  if (type === MESSAGE_AWARENESS) return { kind: 'awareness', update: readRest(decoder) }
  if (type !== MESSAGE_QUERY_AWARENESS) {
    throw new Refusal('unsupported_frame', 'unknown message type')
  }
  if (decoder.pos !== decoder.arr.length) throw malformed('bytes after the end')
  return { kind: 'query-awareness' }
}

/** The payload, which ends where the frame ends. */
function readRest(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder)
  if (decoder.pos + length !== decoder.arr.length) throw malformed('not exactly one message')
  return decoder.arr.subarray(decoder.pos)
}

export function syncStep1Frame(vector: Uint8Array): Uint8Array {
  return syncFrame(messageYjsSyncStep1, vector)
}

export function syncStep2Frame(update: Uint8Array): Uint8Array {
  return syncFrame(messageYjsSyncStep2, update)
}

export function updateFrame(update: Uint8Array): Uint8Array {
  return syncFrame(messageYjsUpdate, update)
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}

/** A snapshot as it is stored: to be read as an Update with what it unpacks to. */
export function packedFrame(packed: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_PACKED_STATE)
    encoding.writeVarUint8Array(encoder, packed)
  })
}

/** One awareness entry as it goes out; `state` is JSON. */
export type AwarenessEntry = { client: number; clock: number; state: string }

export function awarenessFrame(entries: readonly AwarenessEntry[]): Uint8Array {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
    encoding.writeVarUint8Array(encoder, update)
  })
}

/** "Your first `frames` updates on this connection are durable." */
export function ackFrame(epoch: number, frames: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_ACK)
    encoding.writeVarUint(encoder, epoch)
    encoding.writeVarUint(encoder, frames)
  })
}

export function refusedFrame(frame: number, code: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_REFUSED)
    encoding.writeVarUint(encoder, frame)
    encoding.writeVarString(encoder, code)
  })
}

/** y-protocols' own way to say no, which stock clients print. */
export function deniedFrame(code: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AUTH)
    encoding.writeVarUint(encoder, messagePermissionDenied)
    encoding.writeVarString(encoder, code)
  })
}

/** Asks for the state and has nothing yet. */
export function isEmptyStep1(frame: Uint8Array): boolean {
  return Buffer.from(syncStep1Frame(Uint8Array.of(0))).equals(frame)
}
