import type { ActAnswer, UnsentAct } from './room-acts'
import type { RoomStore } from './room-store'

const FIRST_MS = 1_000
const LONGEST_MS = 30_000

type Post = (unsent: UnsentAct) => Promise<ActAnswer>
type Timers = { after: (ms: number, act: () => void) => () => void }

const BROWSER: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Sends one's own acts in the order in which they were made, one at a time and each until the server has
 * answered. A repeated attempt has the same key and happens once.
 */
export class RoomOutbox {
  readonly #store: RoomStore
  readonly #post: Post
  readonly #timers: Timers
  readonly #asked = new Map<string, (answer: ActAnswer) => void>()
  #sending = false
  #failures = 0
  #forget: (() => void) | undefined
  #closed = false

  constructor(store: RoomStore, post: Post, timers: Timers = BROWSER) {
    this.#store = store
    this.#post = post
    this.#timers = timers
  }

  /**
   * A refusal is told to whoever waits for the answer. Who was told that it is on its way is told so
   * by what stays in `unsent`.
   *
   * @returns what came of it; `ok` without an item when nobody was there, for it goes on by itself
   */
  send(unsent: UnsentAct): Promise<ActAnswer> {
    this.#store.send(unsent)
    return new Promise((tell) => {
      // whoever asked before has another wish now
      this.#answer(unsent.key, { ok: null })
      this.#asked.set(unsent.key, tell)
      this.wake()
    })
  }

  /** Sends without anybody waiting: a refusal stays in `unsent`. */
  leave(unsent: UnsentAct): void {
    this.#store.send(unsent)
    this.wake()
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
        for (const key of [...this.#asked.keys()]) this.#answer(key, { ok: null })
        this.#later()
        break
      }
      this.#failures = 0
      // it may have come as a fact already, and stand among the unsent no more
      const later = this.#store.read().unsent.find(({ key }) => key === next.key)
      const isMeant = later === undefined || later === next
      if ('ok' in answer) {
        if (answer.ok) this.#store.hear(answer.ok)
        this.#store.settle(next)
      } else if (isMeant && this.#asked.has(next.key)) this.#store.drop(next.key)
      else this.#store.refuse(next, answer.refused)
      if (isMeant) this.#answer(next.key, answer)
    }
    this.#sending = false
  }

  #answer(key: string, answer: ActAnswer): void {
    this.#asked.get(key)?.(answer)
    this.#asked.delete(key)
  }

  #next(): UnsentAct | undefined {
    return this.#store.read().unsent.find(({ refused }) => refused === null)
  }

  /** Waits longer after each failure, never in step with others that lost the same server. */
  #later(): void {
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2)
    this.#failures += 1
    if (!this.#closed) this.#forget = this.#timers.after(wait, () => this.wake())
  }
}
