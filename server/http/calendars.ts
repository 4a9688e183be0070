import type { Request, RequestHandler, Response } from 'express'
import type { Services } from '../services'
import { clientAddress } from './client-address'
import { NEVER_RUN, readOnly } from './reading'

/** `/<token>.ics`: 256 bits that let their reader in, without a cookie. */
const FEED = /^\/([\w-]{43})\.ics$/

/** Calendar programs ask for it again and again: ten minutes old is new enough, seconds. */
const MAX_AGE = 600

/** One's private calendar, `/calendar/<token>.ics`. Whoever has the address has the calendar. */
export function createCalendars({ services }: { services: Services }): RequestHandler {
  return readOnly(answer)

  async function answer(request: Request, response: Response): Promise<void> {
    const token = FEED.exec(request.path)?.[1] ?? ''
    const calendar = await services.calendars.feedIcs(token, clientAddress(request.ip))
    response.set({
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'inline; filename="twinward.ics"',
      ...NEVER_RUN,
      'X-Robots-Tag': 'noindex',
      'Cache-Control': `private, max-age=${MAX_AGE}`,
    })
    response.send(calendar)
  }
}
