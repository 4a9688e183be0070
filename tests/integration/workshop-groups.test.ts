import { beforeAll, describe, expect, it } from 'vitest'
import { Protocol } from '../../models/protocol'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import {
  addGroupTime,
  callBack,
  makeGroups,
  moveToGroup,
} from '../../server/services/workshop-groups'
import type { Actor } from '../../shared/actor'
import { acting, guestIn, liveWorkshop, reread } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let workshop: WorkshopRow
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
})

type Group = WorkshopItemRow<'group'>
const groups = async (filter: object = {}) => {
  const which = { workshop: workshop._id, kind: 'group' as const, ...filter }
  return (await WorkshopItem.find(which).sort({ born: 1 }).lean()) as unknown as Group[]
}
const peopleIn = (rows: readonly Group[]) => rows.map(({ body }) => body.people.map(String))
const making = (fields: object = {}) =>
  acting('make_groups', { count: 3, by: 'chance', minutes: 10, topicRu: 'Напоминания', ...fields })
const move = (item: unknown, participant: string) =>
  moveToGroup(
    world.ports,
    facilitator,
    workshop,
    acting('move_to_group', { item: String(item), participant }),
  )

/** A room with a facilitator, and guests of whom one has gone and one was lost with a server. */
async function roomOf(langs: readonly ('en' | 'ru')[]): Promise<Actor[]> {
  workshop = await liveWorkshop(world, facilitator)
  const { partnership, _id } = workshop
  const now = new Date()
  await WorkshopParticipant.create({
    partnership,
    workshop: _id,
    user: facilitator.userId,
    registration: 'none',
    stays: [{ key: 'facilitator', from: now, seenAt: now }],
    createdAt: now,
  })
  const lost = await guestIn(workshop)
  const longAgo = new Date(now.getTime() - 600_000)
  await WorkshopParticipant.updateOne(
    { _id: lost.userId },
    { $set: { 'stays.0.seenAt': longAgo, 'stays.0.from': longAgo } },
  )
  await guestIn(workshop, { present: false })
  return Promise.all(langs.map((lang) => guestIn(workshop, { lang })))
}

describe('groups', () => {
  it('take everybody who is there but facilitators, with notes and a timer of their own', async () => {
    const people = await roomOf(['ru', 'ru', 'en', 'ru', 'en', 'ru', 'ru'])
    const before = (await reread(workshop)).roomRev
    await makeGroups(world.ports, facilitator, workshop, making())
    const made = await groups()
    expect(peopleIn(made).flat().toSorted()).toEqual(people.map(({ userId }) => userId).toSorted())
    expect(made.map(({ body }) => body.people.length).toSorted()).toEqual([2, 2, 3])
    expect(made.map(({ rev, born }) => [rev, born])).toEqual(
      [1, 2, 3].map((step) => [before + step, before + step]),
    )
    const notes = made.map(({ body }) => body.notes)
    expect(await Protocol.countDocuments({ _id: { $in: notes }, part: 'group' })).toBe(3)
    for (const { body } of made) {
      expect(body).toMatchObject({ open: true, topic: { ru: 'Напоминания' } })
      expect(body.endsAt?.getTime()).toBeGreaterThan(Date.now() + 9 * 60_000)
    }
  })

  it('keep readers of one language together where that is asked for', async () => {
    const people = await roomOf(['ru', 'ru', 'en', 'ru', 'en', 'ru'])
    await makeGroups(world.ports, facilitator, workshop, making({ by: 'language' }))
    const langOf = new Map(people.map(({ userId, lang }) => [userId, lang]))
    const spoken = peopleIn(await groups()).map((ids) => new Set(ids.map((id) => langOf.get(id))))
    expect(spoken.map(({ size }) => size)).toEqual([1, 1, 1])
  })

  it('are made once, whoever asks twice, and close those before', async () => {
    await roomOf(['ru', 'ru', 'en'])
    const act = making({ count: 2 })
    const both = [1, 2].map(() => makeGroups(world.ports, facilitator, workshop, act))
    const [one, other] = await Promise.all(both)
    expect(other?._id).toEqual(one?._id)
    await makeGroups(world.ports, facilitator, workshop, act)
    expect(await groups()).toHaveLength(2)
    await makeGroups(world.ports, facilitator, workshop, making({ count: 2 }))
    const all = await groups()
    expect(all.map(({ body }) => body.open)).toEqual([false, false, true, true])
    const revs = all.map(({ rev }) => rev).toSorted((a, b) => a - b)
    // each change with a number of its own: none twice, none without a change
    expect(revs).toEqual([3, 4, 5, 6])
    expect((await reread(workshop)).roomRev).toBe(6)
    // more time is given once for one press, from when it was to end
    const [open] = await groups({ 'body.open': true })
    const from = open?.body.endsAt?.toISOString()
    const more = acting('add_group_time', { minutes: 5, from })
    for (const _time of [1, 2]) await addGroupTime(world.ports, facilitator, workshop, more)
    const ends = (await groups({ 'body.open': true })).map(({ body }) => Number(body.endsAt))
    expect(ends).toEqual([1, 2].map(() => Date.parse(String(from)) + 300_000))
    expect((await reread(workshop)).roomRev).toBe(8)
    await callBack(world.ports, facilitator, workshop, acting('call_back'))
    await callBack(world.ports, facilitator, workshop, acting('call_back'))
    expect(await groups({ 'body.open': true })).toEqual([])
    expect((await reread(workshop)).roomRev).toBe(10)
  })

  it('take whoever comes late, and have nobody twice', async () => {
    const people = await roomOf(['ru', 'ru', 'en', 'en'])
    await makeGroups(world.ports, facilitator, workshop, making({ count: 2 }))
    const [first, second] = await groups()
    if (!first || !second) throw new Error('no groups')
    const late = await guestIn(workshop)
    const everybody = [...people, late].map(({ userId }) => userId)
    await move(first._id, late.userId)
    // all of them to and fro, at once
    const to = [first, second, first]
    await Promise.all(to.flatMap(({ _id }) => everybody.map((id) => move(_id, id))))
    expect(
      peopleIn(await groups())
        .flat()
        .toSorted(),
    ).toEqual(everybody.toSorted())
    await expect(move(first._id, String(workshop._id))).rejects.toMatchObject({
      code: 'not_found',
    })
    for (const door of ['waiting', 'refused'] as const) {
      const outside = await guestIn(workshop)
      await WorkshopParticipant.updateOne({ _id: outside.userId }, { door })
      await expect(move(first._id, outside.userId)).rejects.toMatchObject({ code: 'not_found' })
    }
    const stranger = await guestIn(await liveWorkshop(world, facilitator))
    await expect(move(first._id, stranger.userId)).rejects.toMatchObject({ code: 'not_found' })
    await callBack(world.ports, facilitator, workshop, acting('call_back'))
    await expect(move(first._id, late.userId)).rejects.toMatchObject({ code: 'conflict' })
  })
})
