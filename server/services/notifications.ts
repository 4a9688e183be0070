import { Types } from 'mongoose'
import { Notification, type NotificationRow } from '../../models/notification'
import { Reply } from '../../models/reply'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { type NotificationChange, READ_AT_ONCE } from '../../shared/schemas/notifications'
import type { NotificationView } from '../../shared/views'
import type { Ports } from '../ports'
import { toNotificationViews } from './notification-views'
import { inTransaction } from './transaction'

const PAGE = 30
const PAGE_MAX = 100

/** The actor's own notifications, newest first, a page at a time; of partnerships still open to them. */
export async function listNotifications(
  _ports: Ports,
  actor: Actor,
  at: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<{ items: NotificationView[]; next: string | null }> {
  const limit = Math.min(Math.max(Math.trunc(at.limit ?? PAGE), 1), PAGE_MAX)
  const rows = await Notification.find({ ...ownOf(actor), ...after(at.cursor) })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: await toNotificationViews(actor, shown), next: last ? cursorOf(last) : null }
}

/** How many the actor has not read. */
export async function countNotifications(_ports: Ports, actor: Actor): Promise<number> {
  return Notification.countDocuments({ ...ownOf(actor), readAt: null })
}

/** One of the actor's own, for the tab that shows it as it comes; null when it is not open to them. */
export async function readNotification(
  _ports: Ports,
  actor: Actor,
  notificationId: string,
): Promise<NotificationView | null> {
  const row = await Notification.findOne({ _id: notificationId, ...ownOf(actor) }).lean()
  if (!row) return null
  const [view] = await toNotificationViews(actor, [row])
  return view ?? null
}

/**
 * Read some or all, or take it back.
 *
 * @returns the ids that changed, for undoing exactly that: of two tabs that read the same row at
 *   once, one has changed it
 */
export async function changeNotifications(
  { bus, clock }: Ports,
  actor: Actor,
  change: NotificationChange,
): Promise<{ changed: string[] }> {
  const reading = change.intent !== 'unread'
  const readAt = clock.now()
  const changed = await inTransaction(async (session) => {
    const rows = await Notification.find(
      {
        ...ownOf(actor),
        ...(change.intent === 'readAll' ? {} : { _id: { $in: change.ids } }),
        readAt: reading ? null : { $ne: null },
      },
      { _id: 1 },
    )
      .sort({ at: -1 })
      .limit(READ_AT_ONCE)
      .session(session)
      .lean()
    const ids = rows.map(({ _id }) => _id)
    if (ids.length > 0) {
      const to = { $set: { readAt: reading ? readAt : null } }
      await Notification.updateMany({ _id: { $in: ids } }, to, { session })
    }
    return ids.map(String)
  })
  if (changed.length > 0) {
    bus.publish('notifications:changed', { userId: actor.userId, notificationId: null })
  }
  return { changed }
}

/**
 * Posts of a thread up to a number have been shown to the actor: what told of them is read with them.
 * For whoever notes that they were shown; safe to repeat.
 */
export async function readThreadNotices(
  { bus, clock }: Pick<Ports, 'bus' | 'clock'>,
  actor: Actor,
  thread: Types.ObjectId | string,
  seq: number,
): Promise<void> {
  const told = await Notification.find(
    { ...ownOf(actor), readAt: null, thread, reply: { $exists: true } },
    { partnership: 1, reply: 1 },
  ).lean()
  const [first] = told
  if (!first) return
  const posts = await Reply.find(
    {
      _id: { $in: told.flatMap(({ reply }) => reply ?? []) },
      partnership: first.partnership,
      seq: { $lte: seq },
    },
    { _id: 1 },
  ).lean()
  const shown = new Set(posts.map(({ _id }) => String(_id)))
  const { modifiedCount } = await Notification.updateMany(
    {
      _id: { $in: told.flatMap(({ _id, reply }) => (shown.has(String(reply)) ? [_id] : [])) },
      readAt: null,
    },
    { $set: { readAt: clock.now() } },
  )
  if (modifiedCount > 0) {
    bus.publish('notifications:changed', { userId: actor.userId, notificationId: null })
  }
}

/** The actor's rows, but of partnerships that are no longer open to them. */
function ownOf(actor: Actor) {
  const open = actor.memberships.filter(
    ({ partnershipId }) =>
      can(actor, 'notification:own', { partnershipId }) &&
      can(actor, 'notification:receive', { partnershipId }),
  )
  return {
    user: new Types.ObjectId(actor.userId),
    partnership: { $in: open.map(({ partnershipId }) => new Types.ObjectId(partnershipId)) },
  }
}

function cursorOf({ at, _id }: NotificationRow): string {
  return `${at.getTime()}-${String(_id)}`
}

/** @throws AppError `invalid_input` for what is no cursor of this list */
function after(cursor: string | undefined) {
  if (cursor === undefined) return {}
  const [, time, id] = /^(\d{1,15})-([0-9a-f]{24})$/.exec(cursor) ?? []
  if (!time || !id) throw new AppError('invalid_input')
  const at = new Date(Number(time))
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] }
}
