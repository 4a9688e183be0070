import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { closeAfterTest } from '../setup/closing'
import { freshDatabase } from '../setup/database'

/** The long form: `MEMORY_CYCLES=10000`. */
const CYCLES = Number(process.env.MEMORY_CYCLES ?? 200)
const SAMPLES = 10
const MB = 1_048_576

/** Over so few cycles as the suite runs, what the engine compiles and caches weighs more than this. */
const MOST_PER_THOUSAND = CYCLES >= 5_000 ? 1 : 10

it('C62 keeps no memory of the rooms that were opened, edited and closed', {
  timeout: 60_000 + CYCLES * 100,
}, async () => {
  const script = new URL('../fixtures/collab-cycles.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', script], {
    env: {
      ...process.env,
      MONGO: freshDatabase().uri,
      CYCLES: String(CYCLES),
      EVERY: String(Math.floor(CYCLES / SAMPLES)),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closeAfterTest(() => child.kill('SIGKILL'))
  const heap: number[] = []
  for await (const line of createInterface(child.stdout)) heap.push(Number(line) / MB)
  // the first fifth warms up
  const settled = heap.slice(SAMPLES / 5)
  const slope = (slopeOf(settled) / (CYCLES / SAMPLES)) * 1_000
  console.log(
    `${CYCLES} cycles: ${slope.toFixed(2)} MB per 1,000; ${heap.map((mb) => mb.toFixed(1)).join(' ')} MB`,
  )
  expect(heap).toHaveLength(SAMPLES)
  expect(slope).toBeLessThan(MOST_PER_THOUSAND)
})

/** Of the straight line that fits best, per sample. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [over, under] = [0, 0]
  for (const [i, value] of values.entries()) {
    over += (i - middle) * (value - mean)
    under += (i - middle) ** 2
  }
  return over / under
}
