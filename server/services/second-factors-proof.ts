import { Types } from 'mongoose'
import { Passkey } from '../../models/passkey'
import { Authenticator } from '../../models/second-factor'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { FreshProof } from '../../shared/schemas/second-factors'
import { isPassword } from '../auth/passwords'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { askPasskey, passkeyDomain, provePasskey } from './passkeys-sign-in'
import { isFresh, proofsOf } from './second-factors'
import { takeTotp } from './totp'

/** Is a proof needed before anything is changed, and which ways are there to give one? */
export async function readProofWays(ports: Ports, actor: Actor, host: string | null) {
  demandSelf(actor)
  const user = new Types.ObjectId(actor.userId)
  const [fresh, owner, totp, passkey] = await Promise.all([
    isFresh(ports, actor),
    User.findById(user, { passwordHash: 1 }).lean(),
    Authenticator.exists({ user, confirmedAt: { $ne: null } }),
    Passkey.exists({ user }),
  ])
  return {
    fresh,
    password: Boolean(owner?.passwordHash),
    totp: totp !== null,
    /** There is one, and it can be asked for at this address. */
    passkey: passkey !== null && passkeyDomain(ports, host) !== null,
  }
}

/**
 * Prove anew who one is: by the password or by a factor. Counted for this session
 * alone: whoever has stolen a cookie keeps its owner neither out nor from proving it elsewhere.
 *
 * @param host asked for, of a passkey
 * @throws AppError `invalid_input` with what was wrong; `too_many_requests`
 */
export async function proveAnew(
  ports: Ports,
  actor: Actor,
  proof: FreshProof,
  host: string | null,
): Promise<void> {
  demandSelf(actor)
  // nobody guesses a passkey: it stays a way in when somebody has used the tries up
  if (proof.intent !== 'passkey') await ports.limits.take('second-factor', proofsOf(actor))
  if (!(await isProof(ports, actor, proof, host))) {
    const field = { password: 'password', totp: 'code', passkey: 'passkey' }[proof.intent]
    throw new AppError('invalid_input', { [field]: 'wrong' })
  }
  const provedAt = ports.clock.now()
  await Session.updateOne({ _id: actor.sessionId, user: actor.userId }, { $set: { provedAt } })
  await ports.limits.forget('second-factor', proofsOf(actor))
}

/** What the browser needs to prove it by a passkey. */
export async function askProofPasskey(ports: Ports, actor: Actor, host: string | null) {
  demandSelf(actor)
  await ports.limits.take('write', actor.userId)
  return askPasskey(ports, { userId: actor.userId, of: actor.sessionId, host })
}

async function isProof(
  ports: Ports,
  actor: Actor,
  proof: FreshProof,
  host: string | null,
): Promise<boolean> {
  switch (proof.intent) {
    case 'password': {
      const owner = await User.findById(actor.userId, { passwordHash: 1 }).lean()
      return isPassword(proof.password, owner?.passwordHash ?? null)
    }
    case 'totp':
      return takeTotp(ports, actor.userId, proof.code)
    case 'passkey':
      return provePasskey(ports, {
        userId: actor.userId,
        of: actor.sessionId,
        passkey: proof.passkey,
        host,
      })
  }
}
