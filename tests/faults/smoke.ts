import { afterAll, describe, expect, it } from 'vitest'
import { createInfrastructure } from './infrastructure'
import { complaintsOf } from './report'
import { runFault } from './run'
import { scenarioOf } from './scenarios'

/** Without a redis-server, what needs one is left out; whoever started the tests has been told. */
export const hasRedis = process.env.REDIS_SERVER !== 'none'

/**
 * Runs that are the same every time, one after the other; files of them run side by side, since
 * runs mostly wait. A seed that has ever failed stays for ever.
 */
export function smoke(runs: readonly [name: string, ...seeds: number[]][]): void {
  const infra = createInfrastructure()
  afterAll(() => infra.stop())

  describe('no word is lost', () => {
    for (const [name, ...seeds] of runs) {
      const scenario = scenarioOf(name)
      const isPossible = hasRedis || !scenario.redis
      for (const seed of seeds) {
        it.runIf(isPossible)(`${scenario.fault} ${name}, seed ${seed}`, async () => {
          const result = await runFault(scenario, seed, infra)
          expect(complaintsOf(result), result.logs).toEqual([])
          expect(result.acked).toBeGreaterThan(0)
        })
      }
    }
  })
}
