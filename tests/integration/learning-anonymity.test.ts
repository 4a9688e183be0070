import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { AnswerRoll } from '../../models/answer-roll'
import { AnswerSheet } from '../../models/answer-sheet'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { drawCode } from '../../server/services/learning-codes'
import type { Actor } from '../../shared/actor'
import { AnswerTest, Evaluate, SavePromise, SaveTest } from '../../shared/schemas/learning'
import { guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let learning: World['services']['learning']
let facilitator: Actor

beforeAll(async () => {
  world = await createWorld()
  learning = world.services.learning
  facilitator = await world.member('coordinator')
})

const code = () => drawCode(world.ports, 'en')
const answer = (phase: 'pre' | 'post', option = 'o1', sign = code()) =>
  AnswerTest.parse({ phase, sign, base: 1, answers: { i1: option } })
const evaluation = (fields: object = {}) =>
  Evaluate.parse({ sign: code(), lang: 'en', scales: { clarity: 4 }, ...fields })
const PROMISE = SavePromise.parse({ text: 'Call the same day', lang: 'en', consent: 'on' })

/** A workshop with a test of one question, open before and after; right is `o1`. */
async function begin(fields: object = {}) {
  const workshop = await liveWorkshop(world, facilitator, fields)
  const id = String(workshop._id)
  const options = [{ en: 'Yes' }, { en: 'No' }]
  const item = { place: 0, promptEn: 'Daily?', options, right: 0 }
  await learning.saveTest(facilitator, id, SaveTest.parse({ base: 0, items: [item] }))
  for (const phase of ['pre', 'post'] as const) {
    await learning.openTest(facilitator, id, { phase, open: true })
  }
  /** A member's place in it. */
  const place = (actor: Actor, row: object) =>
    WorkshopParticipant.create({
      partnership: workshop.partnership,
      workshop: workshop._id,
      user: actor.userId,
      registration: 'registered',
      createdAt: new Date(),
      ...row,
    })
  return { workshop, id, place }
}

const stay = () => ({ stays: [{ key: randomUUID(), from: new Date(), seenAt: new Date() }] })

describe('a sheet of a workshop', () => {
  it('is not taken of who was turned away or still waits, before it has begun neither', async () => {
    const { id, place } = await begin({ waitingRoom: true })
    const [refused, waiting] = [await world.member('viewer'), await world.member('viewer', 'b')]
    await place(refused, { door: 'refused', ...stay() })
    await place(waiting, { door: 'waiting' })
    for (const [actor, why] of [
      [refused, 'forbidden'],
      [waiting, 'in_waiting_room'],
    ] as const) {
      await expect(learning.readOwnTest(actor, id, 'pre')).rejects.toThrow(why)
      await expect(learning.answerTest(actor, id, answer('pre'))).rejects.toThrow(why)
      await expect(learning.answerTest(actor, id, answer('post'))).rejects.toThrow(why)
      await expect(learning.evaluate(actor, id, evaluation())).rejects.toThrow(why)
      await expect(learning.savePromise(actor, id, PROMISE)).rejects.toThrow(why)
      const open = { preOpen: false, postOpen: false, evaluationOpen: false, promiseOpen: false }
      expect(await learning.readLearningState(actor, id)).toMatchObject(open)
    }
    const soon = await begin({ waitingRoom: true, status: 'announced' })
    await soon.place(refused, { door: 'refused' })
    await soon.place(waiting, {})
    await expect(learning.answerTest(refused, soon.id, answer('pre'))).rejects.toThrow('forbidden')
    expect(await learning.answerTest(waiting, soon.id, answer('pre'))).toMatchObject({
      again: false,
    })
  })

  it('comes after it only from those who were there, or were written down', async () => {
    const { id, workshop, place } = await begin()
    const absent = await guestIn(workshop, { present: false })
    const late = await world.member('viewer')
    await expect(learning.answerTest(late, id, answer('post'))).rejects.toThrow('not_attended')
    await expect(learning.evaluate(absent, id, evaluation())).rejects.toThrow('not_attended')
    expect(await learning.readLearningState(absent, id)).toMatchObject({ barred: 'not_attended' })
    await learning.answerTest(absent, id, answer('pre'))
    const correction = { minutes: 30, by: facilitator.userId, at: new Date(), note: '' }
    await place(late, { correction })
    await learning.evaluate(late, id, evaluation())
    const gone = await guestIn(workshop)
    const zero = { $set: { correction: { ...correction, minutes: 0 } } }
    await WorkshopParticipant.updateOne({ _id: gone.userId }, zero)
    await expect(learning.evaluate(gone, id, evaluation())).rejects.toThrow('not_attended')
  })

  it('is not taken of those who read the results', async () => {
    const { id, place } = await begin()
    await place(facilitator, stay())
    const own = 'own_workshop'
    await expect(learning.answerTest(facilitator, id, answer('pre'))).rejects.toThrow(own)
    await expect(learning.evaluate(facilitator, id, evaluation())).rejects.toThrow(own)
    expect(await learning.readOwnTest(facilitator, id, 'pre')).toMatchObject({ barred: own })
  })

  it('is one of each person, whatever the code, and of a kind', async () => {
    const { id, workshop } = await begin()
    const guest = await guestIn(workshop)
    const first = answer('pre')
    const both = await Promise.all([1, 2].map(() => learning.answerTest(guest, id, first)))
    expect(both.map(({ again }) => again)).toEqual([false, false])
    const others = await Promise.allSettled([
      learning.answerTest(guest, id, answer('pre')),
      learning.answerTest(guest, id, answer('pre')),
    ])
    const why = others.map((each) => each.status === 'rejected' && each.reason.code)
    expect(why).toEqual(['answered_already', 'answered_already'])
    await learning.answerTest(guest, id, answer('post'))
    const sent = evaluation()
    expect(await learning.evaluate(guest, id, sent)).toEqual({ again: false })
    expect(await learning.evaluate(guest, id, { ...sent, willChange: 'All' })).toEqual({
      again: true,
    })
    await expect(learning.evaluate(guest, id, evaluation())).rejects.toThrow('answered_already')
    expect(await AnswerSheet.countDocuments({ workshop: id })).toBe(3)
  })

  it('is joined to nobody by the roll of who has handed in', async () => {
    const { id, workshop } = await begin()
    const guests = await Promise.all(Array.from({ length: 6 }, () => guestIn(workshop)))
    for (const guest of guests) await learning.answerTest(guest, id, answer('pre'))
    const roll = await AnswerRoll.collection.findOne({ _id: workshop._id })
    const givers = roll?.givers as string[]
    expect(givers).toHaveLength(6)
    expect(givers).toEqual(givers.toSorted())
    expect(Object.keys(roll ?? {}).toSorted()).toEqual([
      '_id',
      'batches',
      'demo',
      'givers',
      'partnership',
    ])
    for (const { userId } of guests) expect(JSON.stringify(roll)).not.toContain(userId)
  })
})

describe('results', () => {
  it('stand still until five more have come, all at once as well', async () => {
    const { id, workshop } = await begin()
    const guests = await Promise.all(Array.from({ length: 11 }, () => guestIn(workshop)))
    const read = async () => {
      const { results, voices } = await learning.readResults(facilitator, id)
      const { pre, scales, evaluationsCounted } = results
      const clarity = scales.find(({ scale }) => scale === 'clarity')?.mean
      return [pre.counted, pre.percent, evaluationsCounted, clarity, voices?.mostUseful.length]
    }
    const one = async (guest: Actor, at: number) => {
      await learning.answerTest(guest, id, answer('pre', at < 5 ? 'o1' : 'o2'))
      const scales = { clarity: at < 5 ? 5 : 1 }
      await learning.evaluate(guest, id, evaluation({ scales, mostUseful: `Part ${at}` }))
    }
    await Promise.all(guests.slice(0, 4).map(one))
    expect(await read()).toEqual([0, null, 0, null, undefined])
    await one(guests[4] as Actor, 4)
    const five = [5, 100, 5, 5, 5]
    expect(await read()).toEqual(five)
    for (const at of [5, 6, 7, 8]) {
      await one(guests[at] as Actor, at)
      expect(await read()).toEqual(five)
    }
    await Promise.all([9, 10].map((at) => one(guests[at] as Actor, at)))
    expect(await read()).toEqual([10, 50, 10, 3, 10])
    // nor does the database tell who came after whom
    const batches = await AnswerSheet.aggregate<{ count: number }>([
      { $match: { workshop: workshop._id, batch: { $ne: null } } },
      { $group: { _id: '$batch', count: { $sum: 1 } } },
    ])
    expect(batches.map(({ count }) => count)).toEqual([5, 5, 5, 5])
  })
})
