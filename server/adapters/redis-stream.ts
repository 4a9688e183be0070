import { once } from 'node:events'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { RedisConnection } from './redis-connection'

/** The one field of our entries. */
const FIELD = 'm'
/** Bytes that may be under way to Redis; beyond, what is said is lost, and found in the database. */
const MAX_UNANSWERED = 8 * 1_048_576
/** Texts do not lie about in Redis: a stream goes when nothing was written for so long, seconds. */
const EXPIRES_S = 120
const RENEW_MS = 30_000
/** One read waits so long, and brings so many entries at most. */
const BLOCK_MS = 5_000
const COUNT = 500
/** After a read that failed, milliseconds. */
const PAUSE_MS = 100

/**
 * Writes to one stream, all entries of a turn in one round. It never waits: while Redis is away, or
 * too slow, what is written is lost.
 */
export function createStreamWriter(
  { commands }: RedisConnection,
  key: string,
  maxLength: number,
  log: Logger,
): { write(entries: readonly Uint8Array[]): void } {
  let unanswered = 0
  let renewed = Number.NEGATIVE_INFINITY
  const trouble = new Trouble(commands, log, `Redis takes nothing for ${key}`)

  const argumentsOf = (entry: Uint8Array) =>
    [key, 'MAXLEN', '~', maxLength, '*', FIELD, asBuffer(entry)] as const

  /** A pipeline costs as much again as the one entry that most turns have. */
  async function say(entries: readonly Uint8Array[]): Promise<void> {
    const [first, ...more] = entries
    if (first && more.length === 0) {
      await commands.xadd(...argumentsOf(first))
      return
    }
    const pipeline = commands.pipeline()
    for (const entry of entries) pipeline.xadd(...argumentsOf(entry))
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
  }

  async function write(entries: readonly Uint8Array[]): Promise<void> {
    const bytes = entries.reduce((sum, { length }) => sum + length, 0)
    unanswered += bytes
    try {
      await say(entries)
      trouble.isOver()
      const now = performance.now()
      if (now - renewed < RENEW_MS) return
      renewed = now
      await commands.expire(key, EXPIRES_S)
    } catch (error) {
      trouble.tell(error)
      renewed = Number.NEGATIVE_INFINITY
    } finally {
      unanswered -= bytes
    }
  }

  return {
    write(entries) {
      if (commands.status === 'ready' && unanswered <= MAX_UNANSWERED) void write(entries)
    },
  }
}

/** What an answering Redis refuses, such as for want of memory or of rights, is told once. */
class Trouble {
  private isTold = false

  constructor(
    private readonly redis: Redis,
    private readonly log: Logger,
    private readonly what: string,
  ) {}

  tell(error: unknown): void {
    // that it is away is told by the connection
    if (this.isTold || this.redis.status !== 'ready') return
    this.isTold = true
    this.log.warn({ err: error }, this.what)
  }

  isOver(): void {
    this.isTold = false
  }
}

/**
 * Reads one stream for as long as somebody wants it: from its end at first, later from where it was.
 * What was cut off meanwhile, or lost with Redis, is gone.
 */
export class StreamReader {
  private wanted = false
  private closed = false
  private wake: () => void = () => {}
  private line: Redis | undefined
  /** The last entry seen; null before the first read. */
  private last: string | null = null
  /** The line has broken since: the stream may be another one. */
  private isNewLine = true

  constructor(
    private readonly connection: RedisConnection,
    private readonly key: string,
    private readonly hear: (entry: Uint8Array) => void,
    private readonly log: Logger,
  ) {}

  /** Read on from the end as of now, or from where it is if it still reads. */
  start(): void {
    if (this.wanted || this.closed) return
    this.wanted = true
    if (this.line) this.wake()
    else void this.run(this.open())
  }

  /** Read no more after what is under way, until started again. */
  pause(): void {
    this.wanted = false
  }

  close(): void {
    this.closed = true
    this.wanted = false
    this.line?.disconnect()
    this.wake()
  }

  private open(): Redis {
    const line = this.connection.line()
    line.on('close', () => {
      this.isNewLine = true
    })
    this.line = line
    return line
  }

  private async run(line: Redis): Promise<void> {
    const trouble = new Trouble(line, this.log, `Redis gives nothing of ${this.key}`)
    while (!this.closed) {
      if (!this.wanted) {
        this.last = null
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        continue
      }
      try {
        if (line.status !== 'ready') await once(line, 'ready')
        await this.read(line)
        trouble.isOver()
      } catch (error) {
        if (this.closed) return
        trouble.tell(error)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    }
  }

  private async read(line: Redis): Promise<void> {
    if (this.last === null || this.isNewLine) {
      this.isNewLine = false
      this.last = whereToGoOn(this.last, await newestId(line, this.key))
    }
    const waiting = ['COUNT', COUNT, 'BLOCK', BLOCK_MS, 'STREAMS'] as const
    const answer = await line.xreadBuffer(...waiting, this.key, this.last)
    for (const [, entries] of answer ?? []) {
      for (const [id, fields] of entries) {
        this.last = String(id)
        const entry = fields[1]
        if (entry && this.wanted) this.tell(entry)
      }
    }
  }

  private tell(entry: Uint8Array): void {
    try {
      this.hear(entry)
    } catch (error) {
      this.log.error({ err: error, stream: this.key }, 'a hearer of a stream failed')
    }
  }
}

/** A stream that ends before the last entry seen is a new one: all of it is news. */
function whereToGoOn(last: string | null, newest: string | null): string {
  if (last === null) return newest ?? '0-0'
  return newest === null || isOlder(newest, last) ? '0-0' : last
}

async function newestId(line: Redis, key: string): Promise<string | null> {
  const [newest] = await line.xrevrangeBuffer(key, '+', '-', 'COUNT', 1)
  return newest ? String(newest[0]) : null
}

function isOlder(a: string, b: string): boolean {
  const [[aMs = 0, aSeq = 0], [bMs = 0, bSeq = 0]] = [partsOf(a), partsOf(b)]
  return aMs < bMs || (aMs === bMs && aSeq < bSeq)
}

function partsOf(id: string): number[] {
  return id.split('-').map(Number)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
