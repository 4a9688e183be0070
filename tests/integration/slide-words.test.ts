import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { SlideDeck } from '../../models/slide-deck'
import type { WorkshopRow } from '../../models/workshop'
import { entriesOfPartnership } from '../../server/services/export-partnership'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import { WriteSlide } from '../../shared/schemas/slides'
import { acting, guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let reviewer: Actor
let viewer: Actor
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator')
  reviewer = await world.member('reviewer', 'b')
  viewer = await world.member('viewer', 'b')
})

const page = { key: 'k', mediaType: 'image/webp', bytes: 10, width: 1, height: 1 }

async function deckIn(
  { _id, partnership }: WorkshopRow,
  lang: Language,
  texts: readonly string[] = ['One', ''],
): Promise<string> {
  const made = { resource: new Types.ObjectId(), rendition: new Types.ObjectId() }
  const pages = texts.map((text) => ({ ...page, text }))
  const deck = await SlideDeck.create({
    ...{ ...made, partnership, workshop: _id, lang, pages, state: 'ready', at: new Date() },
    title: { en: 'Doses' },
    createdBy: facilitator.userId,
    clientKey: String(new Types.ObjectId()),
  })
  return String(deck._id)
}

async function open() {
  const row = await liveWorkshop(world, facilitator)
  const id = String(row._id)
  const { slides } = world.services
  return {
    row,
    id,
    slides,
    deckId: await deckIn(row, 'en'),
    write: (actor: Actor, fields: object) => slides.writeSlide(actor, id, WriteSlide.parse(fields)),
  }
}

describe('the words of a page', () => {
  it('are written where the PDF has none and translated, with names, and read by everybody', async () => {
    const { id, slides, deckId, write, row } = await open()
    const scanned = { deckId, page: 2, lang: 'en', text: 'Doses', rev: 0 }
    await expect(write(viewer, scanned)).rejects.toMatchObject({ code: 'forbidden' })
    const guest = await guestIn(row)
    await expect(write(guest, scanned)).rejects.toMatchObject({ code: 'forbidden' })
    const own = { deckId, page: 1, lang: 'en', text: 'Another', rev: 0 }
    await expect(write(reviewer, own)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(write(reviewer, { ...scanned, page: 3 })).rejects.toMatchObject({
      code: 'not_found',
    })

    await write(facilitator, scanned)
    await write(reviewer, { ...scanned, lang: 'ru', text: 'Дозы', rev: 1 })
    await write(reviewer, { ...own, lang: 'ru', text: 'Первая' })

    const [first, second] = await slides.readDeck(guest, id, deckId)
    expect(first).toMatchObject({ text: 'One', written: null, translation: { text: 'Первая' } })
    const { userId } = reviewer
    expect(second).toMatchObject({
      written: { lang: 'en', text: 'Doses', by: { userId: facilitator.userId } },
      translation: { lang: 'ru', text: 'Дозы', by: { userId } },
      rev: 2,
    })
    expect(await slides.readSlide(guest, id, { deckId, page: 2 })).toEqual([second])
    const told = world.heard.filter(([event]) => event === 'workshop:slides')
    expect(told.at(-1)?.[1]).toEqual({ workshopId: id, deckId, page: 1 })

    const entries = await entriesOfPartnership(world.ports, world.partnershipId, [])
    const table = entries.find(({ path }) => path === 'workshops/slides.json')
    let json = ''
    for await (const part of table?.open() ?? []) json += String(part)
    expect(json).toContain('Дозы')
  })

  it('are never written over what the writer has not seen', async () => {
    const { deckId, write } = await open()
    const said = { deckId, page: 1, lang: 'ru', text: 'Один', rev: 0 }
    const both = await Promise.allSettled([
      write(reviewer, said),
      write(facilitator, { ...said, text: 'Раз' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    // the same words again are no conflict, whoever sends them
    const known = (await SlideDeck.findById(deckId).lean())?.pages[0]?.words?.[0]?.text
    await write(reviewer, { ...said, text: known })
    await expect(write(reviewer, { ...said, text: 'Иное' })).rejects.toMatchObject({
      code: 'conflict',
    })
    // of somebody else's the record tells that they are gone, not what they were
    const other = known === 'Раз' ? reviewer : facilitator
    expect(await write(other, { ...said, text: '', rev: 1 })).toMatchObject({
      translation: null,
      rev: 2,
    })
    const gone = await AuditEntry.findOne({ kind: 'said:deleted' }).lean()
    expect(gone).toMatchObject({ detail: { kind: 'slide' }, subject: { deck: deckId, page: '1' } })
  })

  it('are asked about when they look like patient data', async () => {
    const { deckId, write, id } = await open()
    const said = { deckId, page: 2, lang: 'en', text: 'Call Pyotr, +7 921 555-12-34.', rev: 0 }
    await expect(write(reviewer, said)).rejects.toMatchObject({ code: 'patient_data' })
    await write(reviewer, { ...said, acknowledged: 'patient-data' })
    const kept = await AuditEntry.findOne({ kind: 'patient-data:kept' }).lean()
    expect(kept?.subject).toEqual({ workshop: id, deck: deckId, page: '2' })
  })
})

describe('slides in both languages', () => {
  it('are a pair by the facilitators’ word: the page that is shown comes in both', async () => {
    const { row, id, slides, deckId } = await open()
    const [russian, other] = [await deckIn(row, 'ru', ['Раз']), await deckIn(row, 'ru')]
    const pair = (otherId: string | null, actor = facilitator) =>
      slides.pairDecks(actor, id, { deckId, otherId })
    const pairs = async () =>
      Object.fromEntries((await slides.listDecks(viewer, id)).map((deck) => [deck.id, deck.pairId]))
    await expect(pair(russian, viewer)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(pair(deckId)).rejects.toMatchObject({ code: 'not_found' })
    const english = await deckIn(row, 'en')
    await expect(pair(english)).rejects.toMatchObject({ code: 'invalid_input' })
    await pair(other)
    await pair(russian)
    expect(await pairs()).toEqual({
      [deckId]: russian,
      [russian]: deckId,
      [other]: null,
      [english]: null,
    })

    const shown = (at: number) => slides.readSlide(viewer, id, { deckId, page: at })
    expect((await shown(1)).map(({ lang, text }) => [lang, text])).toEqual([
      ['en', 'One'],
      ['ru', 'Раз'],
    ])
    // beyond the end of the other one
    expect((await shown(2)).map(({ lang }) => lang)).toEqual(['en'])

    await slides.removeDeck(facilitator, id, russian)
    expect(await pairs()).toMatchObject({ [deckId]: null })
  })
})

it('slides that are shown and taken away at once are either there or not on the stage', async () => {
  const { row, id, slides } = await open()
  for (let turn = 0; turn < 3; turn += 1) {
    const deck = await deckIn(row, 'en')
    const show = acting('show_slide', { deck, page: 1 })
    const done = await Promise.allSettled([
      slides.removeDeck(facilitator, id, deck),
      world.services.workshopRoom.act(facilitator, id, show),
    ])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await world.services.workshopRoom.act(facilitator, id, acting('hide_slides'))
  }
})
