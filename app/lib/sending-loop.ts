import type { Answer } from './ask'

/** How long it waits after a first failure, milliseconds; twice as long after each further one. */
const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/** The passing of time, handed in so that tests decide it. */
export type Timers = {
  /** @returns forgets the appointment */
  after: (ms: number, act: () => void) => () => void
}

const BROWSER: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/** What is to be sent, and what becomes of it. */
export type Sending<Unsent, Stored> = {
  /** The one to send now; undefined when all are sent. */
  next: () => Unsent | undefined
  post: (unsent: Unsent) => Promise<Answer<Stored>>
  /** The server has answered: what `next` says must have changed by this. */
  take: (unsent: Unsent, answer: Exclude<Answer<Stored>, 'unreachable'>) => void
  /** Nobody was there; the same is posted again after a while. */
  miss?: () => void
}

/** Sends what there is to send, one at a time and each until the server has answered. */
export class SendingLoop<Unsent, Stored> {
  readonly #work: Sending<Unsent, Stored>
  readonly #timers: Timers
  #sending = false
  #failures = 0
  #forget: (() => void) | undefined
  #closed = false

  constructor(work: Sending<Unsent, Stored>, timers: Timers = BROWSER) {
    this.#work = work
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
    const { next, post, take, miss } = this.#work
    for (let unsent = next(); unsent && !this.#closed; unsent = next()) {
      const answer = await post(unsent)
      if (answer === 'unreachable') {
        miss?.()
        this.#later()
        break
      }
      this.#failures = 0
      take(unsent, answer)
    }
    this.#sending = false
  }

  /** Waits longer after each failure, never in step with others that lost the same server. */
  #later(): void {
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2)
    this.#failures += 1
    if (!this.#closed) this.#forget = this.#timers.after(wait, () => this.wake())
  }
}
