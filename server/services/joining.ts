import { type ClientSession, Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Invitation, type InvitationRow } from '../../models/invitation'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import { can } from '../../shared/policy'
import {
  InvitationToken,
  type JoinAnew,
  type Joiner,
  type JoinSignedIn,
  type JoinView,
} from '../../shared/schemas/invitations'
import { toPersonName } from '../../shared/schemas/profiles'
import { ownWords, weaknessOf } from '../auth/breached-passwords'
import { hashPassword, isPassword } from '../auth/passwords'
import { hashOf } from '../auth/sessions'
import type { Ports } from '../ports'
import { changeAccess, type TellAlso } from './access-changes'
import { recordAudit } from './audit'
import { placeOf } from './invitation-letters'
import { factOf } from './invitations'
import { beginMembership, findMembership } from './member-rows'
import { toNameView } from './names'
import { passFirstFactor, type SignInStep } from './sign-in'
import { isTaken } from './transaction'

/** The same form sent again within this time gets the same answer, milliseconds. */
const REPEATED_MS = 10 * 60_000

/** From where an invitation is opened. */
type From = { address: string; agent?: string | undefined; lang: Language }

/**
 * What one is joining, for whoever holds the token of a letter. It changes nothing: scanners of mail
 * open links too.
 *
 * @throws AppError `link_over` for one that is unknown, used, taken back or past its time;
 *   `too_many_requests` with `seconds` after many unknown ones from one address
 */
export async function readInvitation(
  ports: Ports,
  actor: Actor | null,
  token: string,
  { address }: Pick<From, 'address'>,
): Promise<JoinView> {
  const row = await findByToken(ports, token, address)
  const joiner = await joinerOf(actor, row)
  if (joiner.kind !== 'joined') demandOpen(row, ports.clock.now())
  const partnership = await partnershipOf(row)
  const inviter = await User.findById(row.by, { name: 1 }).lean()
  return {
    joiner,
    email: joiner.kind === 'other' ? masked(row.email) : row.email,
    partnership: partnership.name,
    places: partnership.sides.map((side) => placeOf(partnership, side._id)),
    place: placeOf(partnership, row.side),
    role: row.role,
    cadre: row.cadre,
    inviter: inviter ? toNameView(inviter.name) : null,
    note: row.note,
    until: row.until.toISOString(),
    lang: row.lang,
  }
}

/**
 * Join as whoever is signed in, if it is they who are invited. Done twice, or from two tabs at once,
 * it is done once; whoever is a member already keeps their post.
 *
 * @returns where they are welcomed
 * @throws AppError `link_over`; `forbidden` for anybody else than the invited
 */
export async function joinSignedIn(
  ports: Ports,
  actor: Actor,
  token: string,
  { cadre }: JoinSignedIn,
  { address }: Pick<From, 'address'>,
): Promise<string> {
  const row = await findByToken(ports, token, address)
  const { kind } = await joinerOf(actor, row)
  if (kind !== 'invited' && kind !== 'joined') throw new AppError('forbidden')
  const partnership = await partnershipOf(row)
  const { userId } = actor
  const partnershipId = String(row.partnership)
  demandMay(actor, partnershipId)
  await changeAccess(ports, { userId, partnershipId }, (session, also) =>
    accept(ports, row, { userId, cadre }, also, session),
  )
  return welcomePath(partnership.slug)
}

/**
 * Join with a new account: that the letter was read proves the address. Sent twice, the form makes one
 * account and signs in both times.
 *
 * @returns the next step of signing in, which leads to the partnership
 * @throws AppError `link_over`; `invalid_input` for a weak password; `conflict` when the address has an
 *   account meanwhile
 */
export async function joinAnew(
  ports: Ports,
  token: string,
  input: JoinAnew,
  from: From,
): Promise<SignInStep> {
  const row = await findByToken(ports, token, from.address)
  const partnership = await partnershipOf(row)
  const partnershipId = String(row.partnership)
  demandMay(null, partnershipId)
  const now = ports.clock.now()
  if (!isRepeated(row, input, now)) {
    demandOpen(row, now)
    const user = await newUser(row, partnership, input, from.lang)
    const userId = String(user._id)
    const { clientKey, cadre } = input
    try {
      await changeAccess(ports, { userId, partnershipId }, async (session, also) => {
        await accept(ports, row, { userId, cadre, joinKey: clientKey }, also, session)
        await User.create([user], { session })
        const fact = { kind: 'account:created' as const, by: userId, subject: { user: userId } }
        await recordAudit(ports, fact, session)
      })
    } catch (error) {
      const twin = await Invitation.findById(row._id).lean()
      if (!twin || !isRepeated(twin, input, now)) throw await refusalOf(row.email, error)
    }
  }
  return signInAsJoined(ports, row, partnership.slug, input, from)
}

/** Whoever has joined by this form, as if they had signed in with what it says. */
async function signInAsJoined(
  ports: Ports,
  { _id }: InvitationRow,
  slug: string,
  { password, shared }: JoinAnew,
  { address, agent }: From,
): Promise<SignInStep> {
  const row = await Invitation.findById(_id, { acceptedBy: 1 }).lean()
  const user = row?.acceptedBy && (await User.findById(row.acceptedBy).lean())
  if (!user || user.deletedAt) throw new AppError('link_over')
  // of a form sent twice: with another password it is another form
  if (password !== null && !(await isPassword(password, user.passwordHash))) {
    throw new AppError('link_over')
  }
  const method = password === null ? ('code' as const) : ('password' as const)
  const redirectTo = welcomePath(slug)
  return passFirstFactor(ports, user, { shared, address, agent, redirectTo, method })
}

