const MINUTE_MS = 60_000

/** Counts upgrades per key in the current minute; forgets everything when the minute is over. */
export class UpgradeCounts {
  private counts = new Map<string, number>()
  private since = performance.now()

  constructor(private readonly most: number) {}

  /** @returns false if this key has had its share */
  take(key: string): boolean {
    const now = performance.now()
    if (now - this.since > MINUTE_MS) {
      this.counts = new Map()
      this.since = now
    }
    const count = (this.counts.get(key) ?? 0) + 1
    this.counts.set(key, count)
    return count <= this.most
  }
}
