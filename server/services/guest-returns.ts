import { GuestCode } from '../../models/guest-code'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { AppError } from '../../shared/errors'
import type { AskReturnCode } from '../../shared/schemas/guests'
import type { Ports } from '../ports'
import { afterwards } from './afterwards'
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
 * certificate, and what was said. The answer, the work, its time, and what becomes of a code that is
 * guessed are the same whoever has that address; the letter goes afterwards, to those who had been let in.
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
  await ports.limits.take('guest-code-hall', `${workshopId} ${address}`)
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
  const guest = known?.guest
  await GuestCode.create({
    ...hashes,
    partnership,
    workshop: _id,
    email,
    // of a stranger nothing is known, and with no letter nothing comes of it
    name: guest?.name ?? '–',
    institution: guest?.institution ?? '',
    cadre: known?.cadre ?? null,
    lang,
    timeZone: guest?.timeZone ?? workshop.timeZone,
  })
  if (guest) {
    const to = { email, lang }
    afterwards(ports, 'a code to come back', () => sendGuestCode(ports, workshop, to, code))
  }
  return token
}
