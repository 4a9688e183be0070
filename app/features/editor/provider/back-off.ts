import type { Timers } from './timers'

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The server asked for patience. */
const WHEN_TOO_MANY_MS = 10_000

/** Waits longer after each failure, never in step with the others that lost the same server. */
export class BackOff {
  readonly #timers: Timers
  readonly #random: () => number
  #failures = 0
  #forget: (() => void) | undefined

  constructor(timers: Timers, random: () => number = Math.random) {
    this.#timers = timers
    this.#random = random
  }

  get isWaiting(): boolean {
    return this.#forget !== undefined
  }

  /** @param patient the server said that it is asked too often */
  schedule(run: () => void, patient = false): void {
    this.cancel()
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#failures, 10))
    this.#failures++
    const wait = ceiling / 2 + (this.#random() * ceiling) / 2
    this.#forget = this.#timers.after(patient ? Math.max(wait, WHEN_TOO_MANY_MS) : wait, () => {
      this.#forget = undefined
      run()
    })
  }

  cancel(): void {
    this.#forget?.()
    this.#forget = undefined
  }

  reset(): void {
    this.#failures = 0
  }
}
