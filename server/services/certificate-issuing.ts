import { randomInt } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { LocalizedText } from '../../shared/languages'
import { dateIn } from '../../shared/wall-clock'
import type { Ports } from '../ports'
import { attendersOf, enoughMinutes, hoursFor } from './attendance'
import { recordAudit } from './audit'
import { queueMails } from './mail'
import { fullName } from './names'
import { announceNotices, type Recorded } from './notify'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated } from './workshop-access'
import { type Addressee, type Home, homeOf, participantsTo } from './workshop-addressees'
import { guestName } from './workshop-attendees'
import { politeTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'

/** Without letters and digits that are mistaken for one another; twelve of them are 58 bits. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A code that is taken is drawn anew; once in a very long while. */
const DRAWS = 3

/** Whose certificate, for how long, and how they are told. */
type Issue = {
  workshop: WorkshopRow
  home: Home
  participant: WorkshopParticipantRow
  minutes: number
  reader: Addressee | undefined
  /** Also one that was taken back. */
  anew: boolean
}

/**
 * Give everybody who was there long enough a certificate. Those who have one keep it and its code, with
 * the hours as they were corrected; one that was taken back stays so (`reissueCertificate`).
 *
 * @returns how many were issued or corrected now
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open` while it is not over
 */
export async function issueCertificates(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<{ issued: number }> {
  const workshop = await findOver(actor, workshopId, partnershipId)
  const enough = enoughMinutes(workshop)
  const attenders = (await attendersOf(workshop)).filter(({ minutes }) => minutes >= enough)
  return { issued: await issueTo(ports, actor, workshop, attenders, false) }
}

/**
 * Give one person a certificate, also where theirs was taken back: then under another code, while the
 * old one goes on saying that it was revoked.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`; `conflict` for who was not there long
 *   enough
 */
export async function reissueCertificate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
  partnershipId?: string,
): Promise<{ issued: number }> {
  const workshop = await findOver(actor, workshopId, partnershipId)
  const attenders = await attendersOf(workshop)
  const theirs = attenders.filter(({ participant }) => String(participant._id) === participantId)
  if (theirs.length === 0) throw new AppError('not_found')
  if (theirs.some(({ minutes }) => minutes < enoughMinutes(workshop))) {
    throw new AppError('conflict')
  }
  return { issued: await issueTo(ports, actor, workshop, theirs, true) }
}

async function findOver(actor: Actor, workshopId: string, partnershipId: string | undefined) {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  if (workshop.status !== 'closed') throw new AppError('workshop_not_open')
  return workshop
}

async function issueTo(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  attenders: Awaited<ReturnType<typeof attendersOf>>,
  anew: boolean,
): Promise<number> {
  const home = await homeOf(workshop)
  const rows = attenders.map(({ participant }) => participant)
  const readers = await participantsTo(workshop, home, rows)
  let issued = 0
  for (const { participant, minutes } of attenders) {
    const reader = readers.get(String(participant._id))
    const about = { workshop, home, participant, minutes, reader, anew }
    if (await issue(ports, actor, about)) issued += 1
  }
  return issued
}

async function issue(ports: Ports, actor: Actor, about: Issue): Promise<boolean> {
  const { workshop, participant, minutes, anew } = about
  const { partnership, _id, title, startsAt, timeZone } = workshop
  const mine = { partnership, workshop: _id, participant: participant._id }
  const hours = hoursFor(minutes)
  const known = await Certificate.findOne(mine).lean()
  if (known?.revokedAt ? !anew : known?.hours === hours) return false
  const fields = {
    name: await nameOf(participant, known?.name),
    title,
    hours,
    date: dateIn(startsAt.getTime(), timeZone),
    issuedAt: ports.clock.now(),
    issuedBy: new Types.ObjectId(actor.userId),
    revokedAt: null,
    demo: false,
  }
  // one that is in somebody's hands is still found by its code, with the hours that count
  const kept = known && !known.revokedAt ? known.code : null
  for (let draw = 1; ; draw++) {
    try {
      const set = { ...fields, code: kept ?? certificateCode((below) => randomInt(below)) }
      const told = await inTransaction(async (session) => {
        const change = known ? { $set: set, ...formerOf(known) } : { $setOnInsert: set }
        const isStill = known ? { code: known.code, hours: known.hours } : {}
        const which = known ? { ...mine, ...isStill, revokedAt: known.revokedAt } : mine
        const done = await Certificate.updateOne(which, change, { session, upsert: !known })
        if (done.upsertedCount + done.modifiedCount === 0) return null
        const fact = {
          kind: 'certificate:issued' as const,
          partnershipId: String(partnership),
          by: actor.userId,
          subject: { workshop: String(_id), participant: String(participant._id) },
        }
        await recordAudit(ports, fact, session)
        return tell(ports, about, { code: set.code, corrected: kept !== null }, session)
      })
      if (told) announceNotices(ports.bus, told)
      return told !== null
    } catch (error) {
      // of two at once the other was quicker, or the code is somebody's
      if (!isTaken(error)) throw error
      if (await Certificate.exists({ ...mine, revokedAt: null })) return false
      if (draw === DRAWS) throw error
    }
  }
}

/** What was taken back goes on being found by the code that is printed on it. */
function formerOf({ revokedAt, code, name, title, hours, date }: CertificateRow) {
  return revokedAt ? { $push: { former: { code, name, title, hours, date } } } : {}
}

/** A row in their list and a letter by day; those written down by hand have neither. */
async function tell(
  ports: Pick<Ports, 'clock'>,
  { workshop, home, participant, reader }: Issue,
  { code, corrected }: { code: string; corrected: boolean },
  session: ClientSession,
): Promise<Recorded> {
  if (!reader) return []
  const at = ports.clock.now()
  const { email: to, lang, user } = reader
  const values = { ...aboutFor(workshop, home, reader), code, corrected, guest: user === null }
  const mail = { template: 'workshop-certificate' as const, to, lang, values }
  await queueMails([{ mail, at: politeTime(at, reader) ?? at }], session)
  const kind = corrected ? 'workshop_certificate_corrected' : 'workshop_certificate'
  const event = `certificate ${participant._id} ${at.getTime()}`
  return noteFor({ row: workshop, kind, event, by: null, at }, [reader], session)
}

/**
 * As it stands on paper: in full, in each script the person has it in. Who has deleted their account is
 * certified under the name that they had.
 */
async function nameOf(
  { user, guest }: WorkshopParticipantRow,
  certified: LocalizedText = {},
): Promise<LocalizedText> {
  if (!user) return guest ? fullName(guestName(guest.name)) : {}
  const row = await User.findById(user, { name: 1, deletedAt: 1 }).lean()
  return row && !row.deletedAt ? fullName(row.name) : certified
}

/**
 * Code of a certificate, `7K2M-…`: twelve letters and digits.
 *
 * @param draw for the place of each, 0 to 11: a number below so many
 */
export function certificateCode(draw: (below: number, place: number) => number): string {
  const letters = Array.from({ length: 12 }, (_, at) => ALPHABET[draw(ALPHABET.length, at)])
  return [0, 4, 8].map((from) => letters.slice(from, from + 4).join('')).join('-')
}
