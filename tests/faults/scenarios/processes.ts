import { setTimeout as wait } from 'node:timers/promises'
import type { Scenario, Stage } from '../scenario'

/** How long Redis is away or silent, milliseconds. */
const AWAY = { from: 100, to: 1_500 }

/** Two processes, and something happens to what is between them. */
function between(name: string, fault: string, hurt: (stage: Stage) => Promise<void>): Scenario {
  return {
    name,
    fault,
    nodes: 2,
    redis: true,
    async inject(stage) {
      await wait(stage.random.int(100, 500))
      await hurt(stage)
      return true
    },
  }
}

const away = ({ random }: Stage) => wait(random.int(AWAY.from, AWAY.to))

export const PROCESS_SCENARIOS: readonly Scenario[] = [
  between('two-processes', 'F17', async ({ enough }) => void (await enough)),
  between('redis-kill', 'F6', async (stage) => {
    await stage.redis?.kill()
    await away(stage)
    await stage.redis?.restart()
  }),
  between('redis-flush', 'F6', async ({ redis, random }) => {
    for (let i = 0; i < random.int(1, 4); i++) {
      await redis?.flush()
      await wait(random.int(20, 200))
    }
  }),
  between('redis-pause', 'F6', async (stage) => {
    stage.redis?.pause()
    await away(stage)
    stage.redis?.resume()
  }),
  between('redis-trim', 'F7', async ({ redis, random }) => {
    for (let i = 0; i < random.int(2, 8); i++) {
      await redis?.say('XTRIM tw:rooms MAXLEN 0')
      await wait(random.int(10, 150))
    }
  }),
  between('process-kill-of-two', 'F1', async ({ world, random }) => {
    const node = random.pick(world.nodes)
    await node.kill()
    await world.audit('after one of two was killed')
    await node.start()
  }),
  // it wakes up with clients that have left it, and rows that others have numbered
  between('process-pause', 'F17', async ({ world, random }) => {
    const node = random.pick(world.nodes)
    node.signal('SIGSTOP')
    await wait(random.int(500, 2_500))
    node.signal('SIGCONT')
    await world.audit('after a process slept')
  }),
  between('split-brain', 'F17', async (stage) => {
    const { world, random, redis } = stage
    redis?.pause()
    const node = random.pick(world.nodes)
    node.signal('SIGSTOP')
    await away(stage)
    node.signal('SIGCONT')
    await away(stage)
    redis?.resume()
  }),
  // it wakes up and wants numbers that have been compacted away meanwhile
  {
    name: 'process-pause-compacting',
    fault: 'F17',
    nodes: 2,
    redis: true,
    world: (random) => ({ compactRows: random.int(2, 8) }),
    async inject({ world, random }) {
      await wait(random.int(200, 500))
      const node = random.pick(world.nodes)
      node.signal('SIGSTOP')
      await wait(random.int(800, 2_000))
      node.signal('SIGCONT')
      return true
    },
  },
  {
    name: 'two-processes-without-redis',
    fault: 'F17',
    nodes: 2,
    async inject({ enough }) {
      await enough
      return true
    },
  },
]
