import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { beginGuestSession } from '../../server/auth/guests'
import type { Actor } from '../../shared/actor'
import { GUEST_COOKIE } from '../../shared/guests'
import { WorkshopPlan } from '../../shared/schemas/workshops'
import { acting, guestIn, liveWorkshop, POLL } from '../fixtures/live-workshop'
import { idOf, openRooms, type Rooms } from '../fixtures/open-rooms'
import { connect, listenTo, next, opened } from '../setup/sockets'
import type { World } from '../setup/world'

/** Long enough for what must not come to have come. */
const QUIET_MS = 300
/** What must come may take so long on a busy machine. */
const SEEN = { timeout: 5_000 }
/** A right that was taken is gone after so long. */
const SOON = { timeout: 2_000 }

let world: World
let origin: string
let facilitator: Actor
let act: Rooms['act']
let lineOf: Rooms['lineOf']
let comeIn: Rooms['comeIn']
let join: Rooms['join']
beforeAll(async () => {
  ;({ world, facilitator, act, lineOf, comeIn, origin, join } = await openRooms())
})

const said = (text: string) => acting('say', { text, lang: 'ru' })

async function guestLine(row: WorkshopRow, door: 'admitted' | 'waiting') {
  await Workshop.updateOne({ _id: row._id }, { guests: true })
  const guest = await guestIn(row, { present: false })
  const place = await WorkshopParticipant.findByIdAndUpdate(guest.userId, { door }).lean()
  if (!place) throw new Error('no place')
  const token = await beginGuestSession(place, row, world.clock.now())
  const socket = connect(origin, `${GUEST_COOKIE}=${token}`)
  expect(await opened(socket)).toBe('connected')
  return { guest, socket }
}

/** A coordinator changes the plan. */
async function replan({ _id }: WorkshopRow, fields: object): Promise<void> {
  const { workshops } = world.services
  const coordinator = await world.member('coordinator')
  const { rev } = await workshops.readPlan(coordinator, String(_id))
  const agenda = [{ minutes: 60, titleEn: 'All', spoken: 'en' }]
  const when = { startsAt: '2031-12-02T09:00', timeZone: 'Europe/Moscow' }
  const plan = { titleEn: 'Adherence', mode: 'virtual', ...when, agenda, ...fields }
  const change = { plan: WorkshopPlan.parse(plan), base: rev }
  await workshops.changeWorkshop(coordinator, String(_id), change)
}

const textsIn = (heard: [string, unknown][]) => JSON.stringify(heard)

describe('a room, live', () => {
  it('tells everybody what is said, and facilitators alone what is being prepared', async () => {
    const row = await liveWorkshop(world, facilitator)
    const participant = await world.member('viewer')
    const staff = listenTo(await comeIn(facilitator, row))
    const others = listenTo(await comeIn(participant, row))
    const { item: poll } = await act(facilitator, row, acting('make_poll', POLL))
    const { item: message } = await act(participant, row, said('Слышно?'))
    await vi.waitFor(() => {
      const items = (heard: [string, unknown][]) =>
        heard.flatMap(([event, fact]) => (event === 'workshop:item' ? [fact] : []))
      const workshopId = idOf(row)
      expect(items(staff)).toEqual([poll, message].map((item) => ({ workshopId, item })))
      expect(items(others)).toEqual([
        { workshopId, item: { kind: 'hidden', id: poll?.id, rev: poll?.rev, born: poll?.born } },
        { workshopId, item: message },
      ])
    }, SEEN)
    expect(textsIn(others)).not.toContain('How often')
  })

  it('gathers votes into one fact, and tells the pulse to facilitators', async () => {
    const row = await liveWorkshop(world, facilitator)
    const people = await Promise.all([1, 2, 3].map(() => world.member('viewer')))
    const staff = listenTo(await comeIn(facilitator, row))
    const others = listenTo(await comeIn(await world.member('viewer'), row))
    const { item } = await act(facilitator, row, acting('ask', { text: 'Why?', lang: 'en' }))
    const on = { item: item?.id, on: true }
    await Promise.all(people.map((each) => act(each, row, acting('upvote', on))))
    await Promise.all(people.map((each) => act(each, row, acting('pulse', { pulse: 'lost' }))))
    const of = (heard: [string, unknown][], name: string) =>
      heard.flatMap(([event, fact]) => (event === name ? [fact] : []))
    await vi.waitFor(() => {
      expect(of(others, 'workshop:tallies').at(-1)).toMatchObject({
        tallies: [{ id: item?.id, count: 3 }],
      })
      expect(of(staff, 'workshop:pulse').at(-1)).toMatchObject({ pulse: { lost: 3 } })
    }, SEEN)
    const before = of(others, 'workshop:tallies').length
    const vote = { workshopId: idOf(row), itemId: item?.id ?? '' }
    for (let n = 0; n < 20; n++) world.bus.publish('workshop:voted', vote)
    await expect.poll(() => of(others, 'workshop:tallies').length).toBeGreaterThan(before)
    await wait(QUIET_MS)
    // what was being gathered already may be one of its own
    expect(of(others, 'workshop:tallies').length - before).toBeLessThanOrEqual(2)
    expect(of(others, 'workshop:pulse')).toEqual([])
  })

  it('catches up with what was missed while the line was away', async () => {
    const row = await liveWorkshop(world, facilitator)
    const participant = await world.member('viewer')
    const first = await comeIn(participant, row)
    await act(participant, row, said('До.'))
    first.disconnect()
    await act(facilitator, row, said('Meanwhile.'))
    expect(await join(await lineOf(participant), row, 1)).toMatchObject({
      ok: true,
      value: { rev: 2, more: false, items: [{ text: 'Meanwhile.', rev: 2 }], status: 'live' },
    })
  })

  it('tells who is there, on every line once, and of those who have gone', async () => {
    const row = await liveWorkshop(world, facilitator)
    const participant = await world.member('viewer')
    const staff = await comeIn(facilitator, row)
    const both = next(staff, 'workshop:here', ({ count }) => count === 2)
    const tabs = [await comeIn(participant, row), await comeIn(participant, row)]
    const two = await both
    expect(two.people).toMatchObject([{ role: 'facilitator' }, { role: 'participant' }])
    for (const tab of tabs) tab.disconnect()
    expect(await next(staff, 'workshop:here', ({ count }) => count === 1)).toMatchObject({
      people: [{ role: 'facilitator' }],
    })
  })
})

