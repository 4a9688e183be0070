import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parse } from 'cookie'
import { type ClientSession, Types } from 'mongoose'
import { AdminOpening } from '../../models/admin-opening'
import { Membership, type MembershipRow } from '../../models/membership'
import { Session, type SessionRow } from '../../models/session'
import { User, type UserRow } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { isToken } from '../../shared/tokens'

export const SESSION_COOKIE = 'twinward_session'
/** A working week and a half; each sign-in starts it anew. */
export const SESSION_DAYS = 12
/** On a computer that others use: a shift. */
export const SHARED_SESSION_HOURS = 8

/** The list of one's sessions is true to the hour. */
const SEEN_MS = 3_600_000

/** Whoever a session belongs to, with the user's row for the page's head. */
export type Bearer = { actor: Actor; user: UserRow; session: { shared: boolean } }

/** What a session is begun with. */
type Beginning = { shared?: boolean; agent?: string | undefined }

/**
 * Begin a session. Only the token's SHA-256 is stored.
 *
 * @returns the token for the cookie: 256 random bits, base64url
 */
export async function beginSession(
  user: Pick<UserRow, '_id' | 'accessVersion'>,
  now: Date,
  { shared = false, agent }: Beginning = {},
  transaction?: ClientSession,
): Promise<string> {
  const token = newToken()
  const row = {
    tokenHash: hashOf(token),
    user: user._id,
    accessVersion: user.accessVersion,
    shared,
    ...(agent ? { agent: agent.slice(0, 300) } : {}),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + lifetimeMs(shared)),
  }
  await Session.create([row], transaction ? { session: transaction } : {})
  return token
}

function lifetimeMs(shared: boolean): number {
  return shared ? SHARED_SESSION_HOURS * 3_600_000 : SESSION_DAYS * 86_400_000
}

/** End a session for good; ending it twice is no error. */
export async function endSession(sessionId: string, session: ClientSession): Promise<void> {
  await Session.deleteOne({ _id: new Types.ObjectId(sessionId) }, { session })
}

/**
 * The one reader of sessions, for every door. Anything wrong with the cookie — missing, tampered,
 * expired, doubled, of an account whose access version has moved — is nobody.
 */
export async function readBearer(
  request: Pick<IncomingMessage, 'headers'>,
  now: Date,
): Promise<Bearer | null> {
  const token = sessionTokenOf(request.headers.cookie)
  if (!token) return null
  const session = await Session.findOne({
    tokenHash: hashOf(token),
    expiresAt: { $gt: now },
  }).lean()
  if (!session) return null
  const bearer = await bearerOf(session, now)
  if (bearer && now.getTime() - session.seenAt.getTime() > SEEN_MS) {
    await Session.updateOne({ _id: session._id }, { $set: { seenAt: now } })
  }
  return bearer
}

/** Who a session belongs to now, for what began with it and is still going on; null once it has ended. */
export async function readBearerAgain(sessionId: string, now: Date): Promise<Bearer | null> {
  const open = { _id: new Types.ObjectId(sessionId), expiresAt: { $gt: now } }
  const session = await Session.findOne(open).lean()
  return session && bearerOf(session, now)
}

async function bearerOf(session: SessionRow, now: Date): Promise<Bearer | null> {
  const [user, memberships] = await Promise.all([
    User.findById(session.user).lean(),
    Membership.find({ user: session.user }).lean(),
  ])
  if (!user || user.deletedAt || user.accessVersion !== session.accessVersion) return null
  const opened = user.programmeAdmin ? await openedBy(session._id, now) : []
  return {
    user,
    session: { shared: session.shared },
    actor: {
      ...toActor(user, memberships, String(session._id)),
      ...(opened.length > 0 ? { opened } : {}),
    },
  }
}

/** A user as the policy sees them. */
export function toActor(
  user: UserRow,
  memberships: readonly MembershipRow[],
  sessionId: string,
): Actor {
  return {
    userId: String(user._id),
    sessionId,
    programmeAdmin: user.programmeAdmin,
    lang: user.lang ?? user.languages[0] ?? 'en',
    timeZone: user.timeZone,
    memberships: memberships.map((m) => ({
      partnershipId: String(m.partnership),
      sideId: String(m.side),
      role: m.role,
      status: m.status,
    })),
  }
}

/** Partnerships that a programme admin has opened with a reason, in this session. */
async function openedBy(session: Types.ObjectId, now: Date): Promise<string[]> {
  const rows = await AdminOpening.find({ session, until: { $gt: now } }, { partnership: 1 }).lean()
  return rows.map(({ partnership }) => String(partnership))
}

/** The one token of the cookie; of two, one may have been put there by somebody else. */
function sessionTokenOf(header: string | undefined): string | null {
  if (!header || header.length > 4_096) return null
  const named = header.split(';').filter((pair) => pair.split('=')[0]?.trim() === SESSION_COOKIE)
  if (named.length !== 1) return null
  const token = parse(header)[SESSION_COOKIE]
  return token && isToken(token) ? token : null
}

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** How a token is stored: SHA-256 in hex. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
