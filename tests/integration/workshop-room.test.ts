import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { SlideDeck } from '../../models/slide-deck'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { RoomItemView } from '../../shared/room-views'
import { FACILITATOR_ACTS, type RoomAct } from '../../shared/schemas/workshop-room'
import { acting, guestIn, liveWorkshop, POLL, reread } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let participant: Actor
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('editor', 'b')
  participant = await world.member('reviewer', 'a')
})

const idOf = (row: WorkshopRow) => String(row._id)
const act = (actor: Actor, row: WorkshopRow, done: RoomAct) =>
  world.services.workshopRoom.act(actor, idOf(row), done)
const say = (actor: Actor, row: WorkshopRow, fields: object = {}) =>
  act(actor, row, acting('say', { text: 'Доброе утро.', lang: 'ru', ...fields }))
const open = (actor: Actor, row: WorkshopRow) =>
  world.services.workshopRoom.openRoom(actor, idOf(row))
const placeOf = async (actor: Actor, row: WorkshopRow) => (await open(actor, row)).me.id

async function itemOf(done: Promise<{ item: RoomItemView | null }>) {
  const { item } = await done
  if (!item) throw new Error('no item')
  return item
}

const LOBBY = { status: 'announced', startsAt: new Date(Date.now() + 10 * 60_000) }
const TOMORROW = { status: 'announced', startsAt: new Date(Date.now() + 86_400_000) }

