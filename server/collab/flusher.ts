import type { Logger } from 'pino'
import { failpoint } from './failpoints'
import type { HeavyWork } from './heavy-work'
import { type ClientRow, keyOf, type LogRow, type Store, userKey } from './persistence'
import { type Appender, type Outcome, readTail } from './persistence-log'
import { keepSnapshot } from './persistence-snapshot'
import type { Room } from './room'
import { orUntil } from './waiting'

/** What takes longer has failed, milliseconds: one room must not keep the others waiting. */
const PATIENCE_MS = 10_000

/** How long a batch is gathered: a millisecond for so many rows of the one before, at most so long. */
const ROWS_PER_MS = 4
const GATHER_MOST_MS = 8

type Cut = { room: Room; row: LogRow | null }

export type FlushStats = { flushes: number; rows: number; bytes: number }

/**
 * Stores everything staged in all rooms in one unordered write; the next batch is cut when the last
 * one is durable, so a slow database makes larger batches, not more of them.
 */
export class Flusher {
  readonly stats: FlushStats = { flushes: 0, rows: 0, bytes: 0 }
  private readonly dirty = new Set<Room>()
  private lastRows = 0
  private running: Promise<void> | null = null
  /** What is stored beside the common batches. */
  private readonly beside = new Set<Promise<void>>()
  private readonly stopped = new AbortController()

  constructor(
    private readonly store: Store,
    private readonly appender: Appender,
    private readonly heavy: HeavyWork,
    private readonly log: Logger,
  ) {}

  mark(room: Room): void {
    if (this.stopped.signal.aborted) return
    this.dirty.add(room)
    this.running ??= this.run()
  }

  /** Everything staged now is durable, or its room has failed. */
  async drained(): Promise<void> {
    while (!this.stopped.signal.aborted && (this.running || this.beside.size > 0)) {
      await Promise.all([this.running, ...this.beside])
    }
  }

  /** Stop trying to store what is in flight. */
  stop(): void {
    this.stopped.abort()
  }

  private async run(): Promise<void> {
    try {
      while (this.dirty.size > 0 && !this.stopped.signal.aborted) {
        await this.gather()
        const rooms = [...this.dirty]
        this.dirty.clear()
        const cuts = rooms.flatMap((room) => this.cut(room) ?? [])
        const [slow, quick] = partition(cuts, ({ room }) => room.flyingWith?.keep !== undefined)
        for (const cut of slow) this.flushBeside(cut)
        await this.flush(quick)
      }
    } finally {
      this.running = null
    }
  }

  /** A batch that waits for a copy of its document does not keep the other rooms waiting. */
  private flushBeside(cut: Cut): void {
    const work = this.flush([cut])
      .catch((error) => this.log.error({ err: error }, 'a batch was not stored'))
      .finally(() => {
        this.beside.delete(work)
        if (cut.room.state !== 'closed' && !cut.room.isSettled) this.mark(cut.room)
      })
    this.beside.add(work)
  }

  /**
   * Frames that arrived together are stored together. When many rooms are busy, waiting a little
   * longer saves more than it costs (docs/performance.md); a single one never waits.
   */
  private gather(): Promise<void> {
    const ms = Math.min(GATHER_MOST_MS, Math.floor(this.lastRows / ROWS_PER_MS))
    return new Promise((resolve) => {
      if (ms < 1) setImmediate(resolve)
      else setTimeout(resolve, ms)
    })
  }

  private cut(room: Room): Cut | undefined {
    // its batch before is still on its way, and marks it again
    if (room.isStoring) return undefined
    try {
      if (!room.position.isFresh) room.fail('its place in the log is too old')
      return { room, row: room.cut() }
    } catch (error) {
      this.log.error({ err: error }, 'a batch could not be cut')
      room.fail('a batch could not be cut')
      return undefined
    }
  }

