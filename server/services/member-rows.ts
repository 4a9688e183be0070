import type { ClientSession, Types } from 'mongoose'
import { Counterpart } from '../../models/counterpart'
import { Invitation } from '../../models/invitation'
import { Membership, type MembershipRow } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { AppError } from '../../shared/errors'
import { grantFor } from '../../shared/policy'
import type { Ports } from '../ports'
import type { TellAlso } from './access-changes'
import { recordAudit } from './audit'
import { takeOverGuest } from './guest-members'
import { leavePlacesOf } from './workshop-places'

/** A membership in the transaction that changes it; null where there never was one. */
export function findMembership(
  partnershipId: string,
  userId: string,
  session: ClientSession,
): Promise<MembershipRow | null> {
  return Membership.findOne({ partnership: partnershipId, user: userId }).session(session).lean()
}

/**
 * Ask that a coordinator stays when this one goes or is made something else. It writes to the rows of
 * all coordinators, so that of two such changes at once the later one sees the earlier one.
 *
 * @throws AppError `last_coordinator`
 */
export async function demandAnotherCoordinator(
  { partnership, user }: MembershipRow,
  session: ClientSession,
): Promise<void> {
  const coordinators = { partnership, role: 'coordinator' as const, status: 'active' as const }
  await Membership.updateMany(coordinators, { $inc: { rev: 1 } }, { session })
  const another = await Membership.exists({ ...coordinators, user: { $ne: user } }).session(session)
  if (!another) throw new AppError('last_coordinator')
}

/**
 * End an active membership with what hangs on it: the count, the pairs, the
 * places in workshops, the invitations sent. Run it within
 * `changeAccess`, so that what the person has open there ends too.
 *
 * @throws AppError `last_coordinator`
 */
export async function endMembership(
  ports: Pick<Ports, 'clock'>,
  membership: MembershipRow,
  by: string,
  session: ClientSession,
): Promise<void> {
  const { _id, partnership, user, role } = membership
  if (role === 'coordinator') await demandAnotherCoordinator(membership, session)
  const removed = { $set: { status: 'removed' as const }, $inc: { rev: 1 } }
  await Membership.updateOne({ _id }, removed, { session })
  await Partnership.updateOne({ _id: partnership }, { $inc: { memberCount: -1 } }, { session })
  await endPairsOf(ports, { partnership, user, by }, session)
  await leavePlacesOf(ports, { partnership, user }, session)
  await revokeInvitationsBy(ports, membership, by, session)
}

/** Whoever may invite nobody any more has no open invitations either: nobody comes back by their own. */
export async function revokeInvitationsBy(
  ports: Pick<Ports, 'clock'>,
  { partnership, user }: Pick<MembershipRow, 'partnership' | 'user'>,
  by: string,
  session: ClientSession,
): Promise<void> {
  const open = { partnership, by: user, status: 'open' as const }
  const rows = await Invitation.find(open).session(session).lean()
  if (rows.length === 0) return
  const revoked = { status: 'revoked' as const, endedAt: ports.clock.now() }
  await Invitation.updateMany(open, { $set: revoked }, { session })
  const partnershipId = String(partnership)
  for (const { _id, role, side } of rows) {
    const subject = { invitation: String(_id) }
    const detail = { role, side: String(side) }
    const fact = { kind: 'invitation:revoked' as const, partnershipId, by, subject, detail }
    await recordAudit(ports, fact, session)
  }
}

/**
 * A membership as it is written, with what hangs on it: who was here before comes back as the new post,
 * and what was theirs as a guest is the member's.
 *
 * @param email that they have proved to be theirs
 * @param also as `changeAccess` gives it
 */
export async function beginMembership(
  ports: Pick<Ports, 'clock' | 'secrets'>,
  {
    partnership,
    user,
    ...post
  }: Pick<MembershipRow, 'partnership' | 'user' | 'role' | 'side' | 'cadre'>,
  email: string,
  also: TellAlso,
  session: ClientSession,
): Promise<void> {
  await Membership.updateOne(
    { partnership, user },
    {
      $set: { ...post, status: 'active', joinedAt: ports.clock.now() },
      $inc: { rev: 1 },
      $setOnInsert: { demo: false },
    },
    { upsert: true, session },
  )
  await Partnership.updateOne({ _id: partnership }, { $inc: { memberCount: 1 } }, { session })
  if (grantFor(post.role, 'workshop:join') !== '+') return
  await takeOverGuest(ports, { partnership, user, side: post.side, email }, also, session)
}

async function endPairsOf(
  ports: Pick<Ports, 'clock'>,
  { partnership, user, by }: { partnership: Types.ObjectId; user: Types.ObjectId; by: string },
  session: ClientSession,
): Promise<void> {
  const theirs = { partnership, live: true, people: user }
  const pairs = await Counterpart.find(theirs, { _id: 1, status: 1 }).session(session).lean()
  if (pairs.length === 0) return
  const ended = { status: 'ended' as const, live: false, endedAt: ports.clock.now() }
  await Counterpart.updateMany(theirs, { $set: ended }, { session })
  for (const { _id, status } of pairs) {
    if (status !== 'confirmed') continue
    const subject = { counterpart: String(_id), user: String(user) }
    const partnershipId = String(partnership)
    await recordAudit(ports, { kind: 'counterpart:ended', partnershipId, by, subject }, session)
  }
}
