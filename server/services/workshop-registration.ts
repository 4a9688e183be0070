import type { ClientSession } from 'mongoose'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import type { RegistrablePerson, RegistrationView } from '../../shared/registration-views'
import type { ParticipantView } from '../../shared/workshop-views'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { toNameView } from './names'
import { announceNotices, mayHear, type Recorded } from './notify'
import { inTransaction } from './transaction'
import { findFacilitated, findWorkshop, participantOf } from './workshop-access'
import { participantFor, toAttendees } from './workshop-attendees'
import { giveBack, givePlace, takeFrom, waitingPlaceOf } from './workshop-given-places'
import { holdPlaces, OPEN, promoteWaiting } from './workshop-places'
import { announceWorkshop } from './workshop-summaries'

export { promoteWaiting }

/**
 * Take a place, or the next one of the waiting list where there is none; a letter confirms it. Doing it
 * again, also from another tab at once, does nothing.
 *
 * @throws AppError `not_found`, `forbidden` (also for those who were turned away at its door),
 *   `workshop_not_open` (a draft), `workshop_over`, `too_many_requests`
 */
export async function register(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<RegistrationView> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('write', actor.userId)
  demandOpen(workshop)
  const mine = await participantFor(actor, workshop, ports.clock.now())
  if (mine.door === 'refused') throw new AppError('forbidden')
  await changePlaces(ports, workshop, async (held, session) => {
    await givePlace(ports, held, mine._id, ports.clock.now(), session)
    return []
  })
  return readRegistration(ports, actor, workshopId)
}

/**
 * Give the place back, or leave the waiting list; the next one who waits gets the place and is told.
 *
 * @throws AppError as `register`
 */
export async function cancelRegistration(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<RegistrationView> {
  const workshop = await findWorkshop(actor, workshopId)
  demandOpen(workshop)
  await ports.limits.take('write', actor.userId)
  const mine = await WorkshopParticipant.findOne(participantOf(actor, workshop._id)).lean()
  if (mine) {
    await changePlaces(ports, workshop, (held, session) => giveBack(ports, held, mine, session))
  }
  return readRegistration(ports, actor, workshopId)
}

/** One's own registration and what is free. @throws AppError `not_found`, `forbidden` */
export async function readRegistration(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<RegistrationView> {
  const { _id, partnership, capacity, registered, status } = await findWorkshop(actor, workshopId)
  const ofWorkshop = { partnership, workshop: _id, registration: 'waiting' as const }
  const [mine, waiting] = await Promise.all([
    WorkshopParticipant.findOne(participantOf(actor, _id)).lean(),
    WorkshopParticipant.countDocuments(ofWorkshop),
  ])
  return {
    registration: mine?.registration ?? 'none',
    waitingPlace: mine ? await waitingPlaceOf(mine) : null,
    isOpen: OPEN.includes(status),
    capacity,
    registered,
    waiting,
  }
}

/**
 * Everybody who is registered, waits, was there or has given their place back, in the order of
 * registration. Members' addresses are shown to those who may see them elsewhere.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listParticipants(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<ParticipantView[]> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const { _id, partnership } = workshop
  const rows = await WorkshopParticipant.find({ partnership, workshop: _id })
    .sort({ registeredAt: 1, _id: 1 })
    .lean()
  const seesEmail = can(actor, 'member:see-email', { partnershipId: String(partnership) })
  const users = seesEmail ? rows.flatMap(({ user }) => user ?? []) : []
  const [attendees, people] = await Promise.all([
    toAttendees(workshop, rows),
    User.find({ _id: { $in: users }, deletedAt: { $exists: false } }, { email: 1 }).lean(),
  ])
  const emails = new Map(people.map((person) => [String(person._id), person.email]))
  return rows.flatMap((row) => {
    const attendee = attendees.get(String(row._id))
    if (!attendee) return []
    const typed = row.guest?.institution
    return {
      attendee,
      registration: row.registration,
      door: row.door,
      cadre: row.cadre,
      institution: row.institution ?? (typed ? { en: typed, ru: typed } : null),
      email: row.guest?.email ?? emails.get(String(row.user)) ?? null,
      guest: row.guest !== null,
    }
  })
}

/**
 * Members whom a facilitator can register: who may take part, neither have a place nor wait, and were not
 * turned away.
 */
export async function listRegistrable(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<RegistrablePerson[]> {
  const { _id, partnership } = await findFacilitated(actor, workshopId, partnershipId)
  const [memberships, taken] = await Promise.all([
    Membership.find({ partnership, status: 'active' }).lean(),
    WorkshopParticipant.find(
      {
        partnership,
        workshop: _id,
        $or: [{ registration: { $in: ['registered', 'waiting'] } }, { door: 'refused' }],
      },
      { user: 1 },
    ).lean(),
  ])
  const there = new Set(taken.map(({ user }) => String(user)))
  const able = memberships.filter(
    ({ user, role }) => !there.has(String(user)) && mayHear(role, { workshop: _id }),
  )
  const people = await User.find({ _id: { $in: able.map(({ user }) => user) } }, { name: 1 }).lean()
  return people.map((person) => ({ id: String(person._id), name: toNameView(person.name) }))
}

/**
 * Register a member by hand; they get the same letter, by day.
 *
 * @throws AppError `not_found` (also for somebody who may not take part), `forbidden`,
 *   `workshop_not_open`, `workshop_over`
 */
export async function registerMember(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  userId: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId)
  demandOpen(workshop)
  const { partnership } = workshop
  const membership = await Membership.findOne({ partnership, user: userId }).lean()
  const isAble =
    membership?.status === 'active' && mayHear(membership.role, { workshop: workshop._id })
  if (!isAble) throw new AppError('not_found')
  await ports.limits.take('write', actor.userId)
  const theirs = await participantFor({ userId }, workshop, ports.clock.now())
  if (theirs.door === 'refused') throw new AppError('not_found')
  await changePlaces(ports, workshop, async (held, session) => {
    await givePlace(ports, held, theirs._id, null, session)
    return []
  })
}

/**
 * Take somebody off the list, be they registered or waiting; they are told.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`, `workshop_over`
 */
export async function takeOff(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId)
  const theirs = { _id: participantId, workshop: workshop._id }
  const row = await WorkshopParticipant.findOne(theirs, { _id: 1 }).lean()
  if (!row) throw new AppError('not_found')
  await ports.limits.take('write', actor.userId)
  await changePlaces(ports, workshop, (held, session) =>
    takeFrom(ports, held, row._id, actor.userId, session),
  )
}

/** @throws AppError `workshop_not_open` for a draft, `workshop_over` */
export function demandOpen({ status }: Pick<WorkshopRow, 'status'>): void {
  if (OPEN.includes(status)) return
  throw new AppError(status === 'draft' ? 'workshop_not_open' : 'workshop_over')
}

/** One change of places at a time, all of it or nothing; the new count is announced. */
async function changePlaces(
  ports: Ports,
  workshop: WorkshopRow,
  change: (held: WorkshopRow, session: ClientSession) => Promise<Recorded>,
): Promise<void> {
  const recorded = await inOrder(`workshop ${workshop._id}`, () =>
    inTransaction(async (session) => change(await holdPlaces(workshop, session), session)),
  )
  announceNotices(ports.bus, recorded)
  const row = await Workshop.findById(workshop._id).lean()
  if (row && row.registered !== workshop.registered) announceWorkshop(ports, row)
}
