import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { forAttendee } from '../lib/attendee-route'

const Before = z.coerce.number().int().min(1)

/** Messages before the first one that a live room shows (`?before=`, its `born`). */
export const loader = forAttendee(async ({ actor, request, services, workshopId }) => {
  const before = Before.safeParse(new URL(request.url).searchParams.get('before'))
  if (!before.success) throw new AppError('bad_request')
  const { workshopRoom } = services
  return Response.json(await workshopRoom.listEarlier(actor, workshopId, before.data))
})
