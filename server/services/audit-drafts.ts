import type { ProtocolRow } from '../../models/protocol'
import type { Actor } from '../../shared/actor'
import { type Standing, standingOf } from '../../shared/policy'
import type { Ports } from '../ports'
import { recordOnce } from './audit'

const DRAFTS: readonly ProtocolRow['status'][] = ['draft', 'in_review']

/** Who reads a draft without a part in making it; reviewers have one. */
const OUTSIDE: readonly Standing[] = ['viewer', 'programmeAdmin']

/**
 * Somebody outside of a draft has opened it: one row for a person, a protocol and a day (UTC), by
 * whichever door they came.
 */
export async function noteDraftView(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  { _id, partnership, status }: Pick<ProtocolRow, '_id' | 'partnership' | 'status'>,
): Promise<void> {
  const partnershipId = String(partnership)
  const standing = standingOf(actor, partnershipId)
  if (!DRAFTS.includes(status) || !OUTSIDE.includes(standing)) return
  const protocol = String(_id)
  await recordOnce(
    ports,
    {
      kind: 'draft:viewed',
      partnershipId,
      by: actor.userId,
      subject: { protocol },
      detail: { status, as: standing },
    },
    [actor.userId, protocol, ports.clock.now().toISOString().slice(0, 10)],
  )
}
