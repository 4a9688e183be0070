import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import { participantFor } from '../../server/services/workshop-attendees'
import { readPulse, sendPulse } from '../../server/services/workshop-pulse'
import { answerQuestion, askQuestion, setQuestion } from '../../server/services/workshop-questions'
import { readTallies, tallyViews } from '../../server/services/workshop-tallies'
import type { Actor } from '../../shared/actor'
import type { RoomAct } from '../../shared/schemas/workshop-room'
import { PULSE_MS } from '../../shared/workshops'
import {
  acting,
  CASE,
  castVote,
  guestIn,
  liveWorkshop,
  POLL,
  reread,
} from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let asker: Actor
let workshop: WorkshopRow
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
  workshop = await liveWorkshop(world, facilitator)
  asker = await guestIn(workshop)
})

const ask = (fields: object = {}) =>
  askQuestion(
    world.ports,
    asker,
    workshop,
    acting('ask', { text: 'Что при рвоте?', lang: 'ru', ...fields }),
  )
const asked = async () => String((await ask())._id)
const placeOf = (actor: Actor) => participantFor(actor, workshop, world.clock.now())
const set = async (item: string, status: string) => {
  const act = acting('set_question', { item, status })
  return setQuestion(world.ports, facilitator, workshop, act, await placeOf(facilitator))
}
const answer = async (item: string, fields: object = {}) => {
  const said = { how: 'written', lang: 'en', text: 'Again within the hour.', ...fields }
  const act = acting('answer', { item, ...said })
  return answerQuestion(world.ports, facilitator, workshop, act, await placeOf(facilitator))
}
const like = (actor: Actor, item: string, on = true) =>
  castVote(world, actor, workshop, acting('upvote', { item, on }))
const mine = async (actor: Actor) => {
  const { admitToRoom, readMine } = world.services.workshopRoom
  const id = String(workshop._id)
  return readMine(id, await admitToRoom(actor, id))
}
const statusOf = async (id: string) =>
  String(Object(await WorkshopItem.findById(id).lean()).body.status)
const refused = (code: string, detail: object = {}) => ({ code, detail })

