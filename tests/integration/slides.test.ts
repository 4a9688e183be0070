import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { FileRemoval } from '../../models/file-removal'
import { Rendition } from '../../models/rendition'
import { SlideDeck } from '../../models/slide-deck'
import { StorageUse } from '../../models/storage-use'
import { Workshop } from '../../models/workshop'
import type { SlideMaker } from '../../server/ports'
import { makeSlides } from '../../server/services/slide-making'
import { changeItem, stageOf } from '../../server/services/workshop-items'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { locked, manyPages, onePage, slidesOf } from '../setup/slide-pdfs'
import { createWorld, type World } from '../setup/world'

let world: World
let coordinator: Actor
let reader: Actor
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
  reader = await world.member('viewer', 'b')
})

/** A workshop as a plan has left it. */
async function workshop(status: 'announced' | 'live' = 'announced'): Promise<string> {
  const startsAt = new Date(Date.now() + 3_600_000)
  const { _id } = await Workshop.create({
    partnership: world.partnershipId,
    title: { en: 'TB/HIV' },
    status,
    mode: 'virtual',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 3_600_000),
    timeZone: 'Europe/Moscow',
    createdBy: coordinator.userId,
    clientKey: randomUUID(),
    createdAt: new Date(),
  })
  return String(_id)
}

async function pdfInLibrary(bytes: Uint8Array): Promise<string> {
  const { services, storage, partnershipId } = world
  const { id } = await services.resources.createResource(coordinator, partnershipId, {
    ...{ titleEn: 'Slides', titleRu: 'Слайды', aboutEn: '', aboutRu: '' },
    kind: 'slides',
    clientKey: randomUUID(),
  })
  const key = `test-${randomUUID()}`
  await storage.append(key, 0, bytes)
  const file = { key, name: 'slides.pdf', mediaType: 'application/pdf', bytes: bytes.length }
  const { _id } = await Rendition.create({
    partnership: partnershipId,
    resource: id,
    lang: 'ru',
    status: 'original',
    file: { ...file, sha256: '0'.repeat(64) },
    addedBy: coordinator.userId,
    addedAt: new Date(),
    current: true,
  })
  return String(_id)
}

async function deckOf(bytes: Uint8Array, workshopId?: string) {
  const at = workshopId ?? (await workshop())
  const input = { renditionId: await pdfInLibrary(bytes), clientKey: randomUUID() }
  const { id } = await world.services.slides.makeDeck(coordinator, at, input)
  return { id, at, input }
}

const read = async (at: string, id: string, actor = coordinator) =>
  (await world.services.slides.listDecks(actor, at)).find((deck) => deck.id === id)
const bytesUsed = async () => (await StorageUse.findById(world.partnershipId).lean())?.bytes ?? 0

