import { Types } from 'mongoose'
import { Authenticator, type AuthenticatorRow } from '../../models/second-factor'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { ConfirmTotp } from '../../shared/schemas/second-factors'
import { newTotpSecret, totpAddress, totpStepOf } from '../auth/totp'
import type { Ports } from '../ports'
import { replaceRecoveryCodes, voidRecoveryCodes } from './recovery-codes'
import {
  demandFreshProof,
  findOwner,
  hasSecondFactor,
  noteFactor,
  noteFailure,
  proofsOf,
} from './second-factors'
import { inTransaction, isTaken } from './transaction'

/** How long a secret waits for its first code. */
const SETTING_UP_MS = 3_600_000

/**
 * Begin to set up an authenticator app, or go on where this session began. Nothing counts until the
 * app's first code is typed, so asking again, or by a stray link, changes nothing.
 *
 * @returns what the app is told: the secret for typing, and the address for the QR code
 * @throws AppError `forbidden` without a fresh proof; `conflict` when there is one already
 */
export async function beginTotp(
  ports: Ports,
  actor: Actor,
): Promise<{ secret: string; address: string; email: string }> {
  await demandFreshProof(ports, actor)
  const owner = await findOwner(actor)
  const secret = await secretToSetUp(ports, actor)
  return { secret, address: totpAddress(secret, owner.email), email: owner.email }
}

/** The secret that this session is setting up, or a new one. */
async function secretToSetUp(ports: Ports, actor: Actor): Promise<string> {
  const user = new Types.ObjectId(actor.userId)
  const now = ports.clock.now()
  const known = await Authenticator.findOne({ user }).lean()
  if (known?.confirmedAt) throw new AppError('conflict', { why: 'has-totp' })
  if (known?.expiresAt && known.expiresAt > now) {
    // what another session began is not gone on with: that session would know the secret
    const opened = ports.secrets.open(known.secret, whileSettingUp(actor))
    if (opened.ok) return opened.plain
  }
  const secret = newTotpSecret()
  const fields = {
    secret: ports.secrets.seal(secret, whileSettingUp(actor)),
    createdAt: now,
    expiresAt: new Date(now.getTime() + SETTING_UP_MS),
  }
  const stored = known
    ? await Authenticator.updateOne(
        { _id: known._id, secret: known.secret, confirmedAt: null },
        { $set: fields },
      ).then(({ matchedCount }) => matchedCount > 0)
    : await insertUnlessThere({ user, ...fields })
  // another page of theirs was quicker: what it began is shown here too
  return stored ? secret : secretToSetUp(ports, actor)
}

async function insertUnlessThere(
  row: Pick<AuthenticatorRow, 'user' | 'secret' | 'createdAt' | 'expiresAt'>,
): Promise<boolean> {
  try {
    await Authenticator.create(row)
    return true
  } catch (error) {
    // somebody else has just begun
    if (isTaken(error)) return false
    throw error
  }
}

/**
 * The app's first code: from now on it counts.
 *
 * @returns recovery codes, for the only time, if this is the account's first second factor
 * @throws AppError `invalid_input` for a wrong code; `conflict` when nothing is being set up here;
 *   `forbidden` without a fresh proof; `too_many_requests`
 */
export async function confirmTotp(
  ports: Ports,
  actor: Actor,
  { code }: ConfirmTotp,
): Promise<{ recoveryCodes: string[] | null }> {
  await demandFreshProof(ports, actor)
  await ports.limits.take('second-factor', proofsOf(actor))
  const user = new Types.ObjectId(actor.userId)
  const now = ports.clock.now()
  const row = await Authenticator.findOne({ user, confirmedAt: null }).lean()
  const opened = row && ports.secrets.open(row.secret, whileSettingUp(actor))
  if (!row || !opened?.ok) throw new AppError('conflict', { why: 'not-begun' })
  const step = totpStepOf(code, opened.plain, now)
  if (step === null) throw new AppError('invalid_input', { code: 'wrong' })

  const recoveryCodes = await inTransaction(async (session) => {
    const isFirst = !(await hasSecondFactor(actor.userId, session))
    const change = {
      $set: {
        secret: ports.secrets.seal(opened.plain, inUse(actor.userId)),
        confirmedAt: now,
        lastStep: step,
      },
      $unset: { expiresAt: 1 },
    } as const
    const mine = { _id: row._id, secret: row.secret, confirmedAt: null }
    const { modifiedCount } = await Authenticator.updateOne(mine, change, { session })
    if (modifiedCount === 0) throw new AppError('conflict', { why: 'not-begun' })
    await noteFactor(ports, actor.userId, 'added', 'totp', session)
    return isFirst ? replaceRecoveryCodes(ports, actor.userId, session) : null
  })
  await ports.limits.forget('second-factor', proofsOf(actor))
  return { recoveryCodes }
}

/**
 * Remove the authenticator app. With the last second factor the recovery codes go too.
 *
 * @throws AppError `forbidden` without a fresh proof; `not_found` when there is none
 */
export async function removeTotp(ports: Ports, actor: Actor): Promise<void> {
  await demandFreshProof(ports, actor)
  const mine = { user: new Types.ObjectId(actor.userId), confirmedAt: { $ne: null } }
  await inTransaction(async (session) => {
    const { deletedCount } = await Authenticator.deleteOne(mine, { session })
    if (deletedCount === 0) throw new AppError('not_found')
    await noteFactor(ports, actor.userId, 'removed', 'totp', session)
    if (!(await hasSecondFactor(actor.userId, session)))
      await voidRecoveryCodes(actor.userId, session)
  })
}

/**
 * Is it the code of now, and was it not taken before? Of two attempts at the same moment one succeeds.
 *
 * @throws AppError `conflict` with `why: key-changed` when the secret was sealed under another
 *   SESSION_SECRET: no code can be checked until the app is set up again
 */
export async function takeTotp(ports: Ports, userId: string, code: string): Promise<boolean> {
  const user = new Types.ObjectId(userId)
  const row = await Authenticator.findOne({ user, confirmedAt: { $ne: null } }).lean()
  if (!row) return false
  const opened = ports.secrets.open(row.secret, inUse(userId))
  if (!opened.ok) {
    ports.log.error({ why: opened.why }, 'the secret of an authenticator app cannot be read')
    await noteFailure(ports, userId, 'totp', 'other-key')
    throw new AppError('conflict', { why: 'key-changed' })
  }
  const step = totpStepOf(code, opened.plain, ports.clock.now())
  if (step === null) {
    await noteFailure(ports, userId, 'totp', 'wrong')
    return false
  }
  // the condition and the write are one: no step is taken twice, nor one before the last
  const unused = { _id: row._id, lastStep: { $lt: step } }
  const { modifiedCount } = await Authenticator.updateOne(unused, { $set: { lastStep: step } })
  if (modifiedCount === 0) await noteFailure(ports, userId, 'totp', 'used')
  return modifiedCount > 0
}

const inUse = (userId: string) => `totp ${userId}`
const whileSettingUp = ({ userId, sessionId }: Actor) => `totp ${userId} in session ${sessionId}`
