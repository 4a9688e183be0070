import type { ClientSession } from 'mongoose'
import type { MailRow } from '../../models/mail'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Mail, MailValues } from '../../shared/mails'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { queueMails } from './mail'
import { announceNotices, type Recorded } from './notify'
import { inTransaction } from './transaction'
import { type Addressee, type Home, homeOf, participantsTo } from './workshop-addressees'
import { politeTime } from './workshop-hours'
import { aboutFor } from './workshop-letters'
import { holdWorkshop, leavePlaces } from './workshop-places'
import { announceWorkshop } from './workshop-summaries'
import { withdrawUnsentTo } from './workshop-unsent'

/** Guests in one transaction. */
const AT_ONCE = 25
type Had = MailValues['workshop-without-guests']['had']
type Which = Pick<WorkshopRow, '_id' | 'partnership'>

/** Guests with a place, on the waiting list, or invited and not come yet. */
function havingIn({ _id, partnership }: Which) {
  const $or = [
    { registration: { $in: ['registered' as const, 'waiting' as const] } },
    { registration: 'none' as const, door: 'admitted' as const, gaveWay: null },
  ]
  return { partnership, workshop: _id, guest: { $ne: null }, $or }
}

/**
 * What a change of the plan says of guests: from this very write on nobody comes in as one, or those who
 * were still to give way stay.
 */
export function guestsLeaving(was: Pick<WorkshopRow, 'guests'>, guests: boolean, at: Date) {
  if (was.guests === guests) return {}
  return { guestsLeaveSince: guests ? null : at }
}

/**
 * A workshop is planned without guests: their places are others', and each of them is told by a letter,
 * so many at a time. What one process leaves undone the next one does; each is told once, whoever runs
 * this and however often.
 *
 * @param most how many in this turn
 * @returns how many had to give way
 */
export async function sendGuestsAway(
  ports: Ports,
  { _id, partnership }: Which,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let gone = 0
  while (gone < most) {
    const { count, told } = await inOrder(`workshop ${_id}`, () =>
      inTransaction((session) => sendSomeAway(ports, { _id, partnership }, session)),
    )
    announceNotices(ports.bus, told)
    if (count === 0) break
    gone += count
  }
  const row = gone > 0 && (await Workshop.findById(_id).lean())
  if (row) announceWorkshop(ports, row)
  return gone
}

/**
 * The same of every workshop where it is not done: a process ended in the middle of it. Those of its
 * guests who are still in the room go out.
 */
export async function sendLeftGuestsAway(ports: Ports, most: number): Promise<number> {
  const due = { guestsLeaveSince: { $type: 'date' as const } }
  let gone = 0
  for (const { _id, partnership } of await Workshop.find(due, { partnership: 1 }).lean()) {
    if (gone >= most) break
    ports.bus.publish('workshop:planned', { workshopId: String(_id), guests: false })
    try {
      gone += await sendGuestsAway(ports, { _id, partnership }, most - gone)
    } catch (error) {
      // the others' guests are told all the same
      ports.log.error({ err: error, workshop: String(_id) }, 'guests could not be told')
    }
  }
  return gone
}

async function sendSomeAway(
  ports: Ports,
  { _id, partnership }: Which,
  session: ClientSession,
): Promise<{ count: number; told: Recorded }> {
  const held = await holdWorkshop({ _id, partnership }, session)
  const since = held?.guestsLeaveSince
  // they may come again, or another process was quicker
  if (!held || !since) return { count: 0, told: [] }
  // once a workshop is over, places stay as they were
  const isOver = held.status === 'closed'
  const rows = await WorkshopParticipant.find(havingIn(held))
    .sort({ _id: 1 })
    .limit(AT_ONCE)
    .session(session)
    .lean()
  if (isOver || rows.length === 0) {
    const done = { $set: { guestsLeaveSince: null } }
    await Workshop.updateOne({ _id, partnership }, done, { session })
    return { count: 0, told: [] }
  }
  const ids = rows.map((row) => row._id)
  const told = await leavePlaces(ports, held, ids, session)
  await writeTo(ports, held, rows, session)
  return { count: rows.length, told }
}

/** To each a letter by day; what they had is kept, for the case that guests may come again. */
async function writeTo(
  { clock }: Pick<Ports, 'clock'>,
  held: WorkshopRow,
  rows: readonly WorkshopParticipantRow[],
  session: ClientSession,
): Promise<void> {
  const home = await homeOf(held, session)
  const readers = await participantsTo(held, home, rows, session)
  const now = clock.now()
  const letters: { mail: Mail; at: Date }[] = []
  for (const row of rows) {
    const reader = readers.get(String(row._id))
    const unsent = reader ? await withdrawUnsentTo(held, reader.email, session) : []
    const told = reader !== undefined && knowsOfIt(row, unsent)
    if (told) {
      const at = politeTime(now, reader, held.startsAt) ?? now
      letters.push({ mail: mailTo(reader, held, home, hadBy(row)), at })
    }
    await keepWhatTheyHad(held, row, { unsent, told }, session)
  }
  await queueMails(letters, session)
}

/** Whoever was invited, and cannot have got the first letter, does not: a link that is sent again is another. */
function knowsOfIt(
  { registration, invitedAt }: WorkshopParticipantRow,
  unsent: readonly MailRow[],
): boolean {
  if (registration !== 'none') return true
  const isFirst = ({ template, at }: MailRow) =>
    template === 'guest-invited' && at.getTime() === invitedAt?.getTime()
  return invitedAt !== null && !unsent.some(isFirst)
}

async function keepWhatTheyHad(
  { _id: workshop, startsAt, place }: WorkshopRow,
  { _id, registration, registeredAt, told: names }: WorkshopParticipantRow,
  { unsent, told }: { unsent: readonly MailRow[]; told: boolean },
  session: ClientSession,
): Promise<void> {
  const templates = unsent.map(({ template }) => template)
  const planned = { startsAt, place: { ...place } }
  const gaveWay = { registration, registeredAt, ...planned, unsent: templates, told }
  // the link in a letter that did not leave is nobody's
  const isLinkLost = unsent.some(
    ({ template, values }) =>
      template === 'workshop-admitted' && String(values.path).startsWith('/w/'),
  )
  const set = { gaveWay, ...(isLinkLost ? { invite: null } : {}) }
  // a reminder that did not leave is none
  const isUnreminded = templates.includes('workshop-reminder')
  const reminders = isUnreminded ? names.filter((name) => name.startsWith('mail ')) : []
  const update = { $set: set, $pullAll: { told: reminders } }
  await WorkshopParticipant.updateOne({ _id, workshop }, update, { session })
}

function hadBy({ registration }: Pick<WorkshopParticipantRow, 'registration'>): Had {
  if (registration === 'registered') return 'place'
  return registration === 'waiting' ? 'waiting' : 'invitation'
}

function mailTo(reader: Addressee, held: WorkshopRow, home: Home, had: Had): Mail {
  const about = aboutFor(held, home, reader)
  const start = { to: reader.email, lang: reader.lang }
  // cancelled before everybody was told: that it does not take place says all
  if (held.status === 'cancelled') {
    const values = { ...about, reason: held.cancelReason }
    return { ...start, template: 'workshop-cancelled', values }
  }
  return { ...start, template: 'workshop-without-guests', values: { ...about, had } }
}