describe('a question', () => {
  it('of somebody else is deleted on the record, without its words', async () => {
    const room = (actor: Actor, item: string) =>
      world.services.workshopRoom.act(actor, String(workshop._id), acting('delete', { item }))
    const own = acting('ask', { text: 'Что при тошноте?', lang: 'ru' })
    const mine = String((await askQuestion(world.ports, facilitator, workshop, own))._id)
    const theirs = await asked()
    await room(facilitator, mine)
    await room(facilitator, theirs)
    await room(facilitator, theirs)
    const told = await AuditEntry.find({ kind: 'said:deleted' }).lean()
    expect(told).toMatchObject([
      { subject: { workshop: String(workshop._id), item: theirs }, detail: { kind: 'question' } },
    ])
    expect(told.map(({ by }) => String(by))).toEqual([facilitator.userId])
    expect(JSON.stringify(told)).not.toContain('рвот')
  })

  it('is asked once, and counts its votes from then on', async () => {
    const act = acting('ask', { text: 'Что при рвоте?', lang: 'ru' })
    const [one, other] = await Promise.all([
      askQuestion(world.ports, asker, workshop, act),
      askQuestion(world.ports, asker, workshop, act),
    ])
    expect(other._id).toEqual(one._id)
    expect(await readTallies([one._id])).toEqual([{ id: String(one._id), rev: 0, count: 0 }])
    await expect(ask({ text: 'СНИЛС 112-233-445 95' })).rejects.toMatchObject(
      refused('patient_data', { text: 'snils' }),
    )
    // nothing half: neither a question nor its tally
    const items = await WorkshopItem.countDocuments({ workshop: workshop._id, kind: 'question' })
    expect(await WorkshopTally.countDocuments({ workshop: workshop._id })).toBe(items)
  })

  it('gets a vote of each other person once, and gives it back', async () => {
    const item = await asked()
    const people = await Promise.all(Array.from({ length: 20 }, () => guestIn(workshop)))
    const before = (await reread(workshop)).roomRev
    await Promise.all([...people, ...people].map((person) => like(person, item)))
    expect(await readTallies([item])).toMatchObject([{ rev: 20, count: 20 }])
    const [first] = people
    if (!first) throw new Error('nobody')
    expect((await mine(first)).upvoted).toEqual([item])
    await Promise.all([like(first, item, false), like(first, item, false)])
    expect(await readTallies([item])).toMatchObject([{ rev: 21, count: 19 }])
    expect((await mine(first)).upvoted).toEqual([])
    await expect(like(asker, item)).rejects.toMatchObject(refused('forbidden'))
    expect((await reread(workshop)).roomRev).toBe(before)
    expect(await tallyViews(workshop)).toContainEqual({ id: item, rev: 21, count: 19 })
  })

  it('gets votes while it is on air, and none once it is answered or set aside', async () => {
    const item = await asked()
    const someone = await guestIn(workshop)
    await set(item, 'on_air')
    await like(someone, item)
    await set(item, 'set_aside')
    await expect(like(await guestIn(workshop), item)).rejects.toMatchObject(refused('conflict'))
    // it is so already: only the acknowledgement was lost
    await like(someone, item)
    await set(item, 'open')
    await like(await guestIn(workshop), item)
    await answer(item)
    await expect(like(someone, item, false)).rejects.toMatchObject(refused('conflict'))
    expect(await readTallies([item])).toMatchObject([{ count: 2 }])
  })

  it('is alone on air: the one before is open again, each change with its number', async () => {
    const ids = await Promise.all([asked(), asked(), asked()])
    await Promise.all(ids.map((item) => set(item, 'on_air')))
    const statuses = await Promise.all(ids.map(statusOf))
    expect(statuses.toSorted()).toEqual(['on_air', 'open', 'open'])
    const before = (await reread(workshop)).roomRev
    await set(ids[statuses.indexOf('on_air')] as string, 'on_air')
    expect((await reread(workshop)).roomRev).toBe(before)
    world.heard.length = 0
    await set(ids[statuses.indexOf('open')] as string, 'on_air')
    const revs = world.heard.map(([, fact]) => (fact as { item: { rev: number } }).item.rev)
    expect(revs).toEqual([before + 1, before + 2])
  })

  it('is answered aloud or in writing; the answer given last stands, with its author', async () => {
    const item = await asked()
    await expect(answer(item, { text: '' })).rejects.toMatchObject(
      refused('invalid_input', { text: 'required' }),
    )
    const aloud = await answer(item, { how: 'live', text: '' })
    expect(aloud.body).toMatchObject({ status: 'answered', answer: { how: 'live', text: '' } })
    const written = await answer(item)
    expect(written.body.answer).toMatchObject({ how: 'written', lang: 'en' })
    // the same again changes nothing
    expect(await answer(item)).toEqual(written)
    await expect(answer(item, { text: 'SSN 078-05-1121' })).rejects.toMatchObject({
      code: 'patient_data',
    })
  })

  it('is not asked, answered or voted for once the workshop is over', async () => {
    const item = await asked()
    const over = await liveWorkshop(world, facilitator, { status: 'closed' })
    const act = acting('ask', { text: 'Ещё?', lang: 'ru' })
    const late = await guestIn(over)
    await expect(askQuestion(world.ports, late, over, act)).rejects.toMatchObject(
      refused('workshop_over'),
    )
    await expect(
      castVote(world, late, over, acting('upvote', { item, on: true })),
    ).rejects.toMatchObject(refused('workshop_over'))
    // counted, and only its acknowledgement was lost
    const [liked, voter] = [acting('upvote', { item, on: true }), await guestIn(workshop)]
    const closed = { ...workshop, status: 'closed' as const }
    await castVote(world, voter, workshop, liked)
    expect(await castVote(world, voter, closed, liked)).toBeNull()
    const back = castVote(world, voter, closed, acting('upvote', { item, on: false }))
    await expect(back).rejects.toMatchObject(refused('workshop_over'))
    const elsewhere = await liveWorkshop(world, facilitator)
    const there = await guestIn(elsewhere)
    await expect(
      castVote(world, there, elsewhere, acting('upvote', { item, on: true })),
    ).rejects.toMatchObject(refused('not_found'))
  })
})

describe('the pulse of a room', () => {
  it('counts each person and sign once, for three minutes, and names nobody', async () => {
    const room = await liveWorkshop(world, facilitator)
    const people = await Promise.all([guestIn(room), guestIn(room), guestIn(room)])
    let now = new Date()
    const ports = { ...world.ports, clock: { now: () => now } }
    const send = (actor: Actor, pulse: string) =>
      sendPulse(ports, actor, room, acting('pulse', { pulse }))
    // the first ones at once, twice each
    await Promise.all([...people, ...people].map((person) => send(person, 'too_fast')))
    const [first] = people
    if (!first) throw new Error('nobody')
    await send(first, 'lost')
    expect(await readPulse(room, now)).toMatchObject({ pulse: { too_fast: 3, lost: 1 } })
    now = new Date(now.getTime() + PULSE_MS - 1_000)
    await send(first, 'too_fast')
    now = new Date(now.getTime() + 2_000)
    // as soon as the oldest of them has run out there are fewer
    const left = { pulse: { too_fast: 1, lost: 0 }, endsInMs: PULSE_MS - 2_000 }
    expect(await readPulse(room, now)).toEqual(left)
    await send(first, 'lost')
    const row = await WorkshopTally.findById(room._id).lean()
    expect(row?.votes).toHaveLength(2)
    expect(JSON.stringify(row)).not.toContain(first.userId)
    expect(await tallyViews(room)).toEqual([])
  })

  it('is not taken again and again', async () => {
    const room = await liveWorkshop(world, facilitator)
    const someone = await guestIn(room)
    const act = acting('pulse', { pulse: 'lost' })
    const many = Array.from({ length: 70 }, () => sendPulse(world.ports, someone, room, act))
    const refusals = (await Promise.allSettled(many)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason.code] : [],
    )
    expect(new Set(refusals)).toEqual(new Set(['too_many_requests']))
  })
})

