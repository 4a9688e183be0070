import type { Types } from 'mongoose'
import { Attention } from '../../models/attention'
import type { NotificationRow } from '../../models/notification'
import { Partnership, type PartnershipRow } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { Reply, type ReplyRow } from '../../models/reply'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import { Workshop } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { type Language, otherLanguage } from '../../shared/languages'
import type { NotificationView, PersonView } from '../../shared/views'
import { pathOf } from './addresses'
import { mayHear } from './notify'
import { peopleById } from './people'

/** Characters of a post or paragraph that a notification shows. */
const EXCERPT = 200

/**
 * Rows as they are shown: titles and words as they read now, looked up for the whole page at once.
 * What is gone, or no longer open to the actor, has no target; a deleted post keeps its place and has
 * no words.
 */
export async function toNotificationViews(
  actor: Actor,
  rows: readonly NotificationRow[],
): Promise<NotificationView[]> {
  if (rows.length === 0) return []
  const things = await lookUp(rows)
  return rows.flatMap((row) => {
    const partnership = things.partnerships.get(String(row.partnership))
    if (!partnership) return []
    const role = actor.memberships.find(
      (each) => each.partnershipId === String(row.partnership) && each.status === 'active',
    )?.role
    const isOpen = role !== undefined && mayHear(role, row)
    return {
      id: String(row._id),
      kind: row.kind,
      partnership: { slug: partnership.slug, name: partnership.name },
      by: isOpen ? (things.people.get(personKey(row.partnership, row.by)) ?? null) : null,
      at: row.at.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
      target: isOpen ? targetOf(row, partnership, things, actor.lang) : null,
    }
  })
}

type Things = Awaited<ReturnType<typeof lookUp>>

function targetOf(
  row: NotificationRow,
  { slug, name }: Pick<PartnershipRow, 'slug' | 'name'>,
  things: Things,
  reader: Language,
): NotificationView['target'] {
  // of the partnership itself: its home page says who, and why
  if (row.kind === 'opened') return { title: name, path: `/partnerships/${slug}`, excerpt: null }
  if (row.kind === 'counterpart_proposed' || row.kind === 'counterpart_confirmed') {
    return { title: name, path: `/partnerships/${slug}/people`, excerpt: null }
  }
  if (row.thread) {
    const thread = things.threads.get(String(row.thread))
    if (!thread) return null
    const reply = things.replies.get(String(row.reply))
    return {
      title: thread.title,
      path: pathOf(slug, { kind: 'thread', id: String(thread._id), seq: reply?.seq }),
      excerpt: reply && !reply.deletedAt ? wordsOf(reply, reader) : null,
    }
  }
  if (row.protocol) {
    const protocol = things.protocols.get(String(row.protocol))
    if (!protocol) return null
    const drift = things.drifts.get(`${String(row.protocol)} ${row.unit ?? ''}`)
    return {
      title: protocol.title,
      path: pathOf(slug, { kind: 'protocol', id: String(protocol._id), unit: row.unit }),
      excerpt: drift ? { text: cut(drift.after), lang: otherLanguage(drift.needs) } : null,
    }
  }
  const workshop = things.workshops.get(String(row.workshop))
  if (workshop) {
    return { title: workshop.title, path: workshopPath(row, slug), excerpt: null }
  }
  const resource = things.resources.get(String(row.resource))
  if (!resource) return null
  const path = pathOf(slug, { kind: 'resource', id: String(resource._id) })
  return { title: resource.title, path, excerpt: null }
}

function workshopPath({ kind, workshop }: NotificationRow, slug: string): string {
  if (kind === 'workshop_followup') return `/workshops/${workshop}/promise`
  if (kind === 'workshop_after') return `/workshops/${workshop}/evaluation`
  const path = `/partnerships/${slug}/workshops/${workshop}`
  return kind === 'outcome_assigned' || kind === 'outcome_due' ? `${path}/outcomes` : path
}

/** A post as its reader is shown it: in their own language where a colleague has translated it. */
function wordsOf(
  { text, lang, translation }: Pick<ReplyRow, 'text' | 'lang' | 'translation'>,
  reader: Language,
) {
  const inOwn = lang !== reader && translation?.lang === reader
  return inOwn ? { text: cut(translation.text), lang: reader } : { text: cut(text), lang }
}

async function lookUp(rows: readonly NotificationRow[]) {
  const idsOf = (pick: (row: NotificationRow) => Types.ObjectId | null | undefined) => [
    ...new Map(rows.flatMap((row) => pick(row) ?? []).map((id) => [String(id), id])).values(),
  ]
  const units = rows.flatMap(({ unit }) => unit ?? [])
  const within = { partnership: { $in: idsOf((row) => row.partnership) } }
  const [partnerships, threads, replies, protocols, resources, workshops, drifts, people] =
    await Promise.all([
      Partnership.find({ _id: within.partnership }, { slug: 1, name: 1 }).lean(),
      Thread.find({ _id: { $in: idsOf((row) => row.thread) }, ...within }, { title: 1 }).lean(),
      Reply.find(
        { _id: { $in: idsOf((row) => row.reply) }, ...within },
        { seq: 1, lang: 1, text: 1, translation: 1, deletedAt: 1 },
      ).lean(),
      Protocol.find({ _id: { $in: idsOf((row) => row.protocol) }, ...within }, { title: 1 }).lean(),
      Resource.find({ _id: { $in: idsOf((row) => row.resource) }, ...within }, { title: 1 }).lean(),
      Workshop.find({ _id: { $in: idsOf((row) => row.workshop) }, ...within }, { title: 1 }).lean(),
      units.length === 0
        ? []
        : Attention.find(
            {
              ...within,
              protocol: { $in: idsOf((row) => row.protocol) },
              unit: { $in: [...new Set(units)] },
            },
            { protocol: 1, unit: 1, after: 1, needs: 1 },
          ).lean(),
      peopleOf(rows),
    ])
  return {
    partnerships: byId(partnerships),
    threads: byId(threads),
    replies: byId(replies),
    protocols: byId(protocols),
    resources: byId(resources),
    workshops: byId(workshops),
    drifts: new Map(drifts.map((row) => [`${String(row.protocol)} ${row.unit ?? ''}`, row])),
    people,
  }
}

/** The doers, each in the colour that they have in that partnership. */
async function peopleOf(rows: readonly NotificationRow[]): Promise<Map<string, PersonView>> {
  const partnerships = [...new Set(rows.map((row) => String(row.partnership)))]
  const found = await Promise.all(
    partnerships.map(async (id) => {
      const doers = rows.flatMap((row) => (String(row.partnership) === id ? (row.by ?? []) : []))
      const people = await peopleById(id, doers)
      return [...people.values()].map((person) => [personKey(id, person.id), person] as const)
    }),
  )
  return new Map(found.flat())
}

type Stringable = { toString(): string }

function personKey(partnership: Stringable, user: Stringable | null): string {
  return `${String(partnership)} ${String(user)}`
}

function byId<T extends { _id: Types.ObjectId }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [String(row._id), row]))
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= EXCERPT) return line
  const end = line.lastIndexOf(' ', EXCERPT)
  return `${line.slice(0, end > EXCERPT / 2 ? end : EXCERPT).replace(/[\uD800-\uDBFF]$/, '')}…`
}
