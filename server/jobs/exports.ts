import type { Bus } from '../ports'
import type { JobsWorld } from '.'
import { inTurns } from './turns'

/** An archive whose builder has gone is gone on with after this long at most, milliseconds. */
const LOOK_MS = 30_000

/** Builds archives as they are asked for, and those that another process left unfinished. */
export function watchExports({
  services,
  bus,
  log,
}: Pick<JobsWorld, 'services' | 'log'> & { bus: Bus }): { close: () => Promise<void> } {
  const building = inTurns(async () => {
    try {
      await services.exports.buildExports()
      await services.exports.sweepExports()
    } catch (error) {
      log.error({ err: error }, 'archives could not be built')
    }
  }, LOOK_MS)
  const end = bus.subscribe('export:asked', building.ask)
  building.ask()
  return {
    async close() {
      end()
      await building.close()
    },
  }
}
