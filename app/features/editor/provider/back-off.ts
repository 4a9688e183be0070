import type { ErrorCode } from '../../../../shared/errors'
import type { Timers } from './timers'

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The server asked for patience. */
const WHEN_TOO_MANY_MS = 10_000
/** It restarts: everybody comes back, so nobody comes at once. */
const WHEN_RESTARTING_MS = 5_000

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

  /** @param reason why, if the server said so */
  schedule(run: () => void, reason: ErrorCode | null = null): void {
    this.cancel()
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#failures, 10))
    this.#failures++
    const share = this.#random()
    const wait = ceiling / 2 + (share * ceiling) / 2
    const spread = reason === 'restarting' ? share * WHEN_RESTARTING_MS : wait
    const ms = reason === 'too_many_requests' ? Math.max(wait, WHEN_TOO_MANY_MS) : spread
    this.#forget = this.#timers.after(ms, () => {
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
