import { randomInt } from 'node:crypto'
import { Types } from 'mongoose'
import { SignInChallenge } from '../../models/sign-in-challenge'
import type { UserRow } from '../../models/user'
import { AppError } from '../../shared/errors'
import { type AskCode, CODE_DIGITS } from '../../shared/schemas/accounts'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { afterwards } from './afterwards'
import { recordAudit } from './audit'
import { recordFailedSignIn } from './audit-sign-ins'
import { languageOf } from './languages'
import { queueMail } from './mail'
import { admitAsking } from './mail-asked'
import {
  countTry,
  findChallenge,
  findUser,
  passFirstFactor,
  type SignInStep,
  type SigningIn,
} from './sign-in'
import { inTransaction } from './transaction'

export const CODE_MINUTES = 15

/**
 * Ask for a code to sign in with, in place of the password. The answer, the work and its time are the
 * same whether anybody has that address; the letter goes afterwards.
 *
 * @returns the token for the cookie of the browser that asked: the code is worth nothing without it
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function askCode(
  ports: Ports,
  { email, shared = false, redirectTo }: Pick<AskCode, 'email'> & Partial<AskCode>,
  { address }: Pick<SigningIn, 'address'>,
): Promise<string> {
  await admitAsking(ports, email, address)
  const user = await findUser(email)
  const token = newToken()
  const code = newCode()
  const now = ports.clock.now()
  await SignInChallenge.create({
    kind: 'code',
    tokenHash: hashOf(token),
    user: user?._id ?? null,
    accessVersion: user?.accessVersion ?? 0,
    codeHash: hashOf(`${token} ${code}`),
    shared,
    redirectTo: redirectTo ?? null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000),
  })
  if (user) afterwards(ports, 'a sign-in code', () => sendCode(ports, user, code))
  return token
}

/**
 * Digits alone: they are where they are in either layout and on a phone's number pad, where letters
 * ask for a switch. Ten of them, 33 bits: five tries at the code find it once in two thousand million.
 */
function newCode(): string {
  return Array.from({ length: CODE_DIGITS }, () => randomInt(10)).join('')
}

async function sendCode(ports: Ports, user: UserRow, code: string): Promise<void> {
  const spaced = `${code.slice(0, 5)} ${code.slice(5)}`
  const by = String(user._id)
  await inTransaction(async (session) => {
    const values = { code: spaced, minutes: CODE_MINUTES }
    const letter = {
      template: 'sign-in-code' as const,
      to: user.email,
      lang: languageOf(user),
      values,
    }
    await queueMail(ports, letter, session)
    const detail = { what: 'code' }
    await recordAudit(
      ports,
      { kind: 'code:asked', by: null, subject: { user: by }, detail },
      session,
    )
  })
}

/**
 * Sign in with the code of the letter, in the browser that asked for it. Right once; after five tries
 * another one is asked for.
 *
 * @throws AppError `invalid_input` with `code`: `wrong`, or `over` when a new one is to be asked for
 */
export async function enterCode(
  ports: Ports,
  { token, code }: { token: string; code: string },
  from: Omit<SigningIn, 'shared'>,
): Promise<SignInStep> {
  const now = ports.clock.now()
  const found = await findChallenge('code', token, now)
  if (!found || !(await countTry(String(found.row._id), now))) {
    throw new AppError('invalid_input', { code: 'over' })
  }
  const { row, user } = found
  if (!user || row.codeHash !== hashOf(`${token} ${code}`)) {
    const detail = { method: 'code', reason: 'wrong_code' }
    const by = user ? String(user._id) : null
    await recordFailedSignIn(ports, by, detail)
    throw new AppError('invalid_input', { code: 'wrong' })
  }
  // of two at once, one comes in
  const { deletedCount } = await SignInChallenge.deleteOne({ _id: new Types.ObjectId(row._id) })
  if (deletedCount === 0) throw new AppError('invalid_input', { code: 'over' })
  const { shared, redirectTo } = row
  return passFirstFactor(ports, user, { ...from, shared, redirectTo, method: 'code' })
}
