import fc from 'fast-check'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { StayRow } from '../../models/workshop-participant'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { createWorkshopLines } from '../../server/realtime/workshop-lines'
import { createServices } from '../../server/services'
import { minutesOf } from '../../server/services/workshop-attendance'
import type { Actor } from '../../shared/actor'
import { MoveWorkshop } from '../../shared/schemas/workshops'
import { liveWorkshop, reread } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

const MINUTE = 60_000
const START = Date.parse('2026-03-02T09:00:00Z')
const at = (minute: number) => new Date(START + minute * MINUTE)

const Stay = fc
  .record({ from: fc.integer({ min: -60, max: 240 }), minutes: fc.integer({ min: 0, max: 90 }) })
  .chain(({ from, minutes }) =>
    fc.boolean().map(
      (isOpen, key = String(from)): StayRow => ({
        key,
        from: at(from),
        to: isOpen ? null : at(from + minutes),
        seenAt: at(from + minutes),
      }),
    ),
  )

describe('minutes of attendance', () => {
  const workshop = { startsAt: at(0), endsAt: at(180), startedAt: at(0), closedAt: at(180) }

  it('are those in which somebody was there, each once, while the workshop lasted', () => {
    fc.assert(
      fc.property(fc.array(Stay, { maxLength: 8 }), (stays) => {
        const there = Array.from({ length: 180 }, (_, minute) => minute).filter((minute) =>
          stays.some(({ from, to, seenAt }) => {
            return from <= at(minute) && (to ?? seenAt) > at(minute)
          }),
        )
        expect(minutesOf({ stays, correction: null }, workshop)).toBe(there.length)
      }),
    )
  })

  it('are not those in which the room was closed, or forgotten', () => {
    const all = [{ key: 'tab', from: at(-10), to: null, seenAt: at(6_000) }]
    const minutes = (fields: object) =>
      minutesOf({ stays: all, correction: null }, { ...workshop, ...fields })
    const breaks = [
      { from: at(60), to: at(100) },
      { from: at(120), to: at(1_500) },
    ]
    expect(minutes({ breaks, closedAt: at(1_530) })).toBe(60 + 20 + 30)
    // nobody closed it until the next day: as planned and half an hour, unless somebody says otherwise
    expect(minutes({ closedAt: at(1_500) })).toBe(180 + 30)
    expect(minutes({ closedAt: null })).toBe(180 + 30)
    expect(minutes({ closedAt: at(1_500), lasted: 300 })).toBe(300)
    expect(minutes({ breaks: [{ from: at(30), to: at(840) }], closedAt: at(1_680) })).toBe(210)
    // begun late it may last as long as it was planned to
    expect(minutes({ startedAt: at(60), closedAt: at(1_500) })).toBe(210)
    // over the hour that comes twice, and the one that is left out, minutes are minutes
    for (const day of ['2026-11-01T05:30:00Z', '2026-03-08T06:30:00Z']) {
      const [from, to] = [new Date(day), new Date(Date.parse(day) + 90 * MINUTE)]
      const night = { startsAt: from, endsAt: to, startedAt: from, closedAt: to }
      const stays = [{ key: 'tab', from, to, seenAt: to }]
      expect(minutesOf({ stays, correction: null }, night)).toBe(90)
    }
  })

  it('are what a facilitator says instead, and none where nobody came', () => {
    const correction = { minutes: 45, by: new Types.ObjectId(), at: at(200), note: 'by phone' }
    expect(minutesOf({ stays: [], correction }, workshop)).toBe(45)
    expect(minutesOf({ stays: [], correction: null }, workshop)).toBe(0)
  })
})

