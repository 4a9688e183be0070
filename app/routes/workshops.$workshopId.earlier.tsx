import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { forAttendee } from '../lib/attendee-route'

const Before = z.coerce.number().int().min(1)
const Of = z.enum(['everybody', 'groups']).catch('everybody')

/**
 * Messages before the first one that a live room shows (`?before=`, its `born`): those to everybody, or
 * with `?of=groups` those of the groups that the reader hears.
 */
export const loader = forAttendee(async ({ actor, request, services, workshopId }) => {
  const asked = new URL(request.url).searchParams
  const before = Before.safeParse(asked.get('before'))
  if (!before.success) throw new AppError('bad_request')
  const of = Of.parse(asked.get('of'))
  const { workshopRoom } = services
  return Response.json(await workshopRoom.listEarlier(actor, workshopId, before.data, of))
})
