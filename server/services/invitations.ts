import { Types } from 'mongoose'
import { Invitation, type InvitationRow } from '../../models/invitation'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type {
  InvitationChange,
  InvitationStatus,
  InvitationView,
} from '../../shared/schemas/invitations'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { demandQuietBox, newLetterToken, queueInvitation, untilOf } from './invitation-letters'
import { toNameView } from './names'
import { inTransaction } from './transaction'

/** As many as a coordinator is shown, newest first. */
const SHOWN = 300

/**
 * The invitations of a partnership, those that still wait and those that are over, newest first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listInvitations(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<InvitationView[]> {
  demand(actor, 'member:invite', { partnershipId })
  const rows = await Invitation.find({ partnership: partnershipId })
    .sort({ at: -1, _id: -1 })
    .limit(SHOWN)
    .lean()
  const inviters = await User.find({ _id: { $in: rows.map(({ by }) => by) } }, { name: 1 }).lean()
  const names = new Map(inviters.map(({ _id, name }) => [String(_id), toNameView(name)]))
  const now = clock.now()
  return rows.map((row) => ({
    id: String(row._id),
    email: row.email,
    role: row.role,
    sideId: String(row.side),
    status: statusOf(row, now),
    by: names.get(String(row.by)) ?? null,
    sentAt: (row.sentAt.at(-1) ?? row.at).toISOString(),
    until: row.until.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
}

/** An open one whose time has passed is over, whatever its row still says. */
export function statusOf({ status, until }: InvitationRow, now: Date): InvitationStatus {
  return status === 'open' && until <= now ? 'expired' : status
}

/**
 * Send the letter once more, with a new link, or take the invitation back. An earlier link is void
 * from then on.
 *
 * @throws AppError `not_found`, `forbidden`; `conflict` when it has been accepted or taken back
 *   meanwhile; `too_many_requests` with `seconds`
 */
export async function changeInvitation(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  { invitationId, intent }: InvitationChange,
): Promise<void> {
  demand(actor, 'member:invite', { partnershipId })
  const at = { _id: new Types.ObjectId(invitationId), partnership: partnershipId }
  const row = await Invitation.findOne(at).lean()
  if (!row) throw new AppError('not_found')
  if (intent === 'revoke') return revoke(ports, actor, row)
  if (row.role === 'coordinator') demand(actor, 'member:make-coordinator', { partnershipId })
  const partnership = await Partnership.findById(partnershipId).lean()
  if (!partnership) throw new AppError('not_found')
  await ports.limits.take('invite', actor.userId)
  await resend(ports, actor, row, partnership)
}

async function revoke(ports: Ports, actor: Actor, row: InvitationRow): Promise<void> {
  await inTransaction(async (session) => {
    const ended = { status: 'revoked' as const, endedAt: ports.clock.now() }
    const open = { _id: row._id, status: 'open' as const }
    const { matchedCount } = await Invitation.updateOne(open, { $set: ended }, { session })
    if (matchedCount === 0) {
      const now = await Invitation.findById(row._id).session(session).lean()
      // pressed twice
      if (now?.status === 'revoked') return
      throw new AppError('conflict')
    }
    await recordAudit(ports, factOf(actor, row, 'invitation:revoked'), session)
  })
}

async function resend(
  ports: Ports,
  actor: Actor,
  row: InvitationRow,
  partnership: PartnershipRow,
): Promise<void> {
  await inTransaction(async (session) => {
    const now = ports.clock.now()
    await demandQuietBox(row.email, now, session)
    const { token, tokenHash } = newLetterToken()
    const until = untilOf(now)
    const { matchedCount } = await Invitation.updateOne(
      { _id: row._id, status: 'open' },
      { $set: { tokenHash, until }, $push: { sentAt: now } },
      { session },
    )
    if (matchedCount === 0) throw new AppError('conflict')
    await queueInvitation(ports, actor, partnership, { ...row, until }, token, session)
    await recordAudit(ports, factOf(actor, row, 'invitation:resent'), session)
  })
}

/** For the record: who may join as what; the address itself stays in the invitation. */
export function factOf(
  actor: { userId: string },
  { _id, partnership, role, side }: Pick<InvitationRow, '_id' | 'partnership' | 'role' | 'side'>,
  kind: 'invitation:sent' | 'invitation:resent' | 'invitation:revoked' | 'invitation:accepted',
) {
  return {
    kind,
    partnershipId: String(partnership),
    by: actor.userId,
    subject: { invitation: String(_id) },
    detail: { role, side: String(side) },
  }
}
