import { Types } from 'mongoose'
import { Reply, type ReplyRow } from '../../models/reply'
import type { ThreadRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { CaughtUp } from '../../shared/events'
import type { PostReply } from '../../shared/schemas/threads'
import type { ReplyView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { once } from './intents'
import { announcePost, findCalls, type Posted, raiseThread, storePost } from './posting'
import { toReplyView, toReplyViews } from './reply-views'
import { findThread } from './thread-access'
import { inTransaction } from './transaction'

/**
 * Append a post to an open thread and announce it. A repeated `clientKey` returns the first post and
 * announces nothing: clinics on poor lines retry.
 *
 * @throws AppError `not_found`, `forbidden`, `locked`, `too_many_requests`; `conflict` if the key was
 *   used in another thread
 */
export async function postReply(
  ports: Ports,
  actor: Actor,
  threadId: string,
  input: PostReply,
  partnershipId?: string,
): Promise<ReplyView> {
  const { reply } = await sendReply(ports, actor, threadId, input, partnershipId)
  return reply
}

/** The same, and whether it was stored just now or is what a repeated `clientKey` stored before. */
export async function sendReply(
  ports: Ports,
  actor: Actor,
  threadId: string,
  input: PostReply,
  partnershipId?: string,
): Promise<{ reply: ReplyView; isNew: boolean }> {
  const thread = await findThread(actor, 'thread:read', threadId, partnershipId)
  const { partnership } = thread
  const { text, lang, clientKey } = input
  const id = new Types.ObjectId()
  const author = new Types.ObjectId(actor.userId)
  let posted: Posted | undefined
  const { row, isNew } = await once<ReplyRow>(
    id,
    () => Reply.findOne({ partnership, author, clientKey }).lean(),
    async () => {
      demand(actor, 'thread:reply', { partnershipId: String(partnership) })
      if (thread.locked) throw new AppError('locked')
      const replyTo = input.replyTo ? await findAnswered(thread, input.replyTo) : null
      const calls = await findCalls(partnership, text)
      await ports.limits.take('post', actor.userId)
      posted = await inTransaction(async (session) => {
        const at = ports.clock.now()
        const by = { rev: 1, lastSeq: 1, replyCount: 1 } as const
        const set = { lastAt: at, lastBy: author }
        const raised = await raiseThread(thread, by, session, { onlyOpen: true, set })
        const post = { id, author, text, lang, clientKey, replyTo, calls }
        return storePost(raised, post, at, session)
      })
    },
  )
  if (!row.thread.equals(thread._id)) throw new AppError('conflict')
  const reply = isNew ? await announcePost(ports.bus, row, posted) : await toReplyView(row)
  return { reply, isNew }
}

/** The post that is answered: one of the same thread. */
async function findAnswered(thread: ThreadRow, replyId: string) {
  const { partnership, _id } = thread
  const row = await Reply.findOne({ _id: replyId, partnership, thread: _id }).lean()
  if (!row) throw new AppError('not_found')
  return { reply: row._id, seq: row.seq, author: row.author }
}

/**
 * Posts after a number, in order; for the programming interface.
 *
 * @returns `next` is the number to go on after
 * @throws AppError `not_found`, `forbidden`
 */
export async function listReplies(
  _ports: Ports,
  actor: Actor,
  threadId: string,
  after: { seq: number; limit: number },
): Promise<{ items: ReplyView[]; next: string | null }> {
  const { _id, partnership } = await findThread(actor, 'thread:read', threadId)
  const rows = await Reply.find({ partnership, thread: _id, seq: { $gt: after.seq } })
    .sort({ seq: 1 })
    .limit(after.limit + 1)
    .lean()
  const shown = rows.slice(0, after.limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return { items: await toReplyViews(partnership, shown), next: last ? String(last.seq) : null }
}

/** Most changes that are caught up with at once. */
const CATCH_UP_MAX = 200

/**
 * What changed in a thread after the reader's last count of changes: new posts, edits, deletions,
 * translations, oldest change first and at most 200 at once.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function catchUp(
  _ports: Ports,
  actor: Actor,
  threadId: string,
  afterRev: number,
): Promise<CaughtUp> {
  // up to the count as it is now: a later change is announced, or caught up with next time
  const { _id, partnership, rev } = await findThread(actor, 'thread:read', threadId)
  const rows = await Reply.find({ partnership, thread: _id, rev: { $gt: afterRev, $lte: rev } })
    .sort({ rev: 1 })
    .limit(CATCH_UP_MAX + 1)
    .lean()
  const shown = rows.slice(0, CATCH_UP_MAX)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    replies: await toReplyViews(partnership, shown),
    rev: last?.rev ?? rev,
    more: last !== undefined,
  }
}
