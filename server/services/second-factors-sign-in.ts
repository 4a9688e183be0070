import { Types } from 'mongoose'
import { Passkey } from '../../models/passkey'
import { RecoveryCode } from '../../models/recovery-code'
import { Authenticator } from '../../models/second-factor'
import { User } from '../../models/user'
import { AppError } from '../../shared/errors'
import type { Assertion, SecondProof } from '../../shared/schemas/second-factors'
import type { Ports } from '../ports'
import { askPasskey, passkeyDomain, provePasskey, readPasskeySignIn } from './passkeys-sign-in'
import { spendRecoveryCode } from './recovery-codes'
import { noteFailure } from './second-factors'
import {
  type Challenge,
  finishChallenge,
  finishSignIn,
  readChallenge,
  type SigningIn,
  takeTry,
} from './sign-in'
import { takeTotp } from './totp'

/** The half-done sign-in of a browser: its challenge's token, and the host it asks. */
type At = { token: string | null; host: string | null }

/**
 * What the account that is being signed in to has to offer for the second step.
 *
 * @throws AppError `unauthenticated` when no sign-in waits (any more): one begins anew
 */
export async function readSecondStep(ports: Ports, { token, host }: At) {
  const { user, redirectTo } = await waiting(ports, token)
  const mine = { user: user._id }
  const [totp, passkey, recoveryCodes] = await Promise.all([
    Authenticator.exists({ ...mine, confirmedAt: { $ne: null } }),
    Passkey.exists(mine),
    RecoveryCode.exists({ ...mine, usedAt: null }),
  ])
  return {
    totp: totp !== null,
    passkey: passkey !== null,
    /** Passkeys can be asked for at this address. */
    passkeysHere: passkeyDomain(ports, host) !== null,
    recoveryCodes: recoveryCodes !== null,
    redirectTo,
    email: user.email,
  }
}

/** What the browser needs to ask for a passkey of the account that is being signed in to. */
export async function askSecondPasskey(ports: Ports, { token, host }: At) {
  const challenge = await waiting(ports, token)
  await ports.limits.take('write', String(challenge.user._id))
  return askPasskey(ports, { userId: String(challenge.user._id), of: challenge.id, host })
}

/**
 * The second step. Five tries to a sign-in, ten a quarter of an hour to an account from one address and
 * fifty from everywhere are counted before the answer is looked at, so that many at once are counted too.
 *
 * @returns the token for the session's cookie
 * @throws AppError `invalid_input` with what was wrong; `unauthenticated` when the sign-in is over and
 *   begins anew; `too_many_requests`
 */
export async function passSecondStep(
  ports: Ports,
  { token, host }: At,
  proof: SecondProof,
  from: SigningIn,
): Promise<{ token: string; shared: boolean; redirectTo: string | null }> {
  const challenge = await waiting(ports, token)
  const userId = String(challenge.user._id)
  const guesser = `${userId} ${from.address}`
  // nobody guesses a passkey: it stays a way in when somebody has used the account's tries up
  if (proof.intent !== 'passkey') {
    await ports.limits.take('second-factor', guesser)
    await ports.limits.take('second-factor-account', userId)
  }
  await takeTry(ports, challenge)
  if (!(await isProof(ports, challenge, proof, host))) {
    const field = { totp: 'code', recovery: 'recoveryCode', passkey: 'passkey' }[proof.intent]
    throw new AppError('invalid_input', { [field]: 'wrong' })
  }
  await ports.limits.forget('second-factor', guesser)
  const session = await finishChallenge(ports, challenge, { ...from, method: proof.intent })
  return { token: session, shared: challenge.shared, redirectTo: challenge.redirectTo }
}

async function isProof(
  ports: Ports,
  challenge: Challenge,
  proof: SecondProof,
  host: string | null,
): Promise<boolean> {
  const userId = String(challenge.user._id)
  switch (proof.intent) {
    case 'totp':
      return takeTotp(ports, userId, proof.code)
    case 'recovery': {
      const spent = await spendRecoveryCode(ports, userId, proof.recoveryCode)
      if (!spent) await noteFailure(ports, userId, 'recovery-code', 'wrong')
      return spent
    }
    case 'passkey':
      return provePasskey(ports, { userId, of: challenge.id, host, passkey: proof.passkey })
  }
}

/**
 * Sign in by a passkey alone, which counts as both factors: the device, and the finger or PIN that it
 * asked for.
 *
 * @returns the token for the session's cookie
 * @throws AppError `invalid_input` with `passkey`
 */
export async function signInByPasskey(
  ports: Ports,
  { passkey, host, shared }: { passkey: Assertion; host: string | null; shared: boolean },
  from: SigningIn,
): Promise<string> {
  const userId = await readPasskeySignIn(ports, { passkey, host })
  const user = await User.findById(new Types.ObjectId(userId)).lean()
  if (!user || user.deletedAt) throw new AppError('invalid_input', { passkey: 'wrong' })
  return finishSignIn(ports, user, { ...from, shared, method: 'passkey' })
}

async function waiting(ports: Ports, token: string | null): Promise<Challenge> {
  const challenge = token === null ? null : await readChallenge(ports, token)
  if (!challenge) throw new AppError('unauthenticated')
  return challenge
}
