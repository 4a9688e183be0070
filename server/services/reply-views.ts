import type { Types } from 'mongoose'
import type { ReplyRow } from '../../models/reply'
import type { ReplyView } from '../../shared/views'
import { openRequestsOf } from './open-requests'
import { peopleById } from './people'

/** Posts of one partnership as their readers see them, in the order given. */
export async function toReplyViews(
  partnershipId: Types.ObjectId | string,
  rows: readonly ReplyRow[],
): Promise<ReplyView[]> {
  if (rows.length === 0) return []
  const [people, requests] = await Promise.all([
    peopleById(
      partnershipId,
      rows.flatMap((row) => [
        row.author,
        row.deletedBy,
        row.translation?.by,
        row.replyTo?.author,
        row.purged?.by,
      ]),
    ),
    openRequestsOf(
      String(partnershipId),
      'reply',
      rows.map(({ _id }) => String(_id)),
    ),
  ])
  const person = (id: Types.ObjectId | null) => people.get(String(id)) ?? null
  return rows.map((row) => ({
    id: String(row._id),
    threadId: String(row.thread),
    seq: row.seq,
    rev: row.rev,
    lang: row.lang,
    text: row.text,
    author: person(row.author),
    postedAt: row.postedAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    deletedBy: person(row.deletedBy),
    mentions: row.mentions.map(({ user, from, length }) => ({
      userId: String(user),
      from,
      length,
    })),
    replyTo: row.replyTo && {
      id: String(row.replyTo.reply),
      seq: row.replyTo.seq,
      author: person(row.replyTo.author),
    },
    translation: row.translation && {
      lang: row.translation.lang,
      text: row.translation.text,
      by: person(row.translation.by),
      at: row.translation.at.toISOString(),
      outdated: row.translation.ofEdit !== row.edits,
    },
    // a post that is gone waits for nothing
    request: row.deletedAt ? null : (requests.get(String(row._id))?.[0] ?? null),
    ...(row.purged
      ? {
          purged: {
            by: person(row.purged.by),
            at: row.purged.at.toISOString(),
            whole: row.purged.whole,
          },
        }
      : {}),
    clientKey: row.clientKey,
  }))
}

/** One post as its readers see it. */
export async function toReplyView(row: ReplyRow): Promise<ReplyView> {
  const [view] = await toReplyViews(row.partnership, [row])
  if (!view) throw new Error('a post without a view')
  return view
}
