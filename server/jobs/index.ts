import type { Logger } from 'pino'
import type { Services } from '../services'

/** Often enough for what expires within hours, milliseconds. */
const EVERY_MS = 10 * 60_000

export type JobsWorld = { services: Services; log: Logger; everyMs?: number }

/** The door that time knocks at: what has to be done again and again, whoever is here. */
export function createJobs({ services, log, everyMs = EVERY_MS }: JobsWorld): {
  close: () => Promise<void>
} {
  let running = Promise.resolve()
  const run = () => {
    running = running.then(async () => {
      try {
        const swept = await services.uploads.sweepUploads()
        if (swept.uploads + swept.files > 0) log.info(swept, 'expired uploads were removed')
      } catch (error) {
        log.error({ err: error }, 'sweeping uploads failed')
      }
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
