import type { Bus } from '../ports'
import type { JobsWorld } from '.'

/** An archive whose builder has gone is gone on with after this long at most, milliseconds. */
const LOOK_MS = 30_000

/** Builds archives as they are asked for, and those that another process left unfinished. */
export function watchExports({
  services,
  bus,
  log,
}: Pick<JobsWorld, 'services' | 'log'> & { bus: Bus }): { close: () => Promise<void> } {
  let building: Promise<void> | null = null
  let isAskedAgain = false
  const build = () => {
    isAskedAgain = true
    building ??= buildAll().finally(() => {
      building = null
    })
  }
  async function buildAll(): Promise<void> {
    while (isAskedAgain) {
      isAskedAgain = false
      try {
        await services.exports.buildExports()
        await services.exports.sweepExports()
      } catch (error) {
        log.error({ err: error }, 'archives could not be built')
      }
    }
  }
  const end = bus.subscribe('export:asked', build)
  const timer = setInterval(build, LOOK_MS)
  timer.unref()
  build()
  return {
    async close() {
      end()
      clearInterval(timer)
      await building
    },
  }
}
