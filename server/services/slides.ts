import { type ClientSession, Types } from 'mongoose'
import { Rendition, type RenditionRow } from '../../models/rendition'
import { Resource } from '../../models/resource'
import { SlideDeck, type SlideDeckRow } from '../../models/slide-deck'
import { Workshop } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import { can } from '../../shared/policy'
import type { MakeDeck } from '../../shared/schemas/slides'
import type { DeckView, PdfView } from '../../shared/workshop-views'
import { SLIDES_PDF_MAX_BYTES } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demand } from './access'
import { inOrder } from './in-order'
import { once } from './intents'
import { releasePages } from './slide-making'
import { pairByResource, unpair } from './slide-pairs'
import { toDeckView } from './slide-views'
import { removeFileSoon } from './storage-use'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'
import { BEFORE_AND_LIVE } from './workshop-items'

/** Most PDFs offered to choose from, the newest first. */
const PDFS_SHOWN = 200

/**
 * Have the pages of a library's PDF made into slides of a workshop; of an item that there are slides of
 * in the other language, the two are a pair. A repeated `clientKey` returns the first deck.
 *
 * @throws AppError `not_found`, `forbidden`, `workshop_over`, `too_many_requests`; `slides_unreadable`
 *   if that version is no PDF, `too_large` if it has more than `SLIDES_PDF_MAX_BYTES`
 */
export async function makeDeck(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { renditionId, clientKey }: MakeDeck,
  partnershipId?: string,
): Promise<DeckView> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const { partnership } = workshop
  const id = new Types.ObjectId()
  const { row, isNew } = await once(
    id,
    () => SlideDeck.findOne({ partnership, createdBy: actor.userId, clientKey }).lean(),
    async () => {
      await ports.limits.take('write', actor.userId)
      if (!BEFORE_AND_LIVE.includes(workshop.status)) throw new AppError('workshop_over')
      const rendition = await findPdf(actor, partnership, renditionId)
      const item = await Resource.findOne({ _id: rendition.resource, partnership }).lean()
      if (!item) throw new AppError('not_found')
      const fields = {
        _id: id,
        partnership,
        workshop: workshop._id,
        title: item.title,
        lang: rendition.lang,
        resource: item._id,
        rendition: rendition._id,
        state: 'waiting' as const,
        createdBy: actor.userId,
        clientKey,
        at: ports.clock.now(),
      }
      await inTransaction(async (session) => {
        const [made] = await SlideDeck.create([fields], { session })
        if (made) await pairByResource(session, made.toObject())
      })
    },
  )
  if (isNew) ports.bus.publish('slides:asked', {})
  const bytes = row.pages.reduce((sum, page) => sum + page.bytes, 0)
  return toDeckView({ ...row, pages: row.pages.length, bytes })
}

/**
 * PDFs of the library that slides can be made of, last added first.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listPdfs(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<PdfView[]> {
  const { partnership } = await findFacilitated(actor, workshopId, partnershipId)
  if (!can(actor, 'file:download', subjectOf(partnership))) return []
  const pdfs = {
    'file.mediaType': 'application/pdf',
    'file.bytes': { $lte: SLIDES_PDF_MAX_BYTES },
  }
  const rows = await Rendition.find({ partnership, current: true, ...pdfs })
    .sort({ addedAt: -1, _id: -1 })
    .limit(PDFS_SHOWN)
    .lean()
  const items = await Resource.find({ _id: { $in: rows.map(({ resource }) => resource) } }).lean()
  const titles = new Map(items.map(({ _id, title }) => [String(_id), title]))
  return rows.map(({ _id, resource, lang, file }) => {
    const { en, ru } = titles.get(String(resource)) ?? {}
    return { renditionId: String(_id), title: localized(en, ru), lang, name: file?.name ?? '' }
  })
}

/**
 * Take a deck away with its images; the PDF stays in the library. Not while it is what a live room
 * looks at.
 *
 * @throws AppError `not_found`, `forbidden`, `conflict`
 */
export async function removeDeck(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  deckId: string,
  partnershipId?: string,
): Promise<void> {
  const { partnership, _id: workshop } = await findFacilitated(actor, workshopId, partnershipId)
  const at = { partnership, workshop }
  const keys = await inOrder(`workshop ${workshop}`, () =>
    inTransaction(async (session) => {
      const row = await SlideDeck.findOne({ _id: deckId, ...at })
        .session(session)
        .lean()
      if (!row) throw new AppError('not_found')
      // showing a slide takes the room's next number, on whichever process: one of the two comes first
      const room = await Workshop.findOneAndUpdate(
        { _id: workshop, partnership },
        { $inc: { decksGone: 1 } },
        { session, projection: { status: 1 } },
      ).lean()
      const shown = { ...at, kind: 'stage' as const, 'body.slide.deck': row._id }
      const isShown = await WorkshopItem.exists(shown).session(session)
      if (room?.status === 'live' && isShown) throw new AppError('conflict')
      return dropDeck(session, row, ports.clock.now())
    }),
  )
  ports.bus.publish('workshop:slides', { workshopId, deckId, page: null })
  for (const key of keys) removeFileSoon(ports, key)
}

/**
 * The row goes, its bytes are given back and put down for removal, in the caller's transaction.
 *
 * @returns keys for `removeFileSoon` after the commit
 */
export async function dropDeck(
  session: ClientSession,
  { _id, partnership }: Pick<SlideDeckRow, '_id' | 'partnership'>,
  at: Date,
): Promise<string[]> {
  // as it is by now: whoever makes it may have added a page
  const gone = await SlideDeck.findOneAndDelete({ _id, partnership }, { session }).lean()
  if (!gone) return []
  await unpair(session, gone)
  return releasePages(session, gone, at)
}

async function findPdf(
  actor: Actor,
  partnership: Types.ObjectId,
  renditionId: string,
): Promise<RenditionRow> {
  demand(actor, 'file:download', subjectOf(partnership))
  const row = await Rendition.findOne({ _id: renditionId, partnership }).lean()
  if (!row) throw new AppError('not_found')
  if (row.file?.mediaType !== 'application/pdf') throw new AppError('slides_unreadable')
  if (row.file.bytes > SLIDES_PDF_MAX_BYTES) throw new AppError('too_large')
  return row
}

function subjectOf(partnership: Types.ObjectId) {
  return { partnershipId: String(partnership), published: false }
}
