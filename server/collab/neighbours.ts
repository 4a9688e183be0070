import type { Logger } from 'pino'
import { AppError } from '../../shared/errors'
import type { RelayedPresence, RelayedRow, RoomAddress, RoomMessage, RoomRelay } from '../ports'
import { RELAYED_BYTES, RELAYED_ROWS, type Timings } from './limits'
import { keyOf, type LogAuthor, type LogId, type LogRow, type Store, userKey } from './persistence'
import { type ReadRow, readTail } from './persistence-log'
import type { Room } from './room'

/** Others that have not been heard for this long are taken to be gone, milliseconds. */
const ALONE_MS = 60_000

/**
 * One room's line to the other processes that have it open. What they store is shown here in the order
 * of the log; what does not come, or comes in another order, is read from the log.
 */
export class Neighbours {
  private room: Room | null = null
  /** Rows that came ahead of their turn, or before the room was loaded. */
  private readonly ahead = new Map<number, RelayedRow>()
  private reading: Promise<void> | null = null
  private lastHeard = Number.NEGATIVE_INFINITY
  /** What others know of the document after its last row. */
  private hashed = 0
  private readonly end: () => void

  /** Hears from now on, so that nothing is missed between loading a room and opening it. */
  constructor(
    private readonly at: RoomAddress,
    private readonly store: Store,
    private readonly relay: RoomRelay | undefined,
    private readonly log: Logger,
  ) {
    this.end =
      relay?.listen(at.room, (message) => this.guard(() => this.hear(message))) ?? (() => {})
  }

  /** Somebody else has had this room open lately. */
  private get hasOthers(): boolean {
    return performance.now() - this.lastHeard < ALONE_MS
  }

  attach(room: Room): void {
    this.room = room
    this.relay?.send(this.at.room, { kind: 'presence-asked' })
    this.takeNext()
  }

  leave(): void {
    this.end()
    this.room = null
    this.ahead.clear()
  }

  /** Our own row is durable: the others may show it. */
  tellRow({ _id, epoch, u, by, at }: LogRow, update: Uint8Array): void {
    this.relay?.send(this.at.room, {
      kind: 'row',
      gen: _id.gen,
      epoch,
      seq: _id.seq,
      update: u.length() > RELAYED_BYTES ? null : update,
      by: by.map(({ user, clients, frames }) => ({ user: String(user), clients, frames })),
      at,
    })
  }

  tellPresence(entries: readonly RelayedPresence[]): void {
    if (entries.length > 0) this.relay?.send(this.at.room, { kind: 'presence', entries })
  }

  /** Let the others compare: they hold the same document after the same row, or one of us is wrong. */
  tellHash(): void {
    const { room } = this
    if (!this.relay || !room?.isSettled || !this.hasOthers || room.seq === this.hashed) return
    this.hashed = room.seq
    const { gen, seq } = room
    this.relay.send(this.at.room, { kind: 'hash', gen, seq, hash: room.guarded.hash() })
  }

  /** The log has rows that nobody told of. One reading at a time. */
  catchUp(): void {
    const { room } = this
    if (this.reading || !room || room.state === 'closed') return
    this.reading = this.readOn(room)
      .catch((error) =>
        this.log.warn({ err: error, room: this.at.room }, 'the log was not read on'),
      )
      .then(() => {
        this.reading = null
        this.guard(() => this.takeNext())
      })
  }

  /**
   * Everything that is durable now is in the document, as far as other processes may have stored it.
   *
   * @param others 'if told of': without a relay nobody else is taken to store anything
   * @throws AppError `document_unavailable` if the log does not answer
   */
  async readUp(others: 'if told of' | 'in any case' = 'if told of'): Promise<void> {
    if (!this.room || (!this.relay && others === 'if told of')) return
    await this.reading
    const { room } = this
    if (!room || room.state === 'closed') return
    await this.readOn(room).catch((error) => {
      this.log.warn({ err: error, room: this.at.room }, 'the log was not read on')
      throw new AppError('document_unavailable')
    })
  }

