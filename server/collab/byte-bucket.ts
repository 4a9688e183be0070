/** A token bucket in bytes: a burst at once, then a steady rate. */
export class ByteBucket {
  private level: number
  private at = performance.now()

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.level = burst
  }

  /** Whoever is made anew would have as much. */
  get isFull(): boolean {
    this.fill()
    return this.level >= this.burst
  }

  private fill(): void {
    const now = performance.now()
    this.level = Math.min(this.burst, this.level + ((now - this.at) / 1_000) * this.perSecond)
    this.at = now
  }

  /** @returns false if there is not enough left; nothing is taken then */
  take(bytes: number): boolean {
    this.fill()
    if (bytes > this.level) return false
    this.level -= bytes
    return true
  }
}

/** Counts what happened in the last minute. */
export class MinuteCount {
  private times: number[] = []

  /** @returns how often it happened in the last minute, this time included */
  add(): number {
    const now = performance.now()
    this.times = this.times.filter((time) => time > now - 60_000)
    this.times.push(now)
    return this.times.length
  }
}
