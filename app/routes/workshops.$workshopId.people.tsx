import { AppError } from '../../shared/errors'
import { RoomPeopleQuery } from '../../shared/schemas/room-people'
import { forAttendee } from '../lib/attendee-route'

/** Those of a live room to whom its facilitators give roles and groups (`?of=`, `?q=`, `?parts=`). */
export const loader = forAttendee(async ({ actor, request, services, workshopId }) => {
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  const query = RoomPeopleQuery.safeParse(asked)
  if (!query.success) throw new AppError('bad_request')
  const { workshopAttendance } = services
  return Response.json(await workshopAttendance.listPeople(actor, workshopId, query.data))
})
