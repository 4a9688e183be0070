import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { RoomMessage, RoomRelay } from '../ports'
import type { RedisConnection } from './redis-connection'
import { encodeEntry, encodeMessage, readEntry } from './redis-relay-codec'
import { createStreamWriter, StreamReader } from './redis-stream'

/** All rooms of all processes: docs/decisions/0016. */
const KEY = 'tw:rooms'
/** Entries that are kept, about: some seconds of a busy day. */
const MAX_LENGTH = 5_000
/** A larger row is named without its update: who needs it reads the log. Bytes. */
const MAX_UPDATE = 262_144
/** Messages of a turn share an entry up to this size, bytes. */
const FULL_ENTRY = 262_144

type Hear = (message: RoomMessage, from: string) => void

/** Live documents between processes, over one stream that each of them writes to and reads. */
export function createRedisRelay(
  connection: RedisConnection,
  log: Logger,
): RoomRelay & { close(): void } {
  const self = randomBytes(8).toString('base64url')
  const hearers = new Map<string, Set<Hear>>()
  const writer = createStreamWriter(connection, KEY, MAX_LENGTH, log)
  const isWanted = (from: string, room?: string) =>
    room === undefined ? from !== self : hearers.has(room)
  const reader = new StreamReader(connection, KEY, (entry) => readEntry(entry, isWanted, tell), log)
  let turn: Uint8Array[] = []

  function tell(room: string, message: RoomMessage, from: string): void {
    for (const hear of hearers.get(room) ?? []) {
      try {
        hear(message, from)
      } catch (error) {
        log.error({ err: error, room }, 'a room could not take what another process said')
      }
    }
  }

  function say(): void {
    const messages = turn
    turn = []
    writer.write(parted(messages).map((part) => encodeEntry(self, part)))
  }

  return {
    send(room, message) {
      if (connection.commands.status !== 'ready') return
      if (turn.length === 0) setImmediate(say)
      turn.push(encodeMessage(room, withoutLargeUpdate(message)))
    },
    listen(room, hear) {
      const others = hearers.get(room) ?? new Set()
      hearers.set(room, others.add(hear))
      reader.start()
      return () => {
        others.delete(hear)
        if (others.size > 0 || hearers.get(room) !== others) return
        hearers.delete(room)
        if (hearers.size === 0) reader.pause()
      }
    },
    close: () => reader.close(),
  }
}

function withoutLargeUpdate(message: RoomMessage): RoomMessage {
  if (message.kind !== 'row' || (message.update?.length ?? 0) <= MAX_UPDATE) return message
  return { ...message, update: null }
}

/** In order, so many together that no entry is much larger than a large message. */
function parted(messages: readonly Uint8Array[]): Uint8Array[][] {
  const parts: Uint8Array[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const message of messages) {
    if (size + message.length > FULL_ENTRY) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(message)
    size += message.length
  }
  return parts
}
