import type { ClientSession } from 'mongoose'
import { Export } from '../../models/export'
import { Invitation } from '../../models/invitation'
import { MailItem } from '../../models/mail'
import { Membership, type MembershipRow } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User, type UserRow } from '../../models/user'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { DeleteAccount } from '../../shared/schemas/own-data'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { changeAccess } from './access-changes'
import { ENDED_WITH_ACCOUNT } from './account-rows'
import { recordAudit } from './audit'
import { dropExport } from './exports'
import { languageOf } from './languages'
import { queueMail } from './mail'
import { endMembership } from './member-rows'
import { demandFreshProof } from './second-factors'

/**
 * What a deleted account is called where its posts and edits stay: by data in both scripts, so that
 * every page shows it in the reader's language. The space does not break, since short forms part names
 * at spaces.
 */
const NOBODY = {
  given: '',
  family: 'Former\u00a0participant',
  cyrillic: 'Бывший\u00a0участник',
} as const

/**
 * Delete one's own account, at once and for good: it signs in nobody, its address is free again, and
 * what was kept about the person goes. What they wrote with others stays with the partnerships under no
 * name; signed versions keep the signer's name as text, as the law on records wants.
 *
 * @throws AppError `invalid_input` for a demonstration account, for the last programme admin, where the
 *   address typed is another one or the proof is missing; `last_coordinator` with the partnership's `slug` where nobody
 *   else could run it
 */
export async function deleteAccount(
  ports: Ports,
  actor: Actor,
  input: DeleteAccount,
): Promise<void> {
  demandSelf(actor)
  const user = await User.findById(actor.userId).lean()
  if (!user || user.deletedAt) throw new AppError('unauthenticated')
  // everybody who tries the demonstration signs in with it
  if (user.demo) throw new AppError('invalid_input', { account: 'demonstration' })
  if (input.email !== user.email) throw new AppError('invalid_input', { email: 'other' })
  await demandAnotherAdmin(user)
  await demandFreshProof(ports, actor, input)
  await changeAccess(ports, { userId: actor.userId }, (session) => end(ports, user, session))
  const archives = await Export.find({ user: user._id }, { _id: 1 }).lean()
  for (const { _id } of archives) await dropExport(_id, ports.clock.now())
}

/** Somebody must be left who can name coordinators and read the programme's record. */
async function demandAnotherAdmin({ _id, programmeAdmin }: UserRow): Promise<void> {
  if (!programmeAdmin) return
  const others = { _id: { $ne: _id }, programmeAdmin: true, deletedAt: { $exists: false } }
  if (!(await User.exists(others))) throw new AppError('invalid_input', { account: 'last-admin' })
}

async function end(ports: Ports, user: UserRow, session: ClientSession): Promise<void> {
  const at = ports.clock.now()
  const by = String(user._id)
  const memberships = await Membership.find({ user: user._id, status: 'active' })
    .session(session)
    .lean()
  for (const membership of memberships) await leave(ports, membership, by, session)
  for (const { model, field } of ENDED_WITH_ACCOUNT) {
    await model.collection.deleteMany({ [field]: user._id }, { session })
  }
  await forgetPromises(user, session)
  const email = `deleted-${user._id}@deleted.invalid`
  await forgetAddress(user.email, { email, at }, session)
  const mail = { template: 'account-deleted', to: user.email, lang: languageOf(user) } as const
  await queueMail(ports, { ...mail, values: { at: at.toISOString() } }, session)
  const ended = await User.updateOne(
    { _id: user._id, deletedAt: { $exists: false } },
    {
      $set: {
        email,
        passwordHash: null,
        name: NOBODY,
        languages: [],
        timeZone: 'UTC',
        programmeAdmin: false,
        deletedAt: at,
      },
      $unset: { lang: 1 },
      $inc: { accessVersion: 1 },
    },
    { session },
  )
  // asked twice at once: the other one did it
  if (ended.matchedCount === 0) throw new AppError('unauthenticated')
  const subject = { user: by }
  await recordAudit(ports, { kind: 'account:deleted', by, subject }, session)
  for (const { partnership } of memberships) {
    const partnershipId = String(partnership)
    await recordAudit(ports, { kind: 'account:deleted', partnershipId, by, subject }, session)
  }
}

/** What somebody meant to change is theirs alone, also where they came to a workshop as a guest. */
async function forgetPromises({ _id, email }: UserRow, session: ClientSession): Promise<void> {
  const places = await WorkshopParticipant.find(
    { $or: [{ user: _id }, { 'guest.email': email }] },
    { partnership: 1, workshop: 1 },
  )
    .session(session)
    .lean()
  await WorkshopPromise.deleteMany(
    {
      partnership: { $in: places.map(({ partnership }) => partnership) },
      workshop: { $in: places.map(({ workshop }) => workshop) },
      participant: { $in: places.map((place) => place._id) },
    },
    { session },
  )
}

/**
 * The address goes from where it was written to: invitations end, letters are forgotten, and who was a
 * guest under it keeps the name that attendance and certificates rest on.
 */
async function forgetAddress(
  address: string,
  { email, at }: { email: string; at: Date },
  session: ClientSession,
): Promise<void> {
  const theirs = { email: address }
  const revoked = { status: 'revoked' as const, endedAt: at }
  await Invitation.updateMany({ ...theirs, status: 'open' }, { $set: revoked }, { session })
  await Invitation.updateMany(theirs, { $set: { email } }, { session })
  await MailItem.deleteMany({ to: address }, { session })
  await WorkshopParticipant.updateMany(
    { 'guest.email': address },
    { $set: { 'guest.email': null } },
    { session },
  )
}

/** Out of a partnership; where nobody else coordinates it, the refusal says which. */
async function leave(
  ports: Ports,
  membership: MembershipRow,
  by: string,
  session: ClientSession,
): Promise<void> {
  try {
    await endMembership(ports, membership, by, session)
  } catch (error) {
    if (!isAppError(error) || error.code !== 'last_coordinator') throw error
    const row = await Partnership.findById(membership.partnership, { slug: 1 }).lean()
    throw new AppError('last_coordinator', { slug: row?.slug ?? '' })
  }
}
