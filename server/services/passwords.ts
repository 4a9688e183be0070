import type { ClientSession } from 'mongoose'
import { Session } from '../../models/session'
import { SignInChallenge } from '../../models/sign-in-challenge'
import { User, type UserRow } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { ChangePassword } from '../../shared/schemas/accounts'
import { ownWords, weaknessOf } from '../auth/breached-passwords'
import { hashPassword, isPassword } from '../auth/passwords'
import { beginSession, hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { changeAccess } from './access-changes'
import { afterwards } from './afterwards'
import { recordAudit } from './audit'
import { languageOf } from './languages'
import { queueMail } from './mail'
import { admitAsking } from './mail-asked'
import { findChallenge, findUser, type SigningIn } from './sign-in'
import { endAllTokens } from './tokens'
import { inTransaction } from './transaction'

export const LINK_MINUTES = 60

/**
 * Ask for a letter with a link to set a password. The answer and its time are the same whether anybody
 * has that address. The shared accounts of a demonstration get none: their password is everybody's.
 *
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function askLink(
  ports: Ports,
  { email }: { email: string },
  { address }: Pick<SigningIn, 'address'>,
): Promise<void> {
  await admitAsking(ports, email, address)
  const user = await findUser(email)
  if (user && !user.demo) afterwards(ports, 'a password link', () => sendLink(ports, user))
}

/** The same for whoever is signed in, who may have no password yet. @throws AppError `forbidden` */
export async function askOwnLink(
  ports: Ports,
  actor: Actor,
  from: Pick<SigningIn, 'address'>,
): Promise<void> {
  const user = await findSelf(actor)
  if (user.demo) throw new AppError('forbidden')
  await askLink(ports, user, from)
}

async function sendLink(ports: Ports, user: UserRow): Promise<void> {
  const token = newToken()
  const now = ports.clock.now()
  const subject = { user: String(user._id) }
  await inTransaction(async (session) => {
    const row = {
      kind: 'link' as const,
      tokenHash: hashOf(token),
      user: user._id,
      accessVersion: user.accessVersion,
      createdAt: now,
      expiresAt: new Date(now.getTime() + LINK_MINUTES * 60_000),
    }
    await SignInChallenge.create([row], { session })
    const values = { path: `/password/link/${token}`, minutes: LINK_MINUTES }
    const letter = {
      template: 'password-link' as const,
      to: user.email,
      lang: languageOf(user),
      values,
    }
    await queueMail(ports, letter, session)
    const detail = { what: 'link' }
    await recordAudit(ports, { kind: 'code:asked', by: null, subject, detail }, session)
  })
}

/**
 * Whose password the link sets.
 *
 * @throws AppError `link_over` for a link that was used, is too old or never was
 */
export async function readLink({ clock }: Ports, token: string): Promise<{ email: string }> {
  const found = await findChallenge('link', token, clock.now())
  if (!found?.user) throw new AppError('link_over')
  return { email: found.user.email }
}

/**
 * Set the password by the link of a letter, as after a theft. Every session ends, every other link and
 * code, and every personal token; a second factor is asked for all the same at the next sign-in.
 *
 * @throws AppError `link_over`; `invalid_input` with `password`: `common`, `own`
 */
export async function setByLink(
  ports: Ports,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const found = await findChallenge('link', token, ports.clock.now())
  if (!found?.user) throw new AppError('link_over')
  const { user } = found
  demandStrong(password, user)
  const passwordHash = await hashPassword(password)
  const userId = String(user._id)
  await changeAccess(ports, { userId }, async (session) => {
    const { deletedCount } = await SignInChallenge.deleteOne({ _id: found.row._id }, { session })
    if (deletedCount === 0) throw new AppError('link_over')
    await replace(ports, user, passwordHash, 'password-reset', session)
    const subject = { user: userId }
    await recordAudit(ports, { kind: 'password:reset', by: userId, subject }, session)
    await endAllTokens(ports, userId, session)
  })
}

/** What the page about one's password needs to know. */
export async function readPassword(_ports: Ports, actor: Actor) {
  const user = await findSelf(actor)
  return { hasPassword: user.passwordHash !== null, demo: user.demo, email: user.email }
}

/**
 * Change one's password, with the present one as a proof. All other sessions end with everything that
 * runs in them; this one goes on under a new token, and personal tokens stay as they are.
 *
 * @returns the token for the session's cookie
 * @throws AppError `forbidden` for a demonstration account; `conflict` where there is no password yet (a
 *   link by mail makes one); `invalid_input` with `currentPassword`: `wrong`, or `password`: `common`,
 *   `own`; `too_many_requests`
 */
export async function changePassword(
  ports: Ports,
  actor: Actor,
  { currentPassword, password }: ChangePassword,
  { shared = false, agent }: Pick<SigningIn, 'shared' | 'agent'>,
): Promise<string> {
  const user = await findSelf(actor)
  const { userId, sessionId } = actor
  if (user.demo) throw new AppError('forbidden')
  if (user.passwordHash === null) throw new AppError('conflict')
  await ports.limits.take('sign-in-account', `change ${sessionId}`)
  if (!(await isPassword(currentPassword, user.passwordHash))) {
    throw new AppError('invalid_input', { currentPassword: 'wrong' })
  }
  demandStrong(password, user)
  const passwordHash = await hashPassword(password)
  const token = await changeAccess(ports, { userId }, async (session) => {
    const accessVersion = await replace(ports, user, passwordHash, 'password', session)
    const now = ports.clock.now()
    const subject = { user: userId }
    await recordAudit(ports, { kind: 'password:changed', by: userId, subject }, session)
    await recordAudit(ports, { kind: 'sessions:ended', by: userId, subject }, session)
    return beginSession({ _id: user._id, accessVersion }, now, { shared, agent }, session)
  })
  await ports.limits.forget('sign-in-account', `change ${sessionId}`)
  return token
}

async function findSelf(actor: Actor): Promise<UserRow> {
  demandSelf(actor)
  const user = await User.findById(actor.userId).lean()
  if (!user) throw new AppError('unauthenticated')
  return user
}

/** @throws AppError `invalid_input` for what is guessed first */
function demandStrong(password: string, { email, name }: UserRow): void {
  const names = [name.given, name.family, name.patronymic, name.latin, name.cyrillic]
  const weakness = weaknessOf(password, ownWords(email, names))
  if (weakness) throw new AppError('invalid_input', { password: weakness })
}

/**
 * The new password, and the end of everything that was let in by the old one.
 *
 * @returns the access version from now on
 */
async function replace(
  ports: Ports,
  { _id, email, accessVersion: before, lang, languages }: UserRow,
  passwordHash: string,
  what: 'password' | 'password-reset',
  session: ClientSession,
): Promise<number> {
  const accessVersion = before + 1
  // two changes at once: the second one finds that its proof is of yesterday
  const { matchedCount } = await User.updateOne(
    { _id, accessVersion: before, deletedAt: null },
    { $set: { passwordHash, accessVersion } },
    { session },
  )
  if (matchedCount === 0) throw new AppError('conflict')
  await Session.deleteMany({ user: _id }, { session })
  // a code stays where it is and never fits again: whoever asked for it cannot tell that from a wrong one
  await SignInChallenge.deleteMany({ user: _id, kind: { $ne: 'code' } }, { session })
  const values = { what, at: ports.clock.now().toISOString() }
  const to = { to: email, lang: languageOf({ ...(lang ? { lang } : {}), languages }) }
  await queueMail(ports, { template: 'account-changed', ...to, values }, session)
  return accessVersion
}
