import { Types } from 'mongoose'
import { SlideDeck, type SlideDeckRow } from '../../models/slide-deck'
import type { WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { DeckView, SlideView } from '../../shared/workshop-views'
import type { Ports } from '../ports'
import { type ListedDeck, type ReadPages, toDeckView, toSlideViews } from './slide-views'
import { together } from './together'
import { findWorkshop, mayFacilitate } from './workshop-access'
import { attendeesById } from './workshop-attendees'
import { demandInside } from './workshop-door'

/** An image of a page, as the door for images needs it. */
export type OpenedSlide = Pick<SlideDeckRow['pages'][number], 'mediaType' | 'bytes'> & {
  /** Names these bytes for ever: a page is made once. */
  tag: string
  read(): NodeJS.ReadableStream
}

/**
 * The decks of a workshop, oldest first. Those that are not ready are its facilitators' concern alone.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`
 */
export async function listDecks(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<DeckView[]> {
  const workshop = await findWorkshop(actor, workshopId, partnershipId)
  await demandInside(actor, workshop)
  const staff = mayFacilitate(actor, workshop)
  return together(`decks of ${workshopId} ${staff}`, () => readDecks(workshop, staff))
}

/** Counted where they are: the words of all their pages may be megabytes. */
async function readDecks({ partnership, _id }: WorkshopRow, staff: boolean): Promise<DeckView[]> {
  const which = { partnership, workshop: _id, ...(staff ? {} : { state: 'ready' as const }) }
  const rows = await SlideDeck.aggregate<ListedDeck>([
    { $match: which },
    { $set: { pages: { $size: '$pages' }, bytes: { $sum: '$pages.bytes' } } },
    { $sort: { at: 1, _id: 1 } },
  ])
  return rows.map(toDeckView)
}

/**
 * The pages of a deck that is ready, with their words.
 *
 * @param only one page alone: 1, 2, 3 …
 * @throws AppError `not_found`, also where there is no such page; `forbidden`, `in_waiting_room`
 */
export async function readDeck(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  deckId: string,
  only?: number,
): Promise<SlideView[]> {
  const workshop = await findWorkshop(actor, workshopId)
  await demandInside(actor, workshop)
  const slides = await together(`slides ${workshopId} ${deckId} ${only ?? 'all'}`, () =>
    readPages(workshop, deckId, only),
  )
  if (!slides || slides.length === 0) throw new AppError('not_found')
  return slides
}

/**
 * A page, and the same page of the deck in the other language where there is one; none where it has
 * gone, as a page of the room is to open all the same.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`
 */
export async function readSlide(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  { deckId, page }: { deckId: string; page: number },
): Promise<SlideView[]> {
  const workshop = await findWorkshop(actor, workshopId)
  await demandInside(actor, workshop)
  return together(`slide ${workshopId} ${deckId} ${page}`, async () => {
    const at = { _id: deckId, workshop: workshop._id }
    const deck = await SlideDeck.findOne(at, { pair: 1 }).lean()
    if (!deck) return []
    const ids = [deckId, ...(deck.pair ? [String(deck.pair)] : [])]
    const found = await Promise.all(ids.map((id) => readPages(workshop, id, page)))
    return found.flatMap((slides) => slides ?? [])
  })
}

/** Null where there is no such deck that is ready. */
async function readPages(
  workshop: WorkshopRow,
  deckId: string,
  only?: number,
): Promise<SlideView[] | null> {
  const { partnership, _id } = workshop
  const pages = only ? { pages: { $slice: [only - 1, 1] as [number, number] } } : { pages: 1 }
  const row = await SlideDeck.findOne(
    { _id: deckId, partnership, workshop: _id, state: 'ready' },
    { lang: 1, ...pages },
  ).lean<ReadPages>()
  if (!row) return null
  const writers = row.pages.flatMap(({ words = [] }) => words.map(({ by }) => by))
  return toSlideViews(row, await attendeesById(workshop, writers), only)
}

/**
 * The workshop whose deck it is; for the door, which asks the workshop who comes.
 *
 * @throws AppError `not_found`
 */
export async function workshopOfDeck(_ports: Ports, deckId: string): Promise<string> {
  const row = await together(`workshop of deck ${deckId}`, () =>
    SlideDeck.findById(deckId, { workshop: 1 }).lean(),
  )
  if (!row) throw new AppError('not_found')
  return String(row.workshop)
}

/** What of one page its image needs, and none of the others' words. */
type ImageOf = Pick<SlideDeckRow, 'workshop' | 'state'> & {
  page?: Pick<SlideDeckRow['pages'][number], 'key' | 'mediaType' | 'bytes'>
}

/**
 * A page's image, for whoever may take part in its workshop; of a deck that is still being made, for
 * its facilitators.
 *
 * @param page 1, 2, 3 …
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`
 */
export async function openPage(
  { storage }: Ports,
  actor: Actor,
  deckId: string,
  page: number,
): Promise<OpenedSlide> {
  // a whole room asks for it at each turn of the page
  const [row] = await together(`image ${deckId} ${page}`, () =>
    SlideDeck.aggregate<ImageOf>([
      { $match: { _id: new Types.ObjectId(deckId) } },
      { $project: { workshop: 1, state: 1, page: { $arrayElemAt: ['$pages', page - 1] } } },
      { $unset: ['page.text', 'page.words'] },
    ]),
  )
  if (!row) throw new AppError('not_found')
  const workshop = await findWorkshop(actor, String(row.workshop))
  await demandInside(actor, workshop)
  const isThere = row.state === 'ready' || mayFacilitate(actor, workshop)
  if (!isThere || !row.page) throw new AppError('not_found')
  const { key, mediaType, bytes } = row.page
  return { mediaType, bytes, tag: `${deckId}-${page}`, read: () => storage.read(key) }
}
