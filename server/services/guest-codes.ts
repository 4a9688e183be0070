import { randomInt } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { GuestCode, type GuestCodeRow } from '../../models/guest-code'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import { AppError } from '../../shared/errors'
import { DEMO_GUEST_EMAIL, type DemoGuestView, GUEST_CODE_DIGITS } from '../../shared/guests'
import type { Language } from '../../shared/languages'
import type { AskGuestCode } from '../../shared/schemas/guests'
import { beginGuestSession } from '../auth/guests'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { admits, findByLink, isWelcome, placesOf, takesBack } from './guest-links'
import { inOrder } from './in-order'
import { queueMail } from './mail'
import { admitLetter } from './mail-asked'
import { MOST_TRIES } from './sign-in'
import { inTransaction, isTaken } from './transaction'
import { seatGuest } from './workshop-given-places'
import { holdPlaces } from './workshop-places'

const GUEST_CODE_MINUTES = 15

/**
 * Ask for the code that proves a guest's address. The answer is the same whoever has that address.
 *
 * @param link the token of the link that led here; a link alone opens nothing
 * @param address of the client, for limits
 * @returns the token for the cookie of the browser that asked: the code is worth nothing without it
 * @throws AppError `link_over`, `too_many_requests` with `seconds`
 */
export async function askGuestCode(
  ports: Ports,
  { name, email, institution, cadre, lang, timeZone }: AskGuestCode,
  { link, address, workshopId }: { link: string; address: string; workshopId: string },
): Promise<string> {
  const { workshop } = await findByLink(ports, link, address)
  if (String(workshop._id) !== workshopId) throw new AppError('link_over')
  await ports.limits.take('guest-code-hall', `${workshopId} ${address}`)
  await admitLetter(ports, email, address)
  const { token, code, hashes } = drawGuestCode(ports)
  const row = {
    ...hashes,
    partnership: workshop.partnership,
    workshop: workshop._id,
    email,
    name,
    institution,
    cadre: cadre ?? null,
    lang,
    timeZone: timeZone ?? workshop.timeZone,
  }
  await sendGuestCode(ports, workshop, row, code, (session) => GuestCode.create([row], { session }))
  return token
}

/** Send a guest the code, with what goes with it in the same transaction. */
export async function sendGuestCode(
  ports: Pick<Ports, 'clock'>,
  { partnership, title, startsAt }: WorkshopRow,
  { email: to, lang }: Pick<GuestCodeRow, 'email' | 'lang'>,
  code: string,
  also?: (session: ClientSession) => Promise<unknown>,
): Promise<void> {
  const places = await placesOf(partnership)
  await inTransaction(async (session) => {
    await also?.(session)
    const values = {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      minutes: GUEST_CODE_MINUTES,
      workshop: title,
      startsAt: startsAt.toISOString(),
      places,
    }
    await queueMail(ports, { template: 'guest-code', to, lang, values }, session)
  })
}

/** A new code and the token of the browser that asked for it, of which hashes are stored. */
export function drawGuestCode({ clock }: Pick<Ports, 'clock'>) {
  const token = newToken()
  const code = String(randomInt(10 ** GUEST_CODE_DIGITS)).padStart(GUEST_CODE_DIGITS, '0')
  const hashes = {
    tokenHash: hashOf(token),
    codeHash: hashOf(`${token} ${code}`),
    expiresAt: new Date(clock.now().getTime() + GUEST_CODE_MINUTES * 60_000),
  }
  return { token, code, hashes }
}

/** A guest whose address is proved: the token is for the cookie, which ends with the browser if `shared`. */
export type GuestEntered = { workshopId: string; token: string; lang: Language; shared: boolean }

/**
 * Come in with the code of the letter, in the browser that asked for it: a row among the participants,
 * the same one for one address, and a session. Those whom no facilitator invited wait, unless the link
 * lets everybody in; a place in the workshop is for those who are let in.
 *
 * @param entering `shared`: others use the computer too
 * @throws AppError `invalid_input` with `code`: `wrong`, `over` when a new one is to be asked for,
 *   `member` for the address of a member, who signs in instead; `link_over` once guests are not
 *   welcome any more
 */
export async function enterGuestCode(
  ports: Ports,
  { token, code, shared = false }: { token: string; code: string; shared?: boolean },
): Promise<GuestEntered> {
  const row = await countTry(token, ports.clock.now())
  if (!row) throw new AppError('invalid_input', { code: 'over' })
  if (row.codeHash !== hashOf(`${token} ${code}`)) {
    throw new AppError('invalid_input', { code: 'wrong' })
  }
  const workshop = await Workshop.findById(row.workshop).lean()
  if (!workshop || !(isWelcome(workshop) || takesBack(workshop))) throw new AppError('link_over')
  if (await isMember(row)) throw new AppError('invalid_input', { code: 'member' })
  // many come at once: one after the other they need not begin again for one another
  const entered = () =>
    inOrder(`workshop ${workshop._id}`, () =>
      inTransaction((session) => enter(ports, row, workshop, { shared, session })),
    )
  // a twin took the address's place meanwhile: it is found now
  const { participant, session } = await entered().catch((error) => {
    if (!isTaken(error)) throw error
    return entered()
  })
  const workshopId = String(workshop._id)
  ports.bus.publish('workshop:door', { workshopId, participantId: String(participant._id) })
  return { workshopId, token: session, lang: row.lang, shared }
}

