import type { ClientSession } from 'mongoose'
import { MailItem } from '../../models/mail'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import {
  type GaveWayRow,
  WorkshopParticipant,
  type WorkshopParticipantRow,
} from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { Mail } from '../../shared/mails'
import type { Ports } from '../ports'
import { queueGuestInvitation } from './guest-links'
import { queueMails } from './mail'
import { homeOf, isOfIt, participantsTo } from './workshop-addressees'
import { tellAdmitted } from './workshop-given-places'
import { politeTime } from './workshop-hours'
import { aboutFor } from './workshop-letters'

/** Letters by which a guest hears of their place. */
const PLACING = ['workshop-admitted', 'workshop-registered', 'workshop-place']

/** A guest who had to give way and has not been told. */
type Untold = WorkshopParticipantRow & { gaveWay: GaveWayRow }

/**
 * Guests may come again: whoever has not been told otherwise yet is not told, and has what they had: their
 * invitation, their number in the waiting list, their place or, where it is another's by now, the next one
 * of the list, of which a letter tells them. Letters that did not leave are written anew. Whoever has been
 * told is invited anew, if somebody wants that. In the transaction of the change.
 *
 * @param actor who changes the plan, and so invites
 * @param held as it is now, written to in this transaction
 */
export async function welcomeAgain(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  held: WorkshopRow,
  session: ClientSession,
): Promise<void> {
  const rows = (await untoldOf(held, session)).toSorted(byPlace)
  if (rows.length === 0) return
  const { _id: workshop, partnership, capacity, registered } = held
  const free = capacity === null ? rows.length : capacity - registered
  const placed = rows.filter(hadPlace).slice(0, Math.max(free, 0))
  const has = (row: Untold) =>
    hadPlace(row) && !placed.includes(row) ? 'waiting' : row.gaveWay.registration
  const updates = rows.map((row) => {
    const { registeredAt } = row.gaveWay
    const set = { registration: has(row), registeredAt, gaveWay: null }
    return { updateOne: { filter: { _id: row._id, workshop }, update: { $set: set } } }
  })
  await WorkshopParticipant.bulkWrite(updates, { session })
  const count = { $inc: { registered: placed.length } }
  await Workshop.updateOne({ _id: workshop, partnership }, count, { session })
  const informed: Untold[] = []
  for (const row of rows) {
    const { _id, guest, gaveWay } = row
    const isInvited = gaveWay.registration === 'none'
    if (isInvited && guest?.email && gaveWay.unsent.includes('guest-invited')) {
      await queueGuestInvitation(ports, actor, held, { _id, guest }, session)
      continue
    }
    const isUnheard = !isInvited && isUnplaced(gaveWay)
    if (isUnheard || has(row) !== gaveWay.registration) {
      await tellAdmitted(ports, held, _id, null, session)
    }
    if (!isUnheard) informed.push(row)
  }
  await tellMoved(ports, held, informed, session)
}

/** Those who gave way, and whose letter about it was not written or has not left: it does not leave now. */
async function untoldOf(
  { _id: workshop, partnership }: WorkshopRow,
  session: ClientSession,
): Promise<Untold[]> {
  const about = { template: 'workshop-without-guests' as const, 'values.id': String(workshop) }
  const waiting = { ...about, status: 'waiting' as const }
  const letters = await MailItem.find(waiting, { to: 1 }).session(session).lean()
  await MailItem.deleteMany(waiting, { session })
  const unread = new Set(letters.map(({ to }) => to))
  const theirs = { partnership, workshop, guest: { $ne: null }, gaveWay: { $ne: null } }
  const rows = await WorkshopParticipant.find(theirs).session(session).lean()
  return rows.flatMap((row) => {
    const { gaveWay, guest } = row
    if (!gaveWay || !isOfIt(row)) return []
    return gaveWay.told && !unread.has(guest?.email ?? '') ? [] : [{ ...row, gaveWay }]
  })
}

/** Who came first, and had a place, has one again. */
function byPlace(one: Untold, other: Untold): number {
  const since = ({ gaveWay, createdAt }: Untold) => Number(gaveWay.registeredAt ?? createdAt)
  return since(one) - since(other)
}

function hadPlace({ gaveWay }: Untold): boolean {
  return gaveWay.registration === 'registered'
}

function isUnplaced({ unsent }: GaveWayRow): boolean {
  return unsent.some((template) => PLACING.includes(template))
}

/** What was put off while it was without guests was told to none of them. */
async function tellMoved(
  { clock }: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  rows: readonly Untold[],
  session: ClientSession,
): Promise<void> {
  const now = clock.now()
  const home = await homeOf(held, session)
  const moved = rows.filter(({ gaveWay }) => isElsewhere(held, gaveWay))
  const readers = await participantsTo(held, home, moved, session)
  const letters = moved.flatMap(({ _id, gaveWay }) => {
    const reader = readers.get(String(_id))
    if (!reader) return []
    const was = { startsAt: gaveWay.startsAt.toISOString(), place: gaveWay.place ?? null }
    const values = { ...aboutFor(held, home, reader), was }
    const mail: Mail = {
      template: 'workshop-changed',
      to: reader.email,
      lang: reader.lang,
      values,
    }
    const sooner = new Date(Math.min(Number(gaveWay.startsAt), Number(held.startsAt)))
    return [{ mail, at: politeTime(now, reader, sooner) ?? now }]
  })
  await queueMails(letters, session)
}

function isElsewhere({ startsAt, place }: WorkshopRow, was: GaveWayRow): boolean {
  if (startsAt.getTime() !== was.startsAt.getTime()) return true
  return place?.en !== was.place?.en || place?.ru !== was.place?.ru
}
