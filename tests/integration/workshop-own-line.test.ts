import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Session } from '../../models/session'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { SaveTest } from '../../shared/schemas/learning'
import { acting, liveWorkshop } from '../fixtures/live-workshop'
import { idOf, openRooms, type Rooms } from '../fixtures/open-rooms'
import { listenTo, next } from '../setup/sockets'
import type { World } from '../setup/world'

/** Long enough for what must not come to have come. */
const QUIET_MS = 300

let world: World
let facilitator: Actor
let act: Rooms['act']
let lineOf: Rooms['lineOf']
let comeIn: Rooms['comeIn']
let join: Rooms['join']
beforeAll(async () => {
  ;({ world, facilitator, act, lineOf, comeIn, join } = await openRooms())
})

describe('a line of one’s own', () => {
  it('is not told who is there when that is not wanted, and is from when it is', async () => {
    const row = await liveWorkshop(world, facilitator)
    const socket = await lineOf(await world.member('viewer'))
    const heard = listenTo(socket)
    const workshopId = idOf(row)
    const wish = (here: boolean) =>
      socket.emitWithAck('workshop:join', { workshopId, afterRev: 0, here })
    expect(await wish(false)).toMatchObject({ ok: true })
    const staff = await lineOf(facilitator)
    // on a busy machine it may be told before the answer to having come in
    const both = next(staff, 'workshop:here', ({ count }) => count === 2)
    await join(staff, row)
    await both
    await wait(QUIET_MS)
    expect(heard.map(([event]) => event)).not.toContain('workshop:here')

    const told = next(socket, 'workshop:here')
    await wish(true)
    expect((await told).people).toHaveLength(2)
    await wish(false)
    heard.length = 0
    const gone = next(staff, 'workshop:here', ({ count }) => count === 3)
    await comeIn(await world.member('viewer'), row)
    await gone
    expect(heard.map(([event]) => event)).not.toContain('workshop:here')
    expect(await wish('no' as never)).toEqual({ ok: false, code: 'invalid_input' })
  })

  it('is told who is there though nobody else has asked for it', async () => {
    const row = await liveWorkshop(world, facilitator)
    const socket = await lineOf(await world.member('viewer'))
    const at = { workshopId: idOf(row), afterRev: 0 }
    await socket.emitWithAck('workshop:join', { ...at, here: false })
    await wait(QUIET_MS)
    const told = next(socket, 'workshop:here')
    await socket.emitWithAck('workshop:join', { ...at, here: true })
    expect((await told).count).toBe(1)
  })

  it('hears one’s own votes from another tab, and nobody else’s', async () => {
    const row = await liveWorkshop(world, facilitator)
    const voter = await world.member('viewer')
    const tab = await comeIn(voter, row)
    const others = listenTo(await comeIn(await world.member('viewer'), row))
    const { item } = await act(facilitator, row, acting('ask', { text: 'Why?', lang: 'en' }))
    const told = next(tab, 'workshop:mine')
    await act(voter, row, acting('upvote', { item: item?.id, on: true }))
    expect((await told).mine).toEqual({ answers: {}, upvoted: [item?.id] })
    expect(others.map(([event]) => event)).not.toContain('workshop:mine')
  })

  it('is told of a vote for which the workshop was read once, to ask what its voter may', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { item } = await act(facilitator, row, acting('ask', { text: 'Why?', lang: 'en' }))
    const { workshopDoor, workshopRoom } = world.services
    const voter = await world.member('viewer')
    const vote = async (on: boolean) => {
      // as the route, and then the voter's line, do it
      const actor = await workshopDoor.attendeeAmong([voter], idOf(row))
      await act(actor, row, acting('upvote', { item: item?.id, on }))
      return workshopRoom.readMine(idOf(row), inside)
    }
    const inside = await workshopRoom.admitToRoom(voter, idOf(row))
    await vote(true)
    await world.db.command({ profile: 2 })
    expect((await vote(false)).upvoted).toEqual([])
    await world.db.command({ profile: 0 })
    const reads = { op: 'query', 'command.find': 'workshops', 'command.filter._id': row._id }
    expect(await world.db.collection('system.profile').countDocuments(reads)).toBe(1)
    // whoever may not come in any more votes no more
    await world.remove(voter)
    const gone = { ...voter, memberships: [] }
    await expect(
      act(gone, row, acting('upvote', { item: item?.id, on: true })),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('that is refused once it has come in is out again', async () => {
    const row = await liveWorkshop(world, facilitator)
    const socket = await lineOf(await world.member('viewer'))
    const { workshopRoom } = world.services
    vi.spyOn(workshopRoom, 'catchUp').mockRejectedValueOnce(new AppError('in_waiting_room'))
    expect(await join(socket, row)).toEqual({ ok: false, code: 'in_waiting_room' })
    const [refused, others] = [listenTo(socket), listenTo(await comeIn(facilitator, row))]
    await act(facilitator, row, acting('say', { text: 'Among us.', lang: 'en' }))
    await expect.poll(() => JSON.stringify(others)).toContain('Among us.')
    expect(refused.map(([event]) => event)).not.toContain('workshop:item')
  })

  it('that asks for nothing ends all the same, if its session ended as it was opened', async () => {
    const person = await world.member('viewer')
    const socket = await lineOf(person)
    // the word of it had nobody to reach yet
    await Session.deleteMany({ user: person.userId })
    await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 3_000 })
  })
})

describe('a test', () => {
  it('that is opened or emptied meanwhile is told in the room, and to whoever comes back', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { learning } = world.services
    const options = [{ en: 'Yes' }, { en: 'No' }]
    const item = { place: 1, promptEn: 'Sure?', promptRu: '', options, right: 0 }
    await learning.saveTest(facilitator, idOf(row), SaveTest.parse({ base: 0, items: [item] }))
    const participant = await world.member('viewer')
    const told = next(await comeIn(participant, row), 'workshop:tests')
    await learning.openTest(facilitator, idOf(row), { phase: 'post', open: true })
    expect(await told).toEqual({ workshopId: idOf(row), open: ['post'] })
    const late = await lineOf(participant)
    const answer = await late.emitWithAck('workshop:join', { workshopId: idOf(row), afterRev: 0 })
    expect(answer).toMatchObject({ ok: true, value: { tests: ['post'] } })

    const emptied = next(late, 'workshop:tests')
    await learning.saveTest(facilitator, idOf(row), SaveTest.parse({ base: 1, items: [] }))
    expect((await emptied).open).toEqual([])
  })
})
