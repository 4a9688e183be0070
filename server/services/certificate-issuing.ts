import { randomInt } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { LocalizedText } from '../../shared/languages'
import { dateIn } from '../../shared/wall-clock'
import type { Ports } from '../ports'
import { attendersOf, certificateHours, enoughMinutes, holdAttendance, isRunBy } from './attenders'
import { recordAudit } from './audit'
import { inOrder } from './in-order'
import { languageOf } from './languages'
import { queueMails } from './mail'
import { fullName } from './names'
import { announceNotices, type Recorded } from './notify'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated } from './workshop-access'
import { type Addressee, type Home, homeOf, participantsTo } from './workshop-addressees'
import { minutesOf } from './workshop-attendance'
import { guestName } from './workshop-attendees'
import { politeTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'

/** Without letters and digits that are mistaken for one another; twelve of them are 58 bits. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A code that is taken is drawn anew; once in a very long while. */
const DRAWS = 3

type Attender = Pick<Awaited<ReturnType<typeof attendersOf>>[number], 'participant' | 'minutes'>

/** Somebody to be told; `former` is in the workspace no more. */
type Reader = Addressee & { former: boolean }

/** Whose certificate, and how they are told. */
type Issue = {
  workshop: WorkshopRow
  home: Home
  participant: WorkshopParticipantRow
  /** As they were read for all; they are read anew in the transaction. */
  minutes: number
  reader: Reader | undefined
  /** Also one that was taken back. */
  anew: boolean
}

/**
 * Give everybody who was there long enough a certificate, but those who run the workshop. Those who have
 * one keep it and its code, with the hours as they were corrected; one that was taken back stays so
 * (`reissueCertificate`).
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
  const able = (await attendersOf(workshop)).filter((each) => isAble(workshop, each))
  return { issued: await issueTo(ports, actor, workshop, able, false) }
}

/**
 * Give one person a certificate, also where theirs was taken back: then under another code, while the
 * old one goes on saying that it was revoked.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open`; `conflict` for who was not there long
 *   enough, or runs the workshop
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
  const theirs = attenders.find(({ participant }) => String(participant._id) === participantId)
  if (!theirs) throw new AppError('not_found')
  if (!isAble(workshop, theirs)) throw new AppError('conflict')
  return { issued: await issueTo(ports, actor, workshop, [theirs], true) }
}

/** Whoever teaches is not trained by it. */
function isAble(workshop: WorkshopRow, { participant, minutes }: Attender): boolean {
  return minutes >= enoughMinutes(workshop) && !isRunBy(workshop, participant)
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
  attenders: readonly Attender[],
  anew: boolean,
): Promise<number> {
  const home = await homeOf(workshop)
  const rows = attenders.map(({ participant }) => participant)
  const readers = await readersOf(workshop, home, rows)
  let issued = 0
  for (const each of attenders) {
    const reader = readers.get(String(each.participant._id))
    if (await issue(ports, actor, { workshop, home, ...each, reader, anew })) issued += 1
  }
  return issued
}

/** Also who is a member no more: what was earned is theirs. */
async function readersOf(
  workshop: WorkshopRow,
  home: Home,
  rows: readonly WorkshopParticipantRow[],
): Promise<ReadonlyMap<string, Reader>> {
  const now = await participantsTo(workshop, home, rows)
  const users = rows.flatMap(({ _id, user }) => (user && !now.has(String(_id)) ? user : []))
  const living = await User.find({ _id: { $in: users }, deletedAt: { $exists: false } }).lean()
  const byId = new Map(living.map((person) => [String(person._id), person]))
  return new Map(
    rows.flatMap(({ _id, user, side }): [string, Reader][] => {
      const member = now.get(String(_id))
      if (member) return [[String(_id), { ...member, former: false }]]
      const person = byId.get(String(user))
      if (!person) return []
      const country = home.countries.get(String(side)) ?? ''
      const { email, timeZone } = person
      const to = { user: person._id, email, timeZone, country, lang: languageOf(person) }
      return [[String(_id), { ...to, former: true }]]
    }),
  )
}

async function issue(ports: Ports, actor: Actor, about: Issue): Promise<boolean> {
  const { workshop, participant, minutes, anew } = about
  const { partnership, _id } = workshop
  const mine = { partnership, workshop: _id, participant: participant._id }
  const known = await Certificate.findOne(mine).lean()
  if (known?.revokedAt ? !anew : known?.hours === certificateHours(minutes, workshop)) return false
  const name = await nameOf(participant, known?.name)
  if (!name) return false
  // one that is in somebody's hands is still found by its code, with the hours that count
  const kept = known && !known.revokedAt ? known.code : null
  const all = { ...about, known, name, kept }
  for (let draw = 1; ; draw++) {
    try {
      const code = kept ?? certificateCode((below) => randomInt(below))
      const told = await inOrder(`attendance ${_id}`, () =>
        inTransaction((session) => write(ports, actor, all, code, session)),
      )
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

/**
 * By the attendance as it is in the transaction: whoever corrects it alongside either came before, or
 * finds the certificate there to be taken back.
 *
 * @returns whom it was told; null where there is nothing to issue (any more)
 */
async function write(
  ports: Ports,
  actor: Actor,
  about: Issue & { known: CertificateRow | null; name: LocalizedText; kept: string | null },
  code: string,
  session: ClientSession,
): Promise<Recorded | null> {
  const { known, name, kept } = about
  const workshop = await holdAttendance(about.workshop, session)
  if (workshop?.status !== 'closed') return null
  const { partnership, _id, title, startsAt, timeZone } = workshop
  const at = { partnership, workshop: _id }
  const participant = await WorkshopParticipant.findOne({ ...at, _id: about.participant._id })
    .session(session)
    .lean()
  if (!participant) return null
  const minutes = minutesOf(participant, workshop)
  const hours = certificateHours(minutes, workshop)
  if (!isAble(workshop, { participant, minutes }) || (kept && known?.hours === hours)) return null
  const set = {
    code,
    name,
    title,
    hours,
    date: dateIn(startsAt.getTime(), timeZone),
    issuedAt: ports.clock.now(),
    issuedBy: new Types.ObjectId(actor.userId),
    revokedAt: null,
    demo: false,
  }
  const mine = { ...at, participant: participant._id }
  const change = known ? { $set: set, ...formerOf(known) } : { $setOnInsert: set }
  const isStill = known && { code: known.code, hours: known.hours, revokedAt: known.revokedAt }
  const which = { ...mine, ...isStill }
  const done = await Certificate.updateOne(which, change, { session, upsert: !known })
  if (done.upsertedCount + done.modifiedCount === 0) return null
  const fact = {
    kind: 'certificate:issued' as const,
    partnershipId: String(partnership),
    by: actor.userId,
    subject: { workshop: String(_id), participant: String(participant._id) },
  }
  await recordAudit(ports, fact, session)
  return tell(ports, about, { code, corrected: kept !== null }, session)
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
  const { email: to, lang, user, former } = reader
  const guest = user === null
  const values = { ...aboutFor(workshop, home, reader), code, corrected, guest, former }
  const mail = { template: 'workshop-certificate' as const, to, lang, values }
  await queueMails([{ mail, at: politeTime(at, reader) ?? at }], session)
  const kind = corrected ? 'workshop_certificate_corrected' : 'workshop_certificate'
  const event = `certificate ${participant._id} ${at.getTime()}`
  return noteFor({ row: workshop, kind, event, by: null, at }, [reader], session)
}

/**
 * As it stands on paper: in full, in each script the person has it in. Who has deleted their account is
 * certified under the name that they were certified by; null where they never were.
 */
async function nameOf(
  { user, guest }: WorkshopParticipantRow,
  certified: LocalizedText | undefined,
): Promise<LocalizedText | null> {
  if (!user) return guest ? fullName(guestName(guest.name)) : null
  const row = await User.findById(user, { name: 1, deletedAt: 1 }).lean()
  return row && !row.deletedAt ? fullName(row.name) : (certified ?? null)
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
