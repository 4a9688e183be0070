import type { ClientSession, Types } from 'mongoose'
import { type FileRow, Rendition, type RenditionRow } from '../../models/rendition'
import { Resource, type ResourceRow } from '../../models/resource'
import { SlideDeck } from '../../models/slide-deck'
import { AppError } from '../../shared/errors'
import { LANGUAGES, type Language, type LocalizedText } from '../../shared/languages'
import type { RenditionStatus } from '../../shared/resource-kinds'
import type { Recorded } from './notify'
import { finishRequestsOf } from './open-requests'
import { type SearchText, syncSearchTexts } from './search-index'
import { dropDeck } from './slides'
import { releaseFile } from './storage-use'

export type NewRendition = {
  id: Types.ObjectId
  partnership: Types.ObjectId
  resource: Types.ObjectId
  lang: Language
  status: RenditionStatus
  file: FileRow | null
  url: string | null
  by: Types.ObjectId
  at: Date
}

/**
 * Put a language version into an item, in the caller's transaction: an older one of its language is
 * kept as earlier; where a newer original replaces an older one, what was translated from it is
 * outdated; who asked for this language is told.
 *
 * @returns notices to announce after the commit
 * @throws AppError `not_found` if the item has gone
 */
export async function addRendition(session: ClientSession, added: NewRendition): Promise<Recorded> {
  const { id, partnership, resource, lang, status, file, url, by, at } = added
  const item = await touchResource(session, added, at)
  const ofLanguage = { partnership, resource, lang, current: true }
  const earlier = await Rendition.updateOne(ofLanguage, { $set: { current: false } }, { session })
  const fields = { _id: id, ...ofLanguage, status, file, url, addedBy: by, addedAt: at }
  await Rendition.create([fields], { session })
  if (status === 'original' && earlier.modifiedCount > 0) {
    const others = { partnership, resource, lang: { $ne: lang }, current: true }
    await Rendition.updateMany(
      { ...others, status: { $ne: 'original' } },
      { $set: { status: 'outdated' } },
      { session },
    )
  }
  await noteLanguages(session, item)
  return status === 'draft' ? [] : finishRequestsOf(session, 'resource', item, lang, by, at)
}

/** Say anew how a rendition stands; a draft that is one no longer answers what was asked for. */
export async function setRenditionStatus(
  session: ClientSession,
  rendition: RenditionRow,
  status: RenditionStatus,
  by: Types.ObjectId,
  at: Date,
): Promise<Recorded> {
  const item = await touchResource(session, rendition, at)
  const { _id, partnership, lang } = rendition
  // as it was looked at: somebody else may have added a newer one meanwhile
  const at1 = { _id, partnership, current: true }
  const changed = await Rendition.updateOne(at1, { $set: { status } }, { session })
  if (changed.matchedCount === 0) throw new AppError('conflict')
  return status === 'draft' ? [] : finishRequestsOf(session, 'resource', item, lang, by, at)
}

/** Take a rendition out; the earlier one of its language, where there is one, is current again. */
export async function removeRendition(
  session: ClientSession,
  rendition: RenditionRow,
  at: Date,
): Promise<void> {
  const item = await touchResource(session, rendition, at)
  const { _id, partnership, resource, lang } = rendition
  // as it is by now: what was an earlier one may have become current meanwhile
  const removed = await Rendition.findOneAndDelete({ _id, partnership }, { session }).lean()
  if (!removed) throw new AppError('not_found')
  const { current, file } = removed
  if (current) {
    await Rendition.findOneAndUpdate(
      { partnership, resource, lang, current: false },
      { $set: { current: true } },
      { session, sort: { addedAt: -1, _id: -1 } },
    )
  }
  // pages of it that were made into slides are its words, too
  const decks = await SlideDeck.find({ partnership, rendition: _id }).session(session).lean()
  for (const deck of decks) await dropDeck(session, deck, at)
  if (file) await releaseFile(session, { partnership, key: file.key, bytes: file.bytes, at })
  await noteLanguages(session, item)
}

/**
 * First in the transaction: two changes of one item follow one another, and the count of changes tells
 * readers which they see.
 *
 * @param at when the item itself changed; without it only something that it shows has, a request
 * @throws AppError `not_found`
 */
export async function touchResource(
  session: ClientSession,
  { partnership, resource }: Pick<RenditionRow, 'partnership' | 'resource'>,
  at?: Date,
): Promise<ResourceRow> {
  const row = await Resource.findOneAndUpdate(
    { _id: resource, partnership },
    // clocks of processes differ, and a transaction may be tried again: it never goes back
    { $inc: { rev: 1 }, ...(at ? { $max: { changedAt: at } } : {}) },
    { session, returnDocument: 'after' },
  ).lean()
  if (!row) throw new AppError('not_found')
  return row
}

/** Which languages are there, for the list; and the names of files, for the search. */
async function noteLanguages(session: ClientSession, item: ResourceRow): Promise<void> {
  const current = await currentOf(session, item)
  const missing = LANGUAGES.filter((lang) => !current.some((each) => each.lang === lang))
  const { _id, partnership } = item
  await Resource.updateOne({ _id, partnership }, { $set: { missing } }, { session })
  await indexResource(session, item, current)
}

/** Make an item findable as it reads now: what it is, and what its files are called. */
export async function indexResource(
  session: ClientSession,
  item: ResourceRow,
  current?: readonly RenditionRow[],
): Promise<void> {
  const files = (current ?? (await currentOf(session, item))).flatMap(({ lang, file }) =>
    file ? [{ part: `file ${lang}`, lang, text: file.name }] : [],
  )
  const abouts = LANGUAGES.flatMap((lang) => {
    const text = item.about[lang] ?? ''
    return text || item.title[lang] ? [{ part: `about ${lang}`, lang, text }] : []
  })
  const { partnership, _id: of, changedAt: at } = item
  const title: LocalizedText = item.title
  const texts = [...abouts, ...files].map(
    (text): SearchText => ({
      ...text,
      partnership,
      kind: 'resource',
      of,
      title,
      published: false,
      at,
    }),
  )
  await syncSearchTexts({ partnership, kind: 'resource', of }, texts, session)
}

function currentOf(session: ClientSession, { partnership, _id }: ResourceRow) {
  return Rendition.find({ partnership, resource: _id, current: true }).session(session).lean()
}
