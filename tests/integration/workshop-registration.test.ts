import { describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { inTransaction } from '../../server/services/transaction'
import { tellParticipants } from '../../server/services/workshop-letters'
import { promoteWaiting } from '../../server/services/workshop-registration'
import type { Actor } from '../../shared/actor'
import { atTime, lettersTo, planWorkshop } from '../fixtures/planned-workshop'
import { createWorld, type World } from '../setup/world'

async function people(world: World, count: number): Promise<Actor[]> {
  const all: Actor[] = []
  for (let at = 0; at < count; at++) all.push(await world.member('viewer', at % 2 ? 'a' : 'b'))
  return all
}
const emailOf = async ({ userId }: Actor) => (await User.findById(userId).lean())?.email ?? ''
const stateOf = async (world: World, actor: Actor, id: string) =>
  (await world.services.workshopRegistration.readRegistration(actor, id)).registration
const countOf = async (id: string) => (await Workshop.findById(id).lean())?.registered
const soon = () => new Date(Date.now() + 30 * 86_400_000)

describe('registering for a workshop', () => {
  it('never gives more places than there are, however many come at once', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const workshop = await planWorkshop(world, coordinator, { capacity: 7, startsAt: soon() })
    const id = String(workshop._id)
    const all = await people(world, 30)
    // from two tabs each
    const tabs = [...all, ...all]
    await Promise.all(tabs.map((actor) => world.services.workshopRegistration.register(actor, id)))

    const held = { workshop: workshop._id, registration: 'registered' as const }
    expect(await WorkshopParticipant.countDocuments(held)).toBe(7)
    expect(await countOf(id)).toBe(7)
    const waiting = { workshop: workshop._id, registration: 'waiting' as const }
    expect(await WorkshopParticipant.countDocuments(waiting)).toBe(23)
    for (const actor of all.slice(0, 3)) {
      expect(await lettersTo(await emailOf(actor), 'workshop-registered')).toHaveLength(1)
    }
  })

  it('gives a place that becomes free to whoever has waited longest, and tells them', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const workshop = await planWorkshop(world, coordinator, { capacity: 1, startsAt: soon() })
    const id = String(workshop._id)
    const { register, cancelRegistration, takeOff, readRegistration } =
      world.services.workshopRegistration
    const [first, second, third, fourth] = (await people(world, 4)) as [Actor, Actor, Actor, Actor]
    for (const actor of [first, second, third, fourth]) await register(actor, id)
    expect((await readRegistration(third, id)).waitingPlace).toBe(2)

    // from two tabs
    await Promise.all([cancelRegistration(first, id), cancelRegistration(first, id)])
    expect(await stateOf(world, second, id)).toBe('registered')
    expect(await stateOf(world, third, id)).toBe('waiting')
    expect((await readRegistration(third, id)).waitingPlace).toBe(1)
    expect(await lettersTo(await emailOf(second), 'workshop-place')).toHaveLength(1)
    const told = { user: second.userId, kind: 'workshop_place' as const }
    expect(await Notification.countDocuments(told)).toBe(1)
    expect(world.heard.some(([event]) => event === 'notifications:changed')).toBe(true)

    const theirs = await WorkshopParticipant.findOne({ user: second.userId }).lean()
    await takeOff(coordinator, id, String(theirs?._id))
    expect(await stateOf(world, third, id)).toBe('registered')

    // who has been removed comes no more
    const removing = world.services.members.removeMember
    await removing(coordinator, world.partnershipId, third.userId)
    expect(await stateOf(world, fourth, id)).toBe('registered')
    expect(await countOf(id)).toBe(1)
  })

  it('lets as many move up as there are more places, and puts nobody out when there are fewer', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const workshop = await planWorkshop(world, coordinator, { capacity: 1, startsAt: soon() })
    const id = String(workshop._id)
    const all = await people(world, 4)
    for (const actor of all) await world.services.workshopRegistration.register(actor, id)
    const resize = (capacity: number) =>
      inTransaction(async (session) => {
        await Workshop.updateOne({ _id: id }, { $set: { capacity } }, { session })
        return promoteWaiting(world.ports, workshop, session)
      })
    expect(await resize(3)).toHaveLength(2)
    expect(await resize(2)).toHaveLength(0)
    expect(await Promise.all(all.map((actor) => stateOf(world, actor, id)))).toEqual([
      'registered',
      'registered',
      'registered',
      'waiting',
    ])
    expect(await countOf(id)).toBe(3)
    await world.services.workshopRegistration.cancelRegistration(all[0] as Actor, id)
    // three were in two places: nobody moves up yet
    expect(await stateOf(world, all[3] as Actor, id)).toBe('waiting')
  })

  it('is over with the workshop, and not for those who may not take part', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const { register, registerMember, listParticipants } = world.services.workshopRegistration
    const viewer = await world.member('viewer')
    for (const status of ['closed', 'cancelled'] as const) {
      const { _id } = await planWorkshop(world, coordinator, { status })
      await expect(register(viewer, String(_id))).rejects.toMatchObject({ code: 'workshop_over' })
    }
    const draft = await planWorkshop(world, coordinator, { status: 'draft' })
    await expect(register(coordinator, String(draft._id))).rejects.toMatchObject({
      code: 'workshop_not_open',
    })
    const open = String((await planWorkshop(world, coordinator, { startsAt: soon() }))._id)
    const observer = await world.member('observer')
    await expect(register(observer, open)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(register(await world.stranger(), open)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(registerMember(coordinator, open, observer.userId)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(registerMember(viewer, open, viewer.userId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(listParticipants(viewer, open)).rejects.toMatchObject({ code: 'forbidden' })
    await registerMember(coordinator, open, viewer.userId)
    const [listed] = await listParticipants(coordinator, open)
    expect(listed).toMatchObject({ registration: 'registered', cadre: 'physician', guest: false })
    expect(listed?.email).toBe(await emailOf(viewer))
  })
})

describe('news of a workshop', () => {
  it('of a new one goes to its audience, by day of each reader, and not to whoever announced it', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const [here, there, observer] = [
      await world.member('viewer', 'a'),
      await world.member('viewer', 'b'),
      await world.member('observer', 'b'),
    ]
    const workshop = await planWorkshop(world, coordinator, { audience: ['physician'] })
    // 22:00 in Moscow, 14:00 in New York
    const ports = atTime(world.ports, '2026-11-18T19:00:00.000Z')
    const tell = (row = workshop) =>
      inTransaction((session) =>
        tellParticipants(ports, row, 'announced', { by: coordinator.userId }, session),
      )
    await tell()
    const [inMoscow] = await lettersTo(await emailOf(here), 'workshop-announced')
    const [inNewYork] = await lettersTo(await emailOf(there), 'workshop-announced')
    expect([inMoscow?.lang, inMoscow?.nextAt.toISOString()]).toEqual([
      'ru',
      '2026-11-19T05:00:00.000Z',
    ])
    expect([inNewYork?.lang, inNewYork?.nextAt.toISOString()]).toEqual([
      'en',
      '2026-11-18T19:00:00.000Z',
    ])
    expect(await lettersTo(await emailOf(observer))).toEqual([])
    expect(await lettersTo(await emailOf(coordinator))).toEqual([])
    expect(await Notification.countDocuments({ user: here.userId })).toBe(1)

    const other = await planWorkshop(world, coordinator, { audience: ['nurse'] })
    await tell(other)
    expect(await Notification.countDocuments({ user: here.userId })).toBe(1)
  })

  it('of a change tells the old time, and of a cancellation why, to those whom it concerns', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const [coming, other] = [await world.member('viewer'), await world.member('viewer')]
    const workshop = await planWorkshop(world, coordinator, { startsAt: soon() })
    await world.services.workshopRegistration.register(coming, String(workshop._id))
    const was = { startsAt: new Date(workshop.startsAt.getTime() - 86_400_000) }
    const by = coordinator.userId
    const email = await emailOf(coming)
    await inTransaction((session) =>
      tellParticipants(world.ports, { ...workshop, rev: 2 }, 'changed', { by, was }, session),
    )
    const [changed] = await lettersTo(email, 'workshop-changed')
    expect(changed?.values.was).toMatchObject({ startsAt: was.startsAt.toISOString() })
    const reason = 'Плохая погода'
    await inTransaction((session) =>
      tellParticipants(world.ports, workshop, 'cancelled', { by, reason }, session),
    )
    const [cancelled] = await lettersTo(email, 'workshop-cancelled')
    expect(cancelled?.values.reason).toBe('Плохая погода')
    expect(await lettersTo(await emailOf(other))).toEqual([])
  })
})
