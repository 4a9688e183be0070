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
import { demandNoPatientData, recordKept } from './patient-data'
import { announcePost, findCalls, type Posted, raiseThread, storePost } from './posting'
import { toReplyViews } from './reply-views'
import { findThread } from './thread-access'
import { inTransaction } from './transaction'

/**
 * Append a post to an open thread and announce it. A repeated `clientKey` returns the first post, as
 * clinics on poor lines retry, and announces it again: the first announcement may have been lost.
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
      const kept = demandNoPatientData({ text }, input)
      const calls = await findCalls(partnership, text)
      await ports.limits.take('post', actor.userId)
      posted = await inTransaction(async (session) => {
        const at = ports.clock.now()
        const by = { rev: 1, lastSeq: 1, replyCount: 1 } as const
        const set = { lastAt: at, lastBy: author }
        const raised = await raiseThread(thread, by, session, { onlyOpen: true, set })
        const post = { id, author, text, lang, clientKey, replyTo, calls }
        const place = { thread: String(thread._id), reply: String(id) }
        await recordKept(ports, actor, { partnership, place, kept }, session)
        return storePost(raised, post, at, session)
      })
    },
  )
  if (!row.thread.equals(thread._id)) throw new AppError('conflict')
  const reply = await announcePost(ports.bus, row, isNew ? posted : undefined)
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
 * Posts after a number, in order, as many as `limit` and at most about 256 kB of words; for the
 * programming interface.
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
  const shown = sendable(rows, after.limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return { items: await toReplyViews(partnership, shown), next: last ? String(last.seq) : null }
}

/** Words of one answer, in bytes of UTF-8: longer ones come in parts, so that a poor line gets through. */
const ANSWER_BYTES = 256_000

/** The first rows, so many that their words fit into one answer; one at least. */
function sendable(rows: readonly ReplyRow[], most: number): readonly ReplyRow[] {
  let bytes = 0
  const end = rows.findIndex(({ text, translation }, index) => {
    bytes += Buffer.byteLength(text) + Buffer.byteLength(translation?.text ?? '')
    return index > 0 && bytes > ANSWER_BYTES
  })
  return rows.slice(0, end === -1 ? most : Math.min(end, most))
}

/** Most changes that are caught up with at once. */
const CATCH_UP_MAX = 200

/**
 * What changed in a thread after the reader's last count of changes: new posts, edits, deletions,
 * translations, oldest change first and at most 200 or about 256 kB of words at once.
 *
 * @param partnershipId when the address names one, the thread must belong to it
 * @throws AppError `not_found`, `forbidden`
 */
export async function catchUp(
  _ports: Ports,
  actor: Actor,
  threadId: string,
  afterRev: number,
  partnershipId?: string,
): Promise<CaughtUp> {
  // up to the count as it is now: a later change is announced, or caught up with next time
  const { _id, partnership, rev } = await findThread(actor, 'thread:read', threadId, partnershipId)
  const rows = await Reply.find({ partnership, thread: _id, rev: { $gt: afterRev, $lte: rev } })
    .sort({ rev: 1 })
    .limit(CATCH_UP_MAX + 1)
    .lean()
  const shown = sendable(rows, CATCH_UP_MAX)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    replies: await toReplyViews(partnership, shown),
    rev: last?.rev ?? rev,
    more: last !== undefined,
  }
}
