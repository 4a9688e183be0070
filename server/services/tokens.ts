import type { ClientSession } from 'mongoose'
import { ApiToken, type ApiTokenRow } from '../../models/api-token'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { MakeToken } from '../../shared/schemas/tokens'
import { TOKENS_MAX, type TokenView } from '../../shared/token-scopes'
import { newApiToken, readTokenActor } from '../auth/tokens'
import type { Ports } from '../ports'
import { demand } from './access'
import { recordAudit } from './audit'
import { demandFreshProof, isFresh, tellOwner } from './second-factors'
import { inTransaction } from './transaction'

const DAY_MS = 86_400_000

/** The actor's own tokens, newest first, and whether a new one asks for the password. */
export async function listTokens(
  ports: Ports,
  actor: Actor,
): Promise<{ tokens: TokenView[]; isFresh: boolean; isFull: boolean }> {
  demand(actor, 'token:create', NOWHERE)
  const rows = await ApiToken.find({ user: actor.userId }).sort({ _id: -1 }).lean()
  const now = ports.clock.now()
  const tokens = rows.map((row) => toView(row, now))
  const isFull = tokens.filter(({ isOver }) => !isOver).length >= TOKENS_MAX
  return { tokens, isFresh: await isFresh(ports, actor), isFull }
}

/**
 * Make a token. It is told here and never again; its owner gets a letter that there is one.
 *
 * @returns the token
 * @throws AppError `invalid_input` with `password` where the sign-in is no longer fresh; `conflict` if
 *   the form was sent before, or there are as many tokens as one may have; `too_many_requests`
 */
export async function makeToken(ports: Ports, actor: Actor, input: MakeToken): Promise<string> {
  demand(actor, 'token:create', NOWHERE)
  await ports.limits.take('write', actor.userId)
  await demandFreshProof(ports, actor, { password: input.password })
  const { token, tokenHash } = newApiToken()
  const now = ports.clock.now()
  const user = actor.userId
  await inTransaction(async (session) => {
    const { name, scopes, clientKey } = input
    if (await ApiToken.exists({ user, clientKey }).session(session))
      throw new AppError('conflict', { clientKey: 'used' })
    const held = await ApiToken.countDocuments({ user, expiresAt: { $gt: now } }).session(session)
    if (held >= TOKENS_MAX) throw new AppError('conflict', { tokens: 'full' })
    const expiresAt = new Date(now.getTime() + input.days * DAY_MS)
    const fields = { user, tokenHash, name, scopes, clientKey, createdAt: now, expiresAt }
    const [made] = await ApiToken.create([fields], { session })
    const subject = { token: String(made?._id) }
    const detail = { scopes: scopes.join(' '), days: String(input.days) }
    await recordAudit(ports, { kind: 'token:made', by: user, subject, detail }, session)
    await tellOwner(ports, user, 'token', session)
  })
  return token
}

/** End one of the actor's own tokens, at once; one that is not there is no error. */
export async function endToken(ports: Ports, actor: Actor, tokenId: string): Promise<void> {
  demand(actor, 'token:create', NOWHERE)
  await inTransaction(async (session) => {
    const { deletedCount } = await ApiToken.deleteOne(
      { _id: tokenId, user: actor.userId },
      { session },
    )
    if (deletedCount === 0) return
    const subject = { token: tokenId }
    await recordAudit(ports, { kind: 'token:ended', by: actor.userId, subject }, session)
  })
}

/** End all of somebody's tokens, in the transaction of what ends them; each is recorded. */
export async function endAllTokens(
  ports: Ports,
  userId: string,
  session: ClientSession,
): Promise<void> {
  const rows = await ApiToken.find({ user: userId }, { _id: 1 }).session(session).lean()
  await ApiToken.deleteMany({ user: userId }, { session })
  for (const { _id } of rows) {
    const subject = { token: String(_id) }
    await recordAudit(ports, { kind: 'token:ended', by: userId, subject }, session)
  }
}

/**
 * Who a request to the programming interface comes from, by the token that it brings.
 *
 * @param header `Authorization`
 * @throws AppError `unauthenticated` for anything that is no token now; `too_many_requests`
 */
export async function admitToken(
  { clock, limits }: Ports,
  header: string | undefined,
): Promise<Actor> {
  const found = await readTokenActor(header, clock.now())
  if (!found) throw new AppError('unauthenticated')
  await limits.take('api', found.tokenId)
  return found.actor
}

/** One's tokens are of no partnership. */
const NOWHERE = { partnershipId: '' }

function toView(row: ApiTokenRow, now: Date): TokenView {
  return {
    id: String(row._id),
    name: row.name,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isOver: row.expiresAt <= now,
    usedAt: row.usedAt?.toISOString() ?? null,
  }
}
