import { type ClientSession, Types } from 'mongoose'
import { SignInChallenge, type SignInChallengeRow } from '../../models/sign-in-challenge'
import { User, type UserRow } from '../../models/user'
import { AppError } from '../../shared/errors'
import type { SignIn } from '../../shared/schemas/accounts'
import { isToken } from '../../shared/tokens'
import { isPassword } from '../auth/passwords'
import { beginSession, hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { recordFailedSignIn } from './audit-sign-ins'
import { hasSecondFactor } from './second-factors'
import { inTransaction } from './transaction'

/** How long a second factor is waited for. */
export const CHALLENGE_MINUTES = 10
/** Of a second factor, or of a code sent by mail; then one begins anew. */
export const MOST_TRIES = 5

export type SignInMethod = 'password' | 'code' | 'totp' | 'passkey' | 'recovery'

/** The browser that signs in, as its door knows it. */
export type SigningIn = {
  /** Others use this computer too. */
  shared?: boolean | undefined
  /** What the browser calls itself. */
  agent?: string | undefined
  /** Of the client, for limits. */
  address: string
}

/** One is in, or a second factor is asked for; the token is for the cookie of either. */
export type SignInStep =
  | { next: 'in'; token: string; shared: boolean; redirectTo: string | null }
  | { next: 'second'; token: string }

/** A sign-in that waits for its second factor. */
export type Challenge = {
  id: string
  user: UserRow
  method: 'password' | 'code'
  shared: boolean
  redirectTo: string | null
}

/**
 * Sign in by e-mail and password. Guesses are counted for the account from one address, so that a
 * stranger elsewhere locks nobody out, and, at a far higher count, for the account alone; a code by
 * mail is the way in while that lasts.
 *
 * @throws AppError `wrong_credentials`, the same for an unknown address and a wrong password;
 *   `too_many_requests` with `seconds`
 */
export async function signIn(
  ports: Ports,
  input: Pick<SignIn, 'email' | 'password'> & Partial<SignIn>,
  from: SigningIn,
): Promise<SignInStep> {
  const { limits } = ports
  await limits.take('sign-in-address', from.address)
  await limits.take('sign-in-account', guesserOf(input.email, from.address))
  await limits.take('sign-in-guesses', input.email)
  const user = await findUser(input.email)
  if (!(await isPassword(input.password, user?.passwordHash ?? null)) || !user) {
    const detail = { method: 'password', reason: 'wrong_credentials' }
    const by = user ? String(user._id) : null
    await recordFailedSignIn(ports, by, detail)
    throw new AppError('wrong_credentials')
  }
  await limits.forget('sign-in-account', guesserOf(input.email, from.address))
  await limits.forget('sign-in-guesses', input.email)
  const { shared, redirectTo } = input
  return passFirstFactor(ports, user, { ...from, shared, redirectTo, method: 'password' })
}

/** Who guesses at an account: its owner is counted apart from strangers elsewhere. */
function guesserOf(email: string, address: string): string {
  return `${email} ${address}`
}

/** Whoever may sign in under that address. */
export async function findUser(email: string): Promise<UserRow | null> {
  const user = await User.findOne({ email }).lean()
  return user?.deletedAt ? null : user
}

/** The first factor was right: a session, or the wait for the second one. */
export async function passFirstFactor(
  ports: Ports,
  user: UserRow,
  {
    redirectTo = null,
    method,
    ...from
  }: SigningIn & { redirectTo?: string | null | undefined; method: 'password' | 'code' },
): Promise<SignInStep> {
  const shared = from.shared ?? false
  if (await hasSecondFactor(String(user._id))) {
    return {
      next: 'second',
      token: await beginChallenge(ports, user, { shared, redirectTo, method }),
    }
  }
  const token = await finishSignIn(ports, user, { ...from, shared, method })
  return { next: 'in', token, shared, redirectTo }
}

/**
 * Ask for the second factor: no session yet.
 *
 * @returns the token for the challenge's cookie
 */
export async function beginChallenge(
  { clock }: Pick<Ports, 'clock'>,
  user: Pick<UserRow, '_id' | 'accessVersion'>,
  { shared, redirectTo, method }: Pick<Challenge, 'shared' | 'redirectTo' | 'method'>,
): Promise<string> {
  const token = newToken()
  const now = clock.now()
  await SignInChallenge.create({
    kind: 'second',
    tokenHash: hashOf(token),
    user: user._id,
    accessVersion: user.accessVersion,
    method,
    shared,
    redirectTo,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHALLENGE_MINUTES * 60_000),
  })
  return token
}

