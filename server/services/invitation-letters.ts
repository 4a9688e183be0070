import type { ClientSession } from 'mongoose'
import { Invitation, type InvitationRow } from '../../models/invitation'
import type { PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { type LocalizedText, localized } from '../../shared/languages'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { queueMail } from './mail'
import { toNameView } from './names'

const DAY_MS = 86_400_000
/** Until a link holds no more. */
export const HOLDS_DAYS = 14
/** To one address within a day, from all partnerships together. */
const LETTERS_A_DAY = 5

/** Of a new letter: the token goes out, its SHA-256 stays. */
export function newLetterToken(): { token: string; tokenHash: string } {
  const token = newToken()
  return { token, tokenHash: hashOf(token) }
}

/**
 * Ask whether an address may get one more letter today: nobody's letter box is flooded by us.
 *
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function demandQuietBox(
  email: string,
  now: Date,
  session?: ClientSession,
): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS)
  const rows = await Invitation.find({ email, sentAt: { $gt: since } }, { sentAt: 1 })
    .session(session ?? null)
    .lean()
  const letters = rows.flatMap(({ sentAt }) => sentAt.filter((at) => at > since)).sort(byTime)
  const oldest = letters[letters.length - LETTERS_A_DAY]
  if (!oldest) return
  const seconds = Math.ceil((oldest.getTime() + DAY_MS - now.getTime()) / 1_000)
  throw new AppError('too_many_requests', { seconds: String(Math.max(1, seconds)) })
}

const byTime = (a: Date, b: Date) => a.getTime() - b.getTime()

/** When a letter sent now holds no more. */
export function untilOf(now: Date): Date {
  return new Date(now.getTime() + HOLDS_DAYS * DAY_MS)
}

/** The letter with the link, in the transaction that stores the hash of its token. */
export async function queueInvitation(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  partnership: Pick<PartnershipRow, 'name' | 'sides'>,
  invitation: Pick<InvitationRow, 'email' | 'role' | 'side' | 'lang' | 'note' | 'until'>,
  token: string,
  session: ClientSession,
): Promise<void> {
  const { email, role, side, lang, note, until } = invitation
  const inviter = await User.findById(actor.userId, { name: 1 }).session(session).lean()
  if (!inviter) throw new AppError('unauthenticated')
  const values = {
    path: `/invitations/${token}`,
    partnership: partnership.name,
    inviter: toNameView(inviter.name),
    role,
    place: placeOf(partnership, side),
    note,
    until: until.toISOString(),
  }
  await queueMail(ports, { template: 'invitation', to: email, lang, values }, session)
}

/** Of a side; nothing where the partnership has it no more. */
export function placeOf(
  { sides }: Pick<PartnershipRow, 'sides'>,
  side: { toString(): string },
): LocalizedText {
  const { en, ru } = sides.find(({ _id }) => String(_id) === String(side))?.place ?? {}
  return localized(en, ru)
}
