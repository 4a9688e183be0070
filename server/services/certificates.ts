import { Types } from 'mongoose'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { Partnership } from '../../models/partnership'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { CertificateView } from '../../shared/after-views'
import { AppError } from '../../shared/errors'
import { certificatePdf } from '../papers/certificate'
import type { Ports } from '../ports'
import { revokeIn } from './certificate-revoking'
import { certificateWords } from './certificate-words'
import { inTransaction } from './transaction'
import { findFacilitated, findWorkshop, participantOf } from './workshop-access'

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
 * A certificate as a PDF: one's own, also of a partnership that one has left, or anybody's for those who
 * run the workshop.
 *
 * @throws AppError `no_certificate`, `not_found`, `forbidden`, `too_many_requests`
 */
export async function openCertificate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  participantId?: string,
): Promise<{ name: string; bytes: Buffer }> {
  const whose = participantId
    ? { _id: participantId, workshop: (await findFacilitated(actor, workshopId))._id }
    : participantOf(actor, new Types.ObjectId(workshopId))
  const participant = await WorkshopParticipant.findOne(whose, { _id: 1, partnership: 1 }).lean()
  const { partnership, _id } = participant ?? {}
  const mine = { partnership, workshop: workshopId, participant: _id, revokedAt: null }
  const row = participant && (await Certificate.findOne(mine).lean())
  if (!row) {
    // of a workshop that is none of theirs nobody learns that there is one
    await findWorkshop(actor, workshopId)
    throw new AppError('no_certificate')
  }
  await ports.limits.take('paper', actor.userId)
  const [home, workshop] = await Promise.all([
    Partnership.findById(row.partnership, { name: 1 }).lean(),
    Workshop.findById(row.workshop, { accreditation: 1 }).lean(),
  ])
  const url = `${ports.publicUrl()}/certificates/${row.code}`
  const words = certificateWords(row, {
    partnership: home?.name ?? {},
    accreditation: workshop?.accreditation ?? {},
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
  const row = await Certificate.findOne({ $or: [{ code }, { 'former.code': code }] }).lean()
  if (!row) throw new AppError('not_found')
  const former = row.former?.find((each) => each.code === code)
  return former ? { ...former, revoked: true } : toView(row)
}

function toView({ code, name, title, hours, date, revokedAt }: CertificateRow): CertificateView {
  return { code, name, title, hours, date, revoked: revokedAt !== null }
}
