import { forAttendeeLink } from '../lib/attendee-route'

/** The workshop for one's own calendar, in the reader's language. */
export const loader = forAttendeeLink(async ({ actor, services, workshopId, lang }) => {
  const calendar = await services.calendars.eventIcs(actor, workshopId, lang)
  return new Response(calendar, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': `attachment; filename="workshop-${workshopId}.ics"`,
      'Cache-Control': 'private, no-store',
    },
  })
})
