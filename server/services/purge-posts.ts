import { type ClientSession, Types } from 'mongoose'
import { Reply, type ReplyRow } from '../../models/reply'
import type { ThreadRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { cutOut } from '../../shared/patient-data/cut-out'
import type { Ports } from '../ports'
import { withdrawRequestsOf } from './open-requests'
import { findCalls, partOf, raiseThread, searchTextOf } from './posting'
import { cutNotes, type Passages, recordPurge } from './purge-rows'
import { uncountPost } from './readings'
import { announceChange, announceDeletion } from './reply-changes'
import { dropSearchTexts, putSearchTexts } from './search-index'
import { findThread } from './thread-access'
import { inTransaction } from './transaction'

type At = { thread: string; reply: string }

/** A post that is to be cleaned, deleted ones too: its requests may still quote it. */
export async function findPurgeablePost(
  actor: Actor,
  partnershipId: string,
  at: At,
): Promise<{ thread: ThreadRow; row: ReplyRow }> {
  const thread = await findThread(actor, 'protocol:purge', at.thread, partnershipId)
  const { partnership, _id } = thread
  const row = await Reply.findOne({ _id: at.reply, partnership, thread: _id }).lean()
  if (!row) throw new AppError('not_found')
  return { thread, row }
}

/**
 * Take patient data out of a post: all of it, or passages of its words, of its translation and of what
 * was noted when a translation was asked for. It takes the next count of changes, below which no words
 * are accepted for it any more.
 *
 * @returns how many places held it; 0 when there was nothing (left) to remove
 */
export async function purgePost(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  at: At,
  passages: Passages,
): Promise<number> {
  const { thread, row } = await findPurgeablePost(actor, partnershipId, at)
  const done = await inTransaction(async (session) => {
    const { _id, partnership } = row
    const post = await Reply.findOne({ _id, partnership }).session(session).lean()
    if (!post) throw new AppError('not_found')
    const notes = await cutNotes(session, { partnership, targetId: _id }, passages)
    const cut = passages
      ? await cutPassages(thread, post, passages)
      : cutWhole(actor, post, ports.clock.now())
    const count = cut.count + notes
    if (count === 0) return { count, unreadOf: null }
    // whatever else happens to a post raises its thread too, and so comes before this or after it
    const by = cut.deletes ? ({ rev: 1, replyCount: -1 } as const) : ({ rev: 1 } as const)
    const raised = await raiseThread(thread, by, session, { onlyOpen: false })
    const purged = {
      by: new Types.ObjectId(actor.userId),
      at: ports.clock.now(),
      rev: raised.rev,
      whole: passages === null || post.purged?.whole === true,
    }
    const set = { ...cut.set, purged, rev: raised.rev }
    await Reply.updateOne({ _id, partnership }, { $set: set }, { session })
    await findAnew(raised, { ...post, ...cut.set }, session)
    const unreadOf = cut.deletes ? await uncountPost(post, session) : null
    if (cut.deletes) await withdrawRequestsOf(session, 'reply', post, ports.clock.now())
    const subject = { thread: String(thread._id), reply: String(_id) }
    const place = { partnership, what: 'post' as const, of: _id, within: thread._id, subject }
    await recordPurge(ports, actor, place, count, session)
    return { count, unreadOf }
  })
  // open pages show it at once; one that was told and did not hear is told again
  const now = await Reply.findOne({ _id: row._id, partnership: row.partnership }).lean()
  if (now && done.unreadOf) await announceDeletion(ports, now, done.unreadOf)
  else if (now) await announceChange(ports, now)
  return done.count
}

/** What changes in a post's row; `deletes` where it is no longer one of those that are counted. */
type CutPost = { count: number; set: Partial<ReplyRow>; deletes: boolean }

function cutWhole(actor: Actor, post: ReplyRow, at: Date): CutPost {
  if (post.purged?.whole) return { count: 0, set: {}, deletes: false }
  const set = { text: '', mentions: [], translation: null }
  // deleted before: whose doing that was stays as it is
  if (post.deletedAt) return { count: 1, set, deletes: false }
  const deleted = { deletedAt: at, deletedBy: new Types.ObjectId(actor.userId) }
  return { count: 1, set: { ...set, ...deleted }, deletes: true }
}

async function cutPassages(
  { partnership }: ThreadRow,
  post: ReplyRow,
  passages: readonly string[],
): Promise<CutPost> {
  const { lang, translation } = post
  const own = cutOut(post.text, passages, lang)
  const other = translation && cutOut(translation.text, passages, translation.lang)
  const set: Partial<ReplyRow> = {}
  if (own.count > 0) {
    // names stand elsewhere now; nobody is called anew
    const { mentions } = await findCalls(partnership, own.text)
    set.text = own.text
    set.mentions = mentions.map(({ userId, from, length }) => ({
      user: new Types.ObjectId(userId),
      from,
      length,
    }))
  }
  if (translation && other?.count) set.translation = { ...translation, text: other.text }
  return { count: own.count + (other?.count ?? 0), set, deletes: false }
}

/** What the search has of the post, as it reads now. */
async function findAnew(thread: ThreadRow, post: ReplyRow, session: ClientSession): Promise<void> {
  const { seq, lang, text, translation, postedAt: at, deletedAt } = post
  const parts = [partOf(seq), partOf(seq, 'translation')]
  const { partnership, _id: of } = thread
  await dropSearchTexts({ partnership, kind: 'thread', of }, parts, session)
  if (deletedAt) return
  const found = [searchTextOf(thread, { seq, lang, text, at })]
  if (translation) {
    const { lang, text } = translation
    found.push(searchTextOf(thread, { seq, lang, text, at }, 'translation'))
  }
  await putSearchTexts(found, session)
}