/** Where whoever has joined is welcomed. */
export function welcomePath(slug: string): string {
  return `/partnerships/${slug}?joined`
}

/** Was it accepted by this very form, just now? */
function isRepeated(row: InvitationRow, { clientKey }: JoinAnew, now: Date): boolean {
  const since = now.getTime() - (row.endedAt?.getTime() ?? 0)
  return row.status === 'accepted' && row.joinKey === clientKey && since < REPEATED_MS
}

/** What a failed joining is to whoever tried: somebody with the same address was quicker. */
async function refusalOf(email: string, error: unknown): Promise<unknown> {
  return isTaken(error) && (await User.exists({ email })) ? new AppError('conflict') : error
}

async function newUser(
  { email, side: sideId }: InvitationRow,
  partnership: PartnershipRow,
  { password, ...input }: JoinAnew,
  lang: Language,
) {
  const name = toPersonName(input)
  if (password !== null) {
    const weakness = weaknessOf(password, ownWords(email, Object.values(name)))
    if (weakness) throw new AppError('invalid_input', { password: weakness })
  }
  const side = partnership.sides.find(({ _id }) => _id.equals(sideId))
  const home = await Institution.findById(side?.institution, { timeZone: 1 }).lean()
  return {
    _id: new Types.ObjectId(),
    email,
    passwordHash: password === null ? null : await hashPassword(password),
    name,
    languages: [lang],
    lang,
    timeZone: home?.timeZone ?? 'UTC',
  }
}

/**
 * Use the invitation up and write the membership, in one transaction: of two who do it at once, or of
 * one who accepts and one who revokes, one does.
 */
async function accept(
  ports: Ports,
  row: InvitationRow,
  { userId, cadre, joinKey }: { userId: string; cadre?: string | undefined; joinKey?: string },
  also: TellAlso,
  session: ClientSession,
): Promise<void> {
  const now = ports.clock.now()
  const user = new Types.ObjectId(userId)
  const known = await findMembership(String(row.partnership), userId, session)
  const { matchedCount } = await Invitation.updateOne(
    { _id: row._id, tokenHash: row.tokenHash, status: 'open', until: { $gt: now } },
    {
      $set: {
        status: 'accepted',
        endedAt: now,
        acceptedBy: user,
        ...(joinKey ? { joinKey } : {}),
      },
    },
    { session },
  )
  if (matchedCount === 0) {
    const current = await Invitation.findById(row._id).session(session).lean()
    // sent twice; but who was removed since does not come back by an old letter
    const isTwin = current?.status === 'accepted' && current.acceptedBy?.equals(user)
    if (isTwin && known?.status === 'active') return
    throw new AppError('link_over')
  }
  // a post is changed by coordinators, not by an older letter
  if (known?.status !== 'active') {
    const { partnership, role, side } = row
    const post = { partnership, user, role, side, cadre: row.cadre ?? cadre ?? 'other' }
    await beginMembership(ports, post, row.email, also, session)
  }
  await recordAudit(ports, factOf({ userId }, row, 'invitation:accepted'), session)
}

/** The invitation of a token, open or over. Guesses are counted, letters are not. */
async function findByToken(
  { limits }: Ports,
  token: string,
  address: string,
): Promise<InvitationRow> {
  const parsed = InvitationToken.safeParse(token)
  const row = parsed.success
    ? await Invitation.findOne({ tokenHash: hashOf(parsed.data) }).lean()
    : null
  if (row) return row
  await limits.take('join', address)
  throw new AppError('link_over')
}

function demandOpen({ status, until }: InvitationRow, now: Date): void {
  if (status !== 'open' || until <= now) throw new AppError('link_over')
}

function demandMay(actor: Actor | null, partnershipId: string): void {
  if (!can(actor, 'invite:accept', { partnershipId })) throw new AppError('forbidden')
}

async function partnershipOf({ partnership }: InvitationRow): Promise<PartnershipRow> {
  const row = await Partnership.findById(partnership).lean()
  if (!row) throw new AppError('link_over')
  return row
}

async function joinerOf(actor: Actor | null, row: InvitationRow): Promise<Joiner> {
  if (!actor) {
    const known = await User.exists({ email: row.email })
    return { kind: known ? 'known' : 'new' }
  }
  const self = await User.findById(actor.userId, { email: 1 }).lean()
  if (self?.email !== row.email) return { kind: 'other' }
  const partnershipId = String(row.partnership)
  const isMember = actor.memberships.some(
    (each) => each.partnershipId === partnershipId && each.status === 'active',
  )
  if (row.status !== 'accepted' || !row.acceptedBy?.equals(self._id) || !isMember) {
    return { kind: 'invited' }
  }
  const { slug } = await partnershipOf(row)
  return { kind: 'joined', slug }
}

/** Enough to know one's own address by: `a•••@hospital.example`. */
function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