describe('stays', () => {
  let world: World
  let person: Actor
  let time = Date.now()
  let attendance: World['services']['workshopAttendance']
  beforeAll(async () => {
    world = await createWorld()
    person = await world.member('viewer')
    const clock = { now: () => new Date(time) }
    attendance = createServices({ ...world.ports, clock }).workshopAttendance
  })
  const pass = (minutes: number) => {
    time += minutes * MINUTE
  }

  async function begin() {
    const row = await liveWorkshop(world, await world.member('coordinator'), {
      startsAt: new Date(time),
      startedAt: new Date(time),
      endsAt: new Date(time + 60 * MINUTE),
    })
    const workshopId = String(row._id)
    const mine = async () => {
      const found = await WorkshopParticipant.findOne({ workshop: row._id, user: person.userId })
      if (!found) throw new Error('no place')
      return found.toObject()
    }
    return {
      workshopId,
      mine,
      arrive: (key: string) => attendance.arrive(person, workshopId, key),
      leave: async (key: string) => attendance.leave(workshopId, String((await mine())._id), key),
      minutes: async () => minutesOf(await mine(), row),
    }
  }

  it('are one of each line that comes at the same moment as another', async () => {
    for (let round = 0; round < 5; round++) {
      const { arrive, leave, mine } = await begin()
      await arrive('before')
      pass(1)
      await leave('before')
      pass(0.25)
      await Promise.all(['one', 'two', 'three'].map(arrive))
      const open = (await mine()).stays.filter(({ to }) => to === null)
      expect(open.map(({ key }) => key).sort()).toEqual(['one', 'three', 'two'])
    }
  })

  it('go over short breaks of the line, and are parted by long ones', async () => {
    const { arrive, leave, minutes, mine } = await begin()
    await arrive('one')
    await arrive('one')
    pass(10)
    await leave('one')
    await leave('one')
    pass(0.25)
    await arrive('two')
    pass(9.75)
    await leave('two')
    expect((await mine()).stays).toHaveLength(1)
    expect(await minutes()).toBe(20)
    pass(15)
    await arrive('three')
    await arrive('four')
    pass(5)
    await leave('four')
    await leave('three')
    expect((await mine()).stays).toHaveLength(3)
    expect(await minutes()).toBe(25)
  })

  it('left open by a process that died end when they were last seen, the others go on', async () => {
    const { workshopId, arrive, minutes, mine } = await begin()
    await arrive('lost')
    await arrive('alive')
    const participantId = String((await mine())._id)
    pass(1)
    await attendance.stillHere(['lost', 'alive'].map((key) => ({ participantId, key })))
    for (let minute = 0; minute < 6; minute++) {
      pass(1)
      await attendance.stillHere([{ participantId, key: 'alive' }])
    }
    await attendance.closeLostStays()
    const [lost, alive] = (await mine()).stays
    expect(lost).toMatchObject({ key: 'lost', to: lost?.seenAt })
    expect(alive).toMatchObject({ key: 'alive', to: null })
    expect(await minutes()).toBe(7)
    expect(await attendance.listHere(workshopId)).toMatchObject({ count: 1 })
    pass(6)
    // before anybody has closed it, it counts no more than it was seen
    expect(await attendance.listHere(workshopId)).toMatchObject({ count: 0 })
    expect(await minutes()).toBe(7)
  })

  it('that another process took for lost go on as soon as they are said to', async () => {
    const { arrive, leave, minutes, mine } = await begin()
    await arrive('one')
    const place = { participantId: String((await mine())._id), key: 'one' }
    pass(5)
    await attendance.closeLostStays()
    expect(await minutes()).toBe(0)
    await attendance.stillHere([place])
    pass(10)
    await leave('one')
    expect(await minutes()).toBe(15)
  })

  it('are none in a closed room, end as it closes, and go on once it is open again', async () => {
    const { workshopId, mine, arrive, minutes } = await begin()
    const actor = await world.member('coordinator')
    const move = (verb: string) => {
      const clock = { now: () => new Date(time) }
      const { workshops } = createServices({ ...world.ports, clock })
      return workshops.moveWorkshop(actor, workshopId, MoveWorkshop.parse({ verb }))
    }
    await arrive('tab')
    const tab = { participantId: String((await mine())._id), key: 'tab' }
    pass(30)
    await attendance.stillHere([tab])
    await move('close')
    const closed = new Date(time)
    pass(1)
    await arrive('look')
    await attendance.stillHere([tab, { ...tab, key: 'look' }])
    expect((await mine()).stays).toMatchObject([{ key: 'tab', to: closed, seenAt: closed }])
    pass(600)
    await move('reopen')
    await attendance.stillHere([tab])
    pass(10)
    await attendance.leave(workshopId, tab.participantId, 'tab')
    await move('close')
    const row = await reread({ _id: new Types.ObjectId(workshopId) })
    expect(minutesOf(await mine(), row)).toBe(40)
    expect(await minutes()).toBeGreaterThan(40)
  })

  it('end after the word that they go on, which is under way', async () => {
    let said = () => {}
    const saying = new Promise<void>((done) => {
      said = done
    })
    const begun = vi.fn(async () => {}).mockReturnValueOnce(saying)
    const leave = vi.fn(async () => {})
    const workshopAttendance = {
      beginStay: async () => {},
      closeLostStays: async () => {},
      stillHere: begun,
      leave,
    }
    const services = {
      workshopAttendance,
      workshopDoor: { attendeeAmong: async () => person },
      workshopRoom: { admitToRoom: async () => ({ participantId: 'p', staff: false }) },
    }
    const around = { services, log: {}, stillHereMs: 5 } as never
    const lines = createWorkshopLines({} as never, around)
    const data = { actor: person, guests: [], workshops: new Map() }
    const socket = { data, connected: true, join: () => {}, leave: () => {} } as never
    await lines.comeIn(socket, 'w')
    await vi.waitFor(() => expect(begun).toHaveBeenCalled(), { timeout: 5_000 })
    lines.left(socket)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(leave).not.toHaveBeenCalled()
    said()
    await lines.close()
    expect(leave).toHaveBeenCalledOnce()
  })
})
