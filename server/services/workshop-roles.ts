import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { letIn } from './workshop-door'
import { demandFacilitator } from './workshop-items'

/**
 * Name a presenter or an interpreter, or take that back. They may what goes with it from their next act
 * on: each one asks the database.
 *
 * @throws AppError `forbidden`, `not_found`
 */
export async function nameRole(
  { bus }: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { participant, role }: RoomActOf<'name_role'>,
): Promise<null> {
  demandFacilitator(actor, workshop)
  const { partnership, _id } = workshop
  const { matchedCount } = await WorkshopParticipant.updateOne(
    { _id: participant, partnership, workshop: _id },
    { $set: { presenter: role === 'presenter', interpreter: role === 'interpreter' } },
  )
  if (matchedCount === 0) throw new AppError('not_found')
  bus.publish('workshop:door', { workshopId: String(_id), participantId: participant })
  return null
}

/**
 * Let somebody in who waits at the door, or turn them away.
 *
 * @throws AppError `forbidden`, `not_found`
 */
export async function admit(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { participant, on }: RoomActOf<'let_in'>,
): Promise<null> {
  await letIn(ports, actor, String(workshop._id), participant, on)
  return null
}
