import * as Y from 'yjs'
import { AppError, type CloseReason } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import { Batch } from './batch'
import { Capacity } from './capacity'
import { checkUpdate, isHeavy, isPlainUpdate, type Verdict } from './check'
import { decodeUpdate } from './decode'
import { Editors } from './editors'
import { failpoint } from './failpoints'
import { GuardedDoc } from './guarded-doc'
import { KEPT_COPY_MS, MAX_STAGED_ROOM } from './limits'
import { LogPosition } from './log-position'
import { look } from './look'
import { Mender } from './mender'
import type { Neighbours } from './neighbours'
import { Owners } from './owners'
import { type EndOfAll, type Participant, type RoomPorts, relay } from './participant'
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
  readonly position: LogPosition
  /** When the newest known copy before a mass deletion was kept, epoch milliseconds. */
  copiedAt = 0
  readonly editors: Editors
  readonly owners: Owners
  private staged = new Batch()
  private flying: Batch | null = null
  readonly guarded: GuardedDoc
  private readonly capacity: Capacity
  private readonly mender: Mender

  constructor(
    readonly at: RoomAddress,
    loaded: LoadedRoom,
    private readonly ports: RoomPorts,
    readonly neighbours: Neighbours,
  ) {
    this.doc = loaded.doc
    this.owners = new Owners(loaded.owners, this.doc.clientID, loaded.former)
    this.capacity = new Capacity(this.doc, loaded.bytes)
    this.position = new LogPosition(at, loaded, () => this.capacity.bytes)
    this.presence = new Presence(
      ports.presenceMs,
      (client) => this.owners.of(client),
      (entries) => neighbours.tellPresence(entries),
    )
    this.guarded = new GuardedDoc(this.doc, (why) => this.fail(why))
    this.mender = new Mender(this.guarded, SERVER_EDIT, ports.repair, ports.log)
    this.editors = new Editors(this.doc, ports.clock)
    for (const update of loaded.extra) this.staged.add(update, SERVER_USER, [], null)
    if (loaded.extra.length > 0) ports.onStaged(this)
  }

  get seq(): number {
    return this.position.seq
  }

  get gen(): number {
    return this.position.gen
  }

  /** Of the document as whoever opens it afresh will find it. */
  get nextGeneration(): number {
    return this.state === 'closed' ? this.gen + 1 : this.gen
  }

  get stagedBytes(): number {
    return this.staged.bytes + (this.flying?.bytes ?? 0)
  }

  /** A batch is on its way to the database. */
  get isStoring(): boolean {
    return this.flying !== null
  }

  get isSettled(): boolean {
    return this.staged.isEmpty && !this.flying
  }

  /**
   * Check a client's update and, if it changes something, apply and stage it.
   *
   * @param frame its number on the connection, acknowledged once durable
   * @param isRehearsed it has been tried on a copy
   * @returns 'gap' if something it builds upon is missing, 'heavy' if it must be rehearsed first; then
   *   nothing was done
   * @throws Refusal
   */
  take(
    from: Participant,
    update: Uint8Array,
    frame: number,
    isRehearsed = false,
  ): Verdict['kind'] | 'heavy' {
    this.mustBeOpen()
    const decoded = decodeUpdate(update)
    if (!decoded) return 'gap'
    const verdict = checkUpdate(decoded, this.doc, {
      user: from.user,
      write: from.mayWrite(),
      ownerOf: (client) => this.owners.of(client),
      holderOf: (client) => this.presence.holderOf(client),
      isFormer: (client) => this.owners.isFormer(client),
    })
    if (verdict.kind === 'gap') return 'gap'
    failpoint('checked')
    if (!isRehearsed && isHeavy(verdict, decoded)) return 'heavy'
    if (verdict.kind === 'change') this.takeChange(from, update, verdict)
    if (this.isSettled) from.acknowledge(this.position.epoch, frame)
    else {
      this.staged.acknowledge(from, frame)
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
      this.staged.keep ??= Y.encodeStateAsUpdate(this.doc)
    const fresh = verdict.overlaps ? Y.diffUpdate(update, Y.encodeStateVector(this.doc)) : update
    const { changes } = this.guarded.apply(() => this.editors.apply([from], fresh, from), 'always')
    failpoint('applied')
    for (const client of verdict.newClients) {
      this.owners.bind(client, from.user)
      this.staged.claim(client, from.user)
    }
    if (!verdict.plain) this.mender.soon()
    for (const [i, change] of changes.entries())
      this.staged.add(change, from.user, verdict.newClients, i === 0 ? from : null)
    failpoint('staged')
  }

  /**
   * The server's own change. What `change` throws is thrown on; if it had written by then, the
   * document is dropped and read again from the log.
   *
   * @returns once committed
   */
  async edit<T>(change: (doc: Y.Doc) => T): Promise<T> {
    this.mustBeOpen()
    const { value, changes } = this.guarded.apply(
      () => this.doc.transact(() => change(this.doc), SERVER_EDIT),
      'if changed',
    )
    if (changes.length > 0) this.mender.soon()
    this.stageOwn(changes)
    const isCommitted = await look(this, () => true)
    if (!isCommitted) throw new AppError('document_unavailable')
    return value
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
      this.staged.look({ look, onFailed })
      this.ports.onStaged(this)
    }
  }

  /** @returns the row to store, or null if nothing changed; `settle` must follow */
  cut(): LogRow | null {
    if (this.state === 'closed') return null
    this.stageOwn(this.mender.mend())
    const batch = this.staged
    this.staged = new Batch()
    this.flying = batch
    batch.see(this.doc)
    failpoint('cut')
    if (batch.updates.length === 0) return null
    return batch.toRow(this.position, this.ports.clock.now())
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
    const update = row && bytesOf(row.u)
    if (row && update) this.position.note(row._id.seq, update, row.by, row.at)
    for (const { participant, frame } of batch.acks) {
      participant.acknowledge(this.position.epoch, frame)
      failpoint('acknowledged')
    }
    if (update) relay(this.participants, update, batch.soleAuthor)
    batch.show(this.participants)
    failpoint('shown')
    if (row && update) {
      this.neighbours.tellRow(row, update)
      failpoint('relayed')
      this.ports.onCommitted(this, 'ours')
    }
    this.neighbours.settled()
  }

  /** Rows that another process stored: they are durable, so show them. */
  readOn(rows: readonly ReadRow[]): void {
    if (this.state === 'closed') return
    for (const { update, by, seq, epoch, at } of rows) {
      if (epoch > this.position.epoch) {
        this.fail('another process has a newer epoch')
        return
      }
      const apply = () => this.editors.apply(by, update, FOREIGN_ROW)
      this.stageOwn(this.guarded.apply(apply, 'always').changes.slice(1))
      this.position.note(seq, update, by, at)
      this.owners.bindAll(by)
      relay(this.participants, update, null)
      this.flying?.miss(update)
      if (!isPlainUpdate(update)) this.mender.later(() => this.ports.onStaged(this))
    }
    this.ports.onCommitted(this, 'read')
  }

  /** Find out in another thread whether an update takes too long, or is refused. */
  rehearse(update: Uint8Array): Promise<CloseReason | null> {
    this.mustBeOpen()
    return this.ports.heavy.rehearse(Y.encodeStateAsUpdate(this.doc), update)
  }

  /**
   * The document in memory may be wrong: throw it away; the log has everything that was shown. When
   * its generation has ended ('document_cleaned'), nobody may keep what it was.
   */
  fail(why: string, reason: EndOfAll = 'document_unavailable'): void {
    if (this.state === 'closed') return
    const level = reason === 'document_cleaned' ? 'info' : 'error'
    this.ports.log[level]({ room: this.at.room, why }, 'a live document is read again from the log')
    this.leaveMemory()
    for (const participant of [...this.participants]) participant.end(reason)
  }

  /** Forget the document; whoever waits for a commit hears that there will be none. */
  leaveMemory(): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.mender.stop()
    this.neighbours.leave()
    this.presence.destroy()
    this.flying?.abandon()
    this.staged.abandon()
    this.ports.onClosed(this)
    this.doc.destroy()
  }

  private stageOwn(changes: readonly Uint8Array[]): void {
    if (changes.length === 0) return
    const client = this.doc.clientID
    const isNew = !this.owners.hasServer
    if (isNew) {
      this.owners.bind(client, SERVER_USER)
      this.staged.claim(client, SERVER_USER)
    }
    for (const change of changes) this.staged.add(change, SERVER_USER, isNew ? [client] : [], null)
    this.ports.onStaged(this)
  }

  private mustBeOpen(): void {
    if (this.state === 'closed') throw new Refusal('document_unavailable', 'room is closed')
    if (this.staged.bytes > MAX_STAGED_ROOM || this.ports.isOverloaded()) {
      throw new Refusal('document_unavailable', 'too much waits to be stored')
    }
  }
}
