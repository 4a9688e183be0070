import { AttendanceChange } from '../../../shared/schemas/afterwards'
import { type Member, parseForm } from '../../lib/route'

/**
 * What the forms of the attendance page do.
 *
 * @returns the query of the page that is shown then
 * @throws AppError as the services
 */
export async function changeAttendance(
  { actor, services, request }: Member,
  { workshopId, partnershipId }: { workshopId: string; partnershipId: string },
): Promise<string> {
  const change = await parseForm(request, AttendanceChange)
  const at = [actor, workshopId] as const
  switch (change.intent) {
    case 'add':
      await services.attendance.addAttender(...at, change, partnershipId)
      return ''
    case 'member':
      await services.attendance.addMember(...at, change, partnershipId)
      return ''
    case 'there':
      await services.attendance.markThere(...at, change, partnershipId)
      return ''
    case 'issue': {
      const { issued } = await services.certificates.issueCertificates(...at, partnershipId)
      return `?issued=${issued}`
    }
    case 'reissue': {
      const { participant } = change
      const { issued } = await services.certificates.reissueCertificate(
        ...at,
        participant,
        partnershipId,
      )
      return `?issued=${issued}`
    }
    case 'lasted':
      await services.attendance.setLasted(...at, change, partnershipId)
      return ''
    case 'revoke':
      await services.certificates.revokeCertificate(...at, change.participant, partnershipId)
      return ''
    default:
      await services.attendance.correctAttendance(...at, change, partnershipId)
      return ''
  }
}
