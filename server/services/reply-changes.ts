import type { ClientSession, Types, UpdateQuery } from 'mongoose'
import { Reply, type ReplyRow } from '../../models/reply'
import type { ThreadRow } from '../../models/thread'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { otherLanguage } from '../../shared/languages'
import { can } from '../../shared/policy'
import type { ReplyView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { announceNotices, recordNotices } from './notify'
import { finishRequestsOf, withdrawRequestsOf } from './open-requests'
import { demandNoPatientData, recordKept } from './patient-data'
import {
  announceUnread,
  findCalls,
  mentionNotices,
  partOf,
  raiseThread,
  readThreadChanged,
  searchTextOf,
  toMentionRows,
} from './posting'
import { unawareOf, uncountPost } from './readings'
import { toReplyView } from './reply-views'
import { dropSearchTexts, putSearchTexts } from './search-index'
import { findThread } from './thread-access'
import { inTransaction } from './transaction'

type At = { threadId: string; replyId: string; partnershipId?: string }
/** `base` is the post's count of changes that the new words were written upon. */
type Given = { base?: number | undefined; acknowledged?: 'patient-data' | undefined }

/**
 * Change the words of one's own post. The same words change nothing, and are announced again.
 *
 * @throws AppError `not_found` (a deleted one too), `forbidden`, `locked`, `patient_data`; `conflict` if
 *   patient data was taken out of the post after what they were written upon
 */
export async function editReply(
  ports: Ports,
  actor: Actor,
  at: At,
  text: string,
  given: Given = {},
): Promise<ReplyView> {
  const { bus, clock } = ports
  const { thread, row } = await findReply(actor, at)
  const partnershipId = String(thread.partnership)
  demand(actor, 'comment:edit', { partnershipId, ownerId: String(row.author) })
  // nobody's words are put into another's mouth
  if (String(row.author) !== actor.userId) throw new AppError('forbidden')
  if (row.deletedAt) throw new AppError('not_found')
  // changed before, and who waits for the answer may be the only one who knows it
  if (row.text === text) return announceChange({ bus }, row)
  if (thread.locked) throw new AppError('locked')
  refuseStale(row, given)
  const kept = demandNoPatientData({ text }, given, { text: row.text })

  const calls = await findCalls(thread.partnership, text)
  const { changed, recorded } = await inTransaction(async (session) => {
    const now = clock.now()
    const { rev } = await raiseThread(thread, { rev: 1 }, session, { onlyOpen: true })
    const set = { text, mentions: toMentionRows(calls), editedAt: now, rev }
    const changed = await changeLiving(row, { $set: set, $inc: { edits: 1 } }, session)
    await recordKept(ports, actor, { ...keptAt(row), kept }, session)
    // one post tells a person once: who was called before hears nothing, and neither does whom it answers
    const post = { id: row._id, author: row.author, called: calls.called }
    const notices = mentionNotices(thread, post, now)
    const recorded = await recordNotices(notices, session)
    const { seq, lang, postedAt } = row
    await putSearchTexts([searchTextOf(thread, { seq, lang, text, at: postedAt })], session)
    return { changed, recorded }
  })
  const view = await announceChange({ bus }, changed)
  announceNotices(bus, recorded)
  return view
}

/**
 * Take the words out of a post: one's own, or as a coordinator. Its place and who did it stay. What is
 * gone already is announced again.
 *
 * @throws AppError `not_found`, `forbidden`; `locked` for one's own in a locked thread
 */
export async function deleteReply({ bus, clock }: Ports, actor: Actor, at: At): Promise<ReplyView> {
  const { thread, row } = await findReply(actor, at)
  const partnershipId = String(thread.partnership)
  demand(actor, 'comment:edit', { partnershipId, ownerId: String(row.author) })
  if (row.deletedAt) return announceDeletion({ bus }, row, await unawareOf(row))
  const moderates = can(actor, 'thread:moderate', { partnershipId })
  if (thread.locked && !moderates) throw new AppError('locked')

  const done = await inTransaction(async (session) => {
    const { _id: of, partnership } = thread
    const living = { _id: row._id, partnership, deletedAt: null }
    // somebody else was quicker: it is gone, which is what was asked for
    if (!(await Reply.exists(living).session(session))) return null
    const by = { rev: 1, replyCount: -1 } as const
    const raised = await raiseThread(thread, by, session, { onlyOpen: !moderates })
    const gone = { deletedAt: clock.now(), deletedBy: actor.userId, rev: raised.rev }
    const set = { text: '', mentions: [], translation: null, ...gone }
    const changed = await changeLiving(row, { $set: set }, session)
    const unreadOf = await uncountPost(row, session)
    await withdrawRequestsOf(session, 'reply', row, clock.now())
    const parts = [partOf(row.seq), partOf(row.seq, 'translation')]
    await dropSearchTexts({ partnership, kind: 'thread', of }, parts, session)
    return { changed, unreadOf }
  })
  if (done) return announceDeletion({ bus }, done.changed, done.unreadOf)
  return announceDeletion({ bus }, (await findReply(actor, at)).row, await unawareOf(row))
}

export async function announceDeletion(
  { bus }: Pick<Ports, 'bus'>,
  row: ReplyRow,
  unreadOf: readonly string[],
): Promise<ReplyView> {
  const [view, thread] = await Promise.all([announceChange({ bus }, row), readThreadChanged(row)])
  if (thread) bus.publish('thread:changed', thread)
  announceUnread(bus, row, unreadOf)
  return view
}

/**
 * Put a translation under a post, in the other language; a second one replaces the first. Only who
 * reads both languages may.
 *
 * @throws AppError as `editReply`
 */
export async function translateReply(
  ports: Ports,
  actor: Actor,
  at: At,
  text: string,
  given: Given = {},
): Promise<ReplyView> {
  const { bus, clock } = ports
  const { thread, row } = await findReply(actor, at)
  demand(actor, 'thread:reply', { partnershipId: String(thread.partnership) })
  const to = otherLanguage(row.lang)
  const user = await User.findById(actor.userId, { languages: 1 }).lean()
  if (![row.lang, to].every((lang) => user?.languages.includes(lang))) {
    throw new AppError('forbidden')
  }
  if (row.deletedAt) throw new AppError('not_found')
  const { translation } = row
  const isRepeated =
    translation?.text === text &&
    translation.ofEdit === row.edits &&
    String(translation.by) === actor.userId
  if (isRepeated) return announceChange({ bus }, row)
  if (thread.locked) throw new AppError('locked')
  refuseStale(row, given)
  const before = { text: `${row.text}\n${translation?.text ?? ''}` }
  const kept = demandNoPatientData({ text }, given, before)

  const { changed, recorded } = await inTransaction(async (session) => {
    const now = clock.now()
    const { rev } = await raiseThread(thread, { rev: 1 }, session, { onlyOpen: true })
    const made = { lang: to, text, by: actor.userId, at: now, ofEdit: row.edits }
    const changed = await changeLiving(row, { $set: { translation: made, rev } }, session)
    await recordKept(ports, actor, { ...keptAt(row), kept }, session)
    const recorded = await finishRequestsOf(session, 'reply', row, to, actor.userId, now)
    const found = { seq: row.seq, lang: to, text, at: row.postedAt }
    await putSearchTexts([searchTextOf(thread, found, 'translation')], session)
    return { changed, recorded }
  })
  const view = await announceChange({ bus }, changed)
  announceNotices(bus, recorded)
  return view
}

type Touched = { partnership: Types.ObjectId; id: Types.ObjectId }

/**
 * Something that a post shows but does not hold has changed (a translation is asked for, taken): it
 * takes the next count of changes, so that whoever was away catches up with it.
 */
export async function touchReply(
  session: ClientSession,
  { partnership, id }: Touched,
): Promise<void> {
  const row = await Reply.findOne({ _id: id, partnership }).session(session).lean()
  if (!row) return
  const thread = { _id: row.thread, partnership: row.partnership }
  const { rev } = await raiseThread(thread, { rev: 1 }, session, { onlyOpen: false })
  await Reply.updateOne(
    { _id: row._id, partnership: row.partnership },
    { $set: { rev } },
    { session },
  )
}

/** After the commit of what touched it: the post as it is now. */
export async function announceReply(
  { bus }: Pick<Ports, 'bus'>,
  { partnership, id }: Touched,
): Promise<void> {
  const row = await Reply.findOne({ _id: id, partnership }).lean()
  if (row) await announceChange({ bus }, row)
}

/** A post where the address says it is. */
export async function findReply(
  actor: Actor,
  { threadId, replyId, partnershipId }: At,
): Promise<{ thread: ThreadRow; row: ReplyRow }> {
  const thread = await findThread(actor, 'thread:read', threadId, partnershipId)
  const at = { _id: replyId, partnership: thread.partnership, thread: thread._id }
  const row = await Reply.findOne(at).lean()
  if (!row) throw new AppError('not_found')
  return { thread, row }
}

/** What was written before patient data was taken out of a post may bring it back. */
function refuseStale({ purged }: ReplyRow, { base = 0 }: Given): void {
  if (purged && base < purged.rev) throw new AppError('conflict')
}

function keptAt({ _id, partnership, thread }: ReplyRow) {
  return { partnership, place: { thread: String(thread), reply: String(_id) } }
}

/** Change a post that has not been deleted meanwhile, nor lost what new words may bring back. */
async function changeLiving(
  { _id, partnership, purged }: ReplyRow,
  change: UpdateQuery<ReplyRow>,
  session: ClientSession,
): Promise<ReplyRow> {
  const at = { _id, partnership, deletedAt: null }
  const changed = await Reply.findOneAndUpdate(
    { ...at, 'purged.rev': purged?.rev ?? null },
    change,
    { session, returnDocument: 'after' },
  ).lean()
  if (changed) return changed
  const isThere = (await Reply.exists(at).session(session)) !== null
  throw new AppError(isThere ? 'conflict' : 'not_found')
}

export async function announceChange(
  { bus }: Pick<Ports, 'bus'>,
  row: ReplyRow,
): Promise<ReplyView> {
  const view = await toReplyView(row)
  bus.publish('reply:changed', view)
  return view
}
