/** Buckets two per cent wide, from a microsecond on. */
const STEP = Math.log(1.02)
const BUCKETS = 1_200

/** Latencies in little memory: percentiles are right to two per cent. */
export class Histogram {
  count = 0
  max = 0
  private readonly buckets = new Float64Array(BUCKETS)

  add(ms: number): void {
    this.count += 1
    if (ms > this.max) this.max = ms
    const bucket = Math.floor(Math.log(Math.max(ms, 0.001) * 1_000) / STEP)
    const at = Math.min(bucket, BUCKETS - 1)
    this.buckets[at] = (this.buckets[at] ?? 0) + 1
  }

  /** @param share of 1 */
  percentile(share: number): number {
    let left = this.count * share
    for (const [bucket, count] of this.buckets.entries()) {
      left -= count
      if (left <= 0) return Math.exp((bucket + 0.5) * STEP) / 1_000
    }
    return this.max
  }
}
