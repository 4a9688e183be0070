import { Membership, type MembershipRow } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { grantFor } from '../../shared/policy'
import type { ChangeMember } from '../../shared/schemas/members'
import type { Ports } from '../ports'
import { demand } from './access'
import { changeAccess } from './access-changes'
import { recordAudit } from './audit'
import { takeOverGuest } from './guest-members'
import { languageOf } from './languages'
import { queueMail } from './mail'
import {
  demandAnotherCoordinator,
  endMembership,
  findMembership,
  revokeInvitationsBy,
} from './member-rows'
import { leavePlacesOf } from './workshop-places'

/**
 * Give a member another role, side or profession. A role acts on everything they have open within two
 * seconds.
 *
 * @throws AppError `not_found`; `forbidden` without the right, for making or unmaking a coordinator
 *   without the programme's, and for one's own role; `conflict` where somebody else has changed the
 *   post since; `last_coordinator`; `invalid_input` for a side of another partnership
 */
export async function changeMember(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  userId: string,
  input: ChangeMember,
): Promise<void> {
  demand(actor, 'member:invite', { partnershipId })
  await demandSide(partnershipId, input.sideId)
  await changeAccess(ports, { userId, partnershipId }, async (session, also) => {
    const member = await findMembership(partnershipId, userId, session)
    if (member?.status !== 'active') throw new AppError('not_found')
    const isSame =
      member.role === input.role &&
      String(member.side) === input.sideId &&
      member.cadre === input.cadre
    if (isSame) return
    if (!isAsSeen(member, input)) throw new AppError('conflict')
    if (member.role !== input.role) {
      demandRole(actor, member, input.role)
      if (member.role === 'coordinator') await demandAnotherCoordinator(member, session)
    }
    // a coordinator is moved to no other side by a colleague, who could then put them out
    if (member.role === 'coordinator' && String(member.side) !== input.sideId) {
      demand(actor, 'member:make-coordinator', { partnershipId })
    }
    const post = { role: input.role, side: input.sideId, cadre: input.cadre }
    await Membership.updateOne({ _id: member._id }, { $set: post, $inc: { rev: 1 } }, { session })
    const { partnership, user } = member
    if (grantFor(input.role, 'workshop:join') !== '+') {
      await leavePlacesOf(ports, { partnership, user }, session)
    } else if (grantFor(member.role, 'workshop:join') !== '+') {
      // an observer may have come as a guest
      const account = await User.findById(user, { email: 1 }).session(session).lean()
      const email = account?.email
      const { side } = post
      if (email) await takeOverGuest(ports, { partnership, user, side, email }, also, session)
    }
    if (member.role === 'coordinator' && input.role !== 'coordinator') {
      await revokeInvitationsBy(ports, member, actor.userId, session)
    }
    const fact = {
      kind: 'member:role-changed' as const,
      partnershipId,
      by: actor.userId,
      subject: { user: userId },
      detail: changesOf(member, input),
    }
    await recordAudit(ports, fact, session)
  })
}

/** Nobody changes their own role, and coordinators come and go by the programme. */
function demandRole(actor: Actor, member: MembershipRow, role: ChangeMember['role']): void {
  const partnershipId = String(member.partnership)
  if (String(member.user) === actor.userId) throw new AppError('forbidden')
  if (role === 'coordinator' || member.role === 'coordinator') {
    demand(actor, 'member:make-coordinator', { partnershipId })
  }
}

function isAsSeen(member: MembershipRow, { wasRole, wasSideId, wasCadre }: ChangeMember): boolean {
  return member.role === wasRole && String(member.side) === wasSideId && member.cadre === wasCadre
}

function changesOf(member: MembershipRow, { role, sideId, cadre }: ChangeMember) {
  const side = String(member.side)
  return {
    ...(member.role === role ? {} : { from: member.role, to: role }),
    ...(side === sideId ? {} : { fromSide: side, toSide: sideId }),
    ...(member.cadre === cadre ? {} : { fromCadre: member.cadre, toCadre: cadre }),
  }
}

/** @throws AppError `invalid_input` where the partnership has no such side */
export async function demandSide(partnershipId: string, sideId: string): Promise<void> {
  const found = await Partnership.exists({ _id: partnershipId, 'sides._id': sideId })
  if (!found) throw new AppError('invalid_input', { sideId: 'side' })
}

/**
 * Take somebody out of a partnership: everything they have open there ends within two seconds, their
 * pairs end, and a letter tells them. What they wrote stays. Doing it again does nothing.
 *
 * @throws AppError `not_found`, `forbidden` (also for oneself: one leaves; and for the other side's
 *   coordinator), `last_coordinator`
 */
export async function removeMember(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  userId: string,
): Promise<void> {
  demand(actor, 'member:remove', { partnershipId })
  if (userId === actor.userId) throw new AppError('forbidden')
  await changeAccess(ports, { userId, partnershipId }, async (session) => {
    const member = await findMembership(partnershipId, userId, session)
    if (!member) throw new AppError('not_found')
    if (member.status === 'removed') return
    demandMayRemove(actor, member)
    await endMembership(ports, member, actor.userId, session)
    const fact = { kind: 'member:removed' as const, partnershipId, by: actor.userId }
    const detail = { role: member.role }
    await recordAudit(ports, { ...fact, subject: { user: userId }, detail }, session)
    const [user, partnership] = await Promise.all([
      User.findById(userId).lean(),
      Partnership.findById(partnershipId, { name: 1 }).lean(),
    ])
    if (!user || user.deletedAt || !partnership) return
    const mail = {
      template: 'removed-from-partnership' as const,
      to: user.email,
      lang: languageOf(user),
      values: { partnership: partnership.name },
    }
    await queueMail(ports, mail, session)
  })
}

/** The sides are equals: neither puts the other one's coordinator out; the programme may. */
function demandMayRemove(actor: Actor, { partnership, role, side }: MembershipRow): void {
  const partnershipId = String(partnership)
  const mine = actor.memberships.find((each) => each.partnershipId === partnershipId)
  if (role === 'coordinator' && mine?.sideId !== String(side)) {
    demand(actor, 'member:make-coordinator', { partnershipId })
  }
}

/**
 * Leave a partnership by oneself.
 *
 * @throws AppError `not_found` for whoever is no member, `last_coordinator`
 */
export async function leavePartnership(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<void> {
  const { userId } = actor
  demand(actor, 'self:manage', { partnershipId })
  await changeAccess(ports, { userId, partnershipId }, async (session) => {
    const member = await findMembership(partnershipId, userId, session)
    if (!member) throw new AppError('not_found')
    if (member.status === 'removed') return
    await endMembership(ports, member, userId, session)
    const detail = { role: member.role }
    const subject = { user: userId }
    const fact = { kind: 'member:left' as const, partnershipId, by: userId, subject, detail }
    await recordAudit(ports, fact, session)
  })
}
