import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { AppError } from '../../shared/errors'
import type { AskReturnCode } from '../../shared/schemas/guests'
import type { Ports } from '../ports'
import { drawGuestCode, sendGuestCode } from './guest-codes'
import { takesBack } from './guest-links'
import { admitLetter } from './mail-asked'

/** Is a workshop over, so that its guests come back by their address alone? */
export async function mayReturn(_ports: Pick<Ports, 'clock'>, workshopId: string) {
  const row = await Workshop.findById(workshopId, { guests: 1, status: 1 }).lean()
  return row !== null && takesBack(row)
}

/**
 * After a workshop, ask for the code with which one of its guests comes back: to their promise, their
 * certificate, and what was said. The answer is the same whoever has that address; a letter goes only
 * to those who had been let in.
 *
 * @param address of the client, for limits
 * @returns the token for the cookie of the browser that asked
 * @throws AppError `link_over`, `too_many_requests` with `seconds`
 */
export async function askReturnCode(
  ports: Ports,
  { email, lang }: AskReturnCode,
  { address, workshopId }: { address: string; workshopId: string },
): Promise<string> {
  const workshop = await Workshop.findById(workshopId).lean()
  if (!workshop || !takesBack(workshop)) throw new AppError('link_over')
  await ports.limits.take('guest-code-address', address)
  await admitLetter(ports, email, address)
  const { _id, partnership } = workshop
  const { token, code, hashes } = drawGuestCode(ports)
  const known = await WorkshopParticipant.findOne({
    partnership,
    workshop: _id,
    // the type as well: without it the partial index is not used
    'guest.email': { $eq: email, $type: 'string' },
    door: 'admitted',
  }).lean()
  if (!known?.guest) return token
  const { name, institution, timeZone } = known.guest
  const { cadre } = known
  const row = {
    ...hashes,
    partnership,
    workshop: _id,
    email,
    name,
    institution,
    cadre,
    lang,
    timeZone,
  }
  await sendGuestCode(ports, workshop, row, code)
  return token
}
