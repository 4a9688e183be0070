import { setTimeout as wait } from 'node:timers/promises'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Redis, RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { Heartbeat } from './elsewhere'

const KEY = 'tw:sockets'
/** What is said is late or lost after this long without an answer of Redis, milliseconds. */
const ANSWER_MS = 500
/** A line on which nothing comes for so long is given up and made anew, milliseconds. */
const SILENT_MS = 12_000
const PING_EVERY_MS = 4_000
/** Longest that a read of the stream waits, milliseconds. */
const READ_MS = 4_000
/** Until the next read after one that failed, milliseconds. */
const READ_AGAIN_MS = 1_000
/** Pages ask for what this process could not hear so often, milliseconds. */
const MISSED_EVERY_MS = 10_000
/** Entries of the stream that are kept: what goes over it is of interest for seconds. */
const KEPT = 1_000

/** How the sockets of several processes hear of one another. */
export type SocketCluster = {
  adapter: ReturnType<typeof createAdapter>
  heartbeat: Heartbeat
  /** Told now and then while Redis is away, and once when it is back: facts may have passed by. */
  onMissed: (hear: () => void) => void
  /** After the Socket.IO server, whose adapter would otherwise go on reading. */
  close: () => void
}

/**
 * The adapter of Socket.IO over Redis. What it is given is not Redis's client but what it uses of it,
 * made safe: the adapter leaves promises alone, and reads again at once when a read has failed, which
 * with Redis away would end or spin the process. So what is said is at worst lost, and what listens
 * waits for Redis for ever.
 *
 * @param redis opens lines to Redis that come back by themselves
 */
export function openSocketCluster(
  redis: { line: (options: RedisOptions) => Redis },
  {
    log,
    heartbeat = { everyMs: 3_000, goneAfterMs: 10_000 },
    missedEveryMs = MISSED_EVERY_MS,
  }: { log: Logger; heartbeat?: Heartbeat; missedEveryMs?: number },
): SocketCluster {
  const lines: Redis[] = []
  const ticks: ReturnType<typeof setInterval>[] = []
  const ended = new AbortController()

  function open(options: RedisOptions): Redis {
    const line = redis.line(options)
    line.on('error', (error) => log.debug({ err: error }, 'a line of the sockets to Redis'))
    lines.push(line)
    return line
  }

  const speaking = open({
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: ANSWER_MS,
  })

  function openListening() {
    const line = open({
      // the adapter reads a stream as the second protocol tells it
      protocol: 2,
      enableOfflineQueue: true,
      autoResendUnfulfilledCommands: true,
      maxRetriesPerRequest: null,
      socketTimeout: SILENT_MS,
    })
    return {
      on: (event: string, hear: (...args: unknown[]) => void) => line.on(event, hear),
      subscribe(channels: string[]) {
        line.subscribe(...channels).catch(() => {})
        // nothing else is asked on this line, and only an answer that does not come shows that it is dead
        const ping = () => {
          if (line.status === 'ready') line.ping().catch(() => {})
        }
        ticks.push(setInterval(ping, PING_EVERY_MS))
      },
      xread: (...args: Parameters<Redis['xread']>) =>
        line.xread(...args).catch(async (error: unknown) => {
          await wait(READ_AGAIN_MS, undefined, { signal: ended.signal }).catch(() => {})
          throw error
        }),
      disconnect: () => line.disconnect(),
    }
  }

  const client = {
    options: { lazyConnect: false },
    duplicate: openListening,
    publish: (channel: string, payload: Buffer) =>
      speaking.publish(channel, payload).catch(() => 0),
    xadd: (args: Parameters<Redis['xadd']>) => speaking.xadd(...args),
  }

  return {
    adapter: createAdapter(client, {
      streamName: KEY,
      // unlike a stream, a channel is heard in all databases of a Redis
      channelPrefix: `${KEY}:${speaking.options.db ?? 0}`,
      maxLen: KEPT,
      blockTimeInMs: READ_MS,
    }),
    heartbeat,
    onMissed(hear) {
      let wasHere = true
      const look = () => {
        const isHere = speaking.status === 'ready'
        if (!isHere || !wasHere) hear()
        wasHere = isHere
      }
      ticks.push(setInterval(look, missedEveryMs))
    },
    close() {
      ended.abort()
      for (const tick of ticks) clearInterval(tick)
      for (const line of lines) line.disconnect()
    },
  }
}
