import type { JobsWorld } from '.'

/** What a programme admin has open ends within five seconds of its hour: milliseconds between looks. */
const LOOK_MS = 2_000

/** Looks for openings whose time is over, so that their sockets do not outlive them. */
export function watchOpenings(
  { services, log }: Pick<JobsWorld, 'services' | 'log'>,
  lookMs = LOOK_MS,
): { close: () => Promise<void> } {
  let since = new Date()
  let looking: Promise<void> | null = null
  const look = () => {
    // a slow look is not overtaken: what it has missed the next one finds
    looking ??= services.adminOpenings
      .tellEndedOpenings(since)
      .then((looked) => {
        since = looked
      })
      .catch((error) => log.warn({ err: error }, 'ended openings cannot be seen, looking again'))
      .finally(() => {
        looking = null
      })
  }
  const timer = setInterval(look, lookMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
