import type { ClientSession, Types } from 'mongoose'
import { Notification } from '../../models/notification'
import { Reply, type ReplyRow, type ReplyTranslationRow } from '../../models/reply'
import { Thread, type ThreadRow } from '../../models/thread'
import { AppError } from '../../shared/errors'
import type { ThreadChanged } from '../../shared/events'
import type { Language } from '../../shared/languages'
import { findCalled, findMentions } from '../../shared/mentions'
import type { ReplyView } from '../../shared/views'
import type { Bus } from '../ports'
import { announceNotices, type Notice, type Recorded, recordNotices } from './notify'
import { mentionableOf } from './people'
import { countPost, unawareOf } from './readings'
import { toReplyView } from './reply-views'
import { putSearchTexts, type SearchText } from './search-index'
import { toThreadChanged } from './thread-views'

/** The names in a text: where they stand, and whom they call. */
export type Calls = { mentions: ReturnType<typeof findMentions>; called: readonly string[] }

/** Whom a text calls, among those of the partnership who could read it. */
export async function findCalls(
  partnership: Types.ObjectId | string,
  text: string,
): Promise<Calls> {
  if (!text.includes('@')) return { mentions: [], called: [] }
  const people = await mentionableOf(partnership)
  return { mentions: findMentions(text, people), called: findCalled(text, people) }
}

/** Mentions as they are stored. */
export function toMentionRows({ mentions }: Calls) {
  return mentions.map(({ userId, from, length }) => ({ user: userId, from, length }))
}

/**
 * Raise a thread's numbers in the transaction of the change that takes them. All changes of one thread
 * queue up here: whoever comes second is tried again by the driver.
 *
 * @param onlyOpen refuse where the thread is locked
 * @throws AppError `locked`
 */
export async function raiseThread(
  thread: Pick<ThreadRow, '_id' | 'partnership'>,
  by: { rev: 1; lastSeq?: 1; replyCount?: 1 | -1 },
  session: ClientSession,
  { onlyOpen, set = {} }: { onlyOpen: boolean; set?: Partial<ThreadRow> },
): Promise<ThreadRow> {
  const raised = await Thread.findOneAndUpdate(
    {
      _id: thread._id,
      partnership: thread.partnership,
      ...(onlyOpen ? { locked: false } : {}),
    },
    { $inc: by, $set: set },
    { session, returnDocument: 'after' },
  ).lean()
  if (!raised) throw new AppError('locked')
  return raised
}

export type NewPost = {
  id: Types.ObjectId
  author: Types.ObjectId
  text: string
  lang: Language
  clientKey: string
  replyTo: ReplyRow['replyTo']
  calls: Calls
  /** Where it comes with one that somebody has made before. */
  translation?: Omit<ReplyTranslationRow, 'ofEdit'> | null
}

/** What is told of a post once its transaction has committed. */
export type Posted = { unreadOf: readonly string[]; recorded: Recorded }

/**
 * Store a post under the numbers that its thread has just been raised to, and in the same transaction
 * what follows from it: unread counts, notices, the words to search.
 */
export async function storePost(
  thread: ThreadRow,
  post: NewPost,
  at: Date,
  session: ClientSession,
): Promise<Posted> {
  const { _id, partnership, lastSeq: seq, rev } = thread
  const { id, calls, translation, ...words } = post
  const made = translation ? { ...translation, ofEdit: 0 } : null
  const fields = { ...words, translation: made, partnership, thread: _id, seq, rev, postedAt: at }
  await Reply.create([{ _id: id, ...fields, mentions: toMentionRows(calls) }], { session })
  const counted = { partnership, thread: _id, seq, author: post.author }
  const unreadOf = await countPost(counted, at, session)
  const told = { ...post, called: calls.called }
  const notices = [...mentionNotices(thread, told, at), ...answerNotices(thread, told, at)]
  const recorded = await recordNotices(notices, session)
  const found = [searchTextOf(thread, { ...words, seq, at })]
  if (made) found.push(searchTextOf(thread, { ...made, seq, at }, 'translation'))
  await putSearchTexts(found, session)
  return { unreadOf, recorded }
}