/** The sign-in that this browser's token waits with; null where there is none (any more). */
export async function readChallenge(
  { clock }: Pick<Ports, 'clock'>,
  token: string,
): Promise<Challenge | null> {
  const found = await findChallenge('second', token, clock.now())
  if (!found?.user || found.row.tries >= MOST_TRIES) return null
  const { _id, method = 'password', shared, redirectTo } = found.row
  return { id: String(_id), user: found.user, method, shared, redirectTo }
}

/**
 * Count one try before its answer is looked at, so that many at once are counted too.
 *
 * @throws AppError `unauthenticated` once there is nothing left to try: one signs in anew
 */
export async function takeTry(ports: Pick<Ports, 'clock'>, challenge: Challenge): Promise<void> {
  if (!(await countTry(challenge.id, ports.clock.now()))) throw new AppError('unauthenticated')
}

/**
 * The second factor was right. A challenge is good for one session.
 *
 * @returns the token for the session's cookie
 * @throws AppError `unauthenticated` if it is over
 */
export async function finishChallenge(
  ports: Ports,
  { id, user, shared }: Challenge,
  { method, ...from }: SigningIn & { method: 'totp' | 'passkey' | 'recovery' },
): Promise<string> {
  const { deletedCount } = await SignInChallenge.deleteOne({ _id: id })
  if (deletedCount === 0) throw new AppError('unauthenticated')
  return finishSignIn(ports, user, { ...from, shared, method })
}

/**
 * Begin a session for somebody who has shown who they are, and write it into the record. Its token is
 * new at every sign-in.
 *
 * @returns the token for the session's cookie
 */
export async function finishSignIn(
  ports: Ports,
  user: Pick<UserRow, '_id' | 'accessVersion'>,
  { shared = false, agent, method }: SigningIn & { method: SignInMethod },
): Promise<string> {
  const userId = String(user._id)
  return inTransaction(async (session) => {
    const token = await beginSession(user, ports.clock.now(), { shared, agent }, session)
    const subject = { user: userId }
    const detail = { method, shared: shared ? 'yes' : 'no' }
    await recordAudit(ports, { kind: 'session:begun', by: userId, subject, detail }, session)
    return token
  })
}

/**
 * A step that is not over, with its account as it is now: null where nobody has it, or once a password
 * or standing has changed. The reads are the same in every case, and so is their time.
 */
export async function findChallenge(
  kind: SignInChallengeRow['kind'],
  token: string,
  now: Date,
  session?: ClientSession,
): Promise<{ row: SignInChallengeRow; user: UserRow | null } | null> {
  if (!isToken(token)) return null
  const open = { kind, tokenHash: hashOf(token), expiresAt: { $gt: now } }
  const row = await SignInChallenge.findOne(open, null, session ? { session } : {}).lean()
  const owner = row?.user ?? new Types.ObjectId()
  const user = await User.findById(owner, null, session ? { session } : {}).lean()
  if (!row) return null
  const isOver = !user || user.deletedAt || user.accessVersion !== row.accessVersion
  return { row, user: isOver ? null : user }
}

/** @returns false when there was none left */
export async function countTry(challengeId: string, now: Date): Promise<boolean> {
  const counted = await SignInChallenge.updateOne(
    { _id: challengeId, tries: { $lt: MOST_TRIES }, expiresAt: { $gt: now } },
    { $inc: { tries: 1 } },
  )
  return counted.modifiedCount === 1
}
