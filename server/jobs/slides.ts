import type { Bus } from '../ports'
import type { JobsWorld } from '.'
import { inTurns } from './turns'

/** Slides whose maker has gone are gone on with after this long at most, milliseconds. */
const LOOK_MS = 30_000

/** Makes slides as they are asked for, and those that another process left unfinished. */
export function watchSlides({
  services,
  bus,
  log,
}: Pick<JobsWorld, 'services' | 'log'> & { bus: Bus }): { close: () => Promise<void> } {
  const making = inTurns(
    () =>
      services.slides
        .makeSlides()
        .catch((error) => log.error({ err: error }, 'slides could not be made')),
    LOOK_MS,
  )
  const end = bus.subscribe('slides:asked', making.ask)
  making.ask()
  return {
    async close() {
      end()
      await making.close()
    },
  }
}
