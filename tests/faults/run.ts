import { setTimeout as wait } from 'node:timers/promises'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { type Infrastructure, newDatabase } from './infrastructure'
import { startLoad } from './load'
import { type Findings, isClean } from './oracle'
import { createRandom } from './random'
import type { Scenario, Stage } from './scenario'
import { settle, verify } from './settle'
import { createFaultWorld } from './world'

/** People write at least so long, milliseconds. */
const LOAD_MS = { from: 700, to: 1_300 }
const OPEN_LIMIT_MS = 10_000
/** Longer than any election or back-off of a run takes. */
const SETTLE_LIMIT_MS = 20_000
const MUTANT_LIMIT_MS = 3_000

export type RunResult = {
  scenario: string
  fault: string
  seed: number
  ms: number
  /** From the healing until everybody was saved and of one mind. */
  settledMs: number
  /** Whether what was planned happened: a failpoint may lie beyond the end. */
  fired: boolean
  sent: number
  acked: number
  seen: number
  found: Findings
  troubles: string[]
  logs: string
  isGood: boolean
}

/** One run: people write, something fails, it heals, and the oracle speaks. */
export async function runFault(
  scenario: Scenario,
  seed: number,
  infra: Infrastructure,
  /** Spoils the server; then the first finding is enough. */
  mutant?: string,
): Promise<RunResult> {
  const from = performance.now()
  const random = createRandom(`${scenario.name}/${seed}`)
  const mongo = await infra.mongo(scenario.mongo ?? 'quick')
  const redis = scenario.redis ? await infra.redis() : undefined
  const database = newDatabase()
  const uri = mongo.uriOf(database)
  const databaseWire = scenario.onDatabaseWire
    ? await createTcpProxy('127.0.0.1', mongo.ports[0] ?? 0, () => random.next())
    : undefined
  const world = await createFaultWorld({
    random,
    uri,
    serverUri:
      databaseWire && `mongodb://127.0.0.1:${databaseWire.port}/${database}?directConnection=true`,
    program: await infra.program(),
    nodes: scenario.nodes ?? 1,
    redisUrl: redis?.url,
    mutant,
    ...scenario.world?.(random),
  })
  try {
    for (const client of world.clients) client.start()
    const openBy = performance.now() + OPEN_LIMIT_MS
    const isReady = () => world.clients.every(({ isOpen }) => isOpen)
    while (!isReady() && world.node(0).isUp() && performance.now() < openBy) await wait(10)
    const load = startLoad(world.clients, random)
    const enough = wait(random.int(LOAD_MS.from, LOAD_MS.to))
    const stage: Stage = { world, random, mongo, redis, databaseWire, enough }
    const fired = (await scenario.inject(stage)) ?? true
    await enough
    await load.stop()
    await scenario.afterwards?.(stage)
    const isCaught = mutant !== undefined && !isClean(world.found)
    const settledMs = isCaught ? 0 : await settle(world, mutant ? MUTANT_LIMIT_MS : SETTLE_LIMIT_MS)
    if (!isCaught) await verify(world)
    const counts = world.rooms.map(({ journal }) => journal.counts)
    const sum = (of: 'sent' | 'acked' | 'seen') => counts.reduce((all, each) => all + each[of], 0)
    return {
      scenario: scenario.name,
      fault: scenario.fault,
      seed,
      ms: Math.round(performance.now() - from),
      settledMs: Math.round(settledMs),
      fired,
      sent: sum('sent'),
      acked: sum('acked'),
      seen: sum('seen'),
      found: world.found,
      troubles: world.troubles,
      logs: world.logs(),
      isGood: isClean(world.found) && world.troubles.length === 0,
    }
  } finally {
    await world.close()
    databaseWire?.close()
  }
}
