import { setTimeout as wait } from 'node:timers/promises'
import mongoose, { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { createServices } from '../../server/services'
import { inTransaction } from '../../server/services/transaction'
import { tellParticipants } from '../../server/services/workshop-letters'
import { remindDue } from '../../server/services/workshop-reminders'
import type { Actor } from '../../shared/actor'
import { MoveWorkshop } from '../../shared/schemas/workshops'
import { reread } from '../fixtures/live-workshop'
import { atTime, lettersTo, planWorkshop } from '../fixtures/planned-workshop'
import { createWorld } from '../setup/world'

const emailOf = async ({ userId }: Actor) => (await User.findById(userId).lean())?.email ?? ''

async function registered(workshop: WorkshopRow, actor: Actor) {
  return WorkshopParticipant.create({
    partnership: workshop.partnership,
    workshop: workshop._id,
    user: new Types.ObjectId(actor.userId),
    registration: 'registered',
    registeredAt: new Date('2026-11-02T09:00:00.000Z'),
    createdAt: new Date('2026-11-02T09:00:00.000Z'),
  })
}

/** A world with one workshop and somebody who is registered for it. */
async function prepared(startsAt: string) {
  const world = await createWorld()
  // workshops of other tests are none of this one's
  await Workshop.deleteMany({})
  const coordinator = await world.member('coordinator')
  const workshop = await planWorkshop(world, coordinator, { startsAt: new Date(startsAt) })
  const viewer = await world.member('viewer')
  const row = await registered(workshop, viewer)
  const email = await emailOf(viewer)
  return {
    world,
    coordinator,
    workshop,
    viewer,
    row,
    email,
    remindAt: (iso: string) => remindDue(atTime(world.ports, iso)),
    letters: async () => (await lettersTo(email, 'workshop-reminder')).length,
    notices: () =>
      Notification.countDocuments({ user: viewer.userId, kind: 'workshop_reminder' as const }),
  }
}

describe('reminders', () => {
  it('come a day and an hour before, once each, whoever looks and however often', async () => {
    const { remindAt, letters, notices } = await prepared('2026-12-01T13:00:00.000Z')
    await remindAt('2026-11-30T12:59:00.000Z')
    expect(await letters()).toBe(0)
    const turns = Array.from({ length: 4 }, () => remindAt('2026-11-30T13:00:30.000Z'))
    const told = await Promise.all(turns)
    expect([await letters(), await notices()]).toEqual([1, 1])
    expect(told.reduce((sum, each) => sum + each.told, 0)).toBe(2)
    await remindAt('2026-12-01T11:00:00.000Z')
    expect(await letters()).toBe(1)
    await Promise.all([remindAt('2026-12-01T12:00:00.000Z'), remindAt('2026-12-01T12:01:00.000Z')])
    await remindAt('2026-12-01T13:00:00.000Z')
    expect([await letters(), await notices()]).toEqual([2, 2])
  })

  it('of an early hour come the evening before as letters, and at their hour in the list', async () => {
    // 08:30 in Moscow
    const { remindAt, letters, notices } = await prepared('2026-12-01T05:30:00.000Z')
    await remindAt('2026-11-30T06:00:00.000Z')
    expect([await letters(), await notices()]).toEqual([1, 1])
    await remindAt('2026-11-30T17:29:00.000Z')
    expect(await letters()).toBe(1)
    await remindAt('2026-11-30T17:30:00.000Z')
    expect([await letters(), await notices()]).toEqual([2, 1])
    await remindAt('2026-12-01T04:30:00.000Z')
    expect([await letters(), await notices()]).toEqual([2, 2])
  })

  it('come again for another time, and not at all for who has just registered or has cancelled', async () => {
    const { remindAt, letters, row, workshop } = await prepared('2026-12-01T13:00:00.000Z')
    await remindAt('2026-11-30T13:01:00.000Z')
    expect(await letters()).toBe(1)
    const startsAt = new Date('2026-12-03T13:00:00.000Z')
    await Workshop.updateOne({ _id: workshop._id }, { $set: { startsAt } })
    await remindAt('2026-12-02T13:01:00.000Z')
    expect(await letters()).toBe(2)

    const late = new Date('2026-12-03T12:30:00.000Z')
    await WorkshopParticipant.updateOne({ _id: row._id }, { $set: { registeredAt: late } })
    await remindAt('2026-12-03T12:40:00.000Z')
    expect(await letters()).toBe(2)
    const cancelled = { registration: 'cancelled' as const, registeredAt: row.registeredAt }
    await WorkshopParticipant.updateOne({ _id: row._id }, { $set: cancelled })
    await remindAt('2026-12-03T12:45:00.000Z')
    expect(await letters()).toBe(2)
  })

  it('come of every workshop, however many begin before it', async () => {
    const { world, coordinator, remindAt, letters } = await prepared('2026-12-01T13:00:00.000Z')
    const startsAt = new Date('2026-12-01T12:59:00.000Z')
    const earlier = Array.from({ length: 50 }, () => planWorkshop(world, coordinator, { startsAt }))
    await Promise.all(earlier)
    await remindAt('2026-11-30T13:00:30.000Z')
    expect(await letters()).toBe(1)
  })

  it('do not come of what is cancelled while they are being sent', async () => {
    const { workshop, remindAt, letters } = await prepared('2026-12-01T13:00:00.000Z')
    const session = await mongoose.startSession()
    session.startTransaction()
    await Workshop.updateOne({ _id: workshop._id }, { status: 'cancelled' }, { session })
    const turn = remindAt('2026-11-30T13:00:30.000Z')
    // it has read the plan as it was, and waits to hold it
    await wait(500)
    await session.commitTransaction()
    await session.endSession()
    expect(await turn).toEqual({ told: 0 })
    expect(await letters()).toBe(0)
  })

  it('reach guests as the room opens, and those who run it', async () => {
    const { coordinator, workshop, remindAt } = await prepared('2026-12-01T13:00:00.000Z')
    const user = new Types.ObjectId(coordinator.userId)
    const set = { facilitators: [user], guests: true }
    await Workshop.updateOne({ _id: workshop._id }, { $set: set })
    const guest = { name: 'Ivan Petrov', email: 'guest@hospital.example', lang: 'ru' as const }
    await WorkshopParticipant.create({
      partnership: workshop.partnership,
      workshop: workshop._id,
      guest: { ...guest, timeZone: 'Europe/Samara', institution: '' },
      registration: 'registered',
      registeredAt: new Date('2026-11-02T09:00:00.000Z'),
      createdAt: new Date('2026-11-02T09:00:00.000Z'),
    })
    await remindAt('2026-12-01T12:20:00.000Z')
    // the one of the day before, which nobody was there to send
    expect(await lettersTo(guest.email, 'workshop-reminder')).toHaveLength(1)
    const email = await emailOf(coordinator)
    expect(await lettersTo(email, 'workshop-reminder')).toHaveLength(1)
    await remindAt('2026-12-01T12:30:00.000Z')
    const [, letter] = await lettersTo(guest.email, 'workshop-reminder')
    expect(letter).toMatchObject({ lang: 'ru', values: { timeZone: 'Europe/Samara' } })
    expect(letter?.values.path).toBe(`/workshops/${workshop._id}`)
  })
})

describe('letters that have not left yet', () => {
  const NIGHT = '2026-11-24T20:00:00.000Z' // 23:00 in Moscow

  async function announced() {
    const at = await prepared('2026-12-01T13:00:00.000Z')
    const { world, coordinator, workshop } = at
    const id = String(workshop._id)
    const invited = await world.member('viewer')
    await Workshop.updateOne({ _id: id }, { status: 'draft', announcedAt: null })
    const { workshops } = createServices(atTime(world.ports, NIGHT))
    const move = (verb: string) =>
      workshops.moveWorkshop(coordinator, id, MoveWorkshop.parse({ verb, reason: 'Snow' }))
    await move('announce')
    const told = async (email: string) =>
      (await lettersTo(email)).map(({ template, values }) => [template, values.startsAt])
    return { ...at, id, move, told, invitation: await emailOf(invited) }
  }
  const moveTo = async (
    { world, coordinator, workshop }: Awaited<ReturnType<typeof announced>>,
    startsAt: Date,
  ) => {
    const was = { startsAt: (await Workshop.findById(workshop._id).lean())?.startsAt ?? startsAt }
    const set = { $set: { startsAt }, $inc: { rev: 1 } }
    await Workshop.updateOne({ _id: workshop._id }, set)
    const row = await reread(workshop)
    await inTransaction((session) =>
      tellParticipants(
        atTime(world.ports, NIGHT),
        row,
        'changed',
        { by: coordinator.userId, was },
        session,
      ),
    )
  }

  it('invite nobody to what was cancelled in the night', async () => {
    const { move, told, email, invitation } = await announced()
    expect(await told(invitation)).toHaveLength(1)
    await move('cancel')
    expect(await told(invitation)).toEqual([])
    // who has taken a place meanwhile knows of it
    expect(await told(email)).toEqual([['workshop-cancelled', '2026-12-01T13:00:00.000Z']])
  })

  it('say when it is by now, and of the time that their reader knows', async () => {
    const at = await announced()
    const [second, third] = ['2026-12-02T13:00:00.000Z', '2026-12-03T13:00:00.000Z']
    await moveTo(at, new Date(second))
    await moveTo(at, new Date(third))
    const { told, email, invitation, move } = at
    expect(await told(invitation)).toEqual([['workshop-announced', third]])
    expect((await told(email)).toSorted()).toEqual([
      ['workshop-announced', third],
      ['workshop-changed', third],
    ])
    const [changed] = await lettersTo(email, 'workshop-changed')
    expect(changed?.values.was).toMatchObject({ startsAt: '2026-12-01T13:00:00.000Z' })
    await move('cancel')
    expect(await told(invitation)).toEqual([])
    expect(await told(email)).toEqual([['workshop-cancelled', '2026-12-01T13:00:00.000Z']])
  })
})

describe('after a workshop', () => {
  it('those who were there are asked how it was, once, and told of no certificate', async () => {
    const { world, workshop, row, email, viewer, remindAt } = await prepared(
      '2026-12-01T13:00:00.000Z',
    )
    const absent = await world.member('viewer')
    await registered(workshop, absent)
    const closedAt = new Date('2026-12-01T15:00:00.000Z')
    const looked = await registered(workshop, await world.member('viewer'))
    const late = new Date(closedAt.getTime() + 6_000)
    const look = { key: 'l', from: closedAt, to: late, seenAt: late }
    await WorkshopParticipant.updateOne({ _id: looked._id }, { $set: { stays: [look] } })
    await Workshop.updateOne({ _id: workshop._id }, { $set: { status: 'closed', closedAt } })
    const stay = { key: 'k', from: workshop.startsAt, to: closedAt, seenAt: closedAt }
    await WorkshopParticipant.updateOne({ _id: row._id }, { $set: { stays: [stay] } })
    await remindAt('2026-12-01T15:10:00.000Z')
    expect(await lettersTo(email, 'workshop-after')).toHaveLength(0)
    await Promise.all([remindAt('2026-12-01T15:31:00.000Z'), remindAt('2026-12-01T15:31:00.000Z')])
    expect(await lettersTo(email, 'workshop-after')).toHaveLength(1)
    expect(await lettersTo(await emailOf(absent), 'workshop-after')).toHaveLength(0)
    const told = await Notification.find({ workshop: workshop._id }).lean()
    expect(told.map(({ user, kind }) => [String(user), kind])).toEqual([
      [viewer.userId, 'workshop_after'],
    ])
  })

  it('and three months later what has changed, once, by day, and no longer when they have left', async () => {
    const { world, workshop, row, email, remindAt, viewer } = await prepared(
      '2026-12-01T13:00:00.000Z',
    )
    const gone = await world.member('viewer')
    const goneRow = await registered(workshop, gone)
    await world.remove(gone)
    const due = new Date('2027-03-01T19:00:00.000Z')
    for (const participant of [row._id, goneRow._id]) {
      await WorkshopPromise.create({
        partnership: workshop.partnership,
        workshop: workshop._id,
        participant,
        text: 'Спрашивать о пропусках без упрёка',
        lang: 'ru',
        at: workshop.startsAt,
        dueAt: due,
      })
    }
    await remindAt('2027-03-01T18:59:00.000Z')
    expect(await lettersTo(email, 'workshop-followup')).toHaveLength(0)
    await Promise.all([remindAt('2027-03-01T19:01:00.000Z'), remindAt('2027-03-01T19:01:00.000Z')])
    const [letter, ...more] = await lettersTo(email, 'workshop-followup')
    expect(more).toEqual([])
    // 22:01 in Moscow: in the morning; and the outbox does not have what they promised
    expect(letter?.nextAt.toISOString()).toBe('2027-03-02T05:00:00.000Z')
    expect(JSON.stringify(letter)).not.toContain('пропусках')
    const asked = { user: viewer.userId, kind: 'workshop_followup' as const }
    expect(await Notification.countDocuments(asked)).toBe(1)
    expect(await lettersTo(await emailOf(gone), 'workshop-followup')).toEqual([])
  })
})
