import type { JobsWorld } from '.'

/** A reminder comes at most so late, milliseconds. */
const EVERY_MS = 60_000

/** Tells people of workshops what is due, again and again; several processes may. */
export function watchWorkshops(
  { services, log }: Pick<JobsWorld, 'services' | 'log'>,
  everyMs = EVERY_MS,
): { close: () => Promise<void> } {
  let running: Promise<void> | null = null
  const run = () => {
    // a slow turn is not overtaken: what it does not get to the next one does
    running ??= services.workshopReminders
      .remindDue()
      .then(() => {})
      .catch((error) => log.error({ err: error }, 'reminders could not be sent'))
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(run, everyMs)
  timer.unref()
  run()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
