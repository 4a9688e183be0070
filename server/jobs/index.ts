import type { Logger } from 'pino'
import type { Bus } from '../ports'
import type { Services } from '../services'
import { watchExports } from './exports'
import { startMail } from './mail'
import { watchOpenings } from './openings'
import { watchSlides } from './slides'
import { watchWorkshops } from './workshops'

/** Often enough for what expires within hours, milliseconds. */
const EVERY_MS = 10 * 60_000

export type JobsWorld = {
  services: Services
  bus: Bus
  log: Logger
  everyMs?: number
  mailEveryMs?: number
}

/** The door that time knocks at: what has to be done again and again, whoever is here. */
export function createJobs({ services, bus, log, everyMs = EVERY_MS, ...paces }: JobsWorld): {
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
      await services.mail
        .sweepLetters()
        .catch((error) => log.error({ err: error }, 'sweeping letters failed'))
      await services.purges
        .sweepPurges()
        .catch((error) => log.error({ err: error }, 'sweeping purges failed'))
    })
  }
  const exports = watchExports({ services, bus, log })
  const slides = watchSlides({ services, bus, log })
  const openings = watchOpenings({ services, log })
  const workshops = watchWorkshops({ services, log })
  const mail = startMail({ services, log, ...paces })
  const timer = setInterval(run, everyMs)
  timer.unref()
  run()
  return {
    async close() {
      clearInterval(timer)
      await exports.close()
      await slides.close()
      await openings.close()
      await workshops.close()
      await mail.close()
      await running
    },
  }
}
