import type { PipelineStage, Types } from 'mongoose'
import { Partnership } from '../../models/partnership'
import { SearchText, type SearchTextRow } from '../../models/search-text'
import type { Actor } from '../../shared/actor'
import { otherLanguage } from '../../shared/languages'
import { grantFor, standingOf } from '../../shared/policy'
import { SEARCH_KINDS, type SearchKind, type SearchQuery } from '../../shared/schemas/notifications'
import type { SearchHit } from '../../shared/views'
import type { Ports } from '../ports'
import {
  formsOf,
  isSamePhrase,
  marksOf,
  otherKeyboard,
  PREFIX_MIN,
  queryWords,
} from '../translation/words'
import { demand } from './access'
import { type Hidden, hiddenFrom } from './search-hidden'
import { toSearchHit } from './search-hits'

const HITS_MAX = 50
/** Hits of one thread, protocol or item; a term is one. */
const HITS_PER_THING = 3
/**
 * Rows of a kind that are looked at for one query, the newest of the rarest word: what a word that
 * stands in more texts than that once meant is asked for with a second word.
 */
const EXAMINED_MAX = 1_000
/** Longest query that is understood, in characters. */
const QUERY_MAX = 200
/** Glossary terms whose counterpart is searched for as well. */
const COUNTERPARTS_MAX = 3

type Found = Omit<SearchTextRow, 'terms' | 'hash'>
/** Where to look: what the actor may find, and of which kinds. */
type Scope = {
  partnership: Types.ObjectId
  published: boolean[]
  kinds: readonly SearchKind[]
  hidden: Hidden
}

/**
 * Find protocols, threads, library items and terms by words in either language: every word must
 * occur in some form of it, the last one may be only begun; ё is е. Who may see what is part of the
 * query. A glossary term finds its counterpart in the other language too, after the direct hits; what
 * finds nothing is tried as typed on the other keyboard.
 *
 * @returns at most 50, best first, those of one thing together; empty for a query without words
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`
 */
export async function search(
  { limits }: Ports,
  actor: Actor,
  partnershipId: string,
  query: SearchQuery,
): Promise<SearchHit[]> {
  demand(actor, 'search:read', { partnershipId, published: true })
  const asked = query.q.slice(0, QUERY_MAX)
  if (queryWords(asked).length === 0) return []
  await limits.take('search', actor.userId)

  const partnership = await Partnership.findById(partnershipId, { slug: 1 }).lean()
  if (!partnership) return []
  const scope = {
    partnership: partnership._id,
    // whoever reads only what is published finds nothing else
    published:
      grantFor(standingOf(actor, partnershipId), 'search:read') === 'p' ? [true] : [true, false],
    kinds: query.kind ? [query.kind] : SEARCH_KINDS,
    hidden: await hiddenFrom(actor, partnership._id),
  }
  const direct = await findAll(scope, asked)
  const hits = direct.length > 0 ? direct : await findAll(scope, otherKeyboard(asked))
  return hits.slice(0, HITS_MAX).map((hit) => toSearchHit(hit.row, hit.words, partnership.slug))
}

type Hit = { row: Found; words: readonly string[] }

/** Direct hits, then those of the same term in the other language. */
async function findAll(scope: Scope, asked: string): Promise<Hit[]> {
  const words = queryWords(asked)
  const [direct, phrases] = await Promise.all([
    findWords(scope, words),
    counterpartsOf(scope, asked, words),
  ])
  const translated = await Promise.all(
    phrases.map((phrase) => findWords(scope, queryWords(phrase), 'whole')),
  )
  return perThing([direct, ...translated].flat())
}

/** How a query's words were meant, best first: all whole, or the last one only begun. */
async function findWords(
  scope: Scope,
  words: readonly string[],
  last: 'whole' | 'begun' = 'begun',
): Promise<Hit[]> {
  if (words.length === 0) return []
  const whole = words.map((word) => ({ terms: { $in: formsOf(word) } }))
  const found = await findRows(scope, whole)
  const begun = words.at(-1) ?? ''
  if (last === 'begun' && found.length < HITS_MAX && begun.length >= PREFIX_MIN) {
    const range = { terms: { $elemMatch: { $gte: begun, $lt: `${begun}\uFFFF` } } }
    const known = new Set(found.map(({ _id }) => String(_id)))
    const more = await findRows(scope, [...whole.slice(0, -1), range])
    const rest = more.filter(({ _id }) => !known.has(String(_id)))
    return [...ranked(found, words), ...ranked(rest, words)]
  }
  return ranked(found, words)
}

