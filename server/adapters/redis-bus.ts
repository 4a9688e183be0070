import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { BusEvents } from '../../shared/events'
import type { Bus } from '../ports'
import { createMemoryBus } from './memory-bus'
import type { RedisConnection } from './redis-connection'
import { createStreamWriter, StreamReader } from './redis-stream'

const KEY = 'tw:bus'
/** Facts that are kept, about: what is missed by more than that is asked for anew by every page. */
const MAX_LENGTH = 10_000

const EVENTS = {
  'protocol:changed': true,
  'thread:changed': true,
  'reply:posted': true,
  'reply:changed': true,
  'resource:changed': true,
  'unread:changed': true,
  'notifications:changed': true,
  'export:asked': true,
  'slides:asked': true,
  'workshop:changed': true,
  'workshop:planned': true,
  'workshop:item': true,
  'workshop:voted': true,
  'workshop:pulsed': true,
  'workshop:came': true,
  'workshop:door': true,
  'workshop:notes': true,
  'workshop:slides': true,
  'workshop:status': true,
  'workshop:tests': true,
  'workshop:marked': true,
  'access:changed': true,
  'session:ended': true,
} satisfies Record<keyof BusEvents, true>

/** A fact on its way. Our own processes write it; one of another version may mean something else. */
const envelope = z.object({
  v: z.literal(1),
  from: z.string(),
  event: z.string().refine((name): name is keyof BusEvents => Object.hasOwn(EVENTS, name)),
  fact: z.looseObject({}),
})

/** The bus of several processes, over one stream. Its own hearers do not depend on Redis. */
export function createRedisBus(connection: RedisConnection, log: Logger): Bus & { close(): void } {
  const self = randomBytes(8).toString('base64url')
  const here = createMemoryBus((error) => log.error({ err: error }, 'a hearer of the bus failed'))
  const writer = createStreamWriter(connection, KEY, MAX_LENGTH, log)
  let turn: Uint8Array[] = []

  const reader = new StreamReader(connection, KEY, hear, log)
  reader.start()

  function hear(entry: Uint8Array): void {
    const read = envelope.safeParse(parsed(entry))
    if (!read.success || read.data.from === self) return
    const { event, fact } = read.data
    here.publish(event, fact as BusEvents[typeof event])
  }

  function say(): void {
    const facts = turn
    turn = []
    writer.write(facts)
  }

  return {
    publish(event, fact) {
      here.publish(event, fact)
      if (turn.length === 0) setImmediate(say)
      turn.push(Buffer.from(JSON.stringify({ v: 1, from: self, event, fact })))
    },
    publishHere: here.publish,
    subscribe: here.subscribe,
    close: () => reader.close(),
  }
}

function parsed(entry: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(entry).toString())
  } catch {
    return null
  }
}
