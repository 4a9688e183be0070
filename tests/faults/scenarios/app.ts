import { setTimeout as wait } from 'node:timers/promises'
import type { Failpoint } from '../../../server/collab/failpoints'
import type { Random } from '../random'
import type { Scenario } from '../scenario'
import type { FaultWorld } from '../world'

const WRITING: readonly Failpoint[] = [
  'received',
  'checked',
  'applied',
  'staged',
  'cut',
  'storing',
  'stored',
  'acknowledged',
  'shown',
  'relayed',
  'settling',
]
const COMPACTING: readonly Failpoint[] = [
  'rebuilt',
  'verified',
  'chunks-written',
  'manifest-written',
  'head-moved',
  'log-cut',
]
/** A failpoint that has not been reached by then lies beyond the end. */
const FAILPOINT_LIMIT_MS = 6_000

/** kill -9 at moments that nobody chose. */
const killedAtRandom: Scenario = {
  name: 'app-kill',
  fault: 'F1',
  async inject({ world, random }) {
    const kills = random.int(1, 2)
    for (let i = 0; i < kills; i++) {
      await wait(random.int(100, 700))
      await world.node(0).kill()
      await world.audit(`after kill ${i + 1}`)
      await world.node(0).start()
    }
    return true
  },
}

/** kill -9 between any two steps of a batch's way. */
const killedWhileWriting: Scenario[] = WRITING.map((failpoint) => ({
  name: `app-kill-${failpoint}`,
  fault: 'F1',
  world: (random) => ({
    failpoint: `${failpoint}:${failpoint === 'settling' ? random.int(1, 3) : earlyOrLate(random)}`,
    timings: { settleMs: 200 },
  }),
  inject: ({ world }) => diedAndBack(world),
}))

/** kill -9 between any two steps of compaction, while the other process may be at it too. */
const killedWhileCompacting: Scenario[] = COMPACTING.map((failpoint) => ({
  name: `compaction-kill-${failpoint}`,
  fault: 'F18',
  nodes: 2,
  redis: true,
  world: (random) => ({
    failpoint: `${failpoint}:${random.int(1, 3)}`,
    compactRows: random.int(4, 20),
  }),
  inject: ({ world }) => diedAndBack(world),
}))

/** Nobody dies, but both compact what the other one writes, all the time. */
const bothCompact: Scenario = {
  name: 'compaction-both',
  fault: 'F18',
  nodes: 2,
  redis: true,
  world: (random) => ({ compactRows: random.int(2, 12) }),
  async inject({ world, enough }) {
    await enough
    await world.audit('while both compact')
    return true
  },
}

/** A process that is stopped in good order, and comes back as another one. */
const restarted: Scenario = {
  name: 'rolling-restart',
  fault: 'F19',
  nodes: 2,
  redis: true,
  async inject({ world, random }) {
    for (const node of world.nodes) {
      await wait(random.int(50, 400))
      await node.stop()
      await node.start()
    }
    return true
  },
}

/** It does nothing for a while; nobody may be thrown out for that. */
const stalled: Scenario = {
  name: 'event-loop-stall',
  fault: 'F21',
  world: (random) => ({
    failpoint: `${random.pick(WRITING.slice(0, 9))}:${random.int(5, 30)}:stall:${random.int(500, 2_000)}`,
  }),
  async inject({ world, random }) {
    const before = world.clients.map(({ connections }) => connections)
    await wait(random.int(1_000, 2_000))
    for (const [i, { connections, name }] of world.clients.entries()) {
      // those who reload come again by themselves
      if (connections - (before[i] ?? 0) > 1) world.troubles.push(`${name} was thrown out`)
    }
    return true
  },
}

/** The first times, when everybody comes in, or any time. */
function earlyOrLate(random: Random): number {
  return random.chance(0.5) ? random.int(1, 20) : random.int(20, 150)
}

async function diedAndBack(world: FaultWorld): Promise<boolean> {
  const node = world.node(0)
  const died = await Promise.race([node.died().then(() => true), wait(FAILPOINT_LIMIT_MS, false)])
  // what lies beyond the end must not come later
  if (!died) await node.kill()
  await world.audit('after the kill')
  await node.start({ TWINWARD_FAILPOINT: undefined })
  return died
}

export const APP_SCENARIOS: readonly Scenario[] = [
  killedAtRandom,
  ...killedWhileWriting,
  ...killedWhileCompacting,
  bothCompact,
  restarted,
  stalled,
]
