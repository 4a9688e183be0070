import { beforeAll, describe, expect, it } from 'vitest'
import { DOINGS, type Place, place } from '../fixtures/discussion-doings'
import { type Examined, examine } from '../setup/examined'

const FEW = { threads: 10, replies: 10 }
const MANY = { threads: 5_000, replies: 10_000 }
const TIMES = 15

let few: Place
let many: Place
beforeAll(async () => {
  few = await place(FEW.threads, FEW.replies)
  many = await place(MANY.threads, MANY.replies)
})

/** What the database looked at, and the middle one of several times in milliseconds. */
type Measured = Examined & { ms: number }

async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const examined = await examine(work)
  const times: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return { ...examined, ms: times[Math.floor(TIMES / 2)] ?? 0 }
}

describe(`discussions of ${FEW.threads} and ${MANY.threads} threads, ${FEW.replies} and ${MANY.replies} posts`, () => {
  it('cost what is shown, not what is stored', async () => {
    const rows: Record<string, Record<string, string>> = {}
    for (const { name, run, most } of DOINGS) {
      const small = await measure(() => run(few))
      const large = await measure(() => run(many))
      rows[name] = {
        documents: `${small.documents} → ${large.documents}`,
        keys: `${small.keys} → ${large.keys}`,
        'ms (median)': `${small.ms.toFixed(1)} → ${large.ms.toFixed(1)}`,
        'time ratio': (large.ms / small.ms).toFixed(2),
      }
      expect(large.documents).toBeLessThanOrEqual(most)
    }
    console.table(rows)
  })
})
