import type { ClientSession, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Mail, MailValues } from '../../shared/mails'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import type { Recorded } from './notify'
import { type Addressee, homeOf, participantsTo } from './workshop-addressees'
import { politeTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'
import { holdWorkshop, leavePlaces, OPEN, takePlace } from './workshop-places'
import { withdrawUnsentTo } from './workshop-unsent'

type About = MailValues['workshop-place']

/**
 * Give a member a place, or the next one of the waiting list, with the letter that confirms it. Who has
 * either keeps it and gets none.
 *
 * @param held as `holdPlaces` returned it, in the same transaction
 * @param at when the letter leaves; null: by day
 */
export async function givePlace(
  ports: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  participant: Types.ObjectId,
  at: Date | null,
  session: ClientSession,
): Promise<void> {
  const row = await takePlace(held, participant, ports.clock.now(), session)
  if (!row) return
  const waiting = await waitingPlaceOf(row, session)
  await write(
    ports,
    { held, row, at },
    ({ lang, email: to }, about) => ({
      template: 'workshop-registered',
      to,
      lang,
      values: { ...about, waiting },
    }),
    session,
  )
}

/**
 * Somebody gives their own place back, or leaves the waiting list: what waited to tell them of it does not
 * leave any more, and the next one who waits moves up.
 *
 * @param held as `holdPlaces` returned it, in the same transaction
 * @returns what is to be announced after the commit
 */
export async function giveBack(
  ports: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  participant: WorkshopParticipantRow,
  session: ClientSession,
): Promise<Recorded> {
  const home = await homeOf(held, session)
  const readers = await participantsTo(held, home, [participant], session)
  const reader = readers.get(String(participant._id))
  if (reader) await withdrawUnsentTo(held, reader.email, session)
  return leavePlaces(ports, held, [participant._id], session)
}

/**
 * A guest is let in: a place, or the next one of the waiting list, and the letter that says so, with a
 * link of their own to come back by. Who was invited has one.
 *
 * @param held as `holdPlaces` returned it, in the same transaction
 * @param at when the letter leaves; null: by day
 */
export async function seatGuest(
  ports: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  participant: Types.ObjectId,
  at: Date | null,
  session: ClientSession,
): Promise<void> {
  await takePlace(held, participant, ports.clock.now(), session)
  await tellAdmitted(ports, held, participant, at, session)
}

/**
 * The letter to a guest that says that they are let in, with the number of who waits for a place, and a
 * link of their own unless they have one.
 *
 * @param at when it leaves; null: by day
 */
export async function tellAdmitted(
  ports: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  participant: Types.ObjectId,
  at: Date | null,
  session: ClientSession,
): Promise<void> {
  const which = { _id: participant, workshop: held._id }
  const row = await WorkshopParticipant.findOne(which).session(session).lean()
  if (!row) return
  const waiting = await waitingPlaceOf(row, session)
  const token = row.invite ? null : newToken()
  if (token) {
    await WorkshopParticipant.updateOne(which, { $set: { invite: hashOf(token) } }, { session })
  }
  await write(
    ports,
    { held, row, at },
    ({ lang, email: to }, about) => {
      const path = token ? `/w/${token}` : about.path
      return { template: 'workshop-admitted', to, lang, values: { ...about, path, waiting } }
    },
    session,
  )
}

/**
 * Somebody else takes a participant off the list, whether they have a place or wait for one, and they are
 * told, unless they had not heard of their place yet; what becomes free is the next one's.
 *
 * @param held as `holdPlaces` returned it, in the same transaction
 * @param by user who does it
 * @returns what is to be announced after the commit
 */
export async function takeFrom(
  ports: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  participant: Types.ObjectId,
  by: string,
  session: ClientSession,
): Promise<Recorded> {
  const row = await WorkshopParticipant.findOne({
    _id: participant,
    workshop: held._id,
    registration: { $in: ['registered', 'waiting'] },
  })
    .session(session)
    .lean()
  if (!row) return []
  const freed = await leavePlaces(ports, held, [participant], session)
  const now = ports.clock.now()
  const waited = row.registration === 'waiting'
  let isNews = false
  const reader = await write(
    ports,
    { held, row, at: null },
    async ({ lang, email: to }, about) => {
      const withdrawn = await withdrawUnsentTo(held, to, session)
      isNews = !withdrawn.some(({ template, at }) => template === 'workshop-registered' && at > now)
      const values = { ...about, waited }
      return isNews ? { template: 'workshop-removed', to, lang, values } : null
    },
    session,
  )
  if (!reader || !isNews) return freed
  const event = `workshop ${held._id} removed ${now.getTime()}`
  const about = { row: held, kind: 'workshop_removed' as const, event, by, at: now }
  return [...freed, ...(await noteFor(about, [reader], session))]
}

/**
 * What a door that was set does to a place, in the same transaction: who is turned away loses it, a guest
 * who is let in gets one, and so does a member who lost theirs by it. A member who had none by then, or
 * had given it back, may be in the room and asks for a place if they want one. Once a workshop is over,
 * places stay as they were.
 *
 * @param before the participant as they were
 * @returns what is to be announced after the commit
 */
export async function placeByDoor(
  ports: Pick<Ports, 'clock'>,
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  before: WorkshopParticipantRow,
  isIn: boolean,
  session: ClientSession,
): Promise<Recorded> {
  const held = await holdWorkshop({ _id, partnership }, session)
  if (!held || !OPEN.includes(held.status)) return []
  if (isIn) {
    if (!before.guest) {
      if (before.placeLost) await givePlace(ports, held, before._id, null, session)
    } else if (held.guests) await seatGuest(ports, held, before._id, null, session)
    return []
  }
  const freed = await giveBack(ports, held, before, session)
  if (before.registration === 'registered' || before.registration === 'waiting') {
    const theirs = { _id: before._id, workshop: _id }
    await WorkshopParticipant.updateOne(theirs, { $set: { placeLost: true } }, { session })
  }
  return freed
}

/** 1 for whoever gets the next place; null for who is not on the waiting list. */
export async function waitingPlaceOf(
  { _id, workshop, partnership, registration, registeredAt }: WorkshopParticipantRow,
  session: ClientSession | null = null,
): Promise<number | null> {
  if (registration !== 'waiting') return null
  const before = await WorkshopParticipant.countDocuments({
    partnership,
    workshop,
    registration: 'waiting',
    $or: [{ registeredAt: { $lt: registeredAt } }, { registeredAt, _id: { $lt: _id } }],
  }).session(session)
  return before + 1
}

/** A letter to a participant. @returns whom it goes to; null for those whom none reaches */
async function write(
  { clock }: Pick<Ports, 'clock'>,
  { held, row, at }: { held: WorkshopRow; row: WorkshopParticipantRow; at: Date | null },
  mailFor: (reader: Addressee, about: About) => Mail | null | Promise<Mail | null>,
  session: ClientSession,
): Promise<Addressee | null> {
  const home = await homeOf(held, session)
  const reader = (await participantsTo(held, home, [row], session)).get(String(row._id))
  if (!reader) return null
  const mail = await mailFor(reader, aboutFor(held, home, reader))
  const now = clock.now()
  const time = at ?? politeTime(now, reader, held.startsAt) ?? now
  await queueMails(mail ? [{ mail, at: time }] : [], session)
  return reader
}
