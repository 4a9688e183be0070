import * as Y from 'yjs'
import type { RoomAddress } from '../ports'
import type { Participant } from './participant'
import {
  keyOf,
  type LogAuthor,
  type LogRow,
  SERVER_USER,
  sha256,
  toBinary,
  userKey,
} from './persistence'

type Look = { look: (doc: Y.Doc) => () => void; onFailed: () => void }

/** What one room stores at once: staged until the cut, then in flight until it is durable. */
export class Batch {
  readonly updates: Uint8Array[] = []
  bytes = 0
  /** Highest frame of each connection that this batch makes durable. */
  readonly acks = new Map<Participant, number>()
  /** Client ids that are bound to users by this batch. */
  readonly claims = new Map<number, string>()
  /** What wants to see the document at the cut. */
  readonly looks: Look[] = []
  /** The whole document as it was before a mass deletion in this batch, version 2 of the encoding. */
  keep: Uint8Array | undefined
  private readonly authors = new Map<string, { clients: Set<number>; frames: number }>()
  private readonly sources = new Set<Participant | null>()
  private readonly seen: { show: () => void; onFailed: () => void }[] = []

  get isEmpty(): boolean {
    return this.updates.length === 0 && this.acks.size === 0 && this.looks.length === 0
  }

  /** The one connection that wrote all of it, if there is one. */
  get soleAuthor(): Participant | null {
    const [only] = this.sources
    return this.sources.size === 1 ? (only ?? null) : null
  }

  add(
    update: Uint8Array,
    user: string,
    newClients: readonly number[],
    from: Participant | null,
  ): void {
    this.updates.push(update)
    this.bytes += update.length
    this.sources.add(from)
    const author = this.authors.get(user) ?? { clients: new Set(), frames: 0 }
    for (const client of newClients) author.clients.add(client)
    author.frames += 1
    this.authors.set(user, author)
  }

  see(doc: Y.Doc): void {
    for (const { look, onFailed } of this.looks) this.seen.push({ show: look(doc), onFailed })
  }

  show(): void {
    for (const { show } of this.seen) show()
  }

  abandon(): void {
    for (const { onFailed } of this.seen.length > 0 ? this.seen : this.looks) onFailed()
  }

  toRow(at: RoomAddress, gen: number, epoch: number, seq: number, now: Date): LogRow {
    const [first] = this.updates
    const u = first && this.updates.length === 1 ? first : Y.mergeUpdates(this.updates)
    const by: LogAuthor[] = [...this.authors].map(([user, { clients, frames }]) => ({
      user: userKey(user),
      clients: [...clients],
      frames,
    }))
    return {
      _id: { ...keyOf(at), gen, seq },
      v: 1,
      epoch,
      u: toBinary(u),
      by,
      sha256: sha256(u),
      at: now,
    }
  }

  lastBy(at: Date): { userId: string; at: Date } | null {
    const people = [...this.authors.keys()].filter((user) => user !== SERVER_USER)
    const userId = people.at(-1)
    return userId === undefined ? null : { userId, at }
  }
}
