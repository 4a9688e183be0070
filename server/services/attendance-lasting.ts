import { Workshop } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { AttendanceChange } from '../../shared/schemas/afterwards'
import type { Ports } from '../ports'
import { attendersOf, enoughMinutes } from './attenders'
import { recordAudit } from './audit'
import { revokeIn } from './certificate-revoking'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'
import { openMinutes } from './workshop-spans'

/**
 * Say how long a workshop really lasted whose room was open for far longer than planned: minutes count
 * up to that. The record tells of it; certificates for which somebody's time is too short by it end.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open` while it is not over; `invalid_input`
 *   with `lasted` for more than the room was open; `conflict` if it has been opened again
 */
export async function setLasted(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { lasted }: Extract<AttendanceChange, { intent: 'lasted' }>,
  partnershipId?: string,
): Promise<void> {
  const seen = await findFacilitated(actor, workshopId, partnershipId)
  const open = openMinutes(seen)
  if (seen.status !== 'closed' || open === null) throw new AppError('workshop_not_open')
  if (lasted > open) throw new AppError('invalid_input', { lasted: 'too_long' })
  if (seen.lasted === lasted) return
  const { _id, partnership, closedAt } = seen
  await inTransaction(async (session) => {
    const workshop = await Workshop.findOneAndUpdate(
      { _id, partnership, status: 'closed', closedAt },
      { $set: { lasted } },
      { session, returnDocument: 'after' },
    ).lean()
    if (!workshop) throw new AppError('conflict')
    const enough = enoughMinutes(workshop)
    for (const { participant, minutes } of await attendersOf(workshop, session)) {
      if (minutes >= enough) continue
      await revokeIn(ports, workshop, participant._id, actor.userId, session)
    }
    const fact = {
      kind: 'attendance:corrected' as const,
      partnershipId: String(partnership),
      by: actor.userId,
      subject: { workshop: workshopId },
    }
    await recordAudit(ports, fact, session)
  })
}
