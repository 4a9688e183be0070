import { Types } from 'mongoose'
import { Session } from '../../models/session'
import type { Actor } from '../../shared/actor'
import { type Device, deviceOf } from '../../shared/devices'
import { AppError } from '../../shared/errors'
import { endSession as endRow } from '../auth/sessions'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { changeAccess } from './access-changes'
import { recordAudit } from './audit'

/** One of one's own sessions, as its list shows it. */
export type SessionView = {
  id: string
  /** The one that asks. */
  current: boolean
  device: Device
  /** Begun on a computer that others use. */
  shared: boolean
  begunAt: string
  /** To the hour. */
  seenAt: string
}

/** Where the actor is signed in, the present session first, then as they were seen last. */
export async function listSessions({ clock }: Ports, actor: Actor): Promise<SessionView[]> {
  demandSelf(actor)
  const open = { user: actor.userId, expiresAt: { $gt: clock.now() } }
  const rows = await Session.find(open).sort({ seenAt: -1, _id: -1 }).limit(100).lean()
  const views = rows.map((row) => ({
    id: String(row._id),
    current: String(row._id) === actor.sessionId,
    device: deviceOf(row.agent),
    shared: row.shared,
    begunAt: row.createdAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
  }))
  return [...views.filter((view) => view.current), ...views.filter((view) => !view.current)]
}

/**
 * End one of one's own sessions, with everything that runs in it.
 *
 * @throws AppError `not_found`, also for somebody else's
 */
export async function endSession(ports: Ports, actor: Actor, sessionId: string): Promise<void> {
  demandSelf(actor)
  const { userId } = actor
  const own = { _id: new Types.ObjectId(sessionId), user: new Types.ObjectId(userId) }
  if (!(await Session.exists(own))) throw new AppError('not_found')
  await changeAccess(ports, { userId, sessionId }, async (session) => {
    await endRow(sessionId, session)
    const subject = { session: sessionId }
    await recordAudit(ports, { kind: 'session:ended', by: userId, subject }, session)
  })
}

/** End all of one's sessions but this one. @returns how many there were */
export async function endOtherSessions(ports: Ports, actor: Actor): Promise<number> {
  demandSelf(actor)
  const { userId, sessionId } = actor
  return changeAccess(ports, { userId }, async (session) => {
    const others = { user: new Types.ObjectId(userId), _id: { $ne: new Types.ObjectId(sessionId) } }
    const { deletedCount } = await Session.deleteMany(others, { session })
    const detail = { count: String(deletedCount) }
    const subject = { user: userId }
    await recordAudit(ports, { kind: 'sessions:ended', by: userId, subject, detail }, session)
    return deletedCount
  })
}
