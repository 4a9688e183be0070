import { Types } from 'mongoose'
import { Purge } from '../../models/purge'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { LANGUAGES, type Language, type LocalizedText } from '../../shared/languages'
import { can, type Operation } from '../../shared/policy'
import type { PurgeAt, PurgePlace } from '../../shared/schemas/purges'
import type { PersonView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { peopleById } from './people'
import { addressOf, findProtocol } from './protocols'
import { findNamedFile, purgeFileName } from './purge-files'
import { findPurgeablePost, purgePost } from './purge-posts'
import { purgeProtocolText } from './purge-protocols'
import { dropStaleExports, type Passages, PURGES_NEWEST, purgesOf } from './purge-rows'
import { purgeProtocolTitle, purgeResource, purgeThread } from './purge-titles'
import { findResource } from './resources'
import { findThread } from './thread-access'

/** What stands at a place, for whoever decides what of it goes. */
export type Purgeable = {
  what: PurgePlace
  texts: readonly { lang: Language; text: string }[]
  /** Whether all of it can go at once; a protocol's text only by passages. */
  whole: boolean
  /** May read what stands there: a programme admin removes without, until they have said why. */
  readable: boolean
  /** Number of a post. */
  seq?: number
}

/** That patient data was removed from a place: who did it and when, never what. */
export type PurgeView = { id: string; what: PurgePlace; by: PersonView | null; at: string }

/**
 * What stands where somebody wants patient data removed.
 *
 * @throws AppError `not_found`, `forbidden`, `document_unavailable`
 */
export async function readPurgeable(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  at: PurgeAt,
): Promise<Purgeable> {
  demand(actor, 'protocol:purge', { partnershipId })
  const place = await findPlace(ports, actor, partnershipId, at)
  const readable = can(actor, READ[at.what], { partnershipId })
  return { ...place, readable, texts: readable ? place.texts : [] }
}

/** What reading a place is, for the policy. */
const READ = {
  post: 'thread:read',
  thread: 'thread:read',
  resource: 'file:download',
  file: 'file:download',
  protocol: 'protocol:open',
  text: 'protocol:open',
} as const satisfies Record<PurgePlace, Operation>

async function findPlace(
  { live }: Ports,
  actor: Actor,
  partnershipId: string,
  at: PurgeAt,
): Promise<Omit<Purgeable, 'readable'>> {
  const { what } = at
  switch (at.what) {
    case 'post': {
      const { row } = await findPurgeablePost(actor, partnershipId, at)
      const { translation, lang, text, seq } = row
      const texts = [{ lang, text }, ...(translation ? [translation] : [])]
      return { what, seq, whole: true, texts: texts.map(({ lang, text }) => ({ lang, text })) }
    }
    case 'thread': {
      const { title } = await findThread(actor, 'protocol:purge', at.thread, partnershipId)
      return { what, whole: true, texts: bothOf(title) }
    }
    case 'resource': {
      const item = await findResource(actor, 'protocol:purge', at.resource, partnershipId)
      return { what, whole: true, texts: [...bothOf(item.title), ...bothOf(item.about)] }
    }
    case 'file': {
      const { lang, file } = await findNamedFile(actor, partnershipId, at)
      return { what, whole: true, texts: [{ lang, text: file.name }] }
    }
    case 'protocol': {
      const row = await findProtocol(actor, 'protocol:purge', at.protocol, partnershipId)
      return { what, whole: true, texts: bothOf(row.title) }
    }
    case 'text': {
      const row = await findProtocol(actor, 'protocol:purge', at.protocol, partnershipId)
      const { blocks } = await live.read(addressOf(row))
      const texts = LANGUAGES.filter((lang) => !at.lang || at.lang === lang).flatMap((lang) =>
        blocks[lang]
          .filter(({ unit }) => !at.unit || at.unit === unit)
          .map(({ text }) => ({ lang, text })),
      )
      return { what, whole: false, texts: texts.filter(({ text }) => text !== '') }
    }
  }
}

function bothOf(text: LocalizedText) {
  return LANGUAGES.flatMap((lang) => (text[lang] ? [{ lang, text: text[lang] }] : []))
}

/**
 * Remove patient data for ever: from the place, the search, what was noted or quoted of it, and archives
 * that were made before. The record tells that it happened and where, not what it was. Repeating it
 * finds nothing more in the texts; archives go each time, for what was there may have been taken out by
 * hand, or an earlier removal cut off before them.
 *
 * @param passages exactly as they read, white space counted as one space; null: everything there
 * @returns how many places held it; null to whoever may not read there, who would learn by it what did
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`; `invalid_input` for the whole of a
 *   protocol's text; `document_unavailable`
 */
export async function purge(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  at: PurgeAt,
  passages: Passages,
): Promise<{ count: number | null }> {
  demand(actor, 'protocol:purge', { partnershipId })
  await ports.limits.take('write', actor.userId)
  // before, so that none outlives a process that ends within; and after, for what was begun meanwhile
  await dropExportsOf(ports, partnershipId)
  try {
    const count = await purgeAt(ports, actor, partnershipId, at, passages)
    return { count: can(actor, READ[at.what], { partnershipId }) ? count : null }
  } finally {
    await dropExportsOf(ports, partnershipId)
  }
}

function purgeAt(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  at: PurgeAt,
  passages: Passages,
): Promise<number> {
  switch (at.what) {
    case 'post':
      return purgePost(ports, actor, partnershipId, at, passages)
    case 'thread':
      return purgeThread(ports, actor, partnershipId, at.thread, passages)
    case 'resource':
      return purgeResource(ports, actor, partnershipId, at.resource, passages)
    case 'file':
      return purgeFileName(ports, actor, partnershipId, at)
    case 'protocol':
      return purgeProtocolTitle(ports, actor, partnershipId, at.protocol, passages)
    case 'text':
      if (!passages) throw new AppError('invalid_input', { scope: 'passages' })
      return purgeProtocolText(ports, actor, partnershipId, at, passages)
  }
}

async function dropExportsOf(ports: Ports, partnershipId: string): Promise<void> {
  await dropStaleExports(ports, new Types.ObjectId(partnershipId))
}

const SHOWN = 20

/**
 * What was removed from a thread's title, an item and its files, a protocol; newest first. For whoever
 * may see the place, and so the gap. Posts say it themselves.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listPurges(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
  of: { thread: string } | { resource: string } | { protocol: string },
): Promise<PurgeView[]> {
  const id = await seenId(actor, partnershipId, of)
  const rows = await Purge.find(purgesOf(partnershipId, id)).sort(PURGES_NEWEST).limit(SHOWN).lean()
  const people = await peopleById(
    partnershipId,
    rows.map(({ by }) => by),
  )
  return rows.map(({ _id, what, by, at }) => ({
    id: String(_id),
    what,
    by: people.get(String(by)) ?? null,
    at: at.toISOString(),
  }))
}

async function seenId(
  actor: Actor,
  partnershipId: string,
  of: { thread: string } | { resource: string } | { protocol: string },
): Promise<Types.ObjectId> {
  if ('thread' in of) return (await findThread(actor, 'thread:read', of.thread, partnershipId))._id
  if ('protocol' in of) {
    return (await findProtocol(actor, 'protocol:open', of.protocol, partnershipId))._id
  }
  return (await findResource(actor, 'file:download', of.resource, partnershipId))._id
}
