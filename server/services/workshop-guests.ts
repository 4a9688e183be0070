import { Types } from 'mongoose'
import { GuestSession } from '../../models/guest-session'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { GuestPage, GuestPersonView } from '../../shared/guests'
import type { InviteGuest } from '../../shared/schemas/guests'
import { endGuestSessions } from '../auth/guests'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandWelcome, queueGuestInvitation } from './guest-links'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated } from './workshop-access'
import { homeOf, likelyZone } from './workshop-addressees'
import { toAttendees } from './workshop-attendees'
import { changeDoor } from './workshop-letting-in'
import { withdrawUnsentTo } from './workshop-unsent'

/**
 * Make the link by which guests ask to come in; an earlier one is void from then on. It is shown once:
 * what is stored is its SHA-256.
 *
 * @returns the link's whole address
 * @throws AppError `not_found`, `forbidden`; `workshop_not_open` for a draft or a workshop without
 *   guests, `workshop_over`
 */
export async function makeLink(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<{ url: string }> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  demandWelcome(row)
  const token = newToken()
  await setLink(ports, actor, row, hashOf(token))
  return { url: `${ports.publicUrl()}/w/${token}` }
}

/** End the guests' link; those who came by it stay. @throws AppError `not_found`, `forbidden` */
export async function endLink(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<void> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  if (row.guestLink) await setLink(ports, actor, row, null)
}

/**
 * Do those who come by the guests' link wait until they are let in, or come in at once when they have
 * proved an address? Where the workshop has a waiting room they wait all the same.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`, `workshop_over`
 */
export async function setLinkAdmits(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  on: boolean,
  partnershipId?: string,
): Promise<void> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  demandWelcome(row)
  const { _id, partnership } = row
  await inTransaction(async (session) => {
    // those from before this could be chosen let nobody in
    const which = { _id, partnership, linkAdmits: on ? { $ne: true } : true }
    const set = { $set: { linkAdmits: on } }
    const { modifiedCount } = await Workshop.updateOne(which, set, { session })
    if (modifiedCount === 0) return
    const kind = on ? ('guest-link:admits' as const) : ('guest-link:waits' as const)
    const fact = { kind, partnershipId: String(partnership), by: actor.userId }
    await recordAudit(ports, { ...fact, subject: { workshop: String(_id) } }, session)
  })
}

async function setLink(
  ports: Ports,
  actor: Actor,
  { _id, partnership }: WorkshopRow,
  guestLink: string | null,
): Promise<void> {
  await inTransaction(async (session) => {
    await Workshop.updateOne({ _id, partnership }, { $set: { guestLink } }, { session })
    const kind = guestLink ? ('guest-link:made' as const) : ('guest-link:ended' as const)
    const fact = { kind, partnershipId: String(partnership), by: actor.userId }
    await recordAudit(ports, { ...fact, subject: { workshop: String(_id) } }, session)
  })
}

/**
 * Everybody whom a facilitator lets in or keeps out: guests, and members who wait or were turned away.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listGuests(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<GuestPage> {
  const row = await findFacilitated(actor, workshopId, partnershipId)
  const { _id: workshop, partnership } = row
  const people = await WorkshopParticipant.find({
    workshop,
    partnership,
    $or: [
      // who was written down by hand stands at no door
      { guest: { $ne: null }, $nor: [{ door: 'none', 'guest.email': null }] },
      { door: { $in: ['waiting', 'refused'] } },
    ],
  })
    .sort({ createdAt: 1, _id: 1 })
    .limit(2_000)
    .lean()
  const attendees = await toAttendees(row, people)
  const views = people.flatMap((each): GuestPersonView[] => {
    const attendee = attendees.get(String(each._id))
    if (!attendee || (!each.guest && each.door === 'waiting' && !row.waitingRoom)) return []
    const { email = null, institution = '' } = each.guest ?? {}
    return [{ attendee, email, institution, guest: each.guest !== null, state: stateOf(each) }]
  })
  return {
    title: row.title,
    status: row.status,
    guests: row.guests,
    waitingRoom: row.waitingRoom,
    hasLink: row.guestLink !== null,
    linkAdmits: row.linkAdmits ?? false,
    people: views,
  }
}

function stateOf(row: WorkshopParticipantRow): GuestPersonView['state'] {
  const { door, registration } = row
  if (door === 'refused') return 'refused'
  if (door !== 'admitted') return 'waiting'
  // invited guests take their place by proving their address
  const hasPlace = registration !== 'none' && registration !== 'cancelled'
  return hasPlace || hasCome(row) ? 'inside' : 'invited'
}

/** Were they in the room, or does somebody say so? */
function hasCome({ stays, correction }: WorkshopParticipantRow): boolean {
  return stays.length > 0 || correction !== null
}

