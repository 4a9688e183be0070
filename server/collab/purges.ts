import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { readContent } from '../../shared/editor/blocks'
import { LEDGER_ROOT, type LedgerEntry } from '../../shared/editor/content'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { redactContent } from '../../shared/editor/redact'
import { restoreContent } from '../../shared/editor/restore'
import { AppError } from '../../shared/errors'
import type { BeforePurge, Clock, Passage, Purged, RoomAddress, RoomRelay } from '../ports'
import { failpoint } from './failpoints'
import { KEEP_ROWS_MS } from './limits'
import { look } from './look'
import { keyOf, type PurgeRow, type Store } from './persistence'
import { beginAnew, forgetRows, isSealed, shred } from './persistence-generation'
import type { Room } from './room'
import type { Rooms } from './rooms'
import { pause } from './waiting'

type PurgesPorts = {
  store: Store
  rooms: Rooms
  clock: Clock
  log: Logger
  relay?: RoomRelay | undefined
  /** How often what others have left undone is looked for. */
  everyMs: number
}

/** How often it is tried again: the room may be closed meanwhile, or somebody writes the text anew. */
const ROUNDS = 6
/** Whoever has not got further within this has died, milliseconds. */
const LEFT_MS = 60_000

type Purge = {
  readonly at: RoomAddress
  readonly passages: readonly Passage[]
  /** Told, once, before anything is done. */
  onBegin: BeforePurge | null
  removed: number
  /** A generation has been ended for it. */
  hasBegun: boolean
}

/**
 * Purges of patient data: the passages go by an edit, then the document begins anew and everything of
 * the old generation is destroyed. What a process leaves undone the others finish.
 */
export class Purges {
  private readonly running = new Map<string, Promise<unknown>>()
  private sweeping: Promise<void> | null = null
  private readonly timer: NodeJS.Timeout

  constructor(private readonly ports: PurgesPorts) {
    this.timer = setInterval(() => void this.sweep(), ports.everyMs).unref()
  }

  /** One after another in a room. */
  purge(
    at: RoomAddress,
    passages: readonly Passage[],
    onBegin: BeforePurge | null = null,
  ): Promise<Purged> {
    const before = this.running.get(at.room) ?? Promise.resolve()
    const purge: Purge = { at, passages, onBegin, removed: 0, hasBegun: false }
    const purging = before.catch(() => {}).then(() => this.purgeNow(purge))
    this.running.set(at.room, purging)
    const forget = () => {
      if (this.running.get(at.room) === purging) this.running.delete(at.room)
    }
    purging.then(forget, forget)
    return purging
  }

  /** Finish what this process or another has left undone; and forget what nobody can lack any more. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => {
      this.sweeping = null
    })
    return this.sweeping
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await Promise.allSettled([this.sweeping, ...this.running.values()])
  }

  private async purgeNow(purge: Purge): Promise<Purged> {
    const { at } = purge
    for (let round = 1; ; round++) {
      try {
        const generation = await this.purgeOnce(purge)
        if (generation !== null) {
          await this.finishBefore(at, generation)
          return { removed: purge.removed, generation }
        }
        if (round >= ROUNDS) throw new AppError('document_unavailable')
      } catch (error) {
        if (round >= ROUNDS) throw error
        this.ports.log.warn({ err: error, room: at.room, round }, 'a purge is tried again')
        await pause(50 * round)
      }
    }
  }

  /** @returns the generation in which there is nothing to remove; null if one has just been begun */
  private async purgeOnce(purge: Purge): Promise<number | null> {
    const { store, rooms, clock, log } = this.ports
    const { at, passages } = purge
    const room = await rooms.open(at)
    // another process may have written, or begun anew, and nobody told of it yet
    await room.neighbours.readUp('in any case')
    const { gen } = room
    const found = await look(room, (doc) => redactContent(readContent(doc), passages).removed)
    if (found === undefined) throw new AppError('document_unavailable')
    // what was typed and deleted again is in the rows: only a first row holds nothing but the text
    if (found === 0 && (purge.hasBegun || room.seq === 1)) return gen
    purge.removed = purge.hasBegun ? purge.removed + found : Math.max(purge.removed, found)
    await purge.onBegin?.(found)
    purge.onBegin = null
    const _id = { ...keyOf(at), gen }
    await store.purges.updateOne({ _id }, { $setOnInsert: { at: clock.now() } }, { upsert: true })
    failpoint('purge-noted')
    if (found > 0) await room.edit((doc) => redactDocument(doc, passages))
    // the row may have been looked at meanwhile, and removed
    const edited = { $set: { at: clock.now(), edited: true as const } }
    await store.purges.updateOne({ _id }, edited, { upsert: true })
    failpoint('purge-redacted')
    await rooms.clean(room, () =>
      // once more: somebody may have typed it anew between the edit and the seal
      beginAnew(store, at, gen, log, clock.now(), (content) => redactContent(content, passages)),
    )
    purge.hasBegun = true
    this.tell(room)
    return null
  }