type Condition = {
  terms: { $in: string[] } | { $elemMatch: { $gte: string; $lt: string } }
}

async function findRows(scope: Scope, conditions: readonly Condition[]): Promise<Found[]> {
  const rows = await Promise.all(scope.kinds.map((kind) => findKind(scope, kind, conditions)))
  return rows.flat()
}

/** Rows of a kind with all the words: the newest of the rarest word that have the others. */
async function findKind(
  { partnership, published, hidden }: Scope,
  kind: SearchKind,
  conditions: readonly Condition[],
): Promise<Found[]> {
  const within = { partnership, published: { $in: published }, kind }
  const [rarest, ...others] = await byRarity(within, conditions)
  if (!rarest) return []
  const isBegun = '$elemMatch' in rarest.terms
  const of = hidden[kind]?.length ? { of: { $nin: hidden[kind] } } : {}
  const stages: PipelineStage[] = [
    { $match: { ...within, ...rarest, ...of } },
    // the index has the newest of a word first; of a begun word it has other words first
    ...(isBegun ? [] : [{ $sort: { at: -1 } } as const]),
    { $limit: EXAMINED_MAX },
    ...(others.length > 0 ? [{ $match: { $and: [...others] } }] : []),
    { $limit: 4 * HITS_MAX },
    { $project: { terms: 0, hash: 0 } },
  ]
  return SearchText.aggregate<Found>(stages)
}

async function byRarity(
  within: object,
  conditions: readonly Condition[],
): Promise<readonly Condition[]> {
  if (conditions.length < 2) return conditions
  const counted = await Promise.all(
    conditions.map(async (condition) => ({
      condition,
      count: await SearchText.countDocuments({ ...within, ...condition }, { limit: EXAMINED_MAX }),
    })),
  )
  return counted.sort((a, b) => a.count - b.count).map(({ condition }) => condition)
}

const KIND_ORDER: Readonly<Record<SearchKind, number>> = {
  protocol: 0,
  term: 1,
  thread: 2,
  workshop: 3,
  resource: 4,
}

/** Words in the title first, then by kind, then the newest. */
function ranked(rows: readonly Found[], words: readonly string[]): Hit[] {
  return rows
    .map((row) => ({ row, words, inTitle: inTitle(row, words) }))
    .sort(
      (a, b) =>
        b.inTitle - a.inTitle ||
        KIND_ORDER[a.row.kind] - KIND_ORDER[b.row.kind] ||
        b.row.at.getTime() - a.row.at.getTime() ||
        (a.row.part < b.row.part ? -1 : 1),
    )
}

/** How many of the words the title has; of a paragraph it is not the title that was found. */
function inTitle({ title, kind, part }: Found, words: readonly string[]): number {
  if (kind === 'protocol' && part.startsWith('unit ')) return 0
  const forms = new Set(queryWords(`${title.en ?? ''} ${title.ru ?? ''}`, 100).flatMap(formsOf))
  return words.filter((word) => formsOf(word).some((form) => forms.has(form))).length
}

/**
 * At most so many of one thing, next to each other where its best one stands, each row once; a thing
 * found by its title alone is one hit.
 */
function perThing(hits: readonly Hit[]): Hit[] {
  const rows = new Set<string>()
  const things = new Map<string, Hit[]>()
  for (const hit of hits) {
    const { row, words } = hit
    const key = `${row.kind} ${String(row.of)}`
    const thing = things.get(key) ?? []
    if (thing.length > 0 && isByTitle(row, words)) continue
    if (rows.has(String(row._id)) || thing.length >= (row.kind === 'term' ? 1 : HITS_PER_THING))
      continue
    rows.add(String(row._id))
    things.set(key, [...thing, hit])
  }
  return [...things.values()].flat()
}

function isByTitle({ part, text }: Found, words: readonly string[]): boolean {
  return part.startsWith('title ') || marksOf(text, words).length === 0
}

/** What the glossary calls the same in the other language. */
async function counterpartsOf(
  scope: Scope,
  asked: string,
  words: readonly string[],
): Promise<string[]> {
  const whole = words.map((word) => ({ terms: { $in: formsOf(word) } }))
  const terms = await findKind(scope, 'term', whole)
  const found = new Set<string>()
  for (const { title } of terms) {
    for (const lang of ['en', 'ru'] as const) {
      const other = title[otherLanguage(lang)]
      if (other && isSamePhrase(title[lang] ?? '', asked)) found.add(other)
    }
  }
  return [...found].slice(0, COUNTERPARTS_MAX)
}
