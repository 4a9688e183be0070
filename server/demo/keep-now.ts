import { setInterval } from 'node:timers'
import type { Logger } from 'pino'
import type { Clock } from '../ports'
import { moveWorkshopsToNow } from './workshops-now'

/** A demonstration may run for weeks: so often it is looked whether what goes on now still does. */
const EVERY_MS = 10 * 60_000

/** Between starts too, the workshop that is going on goes on now and the next one lies ahead. */
export function keepDemoNow(
  { clock, log }: { clock: Clock; log: Logger },
  everyMs = EVERY_MS,
): { close: () => Promise<void> } {
  const timer = setInterval(() => {
    moveWorkshopsToNow(clock.now()).catch((error) =>
      log.warn({ err: error }, 'the workshops of the demonstration were not moved'),
    )
  }, everyMs)
  timer.unref()
  return { close: async () => clearInterval(timer) }
}
