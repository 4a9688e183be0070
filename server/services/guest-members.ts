import type { ClientSession, Types } from 'mongoose'
import { GuestCode } from '../../models/guest-code'
import type { WorkshopRow } from '../../models/workshop'
import {
  type CorrectionRow,
  WorkshopParticipant,
  type WorkshopParticipantRow,
} from '../../models/workshop-participant'
import type { Door } from '../../shared/workshops'
import { endGuestSessions } from '../auth/guests'
import type { Ports } from '../ports'
import type { TellAlso } from './access-changes'
import { recordAudit } from './audit'
import { movePapers } from './guest-papers'
import { enrolAsOne } from './learning-givers'
import { minutesOf } from './workshop-attendance'
import { holdWorkshop, leavePlaces, OPEN } from './workshop-places'

/** A member, and the address that they have proved. */
export type NewMember = {
  partnership: Types.ObjectId
  user: Types.ObjectId
  side: Types.ObjectId | string
  email: string
}

/**
 * Whoever came to a partnership's workshops as a guest and is a member now is one person there: place,
 * attendance, certificate, sheets handed in and what they have said are the member's, and the record
 * tells so. Only what a proved address has is taken over: an invitation that nobody has come by says
 * nothing of who reads that address. In the transaction in which they become one who takes part.
 *
 * @param also hears of each guest whose sessions end by it, as `changeAccess` gives it
 */
export async function takeOverGuest(
  ports: Pick<Ports, 'clock' | 'secrets'>,
  member: NewMember,
  also: TellAlso,
  session: ClientSession,
): Promise<void> {
  const { partnership, email } = member
  const [partnershipId, user] = [String(partnership), String(member.user)]
  // who types a code at this moment comes before, and is found here, or finds it gone
  await GuestCode.deleteMany({ partnership, email }, { session })
  const rows = await WorkshopParticipant.find({
    partnership,
    user: null,
    // the type as well: without it the partial index is not used
    'guest.email': { $eq: email, $type: 'string' },
    $or: [{ waitsSince: { $ne: null } }, { 'stays.0': { $exists: true } }],
  })
    .session(session)
    .lean<WorkshopParticipantRow[]>()
  for (const row of rows) {
    const workshop = await holdWorkshop({ _id: row.workshop, partnership }, session)
    if (!workshop) continue
    const guest = String(row._id)
    await endGuestSessions(guest, session)
    also({ userId: guest, partnershipId })
    await takeOver(ports, member, workshop, row, session)
    await enrolAsOne(ports, { partnership, workshop: row.workshop }, { guest, user }, session)
    const subject = { workshop: String(row.workshop), participant: guest, user }
    const fact = { kind: 'guest:taken-over' as const, partnershipId, by: null, subject }
    await recordAudit(ports, fact, session)
  }
}

/** The guest's row is the member's from now on, unless they have one from before. */
async function takeOver(
  ports: Pick<Ports, 'clock'>,
  { partnership, user, side }: NewMember,
  workshop: WorkshopRow,
  guest: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const own = await WorkshopParticipant.findOne({ workshop: workshop._id, user })
    .session(session)
    .lean()
  if (own) return joinRows(ports, workshop, own, guest, session)
  const set = { user, side, guest: null, invite: null, gaveWay: null }
  await WorkshopParticipant.updateOne({ _id: guest._id, partnership }, { $set: set }, { session })
}

/**
 * They have a row by both: the member's keeps what hangs on it and gets what the guest's had. Under the
 * guest's name stays what was said under it, and nothing else.
 */
async function joinRows(
  ports: Pick<Ports, 'clock'>,
  workshop: WorkshopRow,
  own: WorkshopParticipantRow,
  guest: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const { partnership } = workshop
  const place = await joinPlaces(ports, workshop, own, guest, session)
  const role = roleOf(own, guest)
  const correction = joinCorrections(workshop, own, guest, ports.clock.now())
  const nothing = { registration: 'none' as const, door: 'none' as const, waitsSince: null }
  const noRole = { presenter: false, interpreter: false, roleNamed: false }
  const emptied = {
    ...nothing,
    ...noRole,
    gaveWay: null,
    stays: [],
    correction: null,
    invite: null,
  }
  await WorkshopParticipant.updateOne(
    { _id: guest._id, partnership },
    { $set: { ...emptied, 'guest.email': null } },
    { session },
  )
  await WorkshopParticipant.updateOne(
    { _id: own._id, partnership },
    {
      $set: { ...place, ...role, correction },
      $push: { stays: { $each: guest.stays } },
      $addToSet: { told: { $each: guest.told } },
    },
    { session },
  )
  const move = { partnership, workshop: workshop._id, from: guest._id, to: own._id }
  await movePapers(ports, move, session)
}

/** The better place of the two counts, the other one is somebody else's; who was turned away has none. */
async function joinPlaces(
  ports: Pick<Ports, 'clock'>,
  workshop: WorkshopRow,
  own: WorkshopParticipantRow,
  guest: WorkshopParticipantRow,
  session: ClientSession,
) {
  const door = joinDoors(own.door, guest.door)
  const waitsSince = own.waitsSince ?? guest.waitsSince ?? null
  const isOut = door === 'refused'
  if (!isOut && rankOf(guest) > rankOf(own)) {
    const { registration, registeredAt } = guest
    return { door, waitsSince, registration, registeredAt, placeLost: false }
  }
  // once it is over, places stay as they were
  const losesPlace = isOut && OPEN.includes(workshop.status)
  const leaving = losesPlace ? [guest._id, own._id] : [guest._id]
  await leavePlaces(ports, workshop, leaving, session)
  const hadPlace = rankOf(own) + rankOf(guest) > 0
  return { door, waitsSince, ...(losesPlace && hadPlace ? { placeLost: true } : {}) }
}

/** A facilitator's no is not undone by coming under another name; nor is their yes. */
function joinDoors(own: Door, guest: Door): Door {
  const weightiest = (['refused', 'admitted', 'waiting'] as const).find((door) =>
    [own, guest].includes(door),
  )
  return weightiest ?? 'none'
}

function rankOf({ registration }: WorkshopParticipantRow): number {
  if (registration === 'registered') return 2
  return registration === 'waiting' ? 1 : 0
}

/** What a facilitator has named the guest is the later word: they came as one after they had left. */
function roleOf(own: WorkshopParticipantRow, guest: WorkshopParticipantRow) {
  const isGuests = guest.roleNamed || (!own.roleNamed && (guest.presenter || guest.interpreter))
  const { presenter, interpreter, roleNamed = false } = isGuests ? guest : own
  return { presenter, interpreter, roleNamed }
}

/**
 * Of two corrections the later one. Where one row alone was corrected, what was measured by the other
 * counts beside it: not what overlaps, and no more than the workshop lasted.
 */
function joinCorrections(
  workshop: WorkshopRow,
  own: WorkshopParticipantRow,
  guest: WorkshopParticipantRow,
  now: Date,
): CorrectionRow | null {
  const [mine, theirs] = [own.correction, guest.correction]
  if (mine && theirs) return mine.at >= theirs.at ? mine : theirs
  const correction = mine ?? theirs
  if (!correction) return null
  const corrected = mine ? own : guest
  const measured = (stays: WorkshopParticipantRow['stays']) =>
    minutesOf({ stays, correction: null }, workshop)
  const beside = measured([...own.stays, ...guest.stays]) - measured(corrected.stays)
  const most = measured([{ key: 'all of it', from: new Date(0), to: now, seenAt: now }])
  const minutes = Math.min(correction.minutes + beside, Math.max(correction.minutes, most))
  return { ...correction, minutes }
}
