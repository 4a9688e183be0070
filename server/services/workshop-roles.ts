import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { demandFacilitator } from './workshop-items'
import { letAllIn, letIn } from './workshop-letting-in'

/**
 * Name a presenter or an interpreter, or take that back, also from whoever presents as the plan has it.
 * They may what goes with it from their next act on: each one asks the database.
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
  const named = { presenter: role === 'presenter', interpreter: role === 'interpreter' }
  const { matchedCount } = await WorkshopParticipant.updateOne(
    { _id: participant, partnership, workshop: _id },
    { $set: { ...named, roleNamed: true } },
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

/**
 * Let everybody in who waits at the door now.
 *
 * @throws AppError `forbidden`, `not_found`
 */
export async function admitAll(ports: Ports, actor: Actor, workshop: WorkshopRow): Promise<null> {
  await letAllIn(ports, actor, String(workshop._id))
  return null
}