  private async flush(cuts: readonly Cut[]): Promise<void> {
    for (const cut of cuts) if (!cut.row) this.settle(cut, 'ours')
    let open: Cut[] = cuts.filter(({ row }) => row)
    if (open.length === 0) return
    this.stats.flushes += 1
    this.lastRows = open.length
    const failed = new Set(await this.prepare(open))
    for (const cut of open) if (failed.has(cut.room)) cut.room.settle(cut.row, 'failed')
    open = open.filter(({ room }) => !failed.has(room))
    while (open.length > 0) {
      failpoint('storing')
      const outcomes = await this.append(open)
      if (!outcomes) return
      failpoint('stored')
      const again: Cut[] = []
      for (const [i, cut] of open.entries()) {
        const outcome = outcomes[i] ?? 'failed'
        const moved = outcome === 'taken' ? await this.moveOn(cut) : null
        // stored under a number that may have been given, and cut off, long ago
        const isTooLate = !cut.room.position.isFresh
        if (moved) again.push(moved)
        else this.settle(cut, outcome === 'taken' || isTooLate ? 'failed' : outcome)
      }
      open = again
    }
  }

  private settle({ room, row }: Cut, outcome: Outcome): void {
    if (row && outcome === 'ours') {
      this.stats.rows += 1
      this.stats.bytes += row.u.length()
    }
    try {
      room.settle(row, outcome)
    } catch (error) {
      this.log.error({ err: error }, 'a batch could not be shown')
      room.fail('a batch could not be shown')
    }
  }

  /** @returns undefined if stopped before the answer was known */
  private async append(cuts: readonly Cut[]): Promise<Outcome[] | undefined> {
    const signal = this.stopped.signal
    // first: a row under somebody else's client id must not get into the log
    const claims = cuts.flatMap(claimsOf)
    const claimed = claims.length > 0 ? await this.appender.claim(bare(claims), signal) : []
    if (!claimed) return undefined
    const refused = new Set(claims.filter((_, i) => claimed[i] !== 'ours').map(({ room }) => room))
    const open = cuts.filter(({ room }) => !refused.has(room))
    const outcomes = await this.appender.append(
      open.flatMap(({ row }) => row ?? []),
      signal,
    )
    if (!outcomes) return undefined
    const byRoom = new Map(open.map(({ room }, i) => [room, outcomes[i]]))
    return cuts.map(({ room }) => byRoom.get(room) ?? 'failed')
  }

  /** Copies made before mass deletions must be durable before the deletions are. */
  private async prepare(cuts: readonly Cut[]): Promise<Room[]> {
    const failed: Room[] = []
    for (const { room, row } of cuts) {
      const keep = room.flyingWith?.keep
      if (!keep || !row) continue
      try {
        const copiedAt = await this.soon(keepSnapshot(this.store, this.heavy, room, keep, row.at))
        if (!copiedAt) throw new Error('no answer')
        room.copiedAt = copiedAt.getTime()
      } catch (error) {
        this.log.error({ err: error }, 'a copy before a mass deletion could not be kept')
        failed.push(room)
      }
    }
    return failed
  }

  private soon<T>(work: Promise<T>): Promise<T | undefined> {
    return orUntil(this.stopped.signal, work, PATIENCE_MS)
  }

  /** Another process took the number: show what it stored, and take the next one. */
  private async moveOn({ room, row }: Cut): Promise<Cut | null> {
    if (!row || room.state === 'closed') return null
    try {
      const reading = readTail(this.store, keyOf(room.at), room.gen, room.seq)
      const tail = await this.soon(reading)
      if (!tail?.complete) return null
      room.readOn(tail.rows.filter(({ seq }) => seq > room.seq))
      if (tail.sealed) room.fail('its generation has ended', 'document_cleaned')
      if (tail.sealed || room.seq < row._id.seq) return null
      return { room, row: { ...row, _id: { ...row._id, seq: room.seq + 1 } } }
    } catch (error) {
      this.log.error({ err: error }, 'reading another process’s rows failed')
      return null
    }
  }
}

function claimsOf({ room }: Cut): { room: Room; claim: ClientRow }[] {
  return [...(room.flyingWith?.claims ?? [])].map(([client, user]) => ({
    room,
    claim: {
      _id: { ...keyOf(room.at), client },
      user: userKey(user),
      ...(room.gen > 1 && { gen: room.gen }),
    },
  }))
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const first: T[] = []
  const others: T[] = []
  for (const one of all) (isFirst(one) ? first : others).push(one)
  return [first, others]
}

function bare(claims: readonly { claim: ClientRow }[]): ClientRow[] {
  return claims.map(({ claim }) => claim)
}
