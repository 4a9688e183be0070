import { randomInt } from 'node:crypto'
import { Types } from 'mongoose'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { CertificateView } from '../../shared/after-views'
import { AppError } from '../../shared/errors'
import type { LocalizedText } from '../../shared/languages'
import { dateIn } from '../../shared/wall-clock'
import { certificatePdf } from '../papers/certificate'
import type { Ports } from '../ports'
import { attendersOf, enoughMinutes } from './attendance'
import { recordAudit } from './audit'
import { revokeIn } from './certificate-revoking'
import { certificateWords } from './certificate-words'
import { fullName } from './names'
import { announceNotices, recordNotices } from './notify'
import { inTransaction, isTaken } from './transaction'
import { findFacilitated, findWorkshop, participantOf } from './workshop-access'

/** Without letters and digits that are mistaken for one another; twelve of them are 58 bits. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A code that is taken is drawn anew; once in a very long while. */
const DRAWS = 3

/**
 * Give everybody who was there long enough a certificate, those who have one keep it, with the hours as
 * they were corrected; a revoked one is issued anew under another code.
 *
 * @returns how many were issued now
 * @throws AppError `not_found`, `forbidden`, `workshop_not_open` while it is not over
 */
export async function issueCertificates(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<{ issued: number }> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  if (workshop.status !== 'closed') throw new AppError('workshop_not_open')
  const enough = enoughMinutes(workshop)
  const attenders = await attendersOf(workshop)
  let issued = 0
  for (const { participant, minutes } of attenders) {
    if (minutes < enough) continue
    if (await issue(ports, actor, workshop, participant, minutes)) issued += 1
  }
  return { issued }
}

async function issue(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  participant: WorkshopParticipantRow,
  minutes: number,
): Promise<boolean> {
  const { partnership, _id, title, startsAt, timeZone } = workshop
  const mine = { partnership, workshop: _id, participant: participant._id }
  const hours = Math.max(0.5, Math.round(minutes / 30) / 2)
  const known = await Certificate.findOne(mine, { code: 1, hours: 1, revokedAt: 1 }).lean()
  if (known && !known.revokedAt && known.hours === hours) return false
  const at = ports.clock.now()
  const fields = {
    name: await nameOf(participant),
    title,
    hours,
    date: dateIn(startsAt.getTime(), timeZone),
    issuedAt: at,
    issuedBy: new Types.ObjectId(actor.userId),
    revokedAt: null,
    demo: false,
  }
  for (let draw = 1; ; draw++) {
    try {
      const told = await inTransaction(async (session) => {
        const outdated = { $or: [{ revokedAt: { $ne: null } }, { hours: { $ne: hours } }] }
        const which = known ? { ...mine, ...outdated } : mine
        // one that is in somebody's hands is still found by its code, with the hours that count
        const code =
          known && !known.revokedAt ? known.code : certificateCode((below) => randomInt(below))
        const set = { ...fields, code }
        const change = known ? { $set: set } : { $setOnInsert: set }
        const done = await Certificate.updateOne(which, change, { session, upsert: !known })
        if (done.upsertedCount + done.modifiedCount === 0) return null
        await recordAudit(
          ports,
          {
            kind: 'certificate:issued',
            partnershipId: String(partnership),
            by: actor.userId,
            subject: { workshop: String(_id), participant: String(participant._id) },
          },
          session,
        )
        return recordNotices(
          [
            {
              kind: 'workshop_certificate',
              partnership,
              event: `certificate ${participant._id} ${at.getTime()}`,
              by: null,
              to: participant.user ? [participant.user] : [],
              workshop: _id,
              at,
            },
          ],
          session,
        )
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

/**
 * Take a certificate back; whoever looks it up is told that it was.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function revokeCertificate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId: string,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  await inTransaction((session) => revokeIn(ports, workshop, participantId, actor.userId, session))
}

/**
 * One's own certificate of a workshop; null where there is none.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readOwnCertificate(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<CertificateView | null> {
  const workshop = await findWorkshop(actor, workshopId)
  const me = await WorkshopParticipant.findOne(participantOf(actor, workshop._id)).lean()
  const row = me && (await Certificate.findOne(placeOf(workshop, me._id)).lean())
  return row && !row.revokedAt ? toView(row) : null
}

/**
 * A certificate as a PDF: one's own, or anybody's for those who run the workshop.
 *
 * @throws AppError `no_certificate`, `not_found`, `forbidden`, `too_many_requests`
 */
export async function openCertificate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId?: string,
): Promise<{ name: string; bytes: Buffer }> {
  const workshop = participantId
    ? await findFacilitated(actor, workshopId)
    : await findWorkshop(actor, workshopId)
  const mine = participantId
    ? { _id: participantId, workshop: workshop._id }
    : participantOf(actor, workshop._id)
  const participant = await WorkshopParticipant.findOne(mine, { _id: 1 }).lean()
  const row = participant && (await Certificate.findOne(placeOf(workshop, participant._id)).lean())
  if (!row || row.revokedAt) throw new AppError('no_certificate')
  await ports.limits.take('paper', actor.userId)
  const home = await Partnership.findById(row.partnership, { name: 1 }).lean()
  const url = `${ports.publicUrl()}/certificates/${row.code}`
  const words = certificateWords(row, {
    partnership: home?.name ?? {},
    accreditation: workshop.accreditation,
  })
  return {
    name: `certificate-${row.code}.pdf`,
    bytes: await certificatePdf({ ...words, code: row.code, url }),
  }
}

/**
 * What anybody may see of a certificate whose code they hold: name, title, hours and date.
 *
 * @param address network address, for the limit on guessing
 * @throws AppError `not_found`, `too_many_requests`
 */
export async function checkCertificate(
  { limits }: Ports,
  code: string,
  address: string,
): Promise<CertificateView> {
  await limits.take('certificate', address)
  const row = await Certificate.findOne({ code }).lean()
  if (!row) throw new AppError('not_found')
  return toView(row)
}

function placeOf({ partnership, _id }: WorkshopRow, participant: Types.ObjectId) {
  return { partnership, workshop: _id, participant }
}

function toView({ code, name, title, hours, date, revokedAt }: CertificateRow): CertificateView {
  return { code, name, title, hours, date, revoked: revokedAt !== null }
}

/** As it stands on paper: in full, in each script the person has it in. */
async function nameOf({ user, guest }: WorkshopParticipantRow): Promise<LocalizedText> {
  if (!user) return guest ? { [guest.lang]: guest.name } : {}
  const row = await User.findById(user, { name: 1 }).lean()
  return row ? fullName(row.name) : {}
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
