import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { RelayedPresence, RoomMessage } from '../ports'

/**
 * What one process says to the others in one turn, as bytes:
 * `varUint version, varString from, (varString room, varUint8Array message)*`, and a message is
 * `varUint kind` and its fields. Messages of rooms nobody here has open are not read.
 */
const VERSION = 1

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const ROW = 0
const PRESENCE = 1
const PRESENCE_ASKED = 2
const HASH = 3

/** One message on its way, not yet put together with the others of its turn. */
export function encodeMessage(room: string, message: RoomMessage): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, room)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => writeMessage(inner, message)),
    )
  })
}

export function encodeEntry(from: string, messages: readonly Uint8Array[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, VERSION)
    encoding.writeVarString(encoder, from)
    for (const message of messages) encoding.writeUint8Array(encoder, message)
  })
}

/**
 * Read an entry, message by message. What cannot be read, or is of another version, is passed over:
 * a newer process may say what this one does not know.
 *
 * @param isWanted of whom and of what room to hear
 */
export function readEntry(
  bytes: Uint8Array,
  isWanted: (from: string, room?: string) => boolean,
  hear: (room: string, message: RoomMessage, from: string) => void,
): void {
  const decoder = decoding.createDecoder(bytes)
  const from = attempt(() => (decoding.readVarUint(decoder) === VERSION ? readText(decoder) : null))
  if (from === null || !isWanted(from)) return
  while (decoding.hasContent(decoder)) {
    const part = attempt(() => ({
      room: readText(decoder),
      bytes: readBytes(decoder),
    }))
    // without its length nobody knows where the next one begins
    if (!part) return
    if (!isWanted(from, part.room)) continue
    const message = attempt(() => readMessage(part.bytes))
    if (message) hear(part.room, message, from)
  }
}

function writeMessage(encoder: encoding.Encoder, message: RoomMessage): void {
  switch (message.kind) {
    case 'row':
      encoding.writeVarUint(encoder, ROW)
      encoding.writeVarUint(encoder, message.gen)
      encoding.writeVarUint(encoder, message.epoch)
      encoding.writeVarUint(encoder, message.seq)
      encoding.writeVarUint(encoder, message.at.getTime())
      encoding.writeVarUint(encoder, message.by.length)
      for (const { user, clients, frames } of message.by) {
        encoding.writeVarString(encoder, user)
        encoding.writeVarUint(encoder, clients.length)
        for (const client of clients) encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, frames)
      }
      encoding.writeUint8(encoder, message.update ? 1 : 0)
      if (message.update) encoding.writeVarUint8Array(encoder, message.update)
      break
    case 'presence':
      encoding.writeVarUint(encoder, PRESENCE)
      encoding.writeVarUint(encoder, message.entries.length)
      for (const { client, clock, user, state } of message.entries) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarString(encoder, user)
        encoding.writeUint8(encoder, state === null ? 0 : 1)
        if (state !== null) encoding.writeVarString(encoder, state)
      }
      break
    case 'presence-asked':
      encoding.writeVarUint(encoder, PRESENCE_ASKED)
      break
    case 'hash':
      encoding.writeVarUint(encoder, HASH)
      encoding.writeVarUint(encoder, message.gen)
      encoding.writeVarUint(encoder, message.seq)
      encoding.writeVarString(encoder, message.hash)
      break
  }
}

/** @returns null if it is something else */
function readMessage(bytes: Uint8Array): RoomMessage | null {
  const decoder = decoding.createDecoder(bytes)
  const read = READERS.get(decoding.readVarUint(decoder))
  const message = read?.(decoder) ?? null
  return decoding.hasContent(decoder) ? null : message
}

const READERS = new Map<number, (decoder: decoding.Decoder) => RoomMessage>([
  [
    ROW,
    (decoder) => ({
      kind: 'row',
      gen: decoding.readVarUint(decoder),
      epoch: decoding.readVarUint(decoder),
      seq: decoding.readVarUint(decoder),
      at: readDate(decoder),
      by: readMany(decoder, () => ({
        user: readText(decoder),
        clients: readMany(decoder, () => decoding.readVarUint(decoder)),
        frames: decoding.readVarUint(decoder),
      })),
      // a copy: what it was read from is as large as everything read at once
      update: readFlag(decoder) ? readBytes(decoder).slice() : null,
    }),
  ],
  [
    PRESENCE,
    (decoder) => ({
      kind: 'presence',
      entries: readMany(
        decoder,
        (): RelayedPresence => ({
          client: decoding.readVarUint(decoder),
          clock: decoding.readVarUint(decoder),
          user: readText(decoder),
          state: readFlag(decoder) ? readText(decoder) : null,
        }),
      ),
    }),
  ],
  [PRESENCE_ASKED, () => ({ kind: 'presence-asked' })],
  [
    HASH,
    (decoder) => ({
      kind: 'hash',
      gen: decoding.readVarUint(decoder),
      seq: decoding.readVarUint(decoder),
      hash: readText(decoder),
    }),
  ],
])

/** As many as it says; it ends with an error where the bytes end first, so a lie costs nothing. */
function readMany<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const many: T[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) many.push(read())
  return many
}

/** Whole or not at all: of bytes that were cut off lib0 gives what there is. */
function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) throw new Error('cut off')
  return decoding.readUint8Array(decoder, length)
}

function readText(decoder: decoding.Decoder): string {
  return UTF8.decode(readBytes(decoder))
}

function readFlag(decoder: decoding.Decoder): boolean {
  const flag = decoding.readUint8(decoder)
  if (flag > 1) throw new Error('not a flag')
  return flag === 1
}

function readDate(decoder: decoding.Decoder): Date {
  const at = new Date(decoding.readVarUint(decoder))
  if (Number.isNaN(at.getTime())) throw new Error('not a time')
  return at
}

/** Bytes of another process may be anything: null where they make no sense. */
function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
