import { ensureChromium } from '../setup/chromium.js'
import { ensureInstalled } from '../setup/install.js'
import { ensureMongod } from '../setup/mongod.js'
import { ensureRedis } from '../setup/redis.js'
import { endWithSignals } from '../setup/run.js'
import { checkLint, checkTypes } from '../suite/checks.js'
import { oneFailure, summarize } from '../suite/summary.js'
import { runTests } from '../suite/tests.js'

/**
 * Sets up what is missing and runs everything. With filters, only the tests they match.
 *
 * @param {string[]} filters as Vitest takes them: parts of file names, `-t <title>`
 */
export async function test(filters) {
  endWithSignals()
  await ensureInstalled()
  // THOROUGH: every property as often as it says
  const env = { MONGOD_BINARY: await ensureMongod(), THOROUGH: '1' }
  const chromium = await ensureChromium().catch((error) => error)
  const redis = await ensureRedis().catch((error) => error)
  const projects = ['unit', 'integration', 'faults']
  const results = []

  if (typeof chromium === 'string') {
    projects.push('e2e', 'alone')
    env.CHROMIUM_PATH = chromium
  } else {
    results.push(oneFailure(chromium.message))
  }
  if (typeof redis === 'string') {
    env.REDIS_SERVER = redis
  } else {
    env.REDIS_SERVER = 'none'
    results.push(oneFailure(redis.message))
  }
  if (filters.length === 0) results.push(...(await Promise.all([checkTypes(), checkLint()])))
  results.push(await runTests({ projects, filters, env }))
  summarize(results)
}
