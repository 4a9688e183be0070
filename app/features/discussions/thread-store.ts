import type { ErrorCode } from '../../../shared/errors'
import type { CaughtUp } from '../../../shared/events'
import type { Language } from '../../../shared/languages'
import type { ReplyView, ThreadPage } from '../../../shared/views'
import { KnownChanges } from '../../lib/known-changes'

/** A post of one's own that the server has not answered for yet. */
export type UnsentPost = {
  /** Stays the same over every attempt, so that the server stores it once. */
  clientKey: string
  text: string
  lang: Language
  replyTo: ReplyView['replyTo']
  /** UTC, ISO-8601, by the device's clock. */
  writtenAt: string
  /** `refused` is why the server said no; null while it is on its way. */
  refused: ErrorCode | null
  /** Taken back into the composer once: an earlier attempt may have been stored with other words. */
  rewritten: boolean
  /** Its author was asked about what looks like patient data, and sends it anyway. */
  acknowledged?: boolean | undefined
}

export type ThreadState = {
  /** In the order of the thread, without holes that the reader could not tell from its beginning. */
  posts: readonly ReplyView[]
  unsent: readonly UnsentPost[]
  /** Posts before the first one shown. */
  earlier: number
  /** A stretch of the past: there are newer posts than the last one shown. */
  isPast: boolean
}

/**
 * What one page knows of a thread. Posts come by the page's load, as facts, by catching up and as
 * answers to one's own writes, in any order and more than once: each post has the thread's count of
 * changes, and the larger one wins. So the page ends up as a fresh load would show it.
 */
export class ThreadStore {
  readonly #me: string
  /** The newest known form of every post, those outside of the stretch shown among them. */
  readonly #known = new Map<string, ReplyView>()
  readonly #hearers = new Set<() => void>()
  #unsent: readonly UnsentPost[]
  readonly #changes: KnownChanges
  #first: number
  #earlier: number
  /** Number of the last post of a stretch of the past; null when the stretch goes on to the end. */
  readonly #until: number | null
  #state: ThreadState

  /** @param me the reader's user id, by whom their own posts are known */
  constructor(page: ThreadPage, me: string, unsent: readonly UnsentPost[] = []) {
    this.#me = me
    this.#unsent = unsent
    this.#changes = new KnownChanges(page.rev)
    this.#first = firstSeq(page)
    this.#earlier = page.earlier
    this.#until = untilSeq(page)
    for (const reply of page.replies) this.#keep(reply)
    this.#state = this.#show()
  }

  readonly read = (): ThreadState => this.#state

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear)
    return () => {
      this.#hearers.delete(hear)
    }
  }

  /** Everything up to this count of changes is known: catching up starts after it. */
  get rev(): number {
    return this.#changes.rev
  }

  /** A change was heard whose predecessor was not: a fact got lost. */
  get hasGap(): boolean {
    return this.#changes.hasGap
  }

  /** A fact, or the server's answer to a write of one's own. */
  hear(reply: ReplyView): void {
    this.#keep(reply)
    this.#changes.hear(reply.rev)
    this.#tell()
  }

  /** What was missed after `rev`. */
  catchUp({ replies, rev }: Pick<CaughtUp, 'replies' | 'rev'>): void {
    for (const reply of replies) this.#keep(reply)
    this.#changes.reach(rev)
    this.#tell()
  }

  /** The page was loaded again. */
  reload(page: ThreadPage): void {
    const last = this.#state.posts.at(-1)?.seq ?? 0
    const from = firstSeq(page)
    for (const reply of page.replies) this.#keep(reply)
    if (this.#until === null) {
      // so much was missed that the two stretches do not meet: the newer one is the page
      if (from > last + 1 && page.earlier > 0) this.#begin(from, page.earlier)
      // of posts before the stretch just loaded it says nothing new
      if (from <= this.#first) this.#changes.reach(page.rev)
    }
    this.#tell()
  }

  /** The stretch before the first post shown. */
  addEarlier(page: ThreadPage): void {
    for (const reply of page.replies) this.#keep(reply)
    if (firstSeq(page) < this.#first) this.#begin(firstSeq(page), page.earlier)
    this.#tell()
  }

  /** A post of one's own sets out, or once more with the same key. */
  send(post: UnsentPost): void {
    const others = this.#unsent.filter(({ clientKey }) => clientKey !== post.clientKey)
    this.#unsent = [...others, post]
    this.#tell()
  }

  /** Posts found on the device after a reload; those the server has by now are let go. */
  restore(posts: readonly UnsentPost[]): void {
    const keys = new Set(this.#unsent.map(({ clientKey }) => clientKey))
    this.#unsent = [...posts.filter(({ clientKey }) => !keys.has(clientKey)), ...this.#unsent]
    this.#tell()
  }

  /** The server said no; the text stays where it is. */
  refuse(clientKey: string, refused: ErrorCode): void {
    this.#change(clientKey, { refused })
  }

  retry(clientKey: string): void {
    this.#change(clientKey, { refused: null })
  }

  /** What its author answered when they were asked about it: other words, or that it goes as it is. */
  amend(clientKey: string, answer: { text: string } | { acknowledged: true }): void {
    this.#change(clientKey, 'text' in answer ? { ...answer, rewritten: true } : answer)
  }

  /** Taken back into the composer, or thrown away. */
  drop(clientKey: string): UnsentPost | undefined {
    const dropped = this.#unsent.find((post) => post.clientKey === clientKey)
    this.#unsent = this.#unsent.filter((post) => post !== dropped)
    this.#tell()
    return dropped
  }

  #change(clientKey: string, change: Partial<UnsentPost>): void {
    this.#unsent = this.#unsent.map((post) =>
      post.clientKey === clientKey ? { ...post, ...change } : post,
    )
    this.#tell()
  }

  #keep(reply: ReplyView): void {
    const known = this.#known.get(reply.id)
    if (!known || reply.rev >= known.rev) this.#known.set(reply.id, reply)
  }

  #begin(first: number, earlier: number): void {
    this.#first = first
    this.#earlier = earlier
  }

  /** Has the server stored the reader's own post of that key? */
  has(clientKey: string): boolean {
    for (const reply of this.#known.values()) {
      if (reply.clientKey === clientKey && reply.author?.id === this.#me) return true
    }
    return false
  }

  #tell(): void {
    this.#state = this.#show()
    for (const hear of this.#hearers) hear()
  }

  #show(): ThreadState {
    if (this.#unsent.length > 0) {
      this.#unsent = this.#unsent.filter(({ clientKey }) => !this.has(clientKey))
    }
    const known = [...this.#known.values()].sort((one, other) => one.seq - other.seq)
    const until = this.#until ?? Number.POSITIVE_INFINITY
    return {
      posts: known.filter(({ seq }) => seq >= this.#first && seq <= until),
      unsent: this.#unsent,
      earlier: this.#earlier,
      isPast: this.#until !== null,
    }
  }
}

function firstSeq({ replies }: ThreadPage): number {
  return replies[0]?.seq ?? 1
}

function untilSeq({ thread, replies }: ThreadPage): number | null {
  const last = replies.at(-1)?.seq
  return last !== undefined && last < thread.lastSeq ? last : null
}
