import { type ClientSession, mongo, Types } from 'mongoose'
import { Reading } from '../../models/reading'
import { Reply, type ReplyTranslationRow } from '../../models/reply'
import { Thread, type ThreadRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { OpenThread } from '../../shared/schemas/threads'
import type { ThreadPage, ThreadSummary } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { cursorAfter, type Place, placeOf } from './cursors'
import { once } from './intents'
import { demandNoPatientData, recordKept } from './patient-data'
import { announcePost, findCalls, type Posted, readThreadChanged, storePost } from './posting'
import { toReplyViews } from './reply-views'
import { putSearchTexts } from './search-index'
import { findThread } from './thread-access'
import { readAnchor } from './thread-anchors'
import { toThreadSummaries } from './thread-views'
import { inTransaction, isTaken } from './transaction'

export type ThreadFilter = {
  /** Only threads about this protocol. */
  protocolId?: string | undefined
  tag?: string | undefined
  /** Only those with something the reader has not been shown. */
  unread?: boolean | undefined
  limit?: number | undefined
  /** `next` of the page before. */
  cursor?: string | undefined
}

const PAGE_DEFAULT = 50
const PAGE_MAX = 100

/**
 * The threads of a partnership, last answered first, a page at a time. A page of unread ones that is
 * narrowed further may be shorter than `limit` and still have a next one.
 *
 * @throws AppError `not_found`, `forbidden`, `invalid_input` (a cursor of another list)
 */
export async function listThreads(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
  filter: ThreadFilter = {},
): Promise<{ items: ThreadSummary[]; next: string | null }> {
  demand(actor, 'thread:read', { partnershipId })
  const limit = Math.max(1, Math.min(filter.limit ?? PAGE_DEFAULT, PAGE_MAX))
  const after = filter.cursor === undefined ? null : placeOf(filter.cursor)
  const narrowed = {
    partnership: partnershipId,
    ...(filter.protocolId ? { 'anchor.protocol': filter.protocolId } : {}),
    ...(filter.tag ? { tags: filter.tag } : {}),
  }
  if (filter.unread) {
    const rows = await Reading.find({
      partnership: partnershipId,
      user: actor.userId,
      unread: { $gt: 0 },
      ...(after ? olderThan(after, 'thread') : {}),
    })
      .sort({ lastAt: -1, thread: -1 })
      .limit(limit + 1)
      .lean()
    const shown = rows.slice(0, limit)
    const found = await Thread.find({
      ...narrowed,
      _id: { $in: shown.map(({ thread }) => thread) },
    }).lean()
    const byId = new Map(found.map((row) => [String(row._id), row]))
    const threads = shown.flatMap(({ thread }) => byId.get(String(thread)) ?? [])
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      items: await toThreadSummaries(actor, partnershipId, threads),
      next: last ? cursorAfter({ at: last.lastAt, id: last.thread }) : null,
    }
  }
  const rows = await Thread.find({ ...narrowed, ...(after ? olderThan(after, '_id') : {}) })
    .sort({ lastAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: await toThreadSummaries(actor, partnershipId, shown),
    next: last ? cursorAfter({ at: last.lastAt, id: last._id }) : null,
  }
}

/**
 * What comes after a place, as a range of the index: from its instant on, less what was shown of that.
 *
 * @param idField which field holds the thread's id
 */
function olderThan({ at, id }: Place, idField: '_id' | 'thread') {
  return { lastAt: { $lte: at }, $or: [{ lastAt: { $lt: at } }, { [idField]: { $lt: id } }] }
}

/** Posts of one stretch. */
const STRETCH = 50

/**
 * A thread with its last posts, or those before `beforeSeq`, or those around `aroundSeq`.
 *
 * @param partnershipId when the address names one, the thread must belong to it
 * @throws AppError `not_found`, `forbidden`
 */
export async function openThread(
  _ports: Ports,
  actor: Actor,
  threadId: string,
  at: {
    partnershipId?: string
    beforeSeq?: number | undefined
    aroundSeq?: number | undefined
  } = {},
): Promise<ThreadPage> {
  // the thread first: what changes while its posts are read has a later number and is caught up with
  const row = await findThread(actor, 'thread:read', threadId, at.partnershipId)
  const { _id, partnership, rev } = row
  const last = lastShown(row.lastSeq, at)
  const [posts, [thread], reading] = await Promise.all([
    Reply.find({ partnership, thread: _id, seq: { $gt: last - STRETCH, $lte: last } })
      .sort({ seq: 1 })
      .lean(),
    toThreadSummaries(actor, String(partnership), [row]),
    Reading.findOne({ partnership, thread: _id, user: actor.userId }).lean(),
  ])
  if (!thread) throw new AppError('not_found')
  return {
    thread,
    replies: await toReplyViews(partnership, posts),
    // numbers have no gaps
    earlier: Math.max(0, last - STRETCH),
    rev,
    readSeq: reading?.readSeq ?? null,
  }
}

/** Number of the last post of the stretch that is asked for. */
function lastShown(
  lastSeq: number,
  at: { beforeSeq?: number | undefined; aroundSeq?: number | undefined },
): number {
  if (at.aroundSeq !== undefined)
    return Math.min(lastSeq, Math.max(STRETCH, at.aroundSeq + STRETCH / 2))
  return at.beforeSeq === undefined ? lastSeq : Math.min(lastSeq, at.beforeSeq - 1)
}

/** A colleague's translation that a first post comes with. */
export type FirstTranslation = Omit<ReplyTranslationRow, 'ofEdit'>

/**
 * Open a thread with its first post. A repeated `clientKey` returns the first one, and announces it
 * again.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; `conflict` if the key was used for a
 *   post elsewhere; `invalid_input` with `unit` if the protocol has no such paragraph
 */
export async function createThread(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  input: OpenThread & {
    translation?: FirstTranslation | null | undefined
    /** Its id, where what it is made from may have one thread only. */
    id?: Types.ObjectId
  },
): Promise<{ id: string }> {
  demand(actor, 'thread:read', { partnershipId })
  const [id, replyId] = [input.id ?? new Types.ObjectId(), new Types.ObjectId()]
  const own = { createdBy: actor.userId, clientKey: input.clientKey }
  let posted: Posted | undefined
  const { row, isNew } = await once(
    id,
    () => Thread.findOne({ partnership: partnershipId, ...own }).lean(),
    async () => {
      demand(actor, 'thread:create', { partnershipId })
      const { protocolId, unit } = input
      const anchor =
        protocolId && unit
          ? await readAnchor(ports, actor, partnershipId, { protocolId, unit })
          : null
      const { titleEn, titleRu, translation = null } = input
      const words = [input.text, translation?.text].filter(Boolean).join('\n')
      const kept = demandNoPatientData({ titleEn, titleRu, text: words }, input)
      const calls = await findCalls(partnershipId, input.text)
      await ports.limits.take('post', actor.userId)
      const author = new Types.ObjectId(actor.userId)
      const { text, lang, clientKey } = input
      posted = await inTransaction(async (session) => {
        const at = ports.clock.now()
        const thread: ThreadRow = {
          _id: id,
          partnership: new Types.ObjectId(partnershipId),
          title: localized(input.titleEn, input.titleRu),
          lang,
          tags: input.tags,
          anchor,
          createdBy: author,
          createdAt: at,
          clientKey,
          lastSeq: 1,
          rev: 1,
          replyCount: 1,
          lastAt: at,
          lastBy: author,
          locked: false,
          lockedBy: null,
          demo: false,
        }
        await Thread.create([thread], { session })
        const place = { thread: String(id), reply: String(replyId) }
        await recordKept(ports, actor, { partnership: thread.partnership, place, kept }, session)
        await putTitle(thread, session)
        const post = {
          id: replyId,
          author,
          text,
          lang,
          clientKey,
          replyTo: null,
          calls,
          translation,
        }
        return storePost(thread, post, at, session)
      })
    },
  ).catch(refuseUsedKey)
  const first = await Reply.findOne({
    partnership: row.partnership,
    thread: row._id,
    seq: 1,
  }).lean()
  if (first) await announcePost(ports.bus, first, isNew ? posted : undefined)
  return { id: String(row._id) }
}

/** No thread has the key, and yet it is taken: by a post. */
function refuseUsedKey(error: unknown): never {
  const isKey =
    isTaken(error) &&
    error instanceof mongo.MongoServerError &&
    'clientKey' in Object(error.keyPattern)
  throw isKey ? new AppError('conflict') : error
}

/**
 * Close a thread for new posts, or open it again; a change of its own, so that of two facts the newer
 * one is known. Where it is so already, that is announced again.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function lockThread(
  { bus }: Ports,
  actor: Actor,
  threadId: string,
  locked: boolean,
  partnershipId?: string,
): Promise<void> {
  const { _id, partnership } = await findThread(actor, 'thread:moderate', threadId, partnershipId)
  await Thread.updateOne(
    { _id, partnership, locked: !locked },
    { $set: { locked, lockedBy: locked ? actor.userId : null }, $inc: { rev: 1 } },
  )
  const changed = await readThreadChanged({ partnership, thread: _id })
  if (changed) bus.publish('thread:changed', changed)
}

/** The title is found in each language it has. */
export async function putTitle(thread: ThreadRow, session: ClientSession): Promise<void> {
  const { _id: of, partnership, title, createdAt: at } = thread
  const found = { partnership, kind: 'thread' as const, of, title, published: false, at }
  const { en, ru } = title
  await putSearchTexts(
    [
      ...(en ? [{ ...found, part: 'title en', lang: 'en' as const, text: en }] : []),
      ...(ru ? [{ ...found, part: 'title ru', lang: 'ru' as const, text: ru }] : []),
    ],
    session,
  )
}