describe('whoever speaks by the plan', () => {
  it('answers what they are asked, passes the door, and is what a facilitator says', async () => {
    const [speaker, other] = [await world.member('viewer'), await world.member('viewer')]
    const spoken = 'en' as const
    const agenda = [{ minutes: 10, title: { en: 'Doses' }, speaker: speaker.userId, spoken }]
    const row = await liveWorkshop(world, facilitator, { agenda, waitingRoom: true })
    const { workshopRoom } = world.services
    const act = (actor: Actor, done: RoomAct) => workshopRoom.act(actor, String(row._id), done)
    const { item } = await act(speaker, acting('ask', { text: 'How often?', lang: 'en' }))
    const said = { item: item?.id, how: 'written', lang: 'en', text: 'Daily.' }
    await expect(act(other, acting('answer', said))).rejects.toMatchObject({
      code: 'in_waiting_room',
    })
    await act(speaker, acting('set_question', { item: item?.id, status: 'on_air' }))
    const answered = await act(speaker, acting('answer', said))
    expect(answered.item).toMatchObject({ status: 'answered', answer: { text: 'Daily.' } })
    const page = await workshopRoom.openRoom(speaker, String(row._id))
    expect(page).toMatchObject({ may: { present: true, facilitate: false }, staff: false })
    expect(page.me.role).toBe('presenter')
    const timer = act(speaker, acting('set_timer', { minutes: 5 }))
    await expect(timer).rejects.toMatchObject({ code: 'forbidden' })
    await Workshop.updateOne({ _id: row._id }, { waitingRoom: false })
    const name = (role: string) =>
      act(facilitator, acting('name_role', { participant: page.me.id, role }))
    await name('participant')
    const late = act(speaker, acting('answer', { ...said, text: 'Weekly.' }))
    await expect(late).rejects.toMatchObject({ code: 'forbidden' })
    await name('presenter')
    await act(speaker, acting('answer', { ...said, text: 'Weekly.' }))
    const unseen = acting('answer', { ...said, seen: '' })
    await expect(act(speaker, unseen)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('after a workshop', () => {
  it('what was said is translated and answered, and results are shown', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { workshopRoom } = world.services
    const act = (done: RoomAct, actor = facilitator) =>
      workshopRoom.act(actor, String(row._id), done)
    const idOf = async (done: RoomAct) => String((await act(done)).item?.id)
    const said = await idOf(acting('say', { text: 'Здесь.', lang: 'ru' }))
    const question = await idOf(acting('ask', { text: 'Why?', lang: 'en' }))
    const offered = await idOf(acting('offer_case', CASE))
    const poll = await idOf(acting('make_poll', POLL))
    await act(acting('open_poll', { item: poll }))
    await Workshop.updateOne({ _id: row._id }, { status: 'closed' })
    const viewer = await world.member('viewer')
    const later: [RoomAct, Actor?][] = [
      [acting('ask_translation', { item: said }), viewer],
      [acting('translate', { item: said, of: 'text', text: 'Here.', lang: 'en' })],
      [acting('answer', { item: question, how: 'written', text: 'So.', lang: 'en' })],
      [acting('show_results', { item: poll, on: true })],
      [acting('set_case', { item: offered, status: 'discussed', recommendations: 'A call.' })],
    ]
    for (const [done, actor] of later) await act(done, actor)
    const { items } = await workshopRoom.openRoom(viewer, String(row._id))
    expect(items).toMatchObject([
      { kind: 'message', translation: { text: 'Here.' } },
      { kind: 'question', answer: { text: 'So.' } },
      { kind: 'poll', shown: true },
      { kind: 'case', recommendations: { text: 'A call.' } },
    ])
    const over = { code: 'workshop_over' }
    for (const done of [
      acting('open_poll', { item: poll }),
      acting('set_case', { item: offered, status: 'on_air' }),
      acting('set_question', { item: question, status: 'on_air' }),
    ]) {
      await expect(act(done), done.act).rejects.toMatchObject(over)
    }
    await Workshop.updateOne({ _id: row._id }, { status: 'cancelled' })
    for (const [done, actor] of later) await expect(act(done, actor)).rejects.toMatchObject(over)
  })
})
