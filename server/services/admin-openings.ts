import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { AdminOpening, type AdminOpeningRow } from '../../models/admin-opening'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { OPENING_MINUTES } from '../../shared/admin-opening'
import type { OpenAsAdmin } from '../../shared/schemas/admin-openings'
import type { AdminOpeningView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { changeAccess } from './access-changes'
import { recordAudit } from './audit'
import { toNameView } from './names'
import { announceNotices, type Recorded, recordNotices } from './notify'

/** How long members are shown that their content was opened, days. */
const SHOWN_DAYS = 30
/** As many as a page shows of them. */
const SHOWN_MOST = 10

/**
 * Open a partnership's content to a programme admin who is no member of it: for this session, for an
 * hour, with a reason that its members read. What is open already stays as it is.
 *
 * @returns until when it holds, UTC, ISO-8601
 * @throws AppError `not_found`, `forbidden` (members need none), `too_many_requests`
 */
export async function openAsAdmin(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  { reason, clientKey }: OpenAsAdmin,
): Promise<{ until: string }> {
  demand(actor, 'admin:open', { partnershipId })
  const known = await findOpen(actor, partnershipId, ports.clock.now())
  if (known) return { until: known.until.toISOString() }
  await ports.limits.take('write', actor.userId)
  // the same intent is the same opening: its id follows from the session and the key of the asking
  const from = createHash('sha256').update(`${partnershipId} ${actor.sessionId} ${clientKey}`)
  const _id = new Types.ObjectId(from.digest('hex').slice(0, 24))
  const at = ports.clock.now()
  const until = new Date(at.getTime() + OPENING_MINUTES * 60_000)
  let recorded: Recorded = []
  await changeAccess(ports, { userId: actor.userId, partnershipId }, async (session) => {
    recorded = []
    if (await AdminOpening.exists({ _id }).session(session)) return
    const row = {
      _id,
      partnership: new Types.ObjectId(partnershipId),
      user: new Types.ObjectId(actor.userId),
      session: new Types.ObjectId(actor.sessionId),
      reason,
      at,
      until,
    }
    await AdminOpening.create([row], { session })
    const detail = { reason, minutes: String(OPENING_MINUTES) }
    const fact = { kind: 'partnership:opened', partnershipId, by: actor.userId, detail } as const
    await recordAudit(ports, fact, session)
    const coordinators = await Membership.find(
      { partnership: partnershipId, status: 'active', role: 'coordinator' },
      { user: 1 },
    )
      .session(session)
      .lean()
    const notice = {
      kind: 'opened' as const,
      partnership: partnershipId,
      event: `opening ${String(_id)}`,
      by: actor.userId,
      to: coordinators.map(({ user }) => user),
      at,
    }
    recorded = await recordNotices([notice], session)
  })
  announceNotices(ports.bus, recorded)
  const open = await findOpen(actor, partnershipId, at)
  return { until: (open?.until ?? until).toISOString() }
}

/**
 * End one's own opening before its time; ending it twice is no error.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function endAdminOpening(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<void> {
  demand(actor, 'admin:open', { partnershipId })
  const now = ports.clock.now()
  await changeAccess(ports, { userId: actor.userId, partnershipId }, (session) =>
    AdminOpening.updateMany(
      { partnership: partnershipId, session: actor.sessionId, until: { $gt: now } },
      { $set: { until: now } },
      { session },
    ),
  )
}

/**
 * Until when this session has the partnership open; null where it has not.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readOwnOpening(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<{ until: string } | null> {
  demand(actor, 'admin:open', { partnershipId })
  const open = await findOpen(actor, partnershipId, clock.now())
  return open && { until: open.until.toISOString() }
}

/**
 * Who of the programme opened the partnership's content, why and for how long: what is open now and
 * the last 30 days, newest first.
 *
 * @throws AppError `not_found`, `forbidden` (observers do not see people)
 */
export async function listAdminOpenings(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<AdminOpeningView[]> {
  demand(actor, 'member:list', { partnershipId })
  const now = clock.now()
  const since = new Date(now.getTime() - SHOWN_DAYS * 24 * 3_600_000)
  const rows = await AdminOpening.find({ partnership: partnershipId, at: { $gte: since } })
    .sort({ at: -1 })
    .limit(SHOWN_MOST)
    .lean()
  const users = await User.find({ _id: { $in: rows.map(({ user }) => user) } }, { name: 1 }).lean()
  const names = new Map(users.map(({ _id, name }) => [String(_id), toNameView(name)]))
  return rows.map((row) => ({
    id: String(row._id),
    by: names.get(String(row.user)) ?? null,
    reason: row.reason,
    at: row.at.toISOString(),
    until: row.until.toISOString(),
    minutes: Math.max(1, Math.round((row.until.getTime() - row.at.getTime()) / 60_000)),
    isOpen: row.until > now,
  }))
}

/**
 * Tell this process's doors of the openings that have ended by themselves since then: nobody changes
 * anything when an hour is over. For whoever looks every few seconds.
 *
 * @returns when it looked, to go on from
 */
export async function tellEndedOpenings({ bus, clock }: Ports, since: Date): Promise<Date> {
  const now = clock.now()
  const ended = await AdminOpening.find(
    { until: { $gt: since, $lte: now } },
    { user: 1, partnership: 1 },
  ).lean()
  for (const { user, partnership } of ended) {
    const [userId, partnershipId] = [String(user), String(partnership)]
    bus.publishHere('access:changed', { userId, partnershipId })
  }
  return now
}

function findOpen(actor: Actor, partnershipId: string, now: Date): Promise<AdminOpeningRow | null> {
  return AdminOpening.findOne({
    partnership: partnershipId,
    session: actor.sessionId,
    until: { $gt: now },
  }).lean()
}
