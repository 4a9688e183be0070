import type { ReplyView } from '../../../shared/views'
import type { ThreadStore, UnsentPost } from './thread-store'
import type { Answer } from './wire'

const FIRST_MS = 1_000
const LONGEST_MS = 30_000

type Post = (post: UnsentPost) => Promise<Answer<ReplyView>>
type Timers = { after: (ms: number, act: () => void) => () => void }

const BROWSER: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Sends one's own posts in the order in which they were written, one at a time and each until the
 * server has answered. A repeated attempt has the same key and is stored once.
 */
export class Outbox {
  readonly #store: ThreadStore
  readonly #post: Post
  readonly #timers: Timers
  #sending = false
  #failures = 0
  #forget: (() => void) | undefined
  #closed = false

  constructor(store: ThreadStore, post: Post, timers: Timers = BROWSER) {
    this.#store = store
    this.#post = post
    this.#timers = timers
  }

  /** Something is to be sent, or the line is back. */
  wake(): void {
    if (this.#closed) return
    this.#forget?.()
    this.#forget = undefined
    void this.#send()
  }

  close(): void {
    this.#closed = true
    this.#forget?.()
  }

  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    for (let next = this.#next(); next && !this.#closed; next = this.#next()) {
      const answer = await this.#post(next)
      if (answer === 'unreachable') {
        this.#later()
        break
      }
      this.#failures = 0
      if ('ok' in answer) {
        this.#store.hear(answer.ok)
        this.#store.drop(next.clientKey)
      } else this.#store.refuse(next.clientKey, answer.refused)
    }
    this.#sending = false
  }

  #next(): UnsentPost | undefined {
    return this.#store.read().unsent.find(({ refused }) => refused === null)
  }

  /** Waits longer after each failure, never in step with others that lost the same server. */
  #later(): void {
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2)
    this.#failures += 1
    if (!this.#closed) this.#forget = this.#timers.after(wait, () => this.wake())
  }
}
