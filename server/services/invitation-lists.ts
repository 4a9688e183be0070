import { Types } from 'mongoose'
import { Invitation } from '../../models/invitation'
import { Membership } from '../../models/membership'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import {
  INVITED_AT_ONCE,
  type Invite,
  type InviteOutcome,
  readInvitees,
} from '../../shared/schemas/invitations'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { demandQuietBox, newLetterToken, queueInvitation, untilOf } from './invitation-letters'
import { factOf } from './invitations'
import { demandSide } from './members'
import { inTransaction, isTaken } from './transaction'

/**
 * Invite everybody of a list by a letter each. What stands in the way of one stands in nobody else's:
 * each line comes back with what became of it. The same list sent again (`clientKey`) writes no second
 * letter; of two coordinators who invite the same address at once one does.
 *
 * @throws AppError `not_found`, `forbidden` (also for an invitation of oneself); `invalid_input` for
 *   more than 50 at once or a side of another partnership
 */
export async function invite(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  input: Invite,
): Promise<InviteOutcome[]> {
  demand(actor, 'member:invite', { partnershipId })
  if (input.role === 'coordinator') demand(actor, 'member:make-coordinator', { partnershipId })
  await demandSide(partnershipId, input.sideId)
  const partnership = await Partnership.findById(partnershipId).lean()
  const self = await User.findById(actor.userId, { email: 1 }).lean()
  if (!partnership || !self) throw new AppError('not_found')

  const lines = readInvitees(input.people)
  const asked = lines.flatMap((line) => ('email' in line ? line.email : []))
  if (lines.length > INVITED_AT_ONCE) throw new AppError('invalid_input', { people: 'list_long' })
  // nobody lets themself in, or up
  if (asked.includes(self.email)) throw new AppError('forbidden')

  const members = await membersAmong(partnershipId, asked)
  const outcomes: InviteOutcome[] = []
  for (const line of lines) {
    const outcome = !('email' in line)
      ? line.problem
      : members.has(line.email)
        ? 'member'
        : await inviteOne(ports, actor, partnership, line.email, input)
    outcomes.push({ line: line.line, outcome })
  }
  return outcomes
}

async function inviteOne(
  ports: Ports,
  actor: Actor,
  partnership: PartnershipRow,
  email: string,
  input: Invite,
): Promise<InviteOutcome['outcome']> {
  const now = ports.clock.now()
  const address = { partnership: partnership._id, email }
  const live = await Invitation.findOne({ ...address, status: 'open', until: { $gt: now } }).lean()
  if (live) return live.clientKey === input.clientKey ? 'sent' : 'invited'
  const limited = await refusalOf(() => ports.limits.take('invite', actor.userId))
  if (limited) return 'limit'
  try {
    await send(ports, actor, partnership, email, input)
    return 'sent'
  } catch (error) {
    if (isAppError(error) && error.code === 'too_many_requests') return 'address_limit'
    if (!isTaken(error)) throw error
    // somebody else, or the same list sent twice, was quicker
    const other = await Invitation.findOne({ ...address, status: 'open' }).lean()
    return other?.clientKey === input.clientKey ? 'sent' : 'invited'
  }
}

async function send(
  ports: Ports,
  actor: Actor,
  partnership: PartnershipRow,
  email: string,
  { role, sideId, cadre, lang, note, clientKey }: Invite,
): Promise<void> {
  const _id = new Types.ObjectId()
  const { token, tokenHash } = newLetterToken()
  await inTransaction(async (session) => {
    const now = ports.clock.now()
    await demandQuietBox(email, now, session)
    // one that is past its time makes room
    await Invitation.updateOne(
      { partnership: partnership._id, email, status: 'open', until: { $lte: now } },
      { $set: { status: 'expired', endedAt: now } },
      { session },
    )
    const row = {
      _id,
      partnership: partnership._id,
      email,
      role,
      side: new Types.ObjectId(sideId),
      cadre: cadre ?? null,
      lang,
      note: note ?? null,
      by: new Types.ObjectId(actor.userId),
      clientKey,
      tokenHash,
      status: 'open' as const,
      at: now,
      sentAt: [now],
      until: untilOf(now),
    }
    await Invitation.create([row], { session })
    await queueInvitation(ports, actor, partnership, row, token, session)
    await recordAudit(ports, factOf(actor, row, 'invitation:sent'), session)
  })
}

/** Of these addresses, those that belong to active members. */
async function membersAmong(
  partnershipId: string,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const users = await User.find({ email: { $in: emails } }, { email: 1 }).lean()
  const found = await Membership.find(
    { partnership: partnershipId, user: { $in: users.map(({ _id }) => _id) }, status: 'active' },
    { user: 1 },
  ).lean()
  const active = new Set(found.map(({ user }) => String(user)))
  return new Set(users.flatMap(({ _id, email }) => (active.has(String(_id)) ? email : [])))
}

async function refusalOf(take: () => Promise<void>): Promise<boolean> {
  try {
    await take()
    return false
  } catch (error) {
    if (isAppError(error) && error.code === 'too_many_requests') return true
    throw error
  }
}
