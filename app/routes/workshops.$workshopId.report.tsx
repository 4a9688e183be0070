import { z } from 'zod'
import { LANGUAGES } from '../../shared/languages'
import { forAttendeeLink } from '../lib/attendee-route'
import { toDownload } from '../lib/download.server'

const As = z.object({
  lang: z.enum(LANGUAGES).catch('en'),
  format: z.enum(['pdf', 'docx']).catch('pdf'),
})

/** The event report as a file, for those who run the workshop. */
export const loader = forAttendeeLink(async ({ actor, services, workshopId, request }) => {
  const as = As.parse(Object.fromEntries(new URL(request.url).searchParams))
  return toDownload(await services.reports.exportReport(actor, workshopId, as))
})
