import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'

/** Pauses between attempts to connect, milliseconds: the first, the longest, and what is drawn by lot. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000
const JITTER = 0.5
const CONNECT_MS = 5_000
/** A line on which an answer is awaited and nothing has come for so long is dead, milliseconds. */
const SILENT_MS = 8_000
/** For what is still on its way when the process ends, milliseconds. */
const CLOSE_MS = 1_000

/**
 * Redis as this process uses it: fast, and free to be away. Nothing here waits for it or fails
 * because of it; it is looked for until it is back.
 */
export type RedisConnection = {
  /** For what is said at once or never: while Redis is away every command is refused at once. */
  readonly commands: Redis
  /**
   * A line of its own, for reads that wait; ended by `close`.
   *
   * @param options other manners, such as a queue for a library that knows no refusals
   */
  line(options?: RedisOptions): Redis
  close(): Promise<void>
}

/**
 * @param url `redis://` or `rediss://`, with user, password and number of the database where needed
 */
export function connectRedis(url: string, log: Logger): RedisConnection {
  const open = (options: RedisOptions = {}) => new Redis(url, { ...MANNERS, ...options })
  const commands = open()
  let isClosing = false
  tellOfOutages(commands, log, () => isClosing)
  const lines: Redis[] = []
  return {
    commands,
    line(options) {
      const line = open(options)
      // the first line has told of it
      line.on('error', () => {})
      lines.push(line)
      return line
    },
    async close() {
      isClosing = true
      for (const line of lines) line.disconnect()
      const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())
      await Promise.race([commands.quit().catch(() => {}), late])
      commands.disconnect()
    },
  }
}

const MANNERS: RedisOptions = {
  connectTimeout: CONNECT_MS,
  socketTimeout: SILENT_MS,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  // what was under way when the line broke is refused
  maxRetriesPerRequest: 0,
  connectionName: 'twinward',
  retryStrategy: (attempt) => {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10))
    return pause * (1 - JITTER * Math.random())
  },
}

/** One line in the log when Redis goes, one when it is back. */
function tellOfOutages(redis: Redis, log: Logger, isClosing: () => boolean): void {
  let state: 'unknown' | 'here' | 'away' = 'unknown'
  const away = (error?: Error) => {
    if (state === 'away' || isClosing()) return
    state = 'away'
    log.warn({ err: error }, 'Redis is away: processes hear of one another through the database')
  }
  redis.on('error', away)
  redis.on('close', () => {
    if (state === 'here') away()
  })
  redis.on('ready', () => {
    if (state === 'away') log.info('Redis is back')
    state = 'here'
  })
}
