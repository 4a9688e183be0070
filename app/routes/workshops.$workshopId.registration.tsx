import { redirect } from '@remix-run/node'
import { isAppError } from '../../shared/errors'
import { ChangeRegistration } from '../../shared/schemas/registration'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import { parseForm } from '../lib/route'

/** One's own registration as it is now, for the panel. */
export const loader = forAttendee(({ actor, services, workshopId }) =>
  services.workshopRegistration.readRegistration(actor, workshopId),
)

/** Take a place, or give it back, and return to the workshop: it shows what has become of it. */
export const action = actionForAttendee(async ({ actor, services, request, workshopId }) => {
  const { intent, scope } = await parseForm(request, ChangeRegistration)
  const { workshopRegistration } = services
  const change = {
    register: {
      one: workshopRegistration.register,
      later: workshopRegistration.registerForLater,
    },
    cancel: {
      one: workshopRegistration.cancelRegistration,
      later: workshopRegistration.cancelLater,
    },
  }[intent][scope]
  try {
    await change(actor, workshopId)
  } catch (error) {
    // over meanwhile: the page they come back to says so
    if (!isAppError(error) || error.code !== 'workshop_over') throw error
  }
  return redirect(await services.calendars.pathOf(actor, workshopId), 303)
})
