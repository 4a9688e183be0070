import { setTimeout as wait } from 'node:timers/promises'
import type { Scenario, Stage } from '../scenario'
import type { WorldOptions } from '../world'

/** As between the United States and Russia: a tenth of a second each way, and pieces that are late. */
const FAR = { latencyMs: 90, jitterMs: 40, bandwidth: 0, stalls: 0.03, stallMs: 600 }

/** Something happens on the way between people and their server. */
function onTheWay(
  name: string,
  fault: string,
  hurt: (stage: Stage) => Promise<void>,
  world?: Partial<WorldOptions>,
): Scenario {
  return {
    name,
    fault,
    world: () => ({ watchdogMs: 1_200, ...world }),
    async inject(stage) {
      await wait(stage.random.int(50, 300))
      await hurt(stage)
      return true
    },
    async afterwards({ world }) {
      for (const { wire } of world.nodes) {
        wire.slow()
        wire.set('through')
      }
    },
  }
}

const wireOf = ({ world }: Stage) => world.node(0).wire

export const WIRE_SCENARIOS: readonly Scenario[] = [
  onTheWay('far-away', 'F11', async (stage) => {
    wireOf(stage).slow({ ...FAR, bandwidth: stage.random.pick([0, 8_000, 32_000]) })
    await stage.enough
  }),
  onTheWay('reset-storm', 'F12', async (stage) => {
    const { random } = stage
    for (let i = 0; i < random.int(4, 12); i++) {
      wireOf(stage).reset(random.pick([0.2, 0.5, 1]))
      await wait(random.int(20, 200))
    }
  }),
  onTheWay('stalls-and-resets', 'F12', async (stage) => {
    const { random } = stage
    wireOf(stage).slow({ latencyMs: 10, jitterMs: 20, stalls: 0.1, stallMs: 700 })
    for (let i = 0; i < random.int(2, 5); i++) {
      await wait(random.int(100, 400))
      wireOf(stage).reset(0.4)
    }
  }),
  ...(['silent', 'deaf', 'mute'] as const).map((how) =>
    onTheWay(
      `half-open-${how}`,
      'F13',
      async (stage) => {
        wireOf(stage).set(how)
        await wait(stage.random.int(300, 1_800))
        wireOf(stage).reset()
        wireOf(stage).set('through')
      },
      { timings: { pingMs: 400, deadMs: 1_500, sweepMs: 200 } },
    ),
  ),
  onTheWay('wire-held', 'F12', async (stage) => {
    for (let i = 0; i < stage.random.int(1, 4); i++) {
      wireOf(stage).set('held')
      await wait(stage.random.int(50, 900))
      wireOf(stage).set('through')
      await wait(stage.random.int(20, 200))
    }
  }),
]