describe('who may not, or not any more,', () => {
  it('hears nothing two seconds after they were removed', async () => {
    const row = await liveWorkshop(world, facilitator)
    const participant = await world.member('viewer')
    const socket = await comeIn(participant, row)
    const heard = listenTo(socket)
    await world.remove(participant)
    await vi.waitFor(() => expect(socket.connected).toBe(false), SOON)
    await act(facilitator, row, said('Among us.'))
    const again = await lineOf(participant)
    expect(await join(again, row)).toMatchObject({ ok: false })
    const later = listenTo(again)
    await act(facilitator, row, said('Still among us.'))
    await wait(QUIET_MS)
    expect(textsIn([...heard, ...later])).not.toContain('mong us')
  })

  it('hears what facilitators hear no more once they are none, and at once when named', async () => {
    const row = await liveWorkshop(world, facilitator)
    const other = await world.member('editor', 'a')
    const [was, is] = [await comeIn(facilitator, row), await comeIn(other, row)]
    const told = Promise.all([was, is].map((each) => next(each, 'workshop:door')))
    await replan(row, { facilitators: [other.userId] })
    await told
    const [before, now] = [listenTo(was), listenTo(is)]
    await act(other, row, acting('make_poll', POLL))
    await vi.waitFor(() => expect(textsIn(now)).toContain('How often'), SEEN)
    expect(textsIn(before)).not.toContain('How often')
    expect(textsIn(before)).toContain('hidden')
  })

  it('hears no more of a draft than others, whether or not they were told of it', async () => {
    const row = await liveWorkshop(world, facilitator, { status: 'draft' })
    const other = await world.member('editor', 'a')
    const socket = await comeIn(facilitator, row)
    const told = next(socket, 'workshop:door')
    await replan(row, { facilitators: [other.userId] })
    await told
    const live = await liveWorkshop(world, facilitator)
    expect(await join(socket, live)).toMatchObject({ ok: true })
    // the word of it was lost
    await Workshop.updateOne({ _id: live._id }, { facilitators: [other.userId] })
    const again = next(socket, 'workshop:door')
    expect(await join(socket, await liveWorkshop(world, facilitator))).toMatchObject({ ok: true })
    await again
  })

  it('as a guest is out as soon as there are none', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { socket } = await guestLine(row, 'admitted')
    expect(await join(socket, row)).toMatchObject({ ok: true })
    const member = await comeIn(await world.member('viewer'), row)
    const heard = listenTo(socket)
    await replan(row, { guests: false })
    await vi.waitFor(() => expect(socket.connected).toBe(false), SOON)
    await act(facilitator, row, said('Among us.'))
    expect(textsIn(heard)).not.toContain('Among us')
    expect(member.connected).toBe(true)
  })

  it('is one of so many at the door, of whom facilitators hear at a pace', async () => {
    const row = await liveWorkshop(world, facilitator, { guests: true })
    // on a thin line, and so told of nobody who is there: the pace is the door's own
    const staff = await lineOf(facilitator)
    await staff.emitWithAck('workshop:join', { workshopId: idOf(row), afterRev: 0, here: false })
    const people = await Promise.all(Array.from({ length: 32 }, () => guestIn(row)))
    const ids = people.map(({ userId }) => userId)
    await WorkshopParticipant.updateMany({ _id: { $in: ids } }, { door: 'waiting' })
    const told = next(staff, 'workshop:waiting')
    const arrive = () =>
      world.bus.publish('workshop:door', { workshopId: idOf(row), participantId: ids[0] ?? '' })
    arrive()
    const first = await told
    expect([first.count, first.people.length]).toEqual([32, 30])
    // all are called the same: the address tells them apart
    expect(new Set(first.people.map(({ email }) => email)).size).toBe(30)
    const heard = listenTo(staff)
    for (let time = 0; time < 2; time++) {
      arrive()
      await wait(400)
    }
    expect(heard.map(([event]) => event)).not.toContain('workshop:waiting')
    // and whoever runs it and comes later
    const late = await lineOf(facilitator)
    const greeted = next(late, 'workshop:waiting')
    await join(late, row)
    expect((await greeted).count).toBe(32)
  })

  it('waits again once the plan says so, and is told', async () => {
    const row = await liveWorkshop(world, facilitator)
    const socket = await comeIn(await world.member('viewer'), row)
    const told = next(socket, 'workshop:door')
    await replan(row, { waitingRoom: true, facilitators: [facilitator.userId] })
    await told
    const heard = listenTo(socket)
    await act(facilitator, row, said('Among us.'))
    await wait(QUIET_MS)
    expect(textsIn(heard)).not.toContain('Among us')
  })

  it('waits at the door until let in, and is told then', async () => {
    const row = await liveWorkshop(world, facilitator, { waitingRoom: true })
    const staff = await comeIn(facilitator, row)
    const waits = next(staff, 'workshop:waiting')
    const participant = await world.member('viewer')
    const socket = await lineOf(participant)
    expect(await join(socket, row)).toEqual({ ok: false, code: 'in_waiting_room' })
    expect(await socket.emitWithAck('workshop:wait', { workshopId: idOf(row) })).toMatchObject({
      ok: true,
    })
    const { people } = await waits
    const heard = listenTo(socket)
    await act(facilitator, row, said('Not for the door.'))
    const letIn = { participant: people[0]?.id, on: true }
    await act(facilitator, row, acting('let_in', letIn))
    await vi.waitFor(() => expect(socket.connected && heard.length === 0).toBe(false), SOON)
    expect(textsIn(heard)).not.toContain('Not for the door')
    expect(await join(await lineOf(participant), row)).toMatchObject({ ok: true })
  })

  it('as a guest takes part in one workshop, and in nothing else', async () => {
    const row = await liveWorkshop(world, facilitator)
    const other = await liveWorkshop(world, facilitator)
    const { guest, socket } = await guestLine(row, 'admitted')
    expect(await join(socket, row)).toMatchObject({ ok: true, value: { me: { userId: null } } })
    expect(await join(socket, other)).toMatchObject({ ok: false })
    const { partnershipId } = world
    expect(await socket.emitWithAck('partnership:join', { partnershipId })).toMatchObject({
      ok: false,
    })
    const before = world.heard.length
    await act(facilitator, row, acting('let_in', { participant: guest.userId, on: false }))
    // their going is noted once they are out
    const facts = () => JSON.stringify(world.heard.slice(before))
    await vi.waitFor(() => expect(facts()).toContain('workshop:came'), SOON)
    const heard = listenTo(socket)
    await act(facilitator, row, said('Not for the one outside.'))
    await wait(QUIET_MS)
    expect(textsIn(heard)).not.toContain('outside')
    const waiting = await guestLine(other, 'waiting')
    expect(await join(waiting.socket, other)).toEqual({ ok: false, code: 'in_waiting_room' })
  })

  it('leaves a cancelled workshop, and is told what became of it', async () => {
    const row = await liveWorkshop(world, facilitator)
    const socket = await comeIn(await world.member('viewer'), row)
    const told = next(socket, 'workshop:status')
    await Workshop.updateOne({ _id: row._id }, { status: 'cancelled' })
    const fact = { workshopId: idOf(row), status: 'cancelled' as const, roomRev: 0 }
    world.bus.publish('workshop:status', fact)
    expect(await told).toMatchObject({ status: 'cancelled' })
    expect(await join(socket, row)).toEqual({ ok: false, code: 'workshop_over' })
  })

  it('asks for nothing with what is no id, or more rooms than anybody has open', async () => {
    const socket = await lineOf(facilitator)
    const bad = { workshopId: { $ne: null }, afterRev: 0 } as never
    const refused = { ok: false, code: 'invalid_input' }
    expect(await socket.emitWithAck('workshop:join', bad)).toEqual(refused)
    const rooms = Array.from({ length: 11 }, () => liveWorkshop(world, facilitator))
    const answers = []
    for (const row of await Promise.all(rooms)) answers.push(await join(socket, row))
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, code: 'too_many_requests' }])
  })
})
