import type { GuestsChange } from '../../../shared/schemas/guests'
import type { Member } from '../../lib/route'
import { drawQr, type QrCode } from '../second-factors/qr.server'

/** A link just made: it is shown this once. */
export type MadeLink = { link: { url: string; qr: QrCode } }

/** Carry out what a facilitator chose. @returns a new link, or null for everything else */
export async function changeGuests(
  { actor, services }: Pick<Member, 'actor' | 'services'>,
  { workshopId, partnershipId }: { workshopId: string; partnershipId: string },
  change: GuestsChange,
): Promise<MadeLink | null> {
  const { workshopGuests, workshopDoor } = services
  switch (change.intent) {
    case 'make-link': {
      const { url } = await workshopGuests.makeLink(actor, workshopId, partnershipId)
      return { link: { url, qr: drawQr(url) } }
    }
    case 'end-link':
      await workshopGuests.endLink(actor, workshopId, partnershipId)
      return null
    case 'link-waits':
    case 'link-admits': {
      const isOpen = change.intent === 'link-admits'
      await workshopGuests.setLinkAdmits(actor, workshopId, isOpen, partnershipId)
      return null
    }
    case 'admit-all':
      await workshopDoor.letAllIn(actor, workshopId, partnershipId)
      return null
    case 'invite':
      await workshopGuests.inviteGuest(actor, workshopId, change, partnershipId)
      return null
    case 'resend':
      await workshopGuests.resendInvitation(actor, workshopId, change.participantId, partnershipId)
      return null
    case 'remove':
      await workshopGuests.removeGuest(actor, workshopId, change.participantId, partnershipId)
      return null
    default: {
      const isIn = change.intent === 'admit'
      await workshopDoor.letIn(actor, workshopId, change.participantId, isIn)
      return null
    }
  }
}
