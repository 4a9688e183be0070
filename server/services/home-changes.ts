import { Mark } from '../../models/mark'
import { Protocol } from '../../models/protocol'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { LANGUAGES } from '../../shared/languages'
import { can, grantFor, standingOf } from '../../shared/policy'
import { PUBLISHED_STATUSES } from '../../shared/protocol-statuses'
import type { ChangeItem, HomeView } from '../../shared/views'
import type { Unnamed } from './home-waiting'

export type ChangeRow = Unnamed<ChangeItem>

/** Lines of what has changed, things of a kind that are looked at, and marks. */
const LINES = 12
const THINGS = 30
const MARKS = 1_000
/** Posts of a thread that are counted; beyond it is simply many. */
const POSTS = 100

type Since = { actor: Actor; partnershipId: string; since: Date }

/** What others have done since, one line a thing, newest first; each actor of what they may see. */
export async function readChanges(
  actor: Actor,
  partnershipId: string,
  since: Date,
): Promise<ChangeRow[]> {
  const at = { actor, partnershipId, since }
  const subject = { partnershipId }
  const found = await Promise.all([
    protocolChanges(at),
    can(actor, 'thread:read', subject) ? threadChanges(at) : [],
    can(actor, 'file:download', subject) ? resourceChanges(at) : [],
  ])
  return found
    .flat()
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, LINES)
}

/** The protocol the actor last wrote in or marked, if they may still open it. */
export async function readResume(actor: Actor, partnershipId: string): Promise<HomeView['resume']> {
  if (!can(actor, 'collab:read', { partnershipId })) return null
  const [edited, mark] = await Promise.all([
    Protocol.findOne(
      { partnership: partnershipId, workshop: null, editedBy: actor.userId },
      { editedAt: 1 },
    )
      .sort({ editedAt: -1 })
      .lean(),
    Mark.findOne({ partnership: partnershipId, by: actor.userId }, { protocol: 1, at: 1 })
      .sort({ at: -1 })
      .lean(),
  ])
  const last = mark && (!edited || mark.at > edited.editedAt) ? mark.protocol : edited?._id
  const row =
    last && (await Protocol.findOne({ _id: last, partnership: partnershipId }, { title: 1 }).lean())
  return row ? { protocolId: String(row._id), title: row.title } : null
}

async function protocolChanges({ actor, partnershipId, since }: Since): Promise<ChangeRow[]> {
  const subject = { partnershipId, published: true }
  if (!can(actor, 'protocol:list', subject)) return []
  const onlyPublished = grantFor(standingOf(actor, partnershipId), 'protocol:list') === 'p'
  const visible = {
    partnership: partnershipId,
    workshop: null,
    ...(onlyPublished ? { status: { $in: [...PUBLISHED_STATUSES] } } : {}),
  }
  const fields = { title: 1, editedAt: 1, editedBy: 1 } as const
  const [edited, marks] = await Promise.all([
    Protocol.find({ ...visible, editedAt: { $gt: since } }, fields)
      .sort({ editedAt: -1 })
      .limit(THINGS)
      .lean(),
    Mark.find(
      { partnership: partnershipId, at: { $gt: since } },
      { protocol: 1, unit: 1, state: 1, by: 1, at: 1 },
    )
      .sort({ at: -1 })
      .limit(MARKS)
      .lean(),
  ])
  const others = marks.filter(({ by }) => String(by) !== actor.userId)
  const known = new Set(edited.map(({ _id }) => String(_id)))
  const only = others.filter(({ protocol }) => !known.has(String(protocol)))
  const marked = await Protocol.find(
    { ...visible, _id: { $in: only.map(({ protocol }) => protocol) } },
    fields,
  ).lean()
  return [...edited, ...marked].flatMap((row): ChangeRow[] => {
    const mine = others.filter(({ protocol }) => String(protocol) === String(row._id))
    const isEdited =
      row.editedAt > since && row.editedBy !== null && String(row.editedBy) !== actor.userId
    const [lastMark] = mine
    if (!isEdited && !lastMark) return []
    const byMark = lastMark && (!isEdited || lastMark.at > row.editedAt)
    const units = new Map<string, string>()
    for (const { unit, state } of mine) if (!units.has(unit)) units.set(unit, state)
    return [
      {
        kind: 'protocol',
        protocolId: String(row._id),
        title: row.title,
        by: String(byMark ? lastMark.by : row.editedBy),
        at: (byMark ? lastMark.at : row.editedAt).toISOString(),
        marked: units.size,
        reviewed: [...units.values()].filter((state) => state === 'reviewed').length,
      },
    ]
  })
}

async function threadChanges({ actor, partnershipId, since }: Since): Promise<ChangeRow[]> {
  const rows = await Thread.find(
    { partnership: partnershipId, lastAt: { $gt: since } },
    { title: 1, createdAt: 1, createdBy: 1 },
  )
    .sort({ lastAt: -1 })
    .limit(THINGS)
    .lean()
  const lines = await Promise.all(
    rows.map(async (row): Promise<ChangeRow[]> => {
      // the newest posts lie together at the end of the index
      const last = await Reply.find(
        { partnership: partnershipId, thread: row._id },
        { author: 1, postedAt: 1, deletedAt: 1 },
      )
        .sort({ seq: -1 })
        .limit(POSTS)
        .lean()
      const posts = last.filter(
        ({ author, postedAt, deletedAt }) =>
          postedAt > since && deletedAt === null && String(author) !== actor.userId,
      )
      const [newest] = posts
      if (!newest) return []
      return [
        {
          kind: 'thread',
          threadId: String(row._id),
          title: row.title,
          by: String(newest.author),
          at: newest.postedAt.toISOString(),
          isNew: row.createdAt > since && String(row.createdBy) !== actor.userId,
          posts: posts.length,
        },
      ]
    }),
  )
  return lines.flat()
}

async function resourceChanges({ actor, partnershipId, since }: Since): Promise<ChangeRow[]> {
  const rows = await Resource.find(
    { partnership: partnershipId, changedAt: { $gt: since } },
    { title: 1, missing: 1, createdAt: 1, createdBy: 1 },
  )
    .sort({ changedAt: -1 })
    .limit(THINGS)
    .lean()
  const added = await Rendition.find(
    {
      partnership: partnershipId,
      resource: { $in: rows.map(({ _id }) => _id) },
      addedAt: { $gt: since },
    },
    { resource: 1, addedBy: 1, addedAt: 1 },
  )
    .sort({ addedAt: -1 })
    .limit(THINGS * 10)
    .lean()
  return rows.flatMap((row): ChangeRow[] => {
    const newest = added.find(
      ({ resource, addedBy }) =>
        String(resource) === String(row._id) && String(addedBy) !== actor.userId,
    )
    const isNew = row.createdAt > since && String(row.createdBy) !== actor.userId
    if (!newest && !isNew) return []
    return [
      {
        kind: 'resource',
        resourceId: String(row._id),
        title: row.title,
        by: String(newest ? newest.addedBy : row.createdBy),
        at: (newest ? newest.addedAt : row.createdAt).toISOString(),
        isNew,
        languages: LANGUAGES.filter((lang) => !row.missing.includes(lang)),
      },
    ]
  })
}
