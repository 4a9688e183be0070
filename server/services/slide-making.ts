import type { ClientSession } from 'mongoose'
import { Rendition } from '../../models/rendition'
import { type DeckPageRow, SlideDeck, type SlideDeckRow } from '../../models/slide-deck'
import { AppError, type ErrorCode, isAppError } from '../../shared/errors'
import { SLIDES_PDF_MAX_BYTES, WORKSHOP_LIMITS } from '../../shared/workshops'
import type { OpenPdf, Ports } from '../ports'
import { unpair } from './slide-pairs'
import { slideKey } from './slide-views'
import { releaseFile, removeFileSoon, reserveBytes } from './storage-use'
import { inTransaction } from './transaction'

/** A maker that has said nothing for so long has gone, milliseconds. */
const LEASE_MS = 30_000
/** Whatever failed once is not tried again sooner, milliseconds: a database that is away comes back. */
const PAUSE_MS = 30_000
/** So often may making a deck fail, or end without a word; then something is wrong with it. */
const FAILURES = 3
/** What is the PDF's own fault, or the partnership's: it would be the same another time. */
const FINAL: readonly ErrorCode[] = [
  'slides_locked',
  'slides_too_many',
  'slides_unreadable',
  'storage_full',
  'too_large',
]

/**
 * Make the decks that wait, one after the other; also those whose maker has gone, from the page it had
 * come to. Safe to call from several processes: each deck has one maker at a time.
 *
 * @returns how many became ready; earlier than all are, if this process closes
 */
export async function makeSlides(ports: Ports): Promise<number> {
  let made = 0
  for (;;) {
    const row = await claim(ports.clock.now())
    if (!row) return made
    try {
      await make(ports, row)
      made += 1
    } catch (error) {
      // taken over by another process, or removed meanwhile
      if (isAppError(error) && error.code === 'conflict') continue
      await fail(ports, row, error)
      if (isAppError(error) && error.code === 'restarting') return made
    }
  }
}

/** Whoever still was at it, and is so no more, has failed; who closed in peace has let go of it. */
async function claim(now: Date): Promise<SlideDeckRow | null> {
  const hasFailed = { $cond: [{ $eq: ['$state', 'making'] }, 1, 0] }
  const count = (field: string, more: object | number) => ({
    $add: [{ $ifNull: [field, 0] }, more],
  })
  return SlideDeck.findOneAndUpdate(
    { $or: [{ state: 'waiting' }, { state: 'making', until: { $lt: now } }] },
    [
      {
        $set: {
          state: 'making',
          until: leaseFrom(now),
          attempt: count('$attempt', 1),
          failures: count('$failures', hasFailed),
        },
      },
    ],
    { sort: { at: 1 }, returnDocument: 'after', updatePipeline: true },
  ).lean()
}

async function make(ports: Ports, row: SlideDeckRow): Promise<void> {
  const { clock } = ports
  // a process that ended without a word, too often: the PDF may be why
  if (failuresOf(row) >= FAILURES) throw new AppError('slides_unreadable')
  const renewing = setInterval(() => {
    SlideDeck.updateOne(mine(row), { $set: { until: leaseFrom(clock.now()) } }).catch(() => {})
  }, LEASE_MS / 3)
  let pdf: OpenPdf | null = null
  try {
    pdf = await ports.slides.open(await readPdf(ports, row))
    const most = WORKSHOP_LIMITS.deckPages
    if (pdf.pages > most) {
      throw new AppError('slides_too_many', { pages: String(pdf.pages), most: String(most) })
    }
    await update(row, { total: pdf.pages })
    for (let page = row.pages.length + 1; page <= pdf.pages; page += 1) {
      await makePage(ports, row, pdf, page)
    }
    await update(row, { state: 'ready', until: null })
    const [workshopId, deckId] = [String(row.workshop), String(row._id)]
    ports.bus.publish('workshop:slides', { workshopId, deckId, page: null })
  } finally {
    clearInterval(renewing)
    await pdf?.close()
  }
}

