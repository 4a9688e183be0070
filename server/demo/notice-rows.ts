import { Types } from 'mongoose'
import { Attention } from '../../models/attention'
import { Notification, type NotificationRow } from '../../models/notification'
import { Reading } from '../../models/reading'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import { TranslationRequest } from '../../models/translation-request'
import { grantFor } from '../../shared/policy'
import { driftNotices } from '../services/attention'
import { mayHear, type Notice } from '../services/notify'
import { aboutTarget } from '../services/open-requests'
import type { Cast } from './cast'
import type { DemoPartnership } from './content/types'
import { demoId } from './ids'
import { insertMissing } from './insert'
import { idOf } from './partnership-rows'

/** Nobody is told of what happened longer ago, milliseconds before the first start. */
const TOLD_MS = 45 * 86_400_000
/** A notice that was read was read so much later, milliseconds. */
const READ_AFTER_MS = 25 * 60_000

/** How far somebody got in a thread, and whose notices of anything else are still to be read. */
type Known = (notice: Notice, user: string) => boolean

/**
 * Insert what the product would have told people of the rows that are there: names and answers in
 * posts, lines that have drifted, translations asked for.
 */
export async function seedNotices(cast: Cast, partnership: DemoPartnership): Promise<void> {
  const notices = [
    ...(await postNotices(cast, partnership)),
    ...(await driftsOf(cast, partnership)),
    ...(await requestNotices(cast)),
  ].filter(({ at }) => at.getTime() > cast.startedAt.getTime() - TOLD_MS)
  const isKnown = await readingsOf(cast, partnership)
  const rows = new Map<string, NotificationRow>()
  for (const notice of notices) {
    for (const user of notice.to.map(String)) {
      const row = rowOf(cast, notice, user, isKnown)
      // one event tells a person once, the first notice of it wins
      if (row && !rows.has(String(row._id))) rows.set(String(row._id), row)
    }
  }
  await insertMissing(Notification, [...rows.values()])
}

function rowOf(cast: Cast, notice: Notice, user: string, isKnown: Known): NotificationRow | null {
  const {
    to: _,
    event,
    by,
    partnership: _in,
    thread,
    reply,
    protocol,
    unit,
    resource,
    workshop,
    ...rest
  } = notice
  const member = cast.readers.find(({ key }) => String(idOf.user(key)) === user)
  if (!member || user === String(by) || !mayHear(member.role, notice)) return null
  const id = (of: Types.ObjectId | string) => new Types.ObjectId(String(of))
  return {
    ...rest,
    _id: demoId(`notice ${event} ${user}`),
    partnership: cast.partnership,
    user: id(user),
    event,
    by: by === null ? null : id(by),
    ...(thread ? { thread: id(thread) } : {}),
    ...(reply ? { reply: id(reply) } : {}),
    ...(protocol ? { protocol: id(protocol) } : {}),
    ...(unit ? { unit } : {}),
    ...(resource ? { resource: id(resource) } : {}),
    ...(workshop ? { workshop: id(workshop) } : {}),
    readAt: isKnown(notice, user) ? new Date(notice.at.getTime() + READ_AFTER_MS) : null,
    demo: true,
  }
}

/** Whom each post calls by name, answers, or brings back to a thread of theirs. */
async function postNotices(cast: Cast, { threads }: DemoPartnership): Promise<Notice[]> {
  const which = {
    partnership: cast.partnership,
    _id: { $in: threads.map(({ key }) => idOf.thread(key)) },
  }
  const opened = await Thread.find(which, { createdBy: 1 }).lean()
  const ids = opened.map(({ _id }) => _id)
  const posts = await Reply.find({
    partnership: cast.partnership,
    thread: { $in: ids },
    deletedAt: null,
    demo: true,
  }).lean()
  return posts.flatMap((post): Notice[] => {
    const thread = opened.find(({ _id }) => _id.equals(post.thread))
    const common = {
      partnership: cast.partnership,
      event: `post ${String(post._id)}`,
      by: post.author,
      thread: post.thread,
      reply: post._id,
      at: post.postedAt,
    }
    const answered = [post.replyTo?.author, thread?.createdBy].flatMap((id) => id ?? [])
    return [
      { ...common, kind: 'mention', to: post.mentions.map(({ user }) => user) },
      { ...common, kind: 'reply', to: answered },
    ]
  })
}

/** Of lines that have drifted, to those who had marked them. */
async function driftsOf(cast: Cast, { protocols }: DemoPartnership): Promise<Notice[]> {
  const told = protocols.map(async ({ key }) => {
    const protocol = idOf.protocol(key)
    const drifts = await Attention.find({
      partnership: cast.partnership,
      protocol,
      kind: 'drift',
    }).lean()
    const at = { partnership: String(cast.partnership), room: String(protocol) }
    const notices = drifts.map((row) =>
      driftNotices(at, { fresh: [row] }, () => ({ userId: row.by && String(row.by), at: row.at })),
    )
    return (await Promise.all(notices)).flat()
  })
  return (await Promise.all(told)).flat()
}

/** Of open requests, to those who could translate. */
async function requestNotices(cast: Cast): Promise<Notice[]> {
  const rows = await TranslationRequest.find({
    partnership: cast.partnership,
    open: true,
    demo: true,
  }).lean()
  const translators = cast.readers.filter(
    ({ languages, role }) => languages.length > 1 && grantFor(role, 'rendition:add') === '+',
  )
  return rows.map((row) => ({
    ...aboutTarget(row),
    kind: 'translation_asked',
    partnership: row.partnership,
    event: `asked ${row.target} ${String(row.targetId)} ${row.to}`,
    by: row.askedBy,
    to: translators.map(({ key }) => cast.id(key)),
    at: row.askedAt,
  }))
}

/**
 * Read is what was told of posts that a person has been shown, of requests somebody has taken, and of
 * anything before the visit that the home page compares with.
 */
async function readingsOf(cast: Cast, { threads }: DemoPartnership): Promise<Known> {
  const ids = threads.map(({ key }) => idOf.thread(key))
  const within = { partnership: cast.partnership, thread: { $in: ids } }
  const [readings, posts] = await Promise.all([
    Reading.find(within).lean(),
    Reply.find(within, { thread: 1, seq: 1 }).lean(),
  ])
  const seqs = new Map(posts.map(({ _id, seq }) => [String(_id), seq]))
  const shown = new Map(
    readings.map(({ thread, user, readSeq }) => [`${String(thread)} ${String(user)}`, readSeq]),
  )
  return ({ kind, thread, reply, at }, user) => {
    if (kind === 'drift' || kind === 'translation_asked') {
      return at.getTime() < cast.startedAt.getTime() - UNREAD_MS
    }
    return (seqs.get(String(reply)) ?? 0) <= (shown.get(`${String(thread)} ${user}`) ?? 0)
  }
}

/** Notices of drifts and requests that are older have been read, milliseconds before the first start. */
const UNREAD_MS = 4.2 * 86_400_000
