import * as Y from 'yjs'
import { AppError } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import { Batch } from './batch'
import { Capacity } from './capacity'
import { checkUpdate, type Verdict } from './check'
import { decodeUpdate } from './decode'
import { Editors } from './editors'
import { KEPT_COPY_MS, MAX_STAGED_ROOM } from './limits'
import { type Participant, type RoomPorts, relay } from './participant'
import { bytesOf, type LogRow, SERVER_USER } from './persistence'
import type { LoadedRoom } from './persistence-load'
import type { Outcome, ReadRow } from './persistence-log'
import { Presence } from './presence'
import { Refusal } from './refusal'

const SERVER_EDIT = Symbol('server edit')
const FOREIGN_ROW = Symbol('row of another process')

/**
 * One live document in memory: open → saving → closed. Everything in `doc` is committed, in flight
 * or staged; nobody is shown anything before its batch is durable.
 */
export class Room {
  state: 'open' | 'saving' | 'closed' = 'open'
  readonly doc: Y.Doc
  readonly participants = new Set<Participant>()
  readonly presence: Presence
  seq: number
  /** Rows and bytes in the log since the newest snapshot. */
  tail: { rows: number; bytes: number }
  /** The last person's committed change. */
  lastBy: LoadedRoom['lastBy']
  /** When the newest known copy before a mass deletion was kept, epoch milliseconds. */
  copiedAt = 0
  readonly editors: Editors
  private readonly owners: Map<number, string>
  private staged = new Batch()
  private flying: Batch | null = null
  /** What the document emitted since the last `take`. */
  private emitted: Uint8Array[] = []
  private readonly capacity: Capacity
  private needsRepair = true

  constructor(
    readonly at: RoomAddress,
    private readonly loaded: LoadedRoom,
    private readonly ports: RoomPorts,
  ) {
    this.doc = loaded.doc
    this.seq = loaded.seq
    this.tail = { rows: loaded.rows, bytes: loaded.rowBytes }
    this.owners = loaded.owners
    this.capacity = new Capacity(this.doc, loaded.bytes)
    this.lastBy = loaded.lastBy
    this.presence = new Presence(ports.presenceMs, (client) => this.ownerOf(client))
    this.doc.on('update', (update) => this.emitted.push(update))
    this.editors = new Editors(this.doc, ports.clock)
    for (const update of loaded.extra) this.staged.add(update, SERVER_USER, [], null)
    if (loaded.extra.length > 0) ports.onStaged(this)
  }

  get epoch(): number {
    return this.loaded.head.epoch
  }

  get gen(): number {
    return this.loaded.head.gen
  }

  get stagedBytes(): number {
    return this.staged.bytes + (this.flying?.bytes ?? 0)
  }

  get isSettled(): boolean {
    return this.staged.isEmpty && !this.flying
  }

  /**
   * Check a client's update and, if it changes something, apply and stage it.
   *
   * @param frame its number on the connection, acknowledged once durable
   * @returns 'gap' if something it builds upon is missing; then nothing was done
   * @throws Refusal
   */
  take(from: Participant, update: Uint8Array, frame: number): Verdict['kind'] {
    this.mustBeOpen()
    const decoded = decodeUpdate(update)
    if (!decoded) return 'gap'
    const verdict = checkUpdate(decoded, this.doc, {
      user: from.user,
      write: from.mayWrite(),
      ownerOf: (client) => this.ownerOf(client),
    })
    if (verdict.kind === 'gap') return 'gap'
    if (verdict.kind === 'change') this.takeChange(from, update, verdict)
    if (this.isSettled) from.acknowledge(this.epoch, frame)
    else {
      this.staged.acks.set(from, frame)
      this.ports.onStaged(this)
    }
    return verdict.kind
  }

  private takeChange(
    from: Participant,
    update: Uint8Array,
    verdict: Extract<Verdict, { kind: 'change' }>,
  ): void {
    if (verdict.structs > 0) this.capacity.claim(update.length, verdict.structs)
    const isCopied = this.ports.clock.now().getTime() - this.copiedAt < KEPT_COPY_MS
    if (!isCopied && this.capacity.isMassDeletion(verdict.removes))
      this.staged.keep ??= Y.encodeStateAsUpdateV2(this.doc)
    const fresh = verdict.overlaps ? Y.diffUpdate(update, Y.encodeStateVector(this.doc)) : update
    const { changes } = this.apply(() => this.editors.apply([from], fresh, from), 'always')
    for (const client of verdict.newClients) {
      this.owners.set(client, from.user)
      this.staged.claims.set(client, from.user)
    }
    this.needsRepair ||= !verdict.plain
    for (const [i, change] of changes.entries())
      this.staged.add(change, from.user, verdict.newClients, i === 0 ? from : null)
  }

  /**
   * The server's own change. What `change` throws is thrown on; if it had written by then, the
   * document is dropped and read again from the log.
   *
   * @returns once committed
   */
  edit<T>(change: (doc: Y.Doc) => T): Promise<T> {
    this.mustBeOpen()
    const { value, changes } = this.apply(
      () => this.doc.transact(() => change(this.doc), SERVER_EDIT),
      'if changed',
    )
    this.needsRepair ||= changes.length > 0
    this.stageOwn(changes)
    return new Promise((resolve, reject) => {
      this.view(
        () => () => resolve(value),
        () => reject(new AppError('document_unavailable')),
      )
    })
  }