describe('slides', { timeout: 60_000 }, () => {
  it('are made once of a PDF, whoever looks, and come with their text', async () => {
    const { services } = world
    const before = await bytesUsed()
    const { id, at, input } = await deckOf(await slidesOf(2))
    expect((await services.slides.makeDeck(coordinator, at, input)).id).toBe(id)
    expect(await read(at, id, reader)).toBeUndefined()

    const made = await Promise.all([services.slides.makeSlides(), services.slides.makeSlides()])

    expect(made.sort()).toEqual([0, 1])
    const deck = await read(at, id, reader)
    expect(deck).toMatchObject({ state: 'ready', pages: 3, total: 3, lang: 'ru' })
    const slides = await services.slides.readDeck(reader, at, id)
    expect(slides.map(({ page, src }) => [page, src])).toEqual(
      [1, 2, 3].map((page) => [page, `/slides/${id}/${page}`]),
    )
    expect(slides[1]?.text).toContain('Приверженность лечению, 2')
    for (const { bytes } of slides) expect(bytes).toBeLessThanOrEqual(60_000)
    expect((await bytesUsed()) - before).toBe(deck?.bytes)
  })

  it('say why they could not be made, and take up no room', async () => {
    const before = await bytesUsed()
    const cases = [
      [locked(), { failure: 'slides_locked' }],
      [
        manyPages(400),
        { failure: 'slides_too_many', failureDetail: { pages: '400', most: '200' } },
      ],
      [new Uint8Array(Buffer.from('%PDF-1.7 and then nothing')), { failure: 'slides_unreadable' }],
    ] as const
    for (const [bytes, why] of cases) {
      const { id, at } = await deckOf(bytes)
      await world.services.slides.makeSlides()
      expect(await read(at, id)).toMatchObject({ state: 'failed', pages: 0, ...why })
    }
    expect(await bytesUsed()).toBe(before)
  })

  it('go on from the page at which their maker was lost, who adds nothing more', async () => {
    const { id, at } = await deckOf(manyPages(3))
    const { ports } = world
    let lateMaker: Promise<unknown> = Promise.resolve()
    const stopping: SlideMaker = {
      async open(pdf) {
        const opened = await ports.slides.open(pdf)
        return {
          ...opened,
          async page(number) {
            const image = await opened.page(number)
            if (number === 2) {
              // as if it had slept beyond its time, while another process took over
              await SlideDeck.updateOne({ _id: id }, { $set: { until: new Date(0) } })
              lateMaker = makeSlides(ports)
              await lateMaker
            }
            return image
          },
        }
      },
    }
    await makeSlides({ ...ports, slides: stopping })

    const row = await SlideDeck.findById(id).lean()
    expect(row).toMatchObject({ state: 'ready', attempt: 2 })
    expect(row?.pages.map(({ key }) => key)).toEqual([1, 2, 3].map((n) => `slide-${id}-${n}`))
    expect(await read(at, id)).toMatchObject({ pages: 3 })
  })

  it('outlast a server that is started anew, and rest after what failed', async () => {
    const { id, at } = await deckOf(manyPages(1))
    const { ports } = world
    let opened = 0
    const failing = (error: Error): SlideMaker => ({
      async open() {
        opened += 1
        throw error
      },
    })
    for (let start = 0; start < 5; start += 1) {
      await makeSlides({ ...ports, slides: failing(new AppError('restarting')) })
    }
    expect(await SlideDeck.findById(id).lean()).toMatchObject({ state: 'waiting', failures: 0 })
    const away = { ...ports, slides: failing(new Error('the database is away')) }
    for (const failures of [0, 1]) {
      opened = 0
      await makeSlides(away)
      expect(opened).toBe(1)
      expect(await SlideDeck.findById(id).lean()).toMatchObject({ state: 'making', failures })
      await makeSlides(away)
      expect(opened).toBe(1)
      await SlideDeck.updateOne({ _id: id }, { $set: { until: new Date(0) } })
    }
    await makeSlides(ports)
    expect(await read(at, id)).toMatchObject({ state: 'ready' })
  })

  it('of one item in both languages find each other', async () => {
    const { services } = world
    const at = await workshop()
    const russian = await pdfInLibrary(manyPages(1))
    const row = await Rendition.findById(russian).lean()
    if (!row) throw new Error('no PDF')
    const { _id, lang, ...same } = row
    const english = await Rendition.create({ ...same, lang: 'en' })
    const make = (renditionId: string) =>
      services.slides.makeDeck(coordinator, at, { renditionId, clientKey: randomUUID() })
    const first = await make(russian)
    expect(first.pairId).toBeNull()
    const second = await make(String(english._id))
    expect(second.pairId).toBe(first.id)
    expect((await read(at, first.id))?.pairId).toBe(second.id)
    await SlideDeck.deleteMany({ workshop: at })
  })

  it('are made by those who run the workshop, of what is in their library', async () => {
    const { services } = world
    const at = await workshop()
    const input = { renditionId: await pdfInLibrary(onePage('BT ET')), clientKey: randomUUID() }
    const make = (actor: Actor, fields = {}) =>
      services.slides.makeDeck(actor, at, { ...input, ...fields })
    await expect(make(reader)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(make(await world.stranger())).rejects.toMatchObject({ code: 'not_found' })
    const elsewhere = { renditionId: String(new Types.ObjectId()) }
    await expect(make(coordinator, elsewhere)).rejects.toMatchObject({ code: 'not_found' })
    const pdfs = await services.slides.listPdfs(coordinator, at)
    expect(pdfs.map(({ renditionId }) => renditionId)).toContain(input.renditionId)
  })

  it('are not taken away under the eyes of a live room', async () => {
    const { services, ports, partnershipId } = world
    const { id, at } = await deckOf(manyPages(1), await workshop('live'))
    await services.slides.makeSlides()
    const room = { _id: new Types.ObjectId(at), partnership: new Types.ObjectId(partnershipId) }
    const stage = await stageOf(ports, room)
    const slide = { deck: new Types.ObjectId(id), page: 1, pages: 1 }
    const show = (shown: typeof slide | null) =>
      changeItem(ports, room, { id: String(stage._id), kind: 'stage' }, ({ body }) => ({
        ...body,
        slide: shown,
      }))
    await show(slide)
    const remove = () => services.slides.removeDeck(coordinator, at, id)
    await expect(remove()).rejects.toMatchObject({ code: 'conflict' })

    await show(null)
    const before = await bytesUsed()
    await remove()

    expect(await read(at, id)).toBeUndefined()
    expect(await bytesUsed()).toBeLessThan(before)
    await expect
      .poll(() => world.db.collection('file_pieces').countDocuments({ '_id.f': `slide-${id}-1` }))
      .toBe(0)
    await expect.poll(() => FileRemoval.countDocuments({ _id: `slide-${id}-1` })).toBe(0)
  })
})

describe('the images’ door', () => {
  it('opens to those who attend, keeps an image for ever, and is a wall to others', async () => {
    const { services } = world
    const { origin } = await world.serve()
    const { id, at } = await deckOf(manyPages(1))
    await services.slides.makeSlides()
    const get = async (actor: Actor | null, path = `/slides/${id}/1`, headers = {}) => {
      const cookie = actor ? await world.cookie(actor) : ''
      return fetch(`${origin}${path}`, { headers: { cookie, ...headers } })
    }
    const answer = await get(reader)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    const [slide] = await services.slides.readDeck(reader, at, id)
    expect((await answer.arrayBuffer()).byteLength).toBe(slide?.bytes)
    const etag = answer.headers.get('etag') ?? ''
    expect((await get(reader, undefined, { 'If-None-Match': etag })).status).toBe(304)

    for (const [actor, path] of [
      [null, undefined],
      [await world.stranger(), undefined],
      [reader, `/slides/${id}/2`],
      [reader, `/slides/${id}/0`],
      [reader, `/slides/${new Types.ObjectId()}/1`],
    ] as const) {
      const refused = await get(actor, path)
      expect(refused.status).toBe(404)
      expect(refused.headers.get('cache-control')).not.toContain('immutable')
    }
  })

  it('is closed to a guest of another workshop', async () => {
    const { services, partnershipId } = world
    const { id, at } = await deckOf(manyPages(1))
    await services.slides.makeSlides()
    const guestOf = (workshopId: string): Actor => ({
      ...reader,
      userId: String(new Types.ObjectId()),
      memberships: [],
      guest: { partnershipId, workshopId },
    })
    const open = (workshopId: string) => services.slides.openPage(guestOf(workshopId), id, 1)
    await expect(open(at)).resolves.toMatchObject({ mediaType: 'image/webp' })
    await expect(open(await workshop())).rejects.toMatchObject({ code: 'not_found' })
  })
})
