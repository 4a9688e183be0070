import { beforeAll, describe, expect, it } from 'vitest'
import { loader } from '../../app/routes/workshops.$workshopId.people'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { makeGroups } from '../../server/services/workshop-groups'
import { nameRole } from '../../server/services/workshop-roles'
import type { Actor } from '../../shared/actor'
import type { RoomPeople } from '../../shared/room-views'
import { RoomPeopleQuery } from '../../shared/schemas/room-people'
import { acting, guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let workshop: WorkshopRow
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
  workshop = await liveWorkshop(world, facilitator)
  await world.services.workshopAttendance.arrive(facilitator, String(workshop._id), 'page')
})

const list = (fields: object = {}, actor = facilitator) => {
  const query = RoomPeopleQuery.parse({ of: 'all', ...fields })
  return world.services.workshopAttendance.listPeople(actor, String(workshop._id), query)
}
const namesOf = ({ people }: RoomPeople) => people.map(({ name }) => name.family)

/** Many in the room, each by a family name of their own. */
async function fill(count: number) {
  const now = Date.now()
  await WorkshopParticipant.insertMany(
    Array.from({ length: count }, (_, at) => ({
      partnership: workshop.partnership,
      workshop: workshop._id,
      guest: {
        name: `Анна Гостья${at + 1}`,
        email: null,
        lang: 'ru' as const,
        timeZone: 'Europe/Moscow',
      },
      registration: 'registered' as const,
      stays: [{ key: `${at}`, from: new Date(now + at), seenAt: new Date(now) }],
      createdAt: new Date(now),
    })),
  )
}
const rename = ({ userId }: Actor, name: string) =>
  WorkshopParticipant.updateOne({ _id: userId }, { $set: { 'guest.name': name } })

describe('people of a room, to its facilitators', () => {
  it('are all of three hundred, in parts, and whoever is sought by name in either script', async () => {
    await fill(298)
    const late = await guestIn(workshop)
    await rename(late, 'Пётр Журавлёв')
    const first = await list()
    expect([first.count, first.people.length]).toEqual([300, 30])
    expect(first.people[0]).toMatchObject({ role: 'facilitator', here: true })
    const all = await list({ parts: 10 })
    expect(namesOf(all).slice(0, 30)).toEqual(namesOf(first))
    expect(new Set(all.people.map(({ id }) => id)).size).toBe(300)
    for (const q of ['журавлев', 'ЖУРАВЛЁВ пет', 'zhuravl']) {
      expect(namesOf(await list({ q })), q).toEqual(['Журавлёв'])
    }
    expect(await list({ q: 'никто' })).toEqual({ count: 0, people: [] })
  })

  it('are also those who are expected, after those who are there; nobody from outside', async () => {
    const expected = await guestIn(workshop, { present: false })
    await rename(expected, 'Ольга Ожидаева')
    const outside = await guestIn(workshop)
    await rename(outside, 'Фёдор Отказов')
    await WorkshopParticipant.updateOne({ _id: outside.userId }, { door: 'refused' })
    const stranger = await guestIn(await liveWorkshop(world, facilitator))
    await rename(stranger, 'Олег Чужой')
    for (const q of ['Отказов', 'Чужой']) expect(await list({ q })).toMatchObject({ count: 0 })
    const { people, count } = await list({ parts: 11 })
    expect([count, people.at(-1)]).toMatchObject([301, { id: expected.userId, here: false }])
    const role = { participant: expected.userId, role: 'presenter' }
    await nameRole(world.ports, facilitator, workshop, acting('name_role', role))
    expect(await list({ q: 'ожид' })).toMatchObject({
      people: [{ role: 'presenter', here: false }],
    })
  })

  it('are, of those who are there, whoever is in no group', async () => {
    expect((await list({ of: 'ungrouped' })).count).toBe(299)
    const act = acting('make_groups', { count: 3, by: 'chance', minutes: 0 })
    await makeGroups(world.ports, facilitator, workshop, act)
    expect(await list({ of: 'ungrouped' })).toEqual({ count: 0, people: [] })
    const late = await guestIn(workshop)
    expect(await list({ of: 'ungrouped' })).toMatchObject({ people: [{ id: late.userId }] })
    expect(await list({ of: 'ungrouped', q: 'журавлев' })).toMatchObject({ count: 0 })
  })

  it('are nobody else’s to list, and asked for in words that are known', async () => {
    const guest = await guestIn(workshop)
    await expect(list({}, guest)).rejects.toMatchObject({ code: 'not_found' })
    await expect(list({}, await world.member('viewer'))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(list({}, await world.stranger())).rejects.toMatchObject({ code: 'not_found' })
    const ask = async (query: string) =>
      loader({
        request: new Request(`http://here/people${query}`),
        params: { workshopId: String(workshop._id) },
        context: {
          ...{ services: world.services, requestId: 'test', lang: 'ru' },
          attendeeFor: async () => facilitator,
        },
      } as unknown as Parameters<typeof loader>[0]) as Promise<Response>
    const answer = await ask('?of=all&q=%20Журавлев%20&parts=2')
    expect(await answer.json()).toMatchObject({ count: 1 })
    for (const query of ['', '?of=some', '?of=all&parts=0', '?of=all&parts=1e9']) {
      await expect(ask(query), query).rejects.toMatchObject({ data: { code: 'bad_request' } })
    }
  })
})
