import type { JobsWorld } from '.'
import { inTurns } from './turns'

/** A reminder comes at most so late, milliseconds. */
const EVERY_MS = 60_000

/** Tells people of workshops what is due, again and again; several processes may. */
export function watchWorkshops(
  { services, log }: Pick<JobsWorld, 'services' | 'log'>,
  everyMs = EVERY_MS,
): { close: () => Promise<void> } {
  const reminding = inTurns(
    () =>
      services.workshopReminders
        .remindDue()
        .catch((error) => log.error({ err: error }, 'reminders could not be sent')),
    everyMs,
  )
  reminding.ask()
  return reminding
}