describe('a room', () => {
  it('shows a guest what it shows a member, and has one stage whoever comes at once', async () => {
    const row = await liveWorkshop(world, facilitator)
    const guest = await guestIn(row)
    await WorkshopParticipant.updateMany({ workshop: row._id }, { door: 'admitted' })
    await Promise.all([open(participant, row), open(guest, row), open(facilitator, row)])
    await say(guest, row)
    const [mine, theirs, staff] = await Promise.all([
      open(participant, row),
      open(guest, row),
      open(facilitator, row),
    ])
    expect(theirs.items).toEqual(mine.items)
    expect(mine.items.map(({ kind }) => kind)).toEqual(['stage', 'message'])
    expect(mine).toMatchObject({ staff: false, rev: 2, may: { facilitate: false } })
    expect(mine.may).toMatchObject({ speak: true, workspace: true, translate: true })
    expect(theirs.may).toMatchObject({ speak: true, workspace: false, translate: false })
    expect(theirs.me).toMatchObject({ userId: null, name: { given: 'Иван', family: 'Гость' } })
    expect(staff).toMatchObject({ staff: true, me: { role: 'facilitator' } })
  })

  it('refuses every act of a facilitator to a participant, and nothing has changed', async () => {
    const row = await liveWorkshop(world, facilitator)
    const item = String(new Types.ObjectId())
    const acts: Record<(typeof FACILITATOR_ACTS)[number], object> = {
      answer: { item, how: 'live', lang: 'en', text: '' },
      set_question: { item, status: 'on_air' },
      give_floor: { item },
      lower_hand: { item },
      set_row: { row: null },
      show_slide: { deck: item, page: 1 },
      hide_slides: {},
      set_timer: { minutes: 5 },
      make_poll: POLL,
      change_poll: { item, ...POLL },
      open_poll: { item },
      close_poll: { item },
      show_results: { item, on: true },
      blank_answer: { item, text: 'Words' },
      make_groups: { count: 2, by: 'chance', minutes: 5 },
      move_to_group: { item, participant: item },
      call_back: {},
      add_group_time: { minutes: 5, from: new Date().toISOString() },
      set_case: { item, status: 'on_air' },
      let_in: { participant: item, on: true },
      let_all_in: {},
      name_role: { participant: item, role: 'presenter' },
    }
    await open(participant, row)
    const { roomRev } = await reread(row)
    for (const verb of FACILITATOR_ACTS) {
      const claimed = act(participant, row, acting(verb, acts[verb]))
      await expect(claimed, verb).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect((await reread(row)).roomRev).toBe(roomRev)
    // named no longer, the next act is refused
    await act(facilitator, row, acting('set_timer', { minutes: 5 }))
    await Workshop.updateOne({ _id: row._id }, { facilitators: [participant.userId] })
    const late = act(facilitator, row, acting('set_timer', { minutes: 6 }))
    await expect(late).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is heard from the lobby on, and closed afterwards but readable', async () => {
    const lobby = await liveWorkshop(world, facilitator, LOBBY)
    expect(await say(participant, lobby)).toMatchObject({ item: { kind: 'message' } })
    const hand = act(participant, lobby, acting('raise_hand', { on: true }))
    await expect(hand).rejects.toMatchObject({ code: 'workshop_not_open' })
    const tomorrow = await liveWorkshop(world, facilitator, TOMORROW)
    await expect(say(participant, tomorrow)).rejects.toMatchObject({ code: 'workshop_not_open' })
    await Workshop.updateOne({ _id: lobby._id }, { status: 'closed' })
    await expect(say(participant, lobby)).rejects.toMatchObject({ code: 'workshop_over' })
    expect(await open(participant, lobby)).toMatchObject({
      status: 'closed',
      may: { speak: false },
      items: [{ kind: 'message', text: 'Доброе утро.' }],
    })
  })

  it('lets nobody act who waits at its door, or was turned away', async () => {
    const row = await liveWorkshop(world, facilitator, { waitingRoom: true })
    await expect(say(participant, row)).rejects.toMatchObject({ code: 'in_waiting_room' })
    const { people } = await world.services.workshopAttendance.listWaiting(idOf(row))
    const place = { participant: people[0]?.id }
    await act(facilitator, row, acting('let_in', { ...place, on: true }))
    await say(participant, row)
    await act(facilitator, row, acting('let_in', { ...place, on: false }))
    await expect(say(participant, row)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(open(await world.stranger(), row)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what is said', () => {
  it('is there once, however often and from however many tabs it is sent', async () => {
    const row = await liveWorkshop(world, facilitator)
    const clientKey = randomUUID()
    const sent = await Promise.all([1, 2, 3].map(() => say(participant, row, { clientKey })))
    expect(new Set(sent.map(({ item }) => item?.id)).size).toBe(1)
    // the answer was lost, and the announcement too: both come again
    world.heard.length = 0
    await say(participant, row, { clientKey })
    expect(world.heard.map(([event]) => event)).toContain('workshop:item')
    expect(await WorkshopItem.countDocuments({ workshop: row._id })).toBe(1)
    expect((await reread(row)).roomRev).toBe(1)
  })

  it('is numbered without gaps when thirty speak at once', async () => {
    const row = await liveWorkshop(world, facilitator)
    const people = await Promise.all(Array.from({ length: 10 }, () => world.member('viewer')))
    await Promise.all([...people, ...people, ...people].map((each) => say(each, row)))
    const rows = await WorkshopItem.find({ workshop: row._id }).sort({ rev: 1 }).lean()
    expect(rows.map(({ rev }) => rev)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
    expect((await reread(row)).roomRev).toBe(30)
  })

  it('is asked about where it looks like patient data, and kept only on the word', async () => {
    const row = await liveWorkshop(world, facilitator)
    const text = 'Пациент Иванов Иван, 12.03.1984, тел. +7 921 555-01-02'
    await expect(say(participant, row, { text })).rejects.toMatchObject({ code: 'patient_data' })
    expect((await reread(row)).roomRev).toBe(0)
    await say(participant, row, { text, acknowledged: 'patient-data' })
    expect((await reread(row)).roomRev).toBe(1)
  })

  it('is translated into the other language, credited, by those who may', async () => {
    const row = await liveWorkshop(world, facilitator)
    const viewer = await world.member('viewer', 'b')
    const { id: item } = await itemOf(say(participant, row))
    const to = { item, of: 'text', text: 'Good morning.', lang: 'en' }
    const translate = (actor: Actor, fields: object = {}) =>
      act(actor, row, acting('translate', { ...to, ...fields }))
    await act(viewer, row, acting('ask_translation', { item }))
    const asked = await act(viewer, row, acting('ask_translation', { item }))
    expect(asked.item).toMatchObject({ translationAsked: true, rev: (await reread(row)).roomRev })
    await expect(translate(viewer)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(translate(facilitator, { lang: 'ru' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await translate(facilitator)
    const named = { participant: await placeOf(viewer, row), role: 'interpreter' }
    await act(facilitator, row, acting('name_role', named))
    const { item: second } = await translate(viewer, { text: 'Morning!' })
    expect(second).toMatchObject({
      translation: { text: 'Morning!', by: { role: 'interpreter' } },
      translationAsked: false,
    })
  })

  it('is taken back by who said it or a facilitator, words and all', async () => {
    const row = await liveWorkshop(world, facilitator)
    const other = await world.member('editor', 'a')
    const mine = (await itemOf(say(participant, row))).id
    const question = acting('ask', { text: 'Почему утром?', lang: 'ru' })
    const asked = (await itemOf(act(participant, row, question))).id
    const gone = (actor: Actor, item: string) => act(actor, row, acting('delete', { item }))
    await expect(gone(other, mine)).rejects.toMatchObject({ code: 'forbidden' })
    await gone(participant, mine)
    await Workshop.updateOne({ _id: row._id }, { status: 'closed' })
    const { item } = await gone(facilitator, asked)
    expect(item).toMatchObject({ text: '', deletedAt: expect.any(String) })
    const rows = await WorkshopItem.find({ workshop: row._id, kind: { $ne: 'stage' } }).lean()
    expect(JSON.stringify(rows)).not.toMatch(/утро/)
  })
})

describe('the order of speaking', () => {
  it('gives each one hand, and the floor to one', async () => {
    const row = await liveWorkshop(world, facilitator)
    const second = await world.member('viewer')
    const raise = (actor: Actor, on = true) => act(actor, row, acting('raise_hand', { on }))
    const twice = await Promise.all([raise(participant), raise(participant)])
    expect(twice[0].item?.id).toBe(twice[1].item?.id)
    const first = String(twice[0].item?.id)
    const next = await itemOf(raise(second))
    await act(facilitator, row, acting('give_floor', { item: first }))
    await act(facilitator, row, acting('give_floor', { item: next.id }))
    await act(facilitator, row, acting('give_floor', { item: next.id }))
    const hands = (await open(participant, row)).items.filter(({ kind }) => kind === 'hand')
    expect(hands).toMatchObject([{ id: next.id, state: 'speaking' }])
    expect((await raise(participant)).item?.id).not.toBe(first)
    await raise(second, false)
    expect(await raise(second, false)).toMatchObject({ item: { state: 'down' } })
    const floor = act(facilitator, row, acting('give_floor', { item: next.id }))
    await expect(floor).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('slides', () => {
  it('are shown by a presenter: pages that are there, of a deck of this workshop', async () => {
    const row = await liveWorkshop(world, facilitator)
    const elsewhere = await liveWorkshop(world, facilitator)
    const [deck, foreign, waiting] = await Promise.all([
      deckOf(row, 'ready'),
      deckOf(elsewhere, 'ready'),
      deckOf(row, 'waiting'),
    ])
    const show = (actor: Actor, fields: object) => act(actor, row, acting('show_slide', fields))
    const participantId = await placeOf(participant, row)
    const name = (role: string) =>
      act(facilitator, row, acting('name_role', { participant: participantId, role }))
    await name('presenter')
    const { item } = await show(participant, { deck, page: 2 })
    expect(item).toMatchObject({ slide: { deckId: deck, page: 2, pages: 3 }, rev: 2 })
    await expect(show(participant, { deck: foreign, page: 1 })).rejects.toThrow('not_found')
    await expect(show(participant, { deck, page: 4 })).rejects.toThrow('not_found')
    await expect(show(participant, { deck: waiting, page: 1 })).rejects.toThrow('conflict')
    await name('participant')
    await expect(show(participant, { deck, page: 3 })).rejects.toThrow('forbidden')
    // the page stays without its presenter, and a facilitator goes on
    const { items } = await open(participant, row)
    expect(items[0]).toMatchObject({ slide: { page: 2 }, presenter: { id: participantId } })
    await show(facilitator, { deck, page: 3 })
    expect(await act(facilitator, row, acting('hide_slides'))).toMatchObject({
      item: { slide: null, presenter: null },
    })
  })
})

async function deckOf(row: WorkshopRow, state: 'ready' | 'waiting'): Promise<string> {
  const page = { key: 'k', mediaType: 'image/webp', bytes: 1, width: 1, height: 1, text: '' }
  const ids = { resource: new Types.ObjectId(), rendition: new Types.ObjectId() }
  const { _id } = await SlideDeck.create({
    ...ids,
    partnership: row.partnership,
    workshop: row._id,
    title: { en: 'Slides' },
    lang: 'en',
    state,
    pages: [page, page, page],
    createdBy: facilitator.userId,
    clientKey: randomUUID(),
    at: new Date(),
  })
  return String(_id)
}

describe('a long talk', () => {
  it('begins with its last hundred messages, and comes whole in parts', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { item } = await say(participant, row)
    const first = await WorkshopItem.findById(item?.id).lean()
    const more = Array.from({ length: 239 }, (_, at) => {
      const numbers = { _id: new Types.ObjectId(), rev: at + 2, born: at + 2 }
      return { ...first, ...numbers, clientKey: randomUUID() }
    })
    await WorkshopItem.collection.insertMany(more as never[])
    await Workshop.updateOne({ _id: row._id }, { roomRev: 240 })
    const page = await open(participant, row)
    expect(page.items).toHaveLength(101)
    expect(page.earlier).toBe(140)
    const { workshopRoom } = world.services
    const shown = page.items.find(({ kind }) => kind === 'message')
    const before = await workshopRoom.listEarlier(participant, idOf(row), shown?.born ?? 0)
    expect(before.messages).toHaveLength(100)
    expect(before.earlier).toBe(40)
    const part = await workshopRoom.catchUp(participant, idOf(row), 0)
    expect(part).toMatchObject({ more: true, rev: 200 })
    const rest = await workshopRoom.catchUp(participant, idOf(row), part.rev)
    expect([rest.more, rest.rev, part.items.length + rest.items.length]).toEqual([false, 241, 241])
  })
})
