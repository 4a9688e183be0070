import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopTally } from '../../models/workshop-tally'
import { act as doIt } from '../../server/services/workshop-acts'
import { moveWorkshop } from '../../server/services/workshop-states'
import type { Actor } from '../../shared/actor'
import type { RoomAct } from '../../shared/schemas/workshop-room'
import { PULSE_MS } from '../../shared/workshops'
import { acting, CASE, liveWorkshop, POLL, reread } from '../fixtures/live-workshop'
import { idOf, openRooms, type Rooms } from '../fixtures/open-rooms'
import { listenTo, next } from '../setup/sockets'
import type { World } from '../setup/world'

let world: World
let facilitator: Actor
let rooms: Rooms
beforeAll(async () => {
  rooms = await openRooms()
  ;({ world, facilitator } = rooms)
})

/** A process that ends between its commit and the announcement. */
const dying = () => ({ ...world.ports, bus: { ...world.ports.bus, publish: () => {} } })
const itemsTold = () =>
  world.heard.flatMap(([event, fact]) =>
    event === 'workshop:item' && 'item' in fact ? [fact.item.rev] : [],
  )
const staysOf = async (row: WorkshopRow) =>
  (await WorkshopParticipant.find({ workshop: row._id }).lean()).flatMap(({ stays }) => stays)

describe('what was done and announced to nobody', () => {
  it('is announced when it is said again', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { item: question } = await rooms.act(
      facilitator,
      row,
      acting('ask', { text: 'Why?', lang: 'en' }),
    )
    const { item: poll } = await rooms.act(facilitator, row, acting('make_poll', POLL))
    const { item: offered } = await rooms.act(facilitator, row, acting('offer_case', CASE))
    const acts: RoomAct[] = [
      acting('set_timer', { minutes: 5 }),
      acting('open_poll', { item: poll?.id }),
      acting('set_question', { item: question?.id, status: 'on_air' }),
      acting('set_case', { item: offered?.id, status: 'on_air' }),
      acting('raise_hand', { on: true }),
      acting('raise_hand', { on: false }),
      acting('make_groups', { count: 2, by: 'chance', minutes: 5 }),
      acting('call_back'),
    ]
    for (const each of acts) {
      await doIt(dying(), facilitator, idOf(row), each)
      world.heard.length = 0
      await rooms.act(facilitator, row, each)
      expect(itemsTold(), each.act).toContain((await reread(row)).roomRev)
    }
  })

  it('as the end of a workshop is announced again, and nobody is there any more', async () => {
    const row = await liveWorkshop(world, facilitator)
    await rooms.act(facilitator, row, acting('set_timer', { minutes: 5 }))
    const socket = await rooms.comeIn(facilitator, row)
    const close = { verb: 'close', reason: '' } as const
    await moveWorkshop(dying(), facilitator, idOf(row), close)
    await WorkshopParticipant.updateMany({ workshop: row._id }, { 'stays.0.to': null })
    const told = next(socket, 'workshop:status')
    await world.services.workshops.moveWorkshop(facilitator, idOf(row), close)
    const { roomRev } = await reread(row)
    expect(await told).toEqual({ workshopId: idOf(row), status: 'closed', roomRev })
    expect((await staysOf(row)).filter(({ to }) => to === null)).toEqual([])
  })

  it('is found by a page that is told now and then how its room stands', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const { origin } = await world.serve()
      const row = await liveWorkshop(world, facilitator)
      const socket = await rooms.lineOf(facilitator, origin)
      await rooms.join(socket, row)
      await doIt(dying(), facilitator, idOf(row), acting('set_timer', { minutes: 5 }))
      const told = next(socket, 'workshop:status')
      await vi.advanceTimersByTimeAsync(60_000)
      const { roomRev } = await reread(row)
      expect(await told).toEqual({ workshopId: idOf(row), status: 'live', roomRev })
    } finally {
      vi.useRealTimers()
    }
  })

  it('as votes is shown to whoever comes back', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { item } = await rooms.act(facilitator, row, acting('make_poll', POLL))
    await rooms.act(facilitator, row, acting('open_poll', { item: item?.id }))
    const vote = { voter: 'somebody', choices: ['a'], text: '', lang: null, at: new Date() }
    await WorkshopTally.updateOne({ _id: item?.id }, { $push: { votes: vote }, $inc: { rev: 1 } })
    const socket = await rooms.lineOf(facilitator)
    // it may be told before the answer to having come in
    const shown = next(socket, 'workshop:item')
    await rooms.join(socket, row)
    expect((await shown).item).toMatchObject({ id: item?.id, results: { counts: { a: 1 } } })
    expect(await WorkshopItem.findById(item?.id).lean()).toMatchObject({ body: { counted: 1 } })
  })
})

describe('somebody in a room', () => {
  it('is written down as there, if not at once then when they ask again', async () => {
    const row = await liveWorkshop(world, facilitator)
    const participant = await world.member('viewer')
    const socket = await rooms.lineOf(participant)
    const { workshopAttendance } = world.services
    const failing = vi.spyOn(workshopAttendance, 'beginStay').mockRejectedValueOnce(new Error('no'))
    expect(await rooms.join(socket, row)).toMatchObject({ ok: false })
    expect(await rooms.join(socket, row)).toMatchObject({ ok: true })
    expect(await rooms.join(socket, row)).toMatchObject({ ok: true })
    expect(failing).toHaveBeenCalledTimes(2)
    failing.mockRestore()
    expect(await staysOf(row)).toHaveLength(1)
  })

  it('who was lost is told of as gone', async () => {
    const row = await liveWorkshop(world, facilitator)
    const { workshopAttendance } = world.services
    const { participantId } = await world.services.workshopRoom.admitToRoom(
      await world.member('viewer'),
      idOf(row),
    )
    await workshopAttendance.beginStay(idOf(row), participantId, 'a line')
    await WorkshopParticipant.updateOne({ _id: participantId }, { 'stays.0.seenAt': new Date(0) })
    world.heard.length = 0
    await workshopAttendance.closeLostStays()
    expect(world.heard).toContainEqual(['workshop:came', { workshopId: idOf(row) }])
  })
})

describe('the pulse', () => {
  it('is told to whoever runs the room or speaks, as they come in, and when a sign has run out', async () => {
    const speaker = await world.member('viewer')
    const agenda = [
      { minutes: 10, title: { en: 'Doses' }, speaker: speaker.userId, spoken: 'en' as const },
    ]
    const row = await liveWorkshop(world, facilitator, { agenda })
    const people = [facilitator, speaker, await world.member('viewer')]
    const lines = await Promise.all(people.map((each) => rooms.lineOf(each)))
    const heard = lines.map((line) => listenTo(line))
    // only coming in must be quicker than the sign runs out
    const at = new Date(Date.now() - PULSE_MS + 2_500)
    const { _id, partnership } = row
    const votes = [{ voter: 'somebody', choices: ['lost'], text: '', lang: null, at }]
    const tally = { _id, partnership, workshop: _id, kind: 'pulse' as const, open: true, votes }
    await WorkshopTally.create(tally)
    await Promise.all(lines.map((line) => rooms.join(line, row)))
    await vi.waitFor(() => {
      const told = heard.map((facts) =>
        facts.flatMap(([event, fact]) =>
          event === 'workshop:pulse' ? [(fact as { pulse: { lost: number } }).pulse.lost] : [],
        ),
      )
      expect(told).toEqual([[1, 0], [1, 0], []])
    }, 8_000)
  })
})
