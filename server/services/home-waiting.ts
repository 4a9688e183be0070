import type { Types } from 'mongoose'
import { Attention } from '../../models/attention'
import type { PartnershipRow } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import { TranslationRequest, type TranslationRequestRow } from '../../models/translation-request'
import type { Actor } from '../../shared/actor'
import { type Language, otherLanguage } from '../../shared/languages'
import { can } from '../../shared/policy'
import type { WaitingItem } from '../../shared/views'
import { pathOf } from './addresses'
import { questionsFor } from './home-questions'
import { tasksFor } from './home-tasks'
import type { Tongue } from './side-language'

/** A line whose people are still ids. */
export type Unnamed<T> = T extends { by: unknown } ? Omit<T, 'by'> & { by: string | null } : T
export type WaitingRow = Unnamed<WaitingItem>

export type HomeOf = {
  actor: Actor
  partnership: Pick<PartnershipRow, '_id' | 'slug' | 'sides'>
  tongue: Tongue
}

/** Lines of a list, and of one kind of them. */
const LINES = 12
const OF_A_KIND = 5
/** Open requests that are looked at, the oldest ones. */
const REQUESTS = 200

/** What the actor can do something about: answer, do what was agreed, bring a text up to date, translate. */
export async function waitingForMe({ actor, partnership, tongue }: HomeOf): Promise<WaitingRow[]> {
  const subject = { partnershipId: String(partnership._id) }
  const [questions, tasks, texts, requests] = await Promise.all([
    can(actor, 'thread:reply', subject) ? questionsFor(actor, partnership._id, OF_A_KIND) : [],
    can(actor, 'thread:read', subject) ? tasksFor(actor, partnership._id, OF_A_KIND) : [],
    can(actor, 'collab:write', subject) ? textsIn(partnership._id, tongue.mine) : [],
    can(actor, 'rendition:add', subject) ? openRequests(partnership._id) : [],
  ])
  const mine = requests.filter(({ askedBy, takenBy, to }) =>
    takenBy
      ? String(takenBy) === actor.userId
      : String(askedBy) !== actor.userId && tongue.all.length > 1 && tongue.all.includes(to),
  )
  const translations = await toLines(mine, partnership, actor, ({ askedBy }) => askedBy)
  return [...questions, ...tasks, ...texts, ...translations].slice(0, LINES)
}

/** What the actor waits for: texts in the other side's language, and what they asked for themselves. */
export async function waitingForOthers(home: HomeOf): Promise<WaitingRow[]> {
  const { actor, partnership, tongue } = home
  const subject = { partnershipId: String(partnership._id) }
  const [texts, requests] = await Promise.all([
    can(actor, 'collab:read', subject) ? textsIn(partnership._id, otherLanguage(tongue.mine)) : [],
    can(actor, 'translation:request', subject) ? openRequests(partnership._id) : [],
  ])
  const asked = requests.filter(
    ({ askedBy, takenBy }) =>
      String(askedBy) === actor.userId && String(takenBy ?? '') !== actor.userId,
  )
  const translations = await toLines(asked, partnership, actor, ({ takenBy }) => takenBy)
  return [...texts, ...translations].slice(0, LINES)
}

/** Paragraphs whose text in that language is behind, and protocols that have gaps in it. */
async function textsIn(partnership: Types.ObjectId, needs: Language): Promise<WaitingRow[]> {
  const find = (kind: 'drift' | 'missing') =>
    Attention.find({ partnership, kind, needs }).sort({ at: -1 }).limit(OF_A_KIND).lean()
  const [drifts, gaps] = await Promise.all([find('drift'), find('missing')])
  const ids = [...drifts, ...gaps].map(({ protocol }) => protocol)
  const rows = await Protocol.find({ _id: { $in: ids }, partnership }, { title: 1 }).lean()
  const titles = new Map(rows.map(({ _id, title }) => [String(_id), title]))
  return [...drifts, ...gaps].flatMap((row): WaitingRow[] => {
    const { kind, unit, before, after, count, number = null } = row
    const title = titles.get(String(row.protocol))
    if (!title) return []
    const common = { protocolId: String(row.protocol), title, at: row.at.toISOString() }
    if (kind === 'missing') return [{ kind, ...common, lang: needs, count }]
    const by = row.by === null ? null : String(row.by)
    const lang = otherLanguage(needs)
    return unit === null ? [] : [{ kind, ...common, unit, number, lang, before, after, by }]
  })
}

function openRequests(partnership: Types.ObjectId): Promise<TranslationRequestRow[]> {
  return TranslationRequest.find({ partnership, open: true })
    .sort({ askedAt: 1 })
    .limit(REQUESTS)
    .lean()
}

/** The oldest of these requests as lines. */
async function toLines(
  requests: readonly TranslationRequestRow[],
  partnership: HomeOf['partnership'],
  actor: Actor,
  who: (row: TranslationRequestRow) => Types.ObjectId | null,
): Promise<WaitingRow[]> {
  const shown = requests.slice(0, OF_A_KIND)
  if (shown.length === 0) return []
  const of = (target: TranslationRequestRow['target']) =>
    shown.flatMap((row) => (row.target === target ? [row.targetId] : []))
  const within = { partnership: partnership._id }
  const [resources, replies, threads] = await Promise.all([
    Resource.find({ _id: { $in: of('resource') }, ...within }, { title: 1 }).lean(),
    Reply.find(
      { _id: { $in: of('reply') }, ...within, deletedAt: null },
      { thread: 1, seq: 1 },
    ).lean(),
    Thread.find(
      { _id: { $in: shown.flatMap(({ thread }) => thread ?? []) }, ...within },
      { title: 1 },
    ).lean(),
  ])
  const titles = new Map([...resources, ...threads].map(({ _id, title }) => [String(_id), title]))
  const posts = new Map(replies.map((reply) => [String(reply._id), reply]))
  return shown.flatMap((row): WaitingRow[] => {
    const post = posts.get(String(row.targetId))
    if (row.target === 'reply' && !post) return []
    const title = titles.get(String(post?.thread ?? row.targetId))
    if (!title) return []
    const by = who(row)
    const place = post
      ? { kind: 'thread' as const, id: String(post.thread), seq: post.seq }
      : { kind: 'resource' as const, id: String(row.targetId) }
    return [
      {
        kind: 'translation',
        target: row.target,
        title,
        path: pathOf(partnership.slug, place),
        to: row.to,
        by: by === null ? null : String(by),
        at: row.askedAt.toISOString(),
        mine: String(row.takenBy ?? '') === actor.userId,
      },
    ]
  })
}
