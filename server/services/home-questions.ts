import type { Types } from 'mongoose'
import { Notification } from '../../models/notification'
import { Reading } from '../../models/reading'
import { Reply, type ReplyRow } from '../../models/reply'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import type { WaitingRow } from './home-waiting'

/** Unread threads, and posts of them, that are looked at for questions. */
const THREADS = 20
const POSTS = 200

type Post = Pick<ReplyRow, '_id' | 'thread' | 'seq' | 'author' | 'postedAt' | 'text' | 'deletedAt'>

/**
 * Threads in which somebody wants an answer of the actor: unread posts that call them by name, answer
 * them, or ask something; one line a thread, leading to the first such post.
 *
 * @param most lines, the newest ones
 */
export async function questionsFor(
  actor: Actor,
  partnership: Types.ObjectId,
  most: number,
): Promise<WaitingRow[]> {
  const readings = await Reading.find({ partnership, user: actor.userId, unread: { $gt: 0 } })
    .sort({ lastAt: -1, thread: -1 })
    .limit(THREADS)
    .lean()
  if (readings.length === 0) return []
  const fields = { thread: 1, seq: 1, author: 1, postedAt: 1, text: 1, deletedAt: 1 } as const
  const [told, posts, threads] = await Promise.all([
    Notification.find(
      {
        user: actor.userId,
        readAt: null,
        partnership,
        kind: { $in: ['mention', 'reply'] },
      },
      { reply: 1 },
    )
      .sort({ at: -1 })
      .limit(POSTS)
      .lean(),
    // the newest unread ones of every thread: an older question has been talked over since
    Promise.all(
      readings.map(({ thread, readSeq }) =>
        Reply.find({ partnership, thread, seq: { $gt: readSeq } }, fields)
          .sort({ seq: -1 })
          .limit(POSTS / THREADS)
          .lean<Post[]>(),
      ),
    ),
    Thread.find(
      { _id: { $in: readings.map(({ thread }) => thread) }, partnership },
      { title: 1 },
    ).lean(),
  ])
  const titles = new Map(threads.map(({ _id, title }) => [String(_id), title]))
  const called = new Set(told.map(({ reply }) => String(reply)))
  const wanting = (post: Post) =>
    post.deletedAt === null &&
    String(post.author) !== actor.userId &&
    (called.has(String(post._id)) || isQuestion(post.text))
  const lines = readings.flatMap(({ thread, unread }, index): WaitingRow[] => {
    const post = posts[index]?.filter(wanting).at(-1)
    const title = titles.get(String(thread))
    if (!post || !title) return []
    return [
      {
        kind: 'question',
        threadId: String(thread),
        title,
        seq: post.seq,
        by: String(post.author),
        at: post.postedAt.toISOString(),
        unread,
      },
    ]
  })
  return lines.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most)
}

/** A sentence ends with a question mark; one inside an address is none. */
function isQuestion(text: string): boolean {
  return /\?(?=[\s»”"')]|$)/m.test(text)
}
