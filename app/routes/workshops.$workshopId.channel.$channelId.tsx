import { redirect } from '@remix-run/node'
import { forAttendeeLink } from '../lib/attendee-route'
import { idParam } from '../lib/route'

/** On the way to a channel of sound and picture whose meeting has to be made first. */
export const loader = forAttendeeLink(async ({ actor, services, workshopId, params }) =>
  redirect(
    await services.workshopChannels.openChannel(actor, workshopId, idParam(params, 'channelId')),
    303,
  ),
)