/**
 * After the commit: the post, its thread's line in lists, the counts and notices it changed. Said again
 * it does no harm: who hears it keeps of each thing what has the larger count of changes.
 *
 * @param posted undefined where the post was stored before, and the announcement may have been lost
 */
export async function announcePost(
  bus: Bus,
  row: ReplyRow,
  posted: Posted | undefined,
): Promise<ReplyView> {
  const [view, thread, unreadOf] = await Promise.all([
    toReplyView(row),
    readThreadChanged(row),
    posted?.unreadOf ?? unawareOf(row),
  ])
  const bells = posted ? [] : await bellsOf(row._id, unreadOf)
  bus.publish('reply:posted', view)
  if (thread) bus.publish('thread:changed', thread)
  announceUnread(bus, row, unreadOf)
  if (posted) announceNotices(bus, posted.recorded)
  // counted anew, but not shown as just come
  for (const userId of bells) bus.publish('notifications:changed', { userId, notificationId: null })
  return view
}

/** What lists show of a post's thread, as it is now. */
export async function readThreadChanged({
  partnership,
  thread,
}: Pick<ReplyRow, 'partnership' | 'thread'>): Promise<ThreadChanged | null> {
  const row = await Thread.findOne({ _id: thread, partnership }).lean()
  return row && toThreadChanged(row)
}

/** Who of them has an unread notice of a post. */
async function bellsOf(post: Types.ObjectId, among: readonly string[]): Promise<string[]> {
  if (among.length === 0) return []
  const told = { user: { $in: among }, event: eventOf(post), readAt: null }
  const rows = await Notification.find(told, { user: 1 }).lean()
  return rows.map(({ user }) => String(user))
}

/** One post tells a person once. */
const eventOf = (post: Types.ObjectId) => `post ${String(post)}`

/** After the commit: whose counts of unread posts changed. */
export function announceUnread(
  bus: Bus,
  { partnership, thread }: Pick<ReplyRow, 'partnership' | 'thread'>,
  userIds: readonly string[],
): void {
  if (userIds.length === 0) return
  const partnershipId = String(partnership)
  bus.publish('unread:changed', { partnershipId, threadId: String(thread), userIds })
}

/** A post as it is found; its translation is found as its own part. */
export function searchTextOf(
  thread: ThreadRow,
  post: { seq: number; lang: Language; text: string; at: Date },
  of: 'post' | 'translation' = 'post',
): SearchText {
  return {
    partnership: thread.partnership,
    kind: 'thread',
    of: thread._id,
    part: partOf(post.seq, of),
    title: thread.title,
    lang: post.lang,
    text: post.text,
    published: false,
    at: post.at,
  }
}

/** Name of a post's text, or of its translation's, in the search. */
export function partOf(seq: number, of: 'post' | 'translation' = 'post'): string {
  return of === 'post' ? `post ${seq}` : `post ${seq} translation`
}

type ToldPost = { id: Types.ObjectId; author: Types.ObjectId; called: readonly string[] }

/** Whom a post calls by name. */
export function mentionNotices(thread: ThreadRow, post: ToldPost, at: Date): Notice[] {
  return noticeTo('mention', post.called, thread, post, at)
}

/** Whom a post answers, and who opened the thread; those it calls by name have been told by then. */
function answerNotices(
  thread: ThreadRow,
  post: ToldPost & Pick<NewPost, 'replyTo'>,
  at: Date,
): Notice[] {
  const answered = [post.replyTo?.author, thread.createdBy].flatMap((id) => (id ? String(id) : []))
  const to = [...new Set(answered)]
  return noticeTo('reply', to, thread, post, at)
}

function noticeTo(
  kind: 'mention' | 'reply',
  people: readonly string[],
  thread: ThreadRow,
  post: ToldPost,
  at: Date,
): Notice[] {
  const to = people.filter((id) => id !== String(post.author))
  if (to.length === 0) return []
  return [
    {
      kind,
      partnership: thread.partnership,
      event: eventOf(post.id),
      by: post.author,
      to,
      thread: thread._id,
      reply: post.id,
      at,
    },
  ]
}
