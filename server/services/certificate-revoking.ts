import type { ClientSession, Types } from 'mongoose'
import { Certificate } from '../../models/certificate'
import type { WorkshopRow } from '../../models/workshop'
import type { Ports } from '../ports'
import { recordAudit } from './audit'

/**
 * Take somebody's certificate back, if they have one; the record tells by whom.
 *
 * @param by null where nobody took it back: they have another one
 */
export async function revokeIn(
  ports: Pick<Ports, 'clock'>,
  { partnership, _id }: Pick<WorkshopRow, '_id' | 'partnership'>,
  participant: Types.ObjectId | string,
  by: string | null,
  session: ClientSession,
): Promise<void> {
  const { modifiedCount } = await Certificate.updateOne(
    { partnership, workshop: _id, participant, revokedAt: null },
    { $set: { revokedAt: ports.clock.now() } },
    { session },
  )
  if (modifiedCount === 0) return
  const fact = {
    kind: 'certificate:revoked' as const,
    partnershipId: String(partnership),
    by,
    subject: { workshop: String(_id), participant: String(participant) },
  }
  await recordAudit(ports, fact, session)
}
