import type { Bus } from '../ports'
import type { JobsWorld } from '.'

/** Slides whose maker has gone are gone on with after this long at most, milliseconds. */
const LOOK_MS = 30_000

/** Makes slides as they are asked for, and those that another process left unfinished. */
export function watchSlides({
  services,
  bus,
  log,
}: Pick<JobsWorld, 'services' | 'log'> & { bus: Bus }): { close: () => Promise<void> } {
  let making: Promise<void> | null = null
  let isAskedAgain = false
  let isClosed = false
  const make = () => {
    isAskedAgain = true
    making ??= makeAll().finally(() => {
      making = null
    })
  }
  async function makeAll(): Promise<void> {
    while (isAskedAgain && !isClosed) {
      isAskedAgain = false
      try {
        await services.slides.makeSlides()
      } catch (error) {
        log.error({ err: error }, 'slides could not be made')
      }
    }
  }
  const end = bus.subscribe('slides:asked', make)
  const timer = setInterval(make, LOOK_MS)
  timer.unref()
  make()
  return {
    async close() {
      isClosed = true
      end()
      clearInterval(timer)
      await making
    },
  }
}
