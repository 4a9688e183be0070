import type { Logger } from 'pino'
import { type ClientRow, keyOf, type LogRow, type Store, userKey } from './persistence'
import { type Appender, type Outcome, readTail } from './persistence-log'
import { keepSnapshot } from './persistence-snapshot'
import type { Room } from './room'
import { orUntil } from './waiting'

/** What takes longer has failed, milliseconds: one room must not keep the others waiting. */
const PATIENCE_MS = 10_000

type Cut = { room: Room; row: LogRow | null }

export type FlushStats = { flushes: number; rows: number; bytes: number }

/**
 * Stores everything staged in all rooms in one unordered write; the next batch is cut when the last
 * one is durable, so a slow database makes larger batches, not more of them.
 */
export class Flusher {
  readonly stats: FlushStats = { flushes: 0, rows: 0, bytes: 0 }
  private readonly dirty = new Set<Room>()
  private running: Promise<void> | null = null
  private readonly stopped = new AbortController()

  constructor(
    private readonly store: Store,
    private readonly appender: Appender,
    private readonly log: Logger,
  ) {}

  mark(room: Room): void {
    this.dirty.add(room)
    this.running ??= this.run()
  }

  /** Everything staged now is durable, or its room has failed. */
  async drained(): Promise<void> {
    while (this.running) await this.running
  }

  /** Stop trying to store what is in flight. */
  stop(): void {
    this.stopped.abort()
  }

  private async run(): Promise<void> {
    try {
      while (this.dirty.size > 0 && !this.stopped.signal.aborted) {
        // Frames that arrived together are stored together.
        await new Promise((resolve) => setImmediate(resolve))
        const rooms = [...this.dirty]
        this.dirty.clear()
        await this.flush(rooms.flatMap((room) => this.cut(room) ?? []))
      }
    } finally {
      this.running = null
    }
  }

  private cut(room: Room): Cut | undefined {
    try {
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
    const failed = new Set(await this.prepare(open))
    for (const cut of open) if (failed.has(cut.room)) cut.room.settle(cut.row, 'failed')
    open = open.filter(({ room }) => !failed.has(room))
    while (open.length > 0) {
      const outcomes = await this.append(open)
      if (!outcomes) return
      const again: Cut[] = []
      for (const [i, cut] of open.entries()) {
        const outcome = outcomes[i] ?? 'failed'
        const moved = outcome === 'taken' ? await this.moveOn(cut) : null
        if (moved) again.push(moved)
        else this.settle(cut, outcome === 'taken' ? 'failed' : outcome)
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
    const rows = cuts.flatMap(({ row }) => row ?? [])
    const claims = cuts.flatMap(claimsOf)
    const signal = this.stopped.signal
    const [outcomes, claimed] = await Promise.all([
      this.appender.append(rows, signal),
      claims.length > 0
        ? this.appender.claim(
            claims.map(({ claim }) => claim),
            signal,
          )
        : [],
    ])
    if (!outcomes || !claimed) return undefined
    const refused = new Set(claims.filter((_, i) => claimed[i] !== 'ours').map(({ room }) => room))
    return cuts.map(({ room }, i) => (refused.has(room) ? 'failed' : (outcomes[i] ?? 'failed')))
  }

  /** Copies made before mass deletions must be durable before the deletions are. */
  private async prepare(cuts: readonly Cut[]): Promise<Room[]> {
    const failed: Room[] = []
    for (const { room, row } of cuts) {
      const keep = room.flyingWith?.keep
      if (!keep || !row) continue
      try {
        const copiedAt = await this.soon(keepSnapshot(this.store, room, keep, row.at))
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
      room.readOn(tail.rows)
      if (room.seq < row._id.seq) return null
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
    claim: { _id: { ...keyOf(room.at), client }, user: userKey(user) },
  }))
}