/** Counted before its answer is looked at, so that many at once are counted too. */
function countTry(token: string, now: Date): Promise<GuestCodeRow | null> {
  return GuestCode.findOneAndUpdate(
    { tokenHash: hashOf(token), expiresAt: { $gt: now }, tries: { $lt: MOST_TRIES } },
    { $inc: { tries: 1 } },
    { returnDocument: 'after' },
  ).lean()
}

async function isMember({ partnership, email }: GuestCodeRow): Promise<boolean> {
  const user = await User.findOne({ email }, { _id: 1 }).lean()
  if (!user) return false
  const active = { partnership, user: user._id, status: 'active' as const }
  return (await Membership.exists(active)) !== null
}

async function enter(
  ports: Ports,
  row: GuestCodeRow,
  workshop: WorkshopRow,
  { shared, session }: { shared: boolean; session: ClientSession },
): Promise<{ participant: WorkshopParticipantRow; session: string }> {
  // of two at once, one comes in
  const { deletedCount } = await GuestCode.deleteOne({ _id: row._id }, { session })
  if (deletedCount === 0) throw new AppError('invalid_input', { code: 'over' })
  const participant = await placeFor(ports, row, workshop, session)
  const beginning = { shared, session }
  const token = await beginGuestSession(participant, workshop, ports.clock.now(), beginning)
  return { participant, session: token }
}

/** What a proved address has already stays as it is; a name is not changed by who comes later. */
async function placeFor(
  ports: Ports,
  { name, email, institution, cadre, lang, timeZone }: GuestCodeRow,
  workshop: WorkshopRow,
  session: ClientSession,
): Promise<WorkshopParticipantRow> {
  const now = ports.clock.now()
  const { _id, partnership } = workshop
  const its = { $eq: email, $type: 'string' as const }
  const at = { workshop: _id, partnership, 'guest.email': its }
  const known = await WorkshopParticipant.findOne(at).session(session).lean()
  // after its end nobody new
  if (takesBack(workshop)) {
    if (known?.door !== 'admitted') throw new AppError('link_over')
    return known
  }
  const isNew = known?.registration === 'none' || known?.registration === 'cancelled'
  if (known && (!isNew || known.door === 'refused')) return known
  const isIn = known?.door === 'admitted' || admits(workshop)
  const door = isIn ? ('admitted' as const) : ('waiting' as const)
  const fields = {
    guest: { name, email, lang, timeZone, institution },
    cadre,
    institution: institution ? { en: institution, ru: institution } : null,
  }
  const id = known?._id ?? new Types.ObjectId()
  if (known) {
    const set = { $set: { ...fields, door, waitsSince: known.waitsSince ?? now } }
    await WorkshopParticipant.updateOne({ _id: id, partnership }, set, { session })
  } else {
    const place = { partnership, workshop: _id, registration: 'none' as const, createdAt: now }
    const row = { _id: id, ...place, ...fields, door, waitsSince: now }
    await WorkshopParticipant.create([row], { session })
  }
  // a place, or the waiting list where there is none: either comes into the room
  const held = await holdPlaces(workshop, session)
  // planned without guests while the code was typed
  if (!held.guests) throw new AppError('link_over')
  if (isIn) await seatGuest(ports, held, id, now, session)
  const row = await WorkshopParticipant.findById(id).session(session).lean()
  if (!row) throw new AppError('link_over')
  if (row.door === 'admitted') {
    const subject = { workshop: String(_id), participant: String(row._id) }
    const fact = { kind: 'guest:admitted' as const, by: null, subject }
    await recordAudit(ports, { ...fact, partnershipId: String(partnership) }, session)
  }
  return row
}

/** The guest that visitors of the demonstration may be: of its live workshop; null where there is none. */
export async function readDemoGuest(_ports: Pick<Ports, 'clock'>): Promise<DemoGuestView | null> {
  const found = await findDemoGuest()
  return found && { name: found.guest.name, workshop: found.workshop.title }
}

/**
 * Come in as that guest. Whoever asks sees to it that there is a demonstration.
 *
 * @throws AppError `not_found`
 */
export async function beginDemoGuest({ clock }: Ports): Promise<GuestEntered> {
  const found = await findDemoGuest()
  if (!found) throw new AppError('not_found')
  const { row, guest, workshop } = found
  const token = await beginGuestSession(row, workshop, clock.now())
  return { workshopId: String(workshop._id), token, lang: guest.lang, shared: false }
}

async function findDemoGuest() {
  const live = await Workshop.find({ demo: true, status: 'live', guests: true }).lean()
  const row = await WorkshopParticipant.findOne({
    workshop: { $in: live.map(({ _id }) => _id) },
    demo: true,
    'guest.email': DEMO_GUEST_EMAIL,
    door: 'admitted',
  }).lean()
  const workshop = row && live.find(({ _id }) => _id.equals(row.workshop))
  return row?.guest && workshop ? { row, guest: row.guest, workshop } : null
}
