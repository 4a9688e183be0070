import { type ClientSession, Types } from 'mongoose'
import { Passkey } from '../../models/passkey'
import { RecoveryCode } from '../../models/recovery-code'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { MailValues } from '../../shared/mails'
import { isPassword } from '../auth/passwords'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { recordAudit } from './audit'
import { languageOf } from './languages'
import { queueMail } from './mail'

/** Does signing in to this account take more than a password or a code by mail? */
export async function hasSecondFactor(userId: string, session?: ClientSession): Promise<boolean> {
  const user = new Types.ObjectId(userId)
  // one after the other: a transaction's session takes one question at a time
  const totp = await Authenticator.exists({ user, confirmedAt: { $ne: null } }).session(
    session ?? null,
  )
  return totp !== null || (await Passkey.exists({ user }).session(session ?? null)) !== null
}

/**
 * The actor's own second factors, for the page where they are kept.
 *
 * @throws AppError `forbidden` for a token that may not manage the account
 */
export async function listSecondFactors(_ports: Ports, actor: Actor) {
  demandSelf(actor)
  const user = new Types.ObjectId(actor.userId)
  const [owner, totp, passkeys, recoveryCodes] = await Promise.all([
    User.findById(user, { demo: 1 }).lean(),
    Authenticator.findOne({ user, confirmedAt: { $ne: null } }, { confirmedAt: 1 }).lean(),
    Passkey.find({ user }).sort({ _id: 1 }).lean(),
    RecoveryCode.countDocuments({ user, usedAt: null }),
  ])
  return {
    /** An account that everybody shares: it gets no second step. */
    demo: owner?.demo ?? false,
    totp: totp?.confirmedAt ? { since: totp.confirmedAt.toISOString() } : null,
    passkeys: passkeys.map((each) => ({
      id: String(each._id),
      name: each.name,
      createdAt: each.createdAt.toISOString(),
      usedAt: each.usedAt?.toISOString() ?? null,
      synced: each.synced,
      /** Domain it works at. */
      rpId: each.rpId,
    })),
    /** How many are left. */
    recoveryCodes,
  }
}

export type SecondFactors = Awaited<ReturnType<typeof listSecondFactors>>

/**
 * The account as its owner, for adding a second factor.
 *
 * @throws AppError `forbidden` for a demonstration account: it would lock everybody else out
 */
export async function findOwner({ userId }: Actor) {
  const owner = await User.findById(userId).lean()
  if (!owner || owner.deletedAt) throw new AppError('unauthenticated')
  if (owner.demo) throw new AppError('forbidden', { why: 'demo' })
  return owner
}

/**
 * How long a proof of who one is stays fresh. Ten minutes let somebody set up an app, a passkey and the
 * codes in one go, and are short enough that a session left open on a ward gives nothing away for good.
 */
const FRESH_MS = 10 * 60_000

/**
 * Ways to sign in are changed only soon after a proof: the sign-in itself, which took every factor that
 * the account has (a code by mail is one, too), or a proof given anew within the session. A stolen
 * cookie alone neither adds a factor nor removes one.
 *
 * @param form that asks for the password in place: it counts as a proof
 * @throws AppError `forbidden` with `why: proof-needed`, or, of a form, `invalid_input` with
 *   `password`; `too_many_requests`
 */
export async function demandFreshProof(
  ports: Ports,
  actor: Actor,
  form?: { password?: string | undefined },
): Promise<void> {
  demandSelf(actor)
  if (await isFresh(ports, actor)) return
  if (!form) throw new AppError('forbidden', { why: 'proof-needed' })
  if (!form.password) throw new AppError('invalid_input', { password: 'needed' })
  await ports.limits.take('second-factor', proofsOf(actor))
  const owner = await User.findById(actor.userId, { passwordHash: 1 }).lean()
  if (!(await isPassword(form.password.normalize('NFKC'), owner?.passwordHash ?? null)))
    throw new AppError('invalid_input', { password: 'wrong' })
  await ports.limits.forget('second-factor', proofsOf(actor))
}

/** Whose tries are counted: proofs within a session apart from other sessions and from signing in. */
export function proofsOf({ sessionId }: Actor): string {
  return `session ${sessionId}`
}

/** Has this session shown within the last ten minutes who they are? */
export async function isFresh({ clock }: Ports, { sessionId }: Actor): Promise<boolean> {
  const since = new Date(clock.now().getTime() - FRESH_MS)
  const session = await Session.findById(sessionId, { createdAt: 1, provedAt: 1 }).lean()
  if (!session) return false
  return session.createdAt > since || (session.provedAt !== undefined && session.provedAt > since)
}

type Factor = 'totp' | 'passkey'

/** In the transaction of the change: the record, and a letter to the owner, who may know nothing of it. */
export async function noteFactor(
  ports: Ports,
  userId: string,
  what: 'added' | 'removed',
  factor: Factor,
  session: ClientSession,
): Promise<void> {
  const kind = `second-factor:${what}` as const
  await recordAudit(
    ports,
    { kind, by: userId, subject: { user: userId }, detail: { factor } },
    session,
  )
  await tellOwner(ports, userId, `${factor}-${what}`, session)
}

/** A try that failed, for the record. */
export async function noteFailure(
  ports: Ports,
  userId: string,
  factor: Factor | 'recovery-code',
  why: 'wrong' | 'used' | 'cloned' | 'other-key',
): Promise<void> {
  const subject = { user: userId }
  const detail = { factor, why }
  await recordAudit(ports, { kind: 'second-factor:failed', by: null, subject, detail })
}

/** A letter that something about signing in has changed. */
export async function tellOwner(
  ports: Ports,
  userId: string,
  what: MailValues['account-changed']['what'],
  session: ClientSession,
): Promise<void> {
  const owner = await User.findById(userId).session(session).lean()
  if (!owner) throw new AppError('unauthenticated')
  await queueMail(
    ports,
    {
      template: 'account-changed',
      to: owner.email,
      lang: languageOf(owner),
      values: { what, at: ports.clock.now().toISOString() },
    },
    session,
  )
}