  /**
   * Look at the document when it is exactly what will be durable, and use what was seen once it is.
   *
   * @param look runs at a batch cut, returns what to do after the commit
   */
  view(look: (doc: Y.Doc) => () => void, onFailed: () => void = () => {}): void {
    if (this.state === 'closed') onFailed()
    else if (this.isSettled) look(this.doc)()
    else {
      this.staged.looks.push({ look, onFailed })
      this.ports.onStaged(this)
    }
  }

  /** @returns the row to store, or null if nothing changed; `settle` must follow */
  cut(): LogRow | null {
    if (this.state === 'closed') return null
    this.mend()
    const batch = this.staged
    this.staged = new Batch()
    this.flying = batch
    batch.see(this.doc)
    if (batch.updates.length === 0) return null
    return batch.toRow(this.at, this.gen, this.epoch, this.seq + 1, this.ports.clock.now())
  }

  /** What must be stored with the row of the last `cut`. */
  get flyingWith(): Pick<Batch, 'claims' | 'keep'> | null {
    return this.flying
  }

  /** The batch of the last `cut` is durable, or is not and never will be. */
  settle(row: LogRow | null, outcome: Outcome): void {
    const batch = this.flying
    if (this.state === 'closed' || !batch) return
    if (outcome !== 'ours') {
      this.fail('a batch was refused')
      return
    }
    this.flying = null
    if (row) {
      this.seq = row._id.seq
      this.tail.rows += 1
      this.tail.bytes += row.u.length()
      this.lastBy = batch.lastBy(row.at) ?? this.lastBy
      relay(this.participants, bytesOf(row.u), batch.soleAuthor)
    }
    for (const [participant, frames] of batch.acks) participant.acknowledge(this.epoch, frames)
    batch.show()
    if (row) this.ports.onCommitted(this)
  }

  /** Rows that another process stored under the numbers we wanted: they are durable, so show them. */
  readOn(rows: readonly ReadRow[]): void {
    for (const { update, by, seq, epoch, at } of rows) {
      if (epoch > this.epoch) {
        this.fail('another process has a newer epoch')
        return
      }
      const { changes } = this.apply(() => this.editors.apply(by, update, FOREIGN_ROW), 'always')
      this.stageOwn(changes.slice(1))
      this.seq = seq
      this.tail.rows += 1
      this.tail.bytes += update.length
      for (const { user, clients } of by) {
        for (const client of clients) this.owners.set(client, String(user))
        if (user !== SERVER_USER) this.lastBy = { userId: String(user), at }
      }
      relay(this.participants, update, null)
    }
    this.ports.onCommitted(this)
  }

  /** The document in memory may be wrong: throw it away; the log has everything that was shown. */
  fail(why: string): void {
    if (this.state === 'closed') return
    this.ports.log.error({ room: this.at.room, why }, 'a live document is read again from the log')
    this.leaveMemory()
    for (const participant of [...this.participants]) participant.end('document_unavailable')
  }

  /** Forget the document; whoever waits for a commit hears that there will be none. */
  leaveMemory(): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.presence.destroy()
    this.flying?.abandon()
    this.staged.abandon()
    this.ports.onClosed(this)
    this.doc.destroy()
  }

  private mend(): void {
    if (!this.needsRepair) return
    this.needsRepair = false
    const { changes } = this.apply(() => {
      try {
        this.doc.transact(() => this.ports.repair(this.doc), SERVER_EDIT)
      } catch (error) {
        this.ports.log.error({ err: error, room: this.at.room }, 'repairing a document failed')
      }
    }, 'if changed')
    this.stageOwn(changes)
  }

  private stageOwn(changes: readonly Uint8Array[]): void {
    if (changes.length === 0) return
    const client = this.doc.clientID
    const isNew = !this.owners.has(client)
    if (isNew) {
      this.owners.set(client, SERVER_USER)
      this.staged.claims.set(client, SERVER_USER)
    }
    for (const change of changes) this.staged.add(change, SERVER_USER, isNew ? [client] : [], null)
    this.ports.onStaged(this)
  }

  /**
   * @param dropAfterError an exception is no rollback: after one the document cannot be trusted
   *   'always', or only 'if changed' where the exception comes before Yjs does anything
   * @returns what `change` returned and what the document emitted
   */
  private apply<T>(
    change: () => T,
    dropAfterError: 'always' | 'if changed',
  ): { value: T; changes: readonly Uint8Array[] } {
    this.emitted = []
    let value: T
    try {
      value = change()
    } catch (error) {
      if (dropAfterError === 'always' || this.emitted.length > 0) this.fail('applying failed')
      throw error
    }
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) {
      this.fail('something could not be integrated')
      throw new Refusal('document_unavailable', 'pending structs')
    }
    const changes = this.emitted
    this.emitted = []
    return { value, changes }
  }

  private ownerOf(client: number): string | undefined {
    return client === this.doc.clientID ? SERVER_USER : this.owners.get(client)
  }

  private mustBeOpen(): void {
    if (this.state === 'closed') throw new Refusal('document_unavailable', 'room is closed')
    if (this.staged.bytes > MAX_STAGED_ROOM || this.ports.isOverloaded()) {
      throw new Refusal('document_unavailable', 'too much waits to be stored')
    }
  }
}
