import type { ClientSession, Types } from 'mongoose'
import { Certificate } from '../../models/certificate'
import { GuestCode } from '../../models/guest-code'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { endGuestSessions } from '../auth/guests'
import type { Ports } from '../ports'
import { revokeIn } from './certificate-revoking'
import { holdWorkshop, leavePlaces } from './workshop-places'

/** A member, and the address that they have proved. */
export type NewMember = {
  partnership: Types.ObjectId
  user: Types.ObjectId
  side: Types.ObjectId | string
  email: string
}

/**
 * Whoever came to a partnership's workshops as a guest and is a member now is one person there: place,
 * attendance, certificate and what they have said are the member's. Only what a proved address has is
 * taken over: an invitation that nobody has come by says nothing of who reads that address. In the
 * transaction in which they become one who takes part.
 */
export async function takeOverGuest(
  ports: Pick<Ports, 'clock'>,
  member: NewMember,
  session: ClientSession,
): Promise<void> {
  const { partnership, email } = member
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
    await holdWorkshop({ _id: row.workshop, partnership }, session)
    await endGuestSessions(String(row._id), session)
    await takeOver(ports, member, row, session)
  }
}

/** Their own row from before, if there is one, gives way, unless they have been there by it too. */
async function takeOver(
  ports: Pick<Ports, 'clock'>,
  { partnership, user, side }: NewMember,
  guest: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const { _id, workshop } = guest
  const own = await WorkshopParticipant.findOne({ workshop, user }).session(session).lean()
  if (own && (own.stays.length > 0 || own.correction)) {
    return joinRows(ports, own, guest, session)
  }
  if (own) {
    await leavePlaces(ports, { _id: workshop, partnership }, [own._id], session)
    await WorkshopParticipant.deleteOne({ _id: own._id, partnership }, { session })
  }
  const set = { user, side, guest: null, invite: null }
  await WorkshopParticipant.updateOne(
    { _id, partnership },
    { $set: set, $addToSet: { told: { $each: own?.told ?? [] } } },
    { session },
  )
}

/**
 * They were there by both: the minutes of both count for the member, overlapping ones once, and of two
 * corrections the later one. Under the guest's name stays what was said under it, and nothing else.
 */
async function joinRows(
  ports: Pick<Ports, 'clock'>,
  own: WorkshopParticipantRow,
  guest: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const { partnership, workshop } = own
  const [mine, theirs] = [own.correction, guest.correction]
  const correction = mine && (!theirs || mine.at >= theirs.at) ? mine : theirs
  const isSettled = own.door === 'refused' || own.door === 'admitted'
  const door = isSettled ? own.door : guest.door
  const takesPlace = door !== 'refused' && !hasPlace(own) && hasPlace(guest)
  const { registration, registeredAt } = takesPlace ? guest : own
  if (!takesPlace) {
    await leavePlaces(ports, { _id: workshop, partnership }, [guest._id], session)
  }
  const nothing = { registration: 'none' as const, door: 'none' as const }
  const emptied = { ...nothing, stays: [], correction: null }
  await WorkshopParticipant.updateOne(
    { _id: guest._id, partnership },
    { $set: { ...emptied, invite: null, 'guest.email': null } },
    { session },
  )
  await WorkshopParticipant.updateOne(
    { _id: own._id, partnership },
    {
      $set: { correction, registration, registeredAt, door },
      $push: { stays: { $each: guest.stays } },
    },
    { session },
  )
  await movePapers(ports, own, guest, session)
}

function hasPlace({ registration }: WorkshopParticipantRow): boolean {
  return registration === 'registered' || registration === 'waiting'
}

/** One certificate and one promise a person: the member's own, or else the guest's. */
async function movePapers(
  ports: Pick<Ports, 'clock'>,
  { _id: own, partnership, workshop, user }: WorkshopParticipantRow,
  { _id: guest }: WorkshopParticipantRow,
  session: ClientSession,
): Promise<void> {
  const of = { partnership, workshop }
  const mine = { ...of, participant: own }
  const theirs = { ...of, participant: guest }
  const set = { $set: { participant: own } }
  if (await Certificate.exists(mine).session(session)) {
    await revokeIn(ports, { partnership, _id: workshop }, guest, String(user), session)
  } else await Certificate.updateOne(theirs, set, { session })
  if (await WorkshopPromise.exists(mine).session(session)) return
  await WorkshopPromise.updateOne(theirs, set, { session })
}
