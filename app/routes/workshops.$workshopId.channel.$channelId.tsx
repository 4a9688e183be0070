import { redirect } from '@remix-run/node'
import { forAttendee } from '../lib/attendee-route'
import { idParam } from '../lib/route'

/** On the way to a channel of sound and picture whose meeting has to be made first. */
export const loader = forAttendee(async ({ actor, services, workshopId, params }) =>
  redirect(
    await services.workshopChannels.openChannel(actor, workshopId, idParam(params, 'channelId')),
    303,
  ),
)
