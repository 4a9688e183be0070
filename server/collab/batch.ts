import * as Y from 'yjs'
import { updateFrame } from './frames'
import type { Participant } from './participant'
import { type LogAuthor, type LogRow, type RoomKey, toBinary, userKey } from './persistence'
import { sha256 } from './sha256'

type Look = { look: (doc: Y.Doc) => () => void; onFailed: () => void }
type Author = { user: string; clients: number[]; frames: number }

/**
 * What one room stores at once: staged until the cut, then in flight until it is durable. Most hold one
 * update of one person, thousands of them a second, so it is made of few small lists.
 */
export class Batch {
  readonly updates: Uint8Array[] = []
  bytes = 0
  /** Highest frame of each connection that this batch makes durable. */
  readonly acks: { participant: Participant; frame: number }[] = []
  /** Client ids that are bound to users by this batch. */
  claims: Map<number, string> | null = null
  /** The whole document as it was before a mass deletion in this batch, version 1 of the encoding. */
  keep: Uint8Array | undefined
  /** Rows of other processes that were read while this batch was on its way. */
  missed: Uint8Array[] | null = null
  private readonly authors: Author[] = []
  /** Who wrote all of it; undefined before anything is written, null if there are several. */
  private source: Participant | null | undefined
  /** What wants to see the document at the cut. */
  private looks: Look[] | null = null
  private seen: { show: () => void; onFailed: () => void }[] | null = null

  get isEmpty(): boolean {
    return this.updates.length === 0 && this.acks.length === 0 && !this.looks
  }

  /** The one connection that wrote all of it, if there is one. */
  get soleAuthor(): Participant | null {
    return this.source ?? null
  }

  add(
    update: Uint8Array,
    user: string,
    newClients: readonly number[],
    from: Participant | null,
  ): void {
    this.updates.push(update)
    this.bytes += update.length
    this.source = this.source === undefined || this.source === from ? from : null
    const author = this.authors.find((one) => one.user === user)
    if (!author) this.authors.push({ user, clients: [...newClients], frames: 1 })
    else {
      author.frames += 1
      for (const client of newClients) {
        if (!author.clients.includes(client)) author.clients.push(client)
      }
    }
  }

  acknowledge(participant: Participant, frame: number): void {
    const known = this.acks.find((ack) => ack.participant === participant)
    if (known) known.frame = frame
    else this.acks.push({ participant, frame })
  }

  claim(client: number, user: string): void {
    this.claims ??= new Map()
    this.claims.set(client, user)
  }

  look(look: Look): void {
    this.looks ??= []
    this.looks.push(look)
  }

  miss(update: Uint8Array): void {
    this.missed ??= []
    this.missed.push(update)
  }

  see(doc: Y.Doc): void {
    if (!this.looks) return
    this.seen = this.looks.map(({ look, onFailed }) => ({ show: look(doc), onFailed }))
  }

  /** Who joins by it gets what was missed: the state that was taken at the cut does not hold it. */
  show(participants: ReadonlySet<Participant>): void {
    const newcomers = this.missed ? [...participants].filter(({ joined }) => !joined) : []
    for (const { show } of this.seen ?? []) show()
    for (const newcomer of newcomers) {
      if (!newcomer.joined) continue
      for (const update of this.missed ?? []) newcomer.send(updateFrame(update))
    }
  }

  abandon(): void {
    for (const { onFailed } of this.seen ?? this.looks ?? []) onFailed()
  }

  /** @param after where it follows in the log */
  toRow(after: { key: RoomKey; gen: number; epoch: number; seq: number }, now: Date): LogRow {
    const { key, gen, epoch } = after
    const [first] = this.updates
    const u = first && this.updates.length === 1 ? first : Y.mergeUpdates(this.updates)
    const by: LogAuthor[] = this.authors.map(({ user, clients, frames }) => ({
      user: userKey(user),
      clients,
      frames,
    }))
    return {
      _id: { p: key.p, room: key.room, gen, seq: after.seq + 1 },
      v: 1,
      epoch,
      u: toBinary(u),
      by,
      sha256: sha256(u),
      at: now,
    }
  }
}
