/** The passing of time, handed in so that tests decide it. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number
  /** @returns a function that forgets the appointment */
  after(ms: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
