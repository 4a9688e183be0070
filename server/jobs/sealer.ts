import type { JobsWorld } from '.'
import { inTurns } from './turns'

/** A row of the record is chained at most this long after its commit, and the work on it. */
const EVERY_MS = 1_000

/** Chains the record, again and again; what fails is tried again at the next turn. */
export function startSealer({
  services,
  log,
  everyMs = EVERY_MS,
}: Pick<JobsWorld, 'services' | 'log' | 'everyMs'>): { close: () => Promise<void> } {
  let isFailing = false
  return inTurns(async () => {
    try {
      await services.record.sealRecord()
      isFailing = false
    } catch (error) {
      // once, not at every turn of an outage
      if (!isFailing) log.error({ err: error }, 'sealing the record failed')
      isFailing = true
    }
  }, everyMs)
}