  /**
   * Nothing of earlier generations is left when a purge answers, whoever ended them.
   *
   * @throws whatever keeps one from being destroyed
   */
  private async finishBefore(at: RoomAddress, generation: number): Promise<void> {
    const { p, room } = keyOf(at)
    const range = { $gte: { p, room, gen: 0 }, $lt: { p, room, gen: generation } }
    for await (const row of this.ports.store.purges.find({ _id: range })) await this.finish(row)
  }

  /** Those who have it open see that a row is missing, and find the seal. */
  private tell({ at, gen, seq, position }: Pick<Room, 'at' | 'gen' | 'seq' | 'position'>): void {
    const row = { gen, epoch: position.epoch, seq: seq + 1, update: null, by: [] }
    this.ports.relay?.send(at.room, { kind: 'row', ...row, at: this.ports.clock.now() })
  }

  private async sweepAll(): Promise<void> {
    const { store, clock, log } = this.ports
    try {
      for await (const row of store.purges.find()) {
        if (clock.now().getTime() - row.at.getTime() < LEFT_MS) continue
        await this.finish(row).catch((error) =>
          log.error({ err: error, room: String(row._id.room) }, 'a purge could not be finished'),
        )
      }
    } catch (error) {
      log.warn({ err: error }, 'unfinished purges were not looked for')
    }
  }

  /** Whatever is left to do for a generation that is to be destroyed. */
  private async finish({ _id, edited, switchedAt, noted }: PurgeRow): Promise<void> {
    const { store, rooms, clock, log } = this.ports
    const { p, room, gen } = _id
    const key = { p, room }
    const at = { partnership: String(p), room: String(room) }
    if (!switchedAt) {
      // who began it has died before the passages were out: a new generation would hold them too
      const head = edited ? null : await store.rooms.findOne({ _id: room })
      if (head?.gen === gen && !(await isSealed(store, key, gen))) {
        await store.purges.deleteOne({ _id, edited: { $exists: false } })
        return
      }
      await beginAnew(store, at, gen, log, clock.now())
      // it may have been another process that died before it could say so
      await store.purges.updateOne({ _id }, { $set: { switchedAt: clock.now() } })
      rooms.lookAt(at)
    }
    await shred(store, key, gen + 1)
    if (!noted) await this.note(_id, at)
    if (!noted || !switchedAt) return
    if (clock.now().getTime() - switchedAt.getTime() < KEEP_ROWS_MS) return
    await forgetRows(store, key, gen + 1)
    await store.purges.deleteOne({ _id })
  }

  private async note(_id: PurgeRow['_id'], at: RoomAddress): Promise<void> {
    const { store, rooms } = this.ports
    const room = await rooms.open(at)
    // what is here may be the document that has ended
    if (room.gen <= _id.gen) rooms.lookAt(at)
    else if (await rooms.note(room)) {
      await store.purges.updateOne({ _id }, { $set: { noted: true } })
    }
  }
}

/** By edits, as of anybody else: whoever has the document open sees them go. */
function redactDocument(doc: Y.Doc, passages: readonly Passage[]): void {
  const content = readContent(doc)
  const { body, ledger } = redactContent(content, passages)
  restoreContent(doc, encodeFirstContent(body))
  const rows = doc.getMap<LedgerEntry>(LEDGER_ROOT)
  for (const [key, entry] of Object.entries(ledger)) {
    if (entry !== content.ledger[key]) rows.set(key, entry)
  }
}
