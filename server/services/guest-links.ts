import type { ClientSession, Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import {
  type GuestRow,
  WorkshopParticipant,
  type WorkshopParticipantRow,
} from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { GuestLinkView } from '../../shared/guests'
import { localized } from '../../shared/languages'
import type { MailValues } from '../../shared/mails'
import { isToken } from '../../shared/tokens'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { toNameView } from './names'
import { findWorkshop } from './workshop-access'
import { holdPlaces } from './workshop-places'

/**
 * What a guests' link leads to. Opening it does nothing else.
 *
 * @param address of the client: guesses are counted by it
 * @throws AppError `link_over` for an ended one, for a workshop that is over, and for a guess alike
 */
export async function readLink(
  ports: Ports,
  token: string,
  address: string,
): Promise<GuestLinkView> {
  const { workshop, invited } = await findByLink(ports, token, address)
  return {
    workshopId: String(workshop._id),
    title: workshop.title,
    objectives: workshop.objectives,
    recordingConsent: workshop.recordingConsent,
    status: workshop.status,
    startsAt: workshop.startsAt.toISOString(),
    endsAt: workshop.endsAt.toISOString(),
    timeZone: workshop.timeZone,
    places: await placesOf(workshop.partnership),
    // a link is forwarded: it does not say to whom it was sent
    invited: invited !== null,
    admits: admits(workshop),
  }
}

/**
 * The workshop of a link, and whose own link it is.
 *
 * @throws AppError `link_over`, `too_many_requests`
 */
export async function findByLink(
  { limits }: Pick<Ports, 'limits'>,
  token: string,
  address: string,
): Promise<{ workshop: WorkshopRow; invited: WorkshopParticipantRow | null }> {
  const hash = isToken(token) ? hashOf(token) : null
  // the type as well: without it the partial indexes are not used
  const its = hash && { $eq: hash, $type: 'string' as const }
  const common = its && (await Workshop.findOne({ guestLink: its }).lean())
  const invited =
    its && !common
      ? await WorkshopParticipant.findOne({ invite: its, door: 'admitted' }).lean()
      : null
  const workshop = common || (invited && (await Workshop.findById(invited.workshop).lean()))
  if (!workshop) {
    await limits.take('guest-code-address', address)
    throw new AppError('link_over')
  }
  if (!isWelcome(workshop)) throw new AppError('link_over')
  return { workshop, invited }
}

/** Does whoever comes by the common link and proves an address come in at once? */
export function admits({
  linkAdmits,
  waitingRoom,
  guestLink,
}: Pick<WorkshopRow, 'linkAdmits' | 'waitingRoom' | 'guestLink'>): boolean {
  return Boolean(linkAdmits) && !waitingRoom && guestLink !== null
}

/** May guests come in by a link now? */
export function isWelcome({ guests, status }: Pick<WorkshopRow, 'guests' | 'status'>): boolean {
  return guests && (status === 'announced' || status === 'live')
}

/** After its end those who were let in come back to what is theirs, without a link. */
export function takesBack({ guests, status }: Pick<WorkshopRow, 'guests' | 'status'>): boolean {
  return guests && status === 'closed'
}

/** @throws AppError `workshop_not_open`, `workshop_over` */
export function demandWelcome(row: Pick<WorkshopRow, 'guests' | 'status'>): void {
  if (row.status === 'closed' || row.status === 'cancelled') throw new AppError('workshop_over')
  if (!isWelcome(row)) throw new AppError('workshop_not_open')
}

/** Both sides, for their clocks. */
export async function placesOf(
  partnership: Types.ObjectId,
): Promise<MailValues['guest-code']['places']> {
  const home = await Partnership.findById(partnership, { sides: 1 }).lean()
  const ids = home?.sides.map(({ institution }) => institution) ?? []
  const rows = await Institution.find({ _id: { $in: ids } }, { timeZone: 1 }).lean()
  const zones = new Map(rows.map(({ _id, timeZone }) => [String(_id), timeZone]))
  return (home?.sides ?? []).map(({ place: { en, ru }, institution }) => ({
    place: localized(en, ru),
    timeZone: zones.get(String(institution)) ?? 'UTC',
  }))
}

/**
 * A new link of their own and the letter with it, in one transaction.
 *
 * @throws AppError as `demandWelcome`; `conflict` for one without an address
 */
export async function queueGuestInvitation(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  workshop: WorkshopRow,
  { _id, guest }: { _id: Types.ObjectId; guest: GuestRow },
  session: ClientSession,
): Promise<void> {
  const { email: to, lang } = guest
  if (!to) throw new AppError('conflict')
  // planned without guests, or over, meanwhile: nobody is invited to it
  demandWelcome(await holdPlaces(workshop, session))
  const token = newToken()
  const now = ports.clock.now()
  const which = { _id, workshop: workshop._id }
  await WorkshopParticipant.updateOne(which, { $set: { invite: hashOf(token) } }, { session })
  // null, and not missing: of whom nothing is known here, an earlier one may have reached them
  const first = { ...which, invitedAt: { $type: 'null' as const } }
  await WorkshopParticipant.updateOne(first, { $set: { invitedAt: now } }, { session })
  // who was told that there are no guests is invited anew
  const gone = { ...which, gaveWay: { $ne: null } }
  const anew = { $set: { registration: 'none' as const, gaveWay: null } }
  await WorkshopParticipant.updateOne(gone, anew, { session })
  const inviter = await User.findById(actor.userId, { name: 1 }).session(session).lean()
  if (!inviter) throw new AppError('unauthenticated')
  const values = {
    id: String(workshop._id),
    path: `/w/${token}`,
    inviter: toNameView(inviter.name),
    workshop: workshop.title,
    startsAt: workshop.startsAt.toISOString(),
    places: await placesOf(workshop.partnership),
  }
  const mail = { template: 'guest-invited' as const, to, lang, values }
  await queueMails([{ mail, at: now }], session)
}

/**
 * Both sides of a workshop, for their clocks.
 *
 * @throws AppError `not_found`
 */
export async function readPlaces(
  _ports: Pick<Ports, 'clock'>,
  actor: Actor,
  workshopId: string,
): Promise<GuestLinkView['places']> {
  return placesOf((await findWorkshop(actor, workshopId)).partnership)
}
