import { ApiToken } from '../../models/api-token'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { operationsOf, TOKEN_PREFIX } from '../../shared/token-scopes'
import { isToken } from '../../shared/tokens'
import { hashOf, newToken, toActor } from './sessions'

/** The list of one's tokens is true to the hour. */
const SEEN_MS = 3_600_000

const BEARER = /^Bearer +(\S+) *$/i

/** A new token: a prefix that says what it is, and 256 random bits. Only its hash is stored. */
export function newApiToken(): { token: string; tokenHash: string } {
  const token = `${TOKEN_PREFIX}${newToken()}`
  return { token, tokenHash: hashOf(token) }
}

/** Does a request bring a token of its own? Then its cookie, if any, counts for nothing. */
export function bringsToken(header: string | undefined): boolean {
  return header !== undefined && /^Bearer(?: |$)/i.test(header)
}

/**
 * Whoever a token belongs to, held to its scopes. Anything wrong with it — malformed, ended, expired,
 * of a deleted account — is nobody. A password that is changed leaves tokens as they are;
 * one that is set by a link in a letter ends them.
 *
 * @param header `Authorization`, as it came
 */
export async function readTokenActor(
  header: string | undefined,
  now: Date,
): Promise<{ actor: Actor; tokenId: string } | null> {
  const token = BEARER.exec(header ?? '')?.[1]
  if (!token?.startsWith(TOKEN_PREFIX) || !isToken(token.slice(TOKEN_PREFIX.length))) return null
  const row = await ApiToken.findOne({ tokenHash: hashOf(token), expiresAt: { $gt: now } }).lean()
  if (!row) return null
  const [user, memberships] = await Promise.all([
    User.findById(row.user).lean(),
    Membership.find({ user: row.user }).lean(),
  ])
  if (!user || user.deletedAt) return null
  if (!row.usedAt || now.getTime() - row.usedAt.getTime() > SEEN_MS) {
    await ApiToken.updateOne({ _id: row._id }, { $set: { usedAt: now } })
  }
  const tokenId = String(row._id)
  // no session has this id: what is done to sessions does not reach it, and it opens nothing as one
  const actor = toActor(user, memberships, tokenId)
  return { actor: { ...actor, scopes: operationsOf(row.scopes) }, tokenId }
}
