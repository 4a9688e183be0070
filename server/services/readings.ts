import { type ClientSession, Types } from 'mongoose'
import { Membership } from '../../models/membership'
import { Reading, type ReadingRow } from '../../models/reading'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can, grantFor, ROLES } from '../../shared/policy'
import type { Bus, Ports } from '../ports'
import { readThreadNotices } from './notifications'
import { findThread } from './thread-access'
import { inTransaction } from './transaction'

/** Whose members read discussions. */
const READERS = ROLES.filter((role) => grantFor(role, 'thread:read') === '+')

/** A post as it is counted. */
export type CountedPost = {
  partnership: Types.ObjectId
  thread: Types.ObjectId
  seq: number
  author: Types.ObjectId
}

/**
 * A post was stored: one more unread for everybody who reads here but its author. Who has missed posts
 * in between was not a reader then; what came meanwhile counts as read.
 *
 * @returns the users whose counts changed
 */
export async function countPost(
  { partnership, thread, seq, author }: CountedPost,
  at: Date,
  session: ClientSession,
): Promise<string[]> {
  const members = await Membership.find(
    { partnership, status: 'active', role: { $in: READERS } },
    { user: 1 },
  )
    .session(session)
    .lean()
  const readers = members.map(({ user }) => user)
  const rows = { partnership, thread, user: { $in: readers } }
  const known = await Reading.find(rows, { user: 1 }).session(session).lean()
  const wasAway = { $ne: ['$toldSeq', seq - 1] }
  await Reading.updateMany(
    rows,
    [
      {
        $set: {
          unread: {
            $add: [
              { $cond: [wasAway, 0, '$unread'] },
              { $cond: [{ $eq: ['$user', author] }, 0, 1] },
            ],
          },
          readSeq: { $cond: [wasAway, seq - 1, '$readSeq'] },
          toldSeq: seq,
          lastAt: at,
        },
      },
    ],
    { session, updatePipeline: true },
  )
  const told = readers.filter((user) => !user.equals(author))
  const withRow = new Set(known.map(({ user }) => String(user)))
  const fresh = told
    .filter((user) => !withRow.has(String(user)))
    .map((user) => ({
      partnership,
      user,
      thread,
      readSeq: seq - 1,
      toldSeq: seq,
      unread: 1,
      lastAt: at,
      demo: false,
    }))
  if (fresh.length > 0) await Reading.insertMany(fresh, { session })
  return told.map(String)
}

/**
 * A post was deleted: one fewer unread for those who had not been shown it.
 *
 * @returns the users whose counts changed
 */
export async function uncountPost(
  { partnership, thread, seq, author }: CountedPost,
  session: ClientSession,
): Promise<string[]> {
  const unaware = {
    partnership,
    thread,
    user: { $ne: author },
    readSeq: { $lt: seq },
    toldSeq: { $gte: seq },
  }
  const rows = await Reading.find(unaware, { user: 1 }).session(session).lean()
  await Reading.updateMany(unaware, { $inc: { unread: -1 } }, { session })
  return rows.map(({ user }) => String(user))
}

/**
 * Everything up to `seq` has been shown to the actor, and what told of it is read with it; never goes
 * back.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function markRead(
  { bus, clock }: Ports,
  actor: Actor,
  at: { threadId: string; partnershipId?: string },
  seq: number,
): Promise<void> {
  const { _id, partnership } = await findThread(actor, 'thread:read', at.threadId, at.partnershipId)
  const own = { partnership, thread: _id, user: actor.userId }
  const before = await Reading.findOne(own).lean()
  if (!before || seq > before.readSeq) await moveOn(bus, own, seq)
  // a post that was read long ago may have been edited to call somebody
  await readThreadNotices({ bus, clock }, actor, _id, seq)
}

type Own = { partnership: Types.ObjectId; thread: Types.ObjectId; user: string }

async function moveOn(bus: Bus, own: Own, seq: number): Promise<void> {
  const { partnership, thread: _id, user } = own
  const changed = await inTransaction(async (session) => {
    const thread = await Thread.findOne({ _id, partnership }).session(session).lean()
    if (!thread) throw new AppError('not_found')
    const { lastSeq, lastAt } = thread
    const row = await Reading.findOne(own).session(session).lean()
    if (!row) {
      const fields = { ...own, readSeq: lastSeq, toldSeq: lastSeq, unread: 0, lastAt }
      await Reading.create([fields], { session })
      return false
    }
    const readSeq = Math.max(row.readSeq, Math.min(seq, lastSeq))
    const toldSeq = Math.max(row.toldSeq, readSeq)
    const unread =
      row.unread === 0 || readSeq >= row.toldSeq ? 0 : await countLeft(row, readSeq, session)
    await Reading.updateOne(
      { _id: row._id, partnership },
      { $set: { readSeq, toldSeq, unread } },
      { session },
    )
    return unread !== row.unread
  })
  if (changed) {
    const partnershipId = String(partnership)
    bus.publish('unread:changed', { partnershipId, threadId: String(_id), userIds: [user] })
  }
}

/** What is unread after reading on up to `readSeq`; counts what was read or what is left, the shorter. */
async function countLeft(row: ReadingRow, readSeq: number, session: ClientSession) {
  const count = (after: number, upTo: number) =>
    Reply.countDocuments({
      partnership: row.partnership,
      thread: row.thread,
      seq: { $gt: after, $lte: upTo },
      author: { $ne: row.user },
      deletedAt: null,
    }).session(session)
  const isLittle = readSeq - row.readSeq < row.toldSeq - readSeq
  return isLittle
    ? Math.max(0, row.unread - (await count(row.readSeq, readSeq)))
    : count(readSeq, row.toldSeq)
}

/** Who has not been shown a post that was counted for them. */
export async function unawareOf({
  partnership,
  thread,
  seq,
  author,
}: CountedPost): Promise<string[]> {
  const unaware = { partnership, thread, user: { $ne: author }, readSeq: { $lt: seq } }
  const rows = await Reading.find({ ...unaware, toldSeq: { $gte: seq } }, { user: 1 }).lean()
  return rows.map(({ user }) => String(user))
}

/**
 * Posts of others that the actor has not been shown: of a partnership, and of one thread of it.
 * Reads only what is unread; nothing for those who do not read discussions.
 */
export async function countUnread(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
  threadId?: string,
): Promise<{ total: number; thread: number }> {
  if (!can(actor, 'thread:read', { partnershipId })) return { total: 0, thread: 0 }
  const own = {
    partnership: new Types.ObjectId(partnershipId),
    user: new Types.ObjectId(actor.userId),
  }
  const [[sum], row] = await Promise.all([
    Reading.aggregate<{ total: number }>([
      { $match: { ...own, unread: { $gt: 0 } } },
      { $group: { _id: null, total: { $sum: '$unread' } } },
    ]),
    threadId ? Reading.findOne({ ...own, thread: threadId }, { unread: 1 }).lean() : null,
  ])
  return { total: sum?.total ?? 0, thread: row?.unread ?? 0 }
}
