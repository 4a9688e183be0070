import { setTimeout as wait } from 'node:timers/promises'
import type { FaultClient } from './client'
import type { Random } from './random'

/** Pauses between the doings of one person, milliseconds. */
const PAUSE = { from: 3, to: 30 }
/** Who closes the tab and opens it again once during a run. */
const RELOADS = 0.25

/** Everybody writes until told to stop. */
export function startLoad(clients: readonly FaultClient[], random: Random) {
  let isOn = true
  const working = clients.map(async (client) => {
    const own = random.fork(`load/${client.name}`)
    let reloadAt = own.chance(RELOADS) ? own.int(10, 60) : Number.POSITIVE_INFINITY
    while (isOn) {
      await wait(own.int(PAUSE.from, PAUSE.to))
      if (!isOn) return
      if (--reloadAt === 0) client.reload()
      else client.edit()
    }
  })
  return {
    stop: async () => {
      isOn = false
      await Promise.all(working)
    },
  }
}
