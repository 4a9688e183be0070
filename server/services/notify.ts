import { type ClientSession, Types } from 'mongoose'
import { Membership } from '../../models/membership'
import { Notification } from '../../models/notification'
import { grantFor, type Operation, type Role } from '../../shared/policy'
import type { NotificationKind } from '../../shared/schemas/notifications'
import type { Bus } from '../ports'

/** Something to tell people of. References only: titles and words are looked up when it is read. */
export type Notice = {
  kind: NotificationKind
  partnership: Types.ObjectId | string
  /**
   * The same event is told to the same person once, however often it is recorded. Of several notices
   * of one event in one call the first wins: who is called by name in an answer hears of it once.
   */
  event: string
  /** Who did it: never told of it themselves. */
  by: Types.ObjectId | string | null
  to: readonly (Types.ObjectId | string)[]
  thread?: Types.ObjectId | string
  reply?: Types.ObjectId | string
  protocol?: Types.ObjectId | string
  unit?: string
  resource?: Types.ObjectId | string
  workshop?: Types.ObjectId | string
  at: Date
}

/** What was recorded for whom, to be announced once the transaction has committed. */
export type Recorded = readonly { userId: string; notificationId: string }[]

/**
 * Record notices in the transaction of the fact they follow; one row per event and person.
 * Only active members who may be told of the partnership (`notification:receive`) and may see what
 * it is about get a row: observers hear nothing of drafts and discussions.
 *
 * @returns only what is new, so that a retried write announces nothing twice
 */
export async function recordNotices(
  notices: readonly Notice[],
  session: ClientSession,
): Promise<Recorded> {
  const told = notices.flatMap((notice) =>
    [...new Set(notice.to.map(String))]
      .filter((userId) => notice.by === null || userId !== String(notice.by))
      .map((userId) => ({ userId, notice })),
  )
  if (told.length === 0) return []

  const roles = await rolesOf(told, session)
  const rows = told.filter(({ userId, notice }) => {
    const role = roles.get(`${String(notice.partnership)} ${userId}`)
    return role !== undefined && mayHear(role, notice)
  })
  if (rows.length === 0) return []

  const result = await Notification.bulkWrite(
    rows.map(({ userId, notice: { to: _, event, ...about } }) => ({
      updateOne: {
        filter: { user: new Types.ObjectId(userId), event },
        update: { $setOnInsert: { ...about, readAt: null, demo: false } },
        upsert: true,
      },
    })),
    { session },
  )
  return rows.flatMap(({ userId }, index) => {
    const id: unknown = result.upsertedIds[index]
    return id ? [{ userId, notificationId: String(id) }] : []
  })
}

/** After the commit: every tab of the people concerned hears of it. */
export function announceNotices(bus: Bus, recorded: Recorded): void {
  for (const { userId, notificationId } of recorded) {
    bus.publish('notifications:changed', { userId, notificationId })
  }
}

/** May one of that role see what the notice is about? */
export function mayHear(
  role: Role,
  about: Pick<Notice, 'thread' | 'protocol' | 'resource' | 'workshop'>,
) {
  const needed: Operation[] = ['notification:receive']
  if (about.thread) needed.push('thread:read')
  if (about.protocol) needed.push('collab:read')
  if (about.resource) needed.push('file:download')
  if (about.workshop) needed.push('workshop:join')
  // `r` and `p` show published and redacted things only; nothing that is told of is either
  return needed.every((operation) => grantFor(role, operation) === '+')
}

/** Active members among those who are to be told, as `<partnership> <user>`. */
async function rolesOf(
  told: readonly { userId: string; notice: Notice }[],
  session: ClientSession,
): Promise<ReadonlyMap<string, Role>> {
  const found = await Membership.find(
    {
      partnership: { $in: [...new Set(told.map(({ notice }) => String(notice.partnership)))] },
      user: { $in: [...new Set(told.map(({ userId }) => userId))] },
      status: 'active',
    },
    { partnership: 1, user: 1, role: 1 },
  )
    .session(session)
    .lean()
  return new Map(found.map((row) => [`${String(row.partnership)} ${String(row.user)}`, row.role]))
}