/**
 * Invite somebody without an account: a letter with a link of their own, and no waiting. Whoever else
 * opens that link waits like everybody. Inviting an address that waits lets it in.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`, `workshop_over`,
 *   `too_many_requests` with `seconds`
 */
export async function inviteGuest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { name, email, lang }: InviteGuest,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  demandWelcome(workshop)
  await ports.limits.take('invite', actor.userId)
  const { _id, partnership } = workshop
  const home = await homeOf(workshop)
  const at = { partnership, workshop: _id, 'guest.email': { $eq: email, $type: 'string' as const } }
  const row = {
    _id: new Types.ObjectId(),
    partnership,
    workshop: _id,
    // until they come and their browser says it
    guest: { name, email, lang, timeZone: likelyZone(lang, home), institution: '' },
    registration: 'none' as const,
    door: 'admitted' as const,
    invitedAt: null,
    createdAt: ports.clock.now(),
  }
  const known = await WorkshopParticipant.findOne(at).lean()
  if (!known) {
    try {
      await inTransaction(async (session) => {
        await WorkshopParticipant.create([row], { session })
        await queueGuestInvitation(ports, actor, workshop, row, session)
      })
      return
    } catch (error) {
      // pressed twice
      if (!isTaken(error)) throw error
      return
    }
  }
  const id = String(known._id)
  if (known.door !== 'admitted') {
    // they have proved the address: their letter says that they are let in
    await changeDoor(ports, workshop, id, 'admitted', { by: actor.userId })
    return
  }
  await resendInvitation(ports, actor, workshopId, id, partnershipId)
}

/**
 * Send an invited guest a new link; the earlier one is void.
 *
 * @throws AppError as `inviteGuest`; `conflict` for somebody who is not let in
 */
export async function resendInvitation(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  demandWelcome(workshop)
  await ports.limits.take('invite', actor.userId)
  const row = await WorkshopParticipant.findOne({
    _id: participantId,
    workshop: workshop._id,
    partnership: workshop.partnership,
  }).lean()
  if (!row?.guest) throw new AppError('not_found')
  if (row.door !== 'admitted') throw new AppError('conflict')
  const guest = row.guest
  // one letter box, whoever presses: as many as codes
  await ports.limits.take('guest-code', `${workshop._id} ${guest.email}`)
  await inTransaction((session) =>
    queueGuestInvitation(ports, actor, workshop, { _id: row._id, guest }, session),
  )
}

/**
 * Take a guest's place away: sessions end at once, sockets within two seconds, and the address does not
 * come in again. Somebody who never came is not on the list any more.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function removeGuest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const which = {
    _id: participantId,
    workshop: workshop._id,
    partnership: workshop.partnership,
    guest: { $ne: null },
  }
  const known = await WorkshopParticipant.findOne(which).lean()
  if (!known) throw new AppError('not_found')
  const sessions = await GuestSession.countDocuments({ participant: known._id })
  const isInvited = stateOf(known) === 'invited' && known.registration === 'none'
  if (isInvited && sessions === 0 && (await forget(known, workshop))) return
  await changeDoor(ports, workshop, participantId, 'refused', {
    by: actor.userId,
    async also(session) {
      await endGuestSessions(participantId, session)
      await WorkshopParticipant.updateOne(which, { $set: { invite: null } }, { session })
    },
  })
}

/** @returns false for those who came in meanwhile */
function forget(known: WorkshopParticipantRow, workshop: WorkshopRow): Promise<boolean> {
  const neverCame = { registration: 'none' as const, stays: { $size: 0 }, correction: null }
  const isStill = { _id: known._id, workshop: workshop._id, door: 'admitted' as const }
  return inTransaction(async (session) => {
    const gone = await WorkshopParticipant.deleteOne({ ...isStill, ...neverCame }, { session })
    if (gone.deletedCount === 0) return false
    if (known.guest?.email) await withdrawUnsentTo(workshop, known.guest.email, session)
    return true
  })
}
