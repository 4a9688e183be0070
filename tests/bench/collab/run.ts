import { execFileSync } from 'node:child_process'
import { cpus, loadavg, setPriority, totalmem } from 'node:os'
import { join } from 'node:path'
import { claimBuild, ensureBuilt } from '../../../scripts/setup/build.js'
import { HELP, type Options, readOptions } from './options'
import { type Results, tableOf } from './report'
import { SCENARIOS } from './scenarios'
import type { Scenario, Size } from './scenarios/scenario'
import { type Database, startDatabase } from './servers/database'
import { ours } from './servers/ours'
import { hasPeers, PEER_NAMES, peer } from './servers/peers'
import type { Contestant } from './servers/target'

/** The system's scale ends at -20. */
const AHEAD = -5
/** Who takes this long at the median does not follow an open loop any more. */
const BEHIND_MS = 250
const QUICK_NAMES = ['ours', 'yws']
const QUICK_SCENARIOS = ['pairs', 'fanout40', 'awareness', 'kill']

/** Measures our server beside others, repetition by repetition, and prints a table for each scenario. */
async function run(options: Options): Promise<boolean> {
  const chosen = chooseScenarios(options)
  // what is started from here inherits it
  if (options.ahead) setPriority(AHEAD)
  const database = await startDatabase()
  try {
    const contestants = await chooseContestants(options, database)
    say(machine(database))
    let isWhole = true
    for (const scenario of chosen) {
      const results = await measureAll(scenario, contestants, options)
      for (const line of ['', `## ${scenario.name}`, scenario.title(sizeOf(options)), '']) say(line)
      for (const line of tableOf(scenario, results)) say(line)
      isWhole &&= [...results.values()].flat().every((figures) => figures !== null)
    }
    return isWhole
  } finally {
    await database.stop()
  }
}

/** Repetition after repetition, each with everybody in it, each time beginning with another one. */
async function measureAll(
  scenario: Scenario,
  all: readonly Contestant[],
  options: Options,
): Promise<Results> {
  const contestants = all.filter(({ name }) => scenario.includes(name))
  const results: Results = new Map(contestants.map(({ name }) => [name, []]))
  for (let rep = 0; rep < options.reps; rep++) {
    for (let n = 0; n < contestants.length; n++) {
      const contestant = contestants[(rep + n) % contestants.length]
      if (!contestant) continue
      const began = performance.now()
      const found = await scenario
        .measure(contestant, sizeOf(options, rep))
        .catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error)
          say(`${scenario.name} ${contestant.name} failed: ${why}`)
          return null
        })
      results.get(contestant.name)?.push(found)
      if ((found?.['p50 ms'] ?? 0) > BEHIND_MS) {
        say(
          `${scenario.name} ${contestant.name} fell behind (p50 ${found?.['p50 ms']?.toFixed(0)} ms): its batches grew, and its CPU figure flatters it`,
        )
      }
      const took = ((performance.now() - began) / 1_000).toFixed(0)
      const values = Object.entries(found ?? {}).map(([key, value]) => `${key} ${value.toFixed(2)}`)
      console.error(
        `# ${scenario.name} ${rep + 1}/${options.reps} ${contestant.name} ${took} s: ${values.join(', ')}`,
      )
    }
  }
  return results
}

function sizeOf({ quick, profile }: Options, rep = 0): Size {
  let files = 0
  const fileOf = (name: string) => {
    files += 1
    return profile && name.startsWith('ours')
      ? join(profile, `${name.replace(/\W/g, '-')}-${Date.now()}-${files}.cpuprofile`)
      : null
  }
  return { quick, rep, profiling: { fileOf: ({ name }) => fileOf(name) } }
}

function chooseScenarios({ scenarios, quick }: Options): Scenario[] {
  if (scenarios.length === 0 && !quick) return SCENARIOS
  const words = scenarios.length > 0 ? scenarios : QUICK_SCENARIOS
  const found = SCENARIOS.filter(({ name }) => words.some((word) => name.startsWith(word)))
  if (found.length > 0) return found
  throw new Error(`There is no such scenario: ${SCENARIOS.map(({ name }) => name).join(', ')}.`)
}

async function chooseContestants(options: Options, database: Database): Promise<Contestant[]> {
  const everybody = options.quick ? QUICK_NAMES : ['ours', ...PEER_NAMES]
  const names = options.peers.length > 0 ? options.peers : everybody
  const contestants: Contestant[] = []
  for (const name of names) {
    if (name === 'ours') {
      const folder = await ensureBuilt()
      await claimBuild(folder)
      contestants.push(ours('ours', folder, database))
    } else if (hasPeers()) contestants.push(peer(name))
    else say(`${name} is left out: its packages are not there.`)
  }
  for (const { name, folder } of options.builds) contestants.push(ours(name, folder, database))
  return contestants
}

function machine({ version }: Database): string {
  const [cpu] = cpus()
  const commit = git('rev-parse', '--short', 'HEAD')
  const changed = git('status', '--porcelain') === '' ? '' : ' with changes'
  return `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, ${process.platform}, Node ${process.versions.node}, mongod ${version}; commit ${commit}${changed}; load ${loadavg()[0]?.toFixed(1)} at the start`
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
try {
  const isWhole = await run(readOptions(process.argv.slice(2)))
  process.exit(isWhole ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(HELP)
  process.exit(1)
}
