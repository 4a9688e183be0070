import type { IncomingMessage } from 'node:http'
import { type ClientSession, Types } from 'mongoose'
import { GuestSession, type GuestSessionRow } from '../../models/guest-session'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { GUEST_COOKIE, MOST_GUEST_TOKENS } from '../../shared/guests'
import { isToken } from '../../shared/tokens'
import { hashOf, newToken } from './sessions'

/** After the workshop what is a guest's own stays within their reach: evaluation, certificate. */
export const GUEST_DAYS_AFTER = 30
const DAY_MS = 86_400_000
/** On a computer that others use too. */
const SHARED_GUEST_HOURS = 12

/**
 * Begin a guest's session in one workshop; only the token's SHA-256 is stored.
 *
 * @param beginning `shared`: others use the computer too, so it is short
 * @returns the token for the cookie: 256 random bits, base64url
 */
export async function beginGuestSession(
  participant: Pick<WorkshopParticipantRow, '_id' | 'partnership' | 'workshop'>,
  workshop: Pick<WorkshopRow, 'endsAt'>,
  now: Date,
  { shared = false, session }: { shared?: boolean; session?: ClientSession } = {},
): Promise<string> {
  const token = newToken()
  const from = Math.max(workshop.endsAt.getTime(), now.getTime())
  const expiresAt = shared
    ? new Date(now.getTime() + SHARED_GUEST_HOURS * 3_600_000)
    : new Date(from + GUEST_DAYS_AFTER * DAY_MS)
  const row = {
    tokenHash: hashOf(token),
    partnership: participant.partnership,
    workshop: participant.workshop,
    participant: participant._id,
    shared,
    createdAt: now,
    expiresAt,
  }
  await GuestSession.create([row], session ? { session } : {})
  return token
}

/**
 * A workshop was put off: whoever came in already comes back as long after it as they would have. In the
 * transaction of the change; nobody's way in is lengthened on a computer that others use.
 */
export async function keepGuestSessions(
  { _id, endsAt }: Pick<WorkshopRow, '_id' | 'endsAt'>,
  session: ClientSession,
): Promise<void> {
  await GuestSession.updateMany(
    { workshop: _id, shared: { $ne: true } },
    { $max: { expiresAt: new Date(endsAt.getTime() + GUEST_DAYS_AFTER * DAY_MS) } },
    { session },
  )
}

/**
 * The guests that a browser is, one for each workshop it proved an address for, the newest first.
 * Anything wrong with the cookie, or a place that was taken away, is nobody.
 */
export async function readGuests(
  request: Pick<IncomingMessage, 'headers'>,
  now: Date,
): Promise<readonly Actor[]> {
  const hashes = guestTokensOf(request.headers.cookie).map(hashOf)
  if (hashes.length === 0) return []
  const open = { tokenHash: { $in: hashes }, expiresAt: { $gt: now } }
  const sessions = await GuestSession.find(open).lean()
  sessions.sort((a, b) => hashes.indexOf(a.tokenHash) - hashes.indexOf(b.tokenHash))
  const found = await Promise.all(sessions.map(guestOf))
  const guests = found.filter((guest) => guest !== null)
  const isFirst = (guest: Actor, place: number) =>
    guests.findIndex((each) => each.guest?.workshopId === guest.guest?.workshopId) === place
  return guests.filter(isFirst)
}

/** The guest that a browser is in one workshop, or in the one it came to last; null if it is nobody. */
export async function readGuest(
  request: Pick<IncomingMessage, 'headers'>,
  now: Date,
  workshopId?: string,
): Promise<Actor | null> {
  const guests = await readGuests(request, now)
  return guests.find(({ guest }) => !workshopId || guest?.workshopId === workshopId) ?? null
}

/** A guest as they are by now, by the id of their session; null if it is over. */
export async function readGuestAgain(sessionId: string, now: Date): Promise<Actor | null> {
  const open = { _id: new Types.ObjectId(sessionId), expiresAt: { $gt: now } }
  const session = await GuestSession.findOne(open).lean()
  return session && guestOf(session)
}

async function guestOf(session: GuestSessionRow): Promise<Actor | null> {
  const { partnership, workshop, participant, shared } = session
  const [row, plan] = await Promise.all([
    WorkshopParticipant.findOne(
      { _id: participant, partnership, workshop },
      { guest: 1, door: 1 },
    ).lean(),
    Workshop.findOne({ _id: workshop, partnership }, { guests: 1, status: 1 }).lean(),
  ])
  // what was planned without guests any more, or is a draft again, is not theirs
  if (!row?.guest || !plan?.guests || plan.status === 'draft') return null
  return {
    userId: String(row._id),
    sessionId: String(session._id),
    programmeAdmin: false,
    memberships: [],
    lang: row.guest.lang,
    timeZone: row.guest.timeZone,
    guest: {
      partnershipId: String(partnership),
      workshopId: String(workshop),
      ...(row.door === 'admitted' ? {} : { outside: true as const }),
      ...(shared ? { shared: true as const } : {}),
    },
  }
}

/** The sessions that a browser's tokens open, over or not; what opens nothing is passed over. */
export function findGuestSessions(tokens: readonly string[]): Promise<GuestSessionRow[]> {
  const hashes = tokens.slice(0, MOST_GUEST_TOKENS).map(hashOf)
  return GuestSession.find({ tokenHash: { $in: hashes } }).lean()
}

/** End one session of a guest; whoever calls announces it. */
export async function endGuestSession(
  { _id }: Pick<GuestSessionRow, '_id'>,
  session: ClientSession,
): Promise<void> {
  await GuestSession.deleteOne({ _id }, { session })
}

/** End all sessions of a guest; whoever calls announces it. */
export async function endGuestSessions(participant: string, session: ClientSession): Promise<void> {
  await GuestSession.deleteMany({ participant: new Types.ObjectId(participant) }, { session })
}

/** The tokens of the cookie, newest first; of two cookies, one may have been put there by somebody else. */
function guestTokensOf(header: string | undefined): string[] {
  if (!header || header.length > 4_096) return []
  const named = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${GUEST_COOKIE}=`))
  if (named.length !== 1) return []
  const value = named[0]?.slice(GUEST_COOKIE.length + 1) ?? ''
  return value.split('.').filter(isToken).slice(0, MOST_GUEST_TOKENS)
}
