import { parseArgs } from 'node:util'
import { createInfrastructure } from './infrastructure'
import { lineOf, tableOf } from './report'
import { type RunResult, runFault } from './run'
import { SCENARIOS } from './scenarios'

/** The long run: every fault in turn, with fresh seeds, until so many runs are done. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
})
const [wanted, firstSeed] = [Number(values.runs), Number(values.seed)]
if (!(wanted > 0) || !Number.isSafeInteger(firstSeed)) {
  throw new Error('--runs and --seed are whole numbers')
}
const hasRedis = process.env.REDIS_SERVER !== 'none'
const named = SCENARIOS.filter(({ name }) => name === values.only)
const chosen = (
  named.length > 0 ? named : SCENARIOS.filter(({ name }) => name.startsWith(values.only))
).filter(({ redis }) => hasRedis || !redis)
if (chosen.length === 0) throw new Error(`no fault is called ${values.only}`)
if (!hasRedis) console.log('Skipped for want of a redis-server: all that needs one.')

const results: RunResult[] = []
const broken: string[] = []
let infra = createInfrastructure()
process.once('SIGINT', () => end())

console.log(`${wanted} runs of ${chosen.length} kinds, from seed ${firstSeed}`)
for (let i = 0; i < wanted; i++) {
  const scenario = chosen[i % chosen.length]
  const seed = firstSeed + Math.floor(i / chosen.length)
  if (!scenario) break
  const unable = await scenario.unable?.()
  if (unable) {
    if (i < chosen.length) console.log(`Skipped ${scenario.name}: ${unable}`)
    continue
  }
  try {
    const result = await runFault(scenario, seed, infra)
    results.push(result)
    console.log(lineOf(result))
  } catch (error) {
    broken.push(`--only ${scenario.name} --seed ${seed} --runs 1`)
    console.log(`FAIL ${scenario.name} seed ${seed} broke off:`, error)
    await infra.stop()
    infra = createInfrastructure()
  }
}
await end()

async function end(): Promise<never> {
  await infra.stop()
  console.log(`\n${tableOf(results, broken)}`)
  process.exit(broken.length > 0 || results.some(({ isGood }) => !isGood) ? 1 : 0)
}