/** Image, its place in the deck and its share of the storage are written together or not at all. */
async function makePage(ports: Ports, row: SlideDeckRow, pdf: OpenPdf, page: number) {
  const { bytes, mediaType, width, height, text } = await pdf.page(page)
  const key = slideKey(row, page)
  const added: DeckPageRow = { key, mediaType, bytes: bytes.length, width, height, text }
  await ports.storage.append(key, 0, bytes, async (session) => {
    const at = { ...mine(row), pages: { $size: page - 1 } }
    const grown = await SlideDeck.updateOne(at, { $push: { pages: added } }, { session })
    if (grown.matchedCount === 0) throw new AppError('conflict')
    await reserveBytes(session, row.partnership, bytes.length)
  })
}

/** Try it again after a while, or say for good why it cannot be, and give back what its pages took. */
async function fail(ports: Ports, row: SlideDeckRow, error: unknown): Promise<void> {
  // this process closes; another one, or its next start, goes on
  if (isAppError(error) && error.code === 'restarting') {
    return rest(row, { state: 'waiting', until: null })
  }
  const refusal = isAppError(error) && FINAL.includes(error.code) ? error : null
  const about = { err: error, deck: String(row._id) }
  if (refusal) ports.log.info(about, 'a PDF did not become slides')
  else ports.log.error(about, 'slides could not be made')
  if (!refusal && failuresOf(row) + 1 < FAILURES) {
    // whoever takes it up then counts this failure
    return rest(row, { until: new Date(ports.clock.now().getTime() + PAUSE_MS) })
  }
  const failure = refusal?.code ?? 'unexpected'
  const failed = { state: 'failed' as const, until: null, failure, pages: [] }
  const keys = await inTransaction(async (session) => {
    const found = await SlideDeck.findOneAndUpdate(
      mine(row),
      { $set: { ...failed, failureDetail: { ...refusal?.detail } } },
      { session },
    ).lean()
    if (!found) return []
    // made again, it is the other half once more
    await unpair(session, found)
    return releasePages(session, found, ports.clock.now())
  })
  for (const key of keys) removeFileSoon(ports, key)
}

async function rest(row: SlideDeckRow, as: Partial<SlideDeckRow>): Promise<void> {
  await SlideDeck.updateOne(mine(row), { $set: as })
}

function failuresOf({ failures = 0 }: SlideDeckRow): number {
  return failures
}

/**
 * Give back what the pages of a deck take, in the transaction in which it loses them.
 *
 * @returns keys for `removeFileSoon` after the commit
 */
export async function releasePages(
  session: ClientSession,
  { partnership, pages }: SlideDeckRow,
  at: Date,
): Promise<string[]> {
  for (const { key, bytes } of pages) await releaseFile(session, { partnership, key, bytes, at })
  return pages.map(({ key }) => key)
}

async function readPdf({ storage }: Ports, row: SlideDeckRow): Promise<Uint8Array> {
  const { rendition: _id, partnership } = row
  const rendition = await Rendition.findOne({ _id, partnership }).lean()
  // taken out of the library before its turn came
  if (!rendition?.file) throw new AppError('slides_unreadable', { gone: '1' })
  if (rendition.file.bytes > SLIDES_PDF_MAX_BYTES) throw new AppError('too_large')
  const bytes = new Uint8Array(rendition.file.bytes)
  let end = 0
  for await (const chunk of storage.read(rendition.file.key)) {
    bytes.set(chunk, end)
    end += chunk.length
  }
  return bytes
}

async function update(row: SlideDeckRow, fields: Partial<SlideDeckRow>): Promise<void> {
  const changed = await SlideDeck.updateOne(mine(row), { $set: fields })
  if (changed.matchedCount === 0) throw new AppError('conflict')
}

/** The row while this attempt is the one that makes it. */
function mine({ _id, attempt }: SlideDeckRow) {
  return { _id, attempt, state: 'making' as const }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS)
}
