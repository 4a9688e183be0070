import { MoveWorkshop } from '../../shared/schemas/workshops'
import { actionForAttendee } from '../lib/attendee-route'
import { asData } from '../lib/data-route'
import { parseForm } from '../lib/route'

/** Begin, close or reopen the workshop from within its room: the page stays, the room hears of it. */
export const action = asData(
  actionForAttendee(async ({ actor, workshopId, services, request }) => {
    const move = await parseForm(request, MoveWorkshop)
    await services.workshops.moveWorkshop(actor, workshopId, move)
    return Response.json({ moved: true })
  }),
)