  /** What cannot be applied here is the document's end, not the process's. */
  private guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.log.error({ err: error, room: this.at.room }, 'rows of another process were not applied')
      this.room?.fail('rows of another process were not applied')
    }
  }

  private hear(message: RoomMessage): void {
    this.lastHeard = performance.now()
    const { room } = this
    if (message.kind === 'row') {
      if (this.ahead.size >= RELAYED_ROWS) this.ahead.clear()
      this.ahead.set(message.seq, message)
      if (room) this.takeNext()
    } else if (!room) return
    else if (message.kind === 'presence') room.presence.hearOthers(message.entries)
    else if (message.kind === 'presence-asked') this.tellPresence(room.presence.own())
    else this.compare(room, message)
  }

  /** Everything that follows without a gap is shown; a gap is read from the log. */
  private takeNext(): void {
    const { room } = this
    if (!room || this.reading) return
    while (room.state !== 'closed') {
      for (const seq of this.ahead.keys()) if (seq <= room.seq) this.ahead.delete(seq)
      const next = this.ahead.get(room.seq + 1)
      if (!next) break
      this.ahead.delete(next.seq)
      const row = next.gen === room.gen && toReadRow(next)
      if (!row) {
        this.catchUp()
        return
      }
      room.readOn([row])
    }
    // our own batch on its way is likely the number that is missing: its outcome tells
    if (this.ahead.size > 0 && !room.isStoring) this.catchUp()
  }

  /** A batch of ours has settled: what came meanwhile is looked at again. */
  settled(): void {
    if (this.ahead.size > 0) this.takeNext()
  }

  private async readOn(room: Room): Promise<void> {
    const from = room.seq
    const ahead = [...this.ahead.keys()]
    const tail = await readTail(this.store, keyOf(this.at), room.gen, from)
    if (room.state === 'closed') return
    const rows = tail.rows.filter(({ seq }) => seq > room.seq)
    if (rows.length > 0) room.readOn(rows)
    else {
      // rows of another generation, or announced and never stored
      for (const seq of ahead) this.ahead.delete(seq)
    }
    if (tail.sealed) room.fail('its generation has ended', 'document_cleaned')
    else if (!tail.complete) room.fail('the log of a live document is damaged')
  }

  private compare(room: Room, { gen, seq, hash }: Extract<RoomMessage, { kind: 'hash' }>): void {
    if (!room.isSettled || room.gen !== gen || room.seq !== seq || room.guarded.hash() === hash)
      return
    room.fail('another process has another document after the same row')
  }
}

/** @returns undefined for a row that must be read from the log */
function toReadRow({ seq, update, by, epoch, at }: RelayedRow): ReadRow | undefined {
  if (!update) return undefined
  const authors: LogAuthor[] = by.map(({ user, clients, frames }) => ({
    user: userKey(user),
    clients: [...clients],
    frames,
  }))
  return { seq, update, by: authors, epoch, at }
}

/**
 * Everything that is not said must be found: rows that the log has and nobody told of, people whose
 * process was killed, documents that differ.
 *
 * @returns a function that ends it
 */
export function watchNeighbours(
  rooms: () => readonly Room[],
  {
    store,
    timings,
    relay,
    log,
  }: { store: Store; timings: Timings; relay?: RoomRelay | undefined; log: Logger },
): () => void {
  let looking = false

  /** One question for all rooms: has the log the row that comes next? */
  async function lookIntoLog(): Promise<void> {
    const idle = rooms().filter((room) => !room.isStoring)
    if (looking || idle.length === 0) return
    looking = true
    try {
      const byId = new Map(idle.map((room) => [room.at.room, room]))
      const next: LogId[] = idle.map(({ at, gen, seq }) => ({ ...keyOf(at), gen, seq: seq + 1 }))
      const found = store.log.find({ _id: { $in: next } }, { projection: { _id: 1 } })
      const asked = Date.now()
      const behind = new Set<string>()
      for await (const { _id } of found) behind.add(String(_id.room))
      for (const [id, room] of byId) {
        if (!room.position.isFresh) room.fail('its place in the log is too old')
        else if (behind.has(id)) room.neighbours.catchUp()
        else if (!room.isStoring) room.position.confirm(asked)
      }
    } catch (error) {
      log.warn({ err: error }, 'the log was not looked into')
    } finally {
      looking = false
    }
  }

  function repeatPresence(): void {
    for (const { neighbours, presence } of rooms()) {
      neighbours.tellPresence(presence.own())
      presence.forgetSilent(timings.goneMs)
    }
  }

  function compare(): void {
    for (const { neighbours } of rooms()) neighbours.tellHash()
  }

  const watches = [
    // without a relay a process is alone, or should be
    setInterval(() => void lookIntoLog(), relay ? timings.lookMs : timings.lookMs * 5),
    setInterval(repeatPresence, timings.repeatMs),
    setInterval(compare, timings.compareMs),
  ]
  for (const watch of watches) watch.unref()
  return () => {
    for (const watch of watches) clearInterval(watch)
  }
}
