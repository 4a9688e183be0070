import { createHash, randomBytes } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { RecoveryCode } from '../../models/recovery-code'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { RECOVERY_ALPHABET, RECOVERY_LENGTH } from '../../shared/schemas/second-factors'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandFreshProof, hasSecondFactor, tellOwner } from './second-factors'
import { inTransaction } from './transaction'

/** How many are on a sheet. */
const CODES = 10

/**
 * Make the codes anew; the old ones are worth nothing from now on.
 *
 * @returns the codes, for the only time
 * @throws AppError `forbidden` without a fresh proof; `conflict` while there is no second factor
 */
export async function makeRecoveryCodes(ports: Ports, actor: Actor): Promise<string[]> {
  await demandFreshProof(ports, actor)
  return inTransaction(async (session) => {
    if (!(await hasSecondFactor(actor.userId, session)))
      throw new AppError('conflict', { why: 'no-factor' })
    const codes = await replaceRecoveryCodes(ports, actor.userId, session)
    await tellOwner(ports, actor.userId, 'recovery-codes', session)
    return codes
  })
}

/** A new sheet in place of any earlier one; recorded. */
export async function replaceRecoveryCodes(
  ports: Ports,
  userId: string,
  session: ClientSession,
): Promise<string[]> {
  const user = new Types.ObjectId(userId)
  const codes = Array.from({ length: CODES }, newCode)
  const createdAt = ports.clock.now()
  const rows = codes.map((code, at) => ({
    user,
    place: at + 1,
    hash: hashOf(userId, code),
    usedAt: null,
    createdAt,
  }))
  await RecoveryCode.deleteMany({ user }, { session })
  await RecoveryCode.insertMany(rows, { session })
  const fact = { kind: 'recovery-codes:made', by: userId, subject: { user: userId } } as const
  await recordAudit(ports, fact, session)
  return codes.map((code) => code.replace(/.{4}(?=.)/g, '$&-'))
}

/** With the last factor gone there is nothing left to recover. */
export async function voidRecoveryCodes(userId: string, session: ClientSession): Promise<void> {
  await RecoveryCode.deleteMany({ user: new Types.ObjectId(userId) }, { session })
}

/**
 * Use a code up, and tell its owner by mail. Of two attempts at the same moment one succeeds.
 *
 * @param code as `RecoveryCodeText` parses it
 * @returns was it one of theirs, and not used before?
 */
export async function spendRecoveryCode(
  ports: Ports,
  userId: string,
  code: string,
): Promise<boolean> {
  const mine = { user: new Types.ObjectId(userId), hash: hashOf(userId, code), usedAt: null }
  return inTransaction(async (session) => {
    const usedAt = ports.clock.now()
    const { matchedCount } = await RecoveryCode.updateOne(mine, { $set: { usedAt } }, { session })
    if (matchedCount === 0) return false
    const fact = { kind: 'recovery-code:used', by: userId, subject: { user: userId } } as const
    await recordAudit(ports, fact, session)
    await tellOwner(ports, userId, 'recovery-code-used', session)
    return true
  })
}

/** 80 random bits: each byte's low five choose one of 32 characters, all equally likely. */
function newCode(): string {
  return [...randomBytes(RECOVERY_LENGTH)].map((byte) => RECOVERY_ALPHABET[byte & 31]).join('')
}

/**
 * SHA-256 is enough: a slow hash protects what people choose, and nobody can try 2^80 codes. The owner
 * is hashed with it, so that equal codes of two people would not look equal.
 */
function hashOf(userId: string, code: string): string {
  return createHash('sha256').update(`${userId} ${code}`).digest('hex')
}
