import type { JobsWorld } from '.'
import { inTurns } from './turns'

/** What a programme admin has open ends within five seconds of its hour: milliseconds between looks. */
const LOOK_MS = 2_000

/** Looks for openings whose time is over, so that their sockets do not outlive them. */
export function watchOpenings(
  { services, log }: Pick<JobsWorld, 'services' | 'log'>,
  lookMs = LOOK_MS,
): { close: () => Promise<void> } {
  let since = new Date()
  return inTurns(async () => {
    try {
      since = await services.adminOpenings.tellEndedOpenings(since)
    } catch (error) {
      log.warn({ err: error }, 'ended openings cannot be seen, looking again')
    }
  }, lookMs)
}
