import { beforeAll, describe, expect, it, vi } from 'vitest'
import { AnswerSheet } from '../../models/answer-sheet'
import { AuditEntry } from '../../models/audit-entry'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import { createServices } from '../../server/services'
import { drawCode } from '../../server/services/learning-codes'
import type { Actor } from '../../shared/actor'
import {
  AnswerPromise,
  AnswerTest,
  Evaluate,
  SavePromise,
  SaveTest,
} from '../../shared/schemas/learning'
import { guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

const DAY = 24 * 60 * 60_000
const PATIENT = 'Пациент Иванов Пётр Сергеевич, 12.03.1985, тел. +7 921 555-12-34'

let world: World
let learning: World['services']['learning']
let facilitator: Actor
let member: Actor
let workshop: WorkshopRow
let id: string
let ahead = 0

beforeAll(async () => {
  world = await createWorld()
  const clock = { now: () => new Date(Date.now() + ahead) }
  learning = createServices({ ...world.ports, clock }).learning
  facilitator = await world.member('coordinator')
  member = await world.member('viewer')
})

const item = (place: number, fields: object = {}) => ({
  place,
  promptEn: `Question ${place}`,
  promptRu: '',
  options: [{ en: 'Yes', ru: 'Да' }, {}, { en: 'No', ru: 'Нет' }],
  right: 2,
  ...fields,
})
const test = (base: number, ...items: object[]) => SaveTest.parse({ base, items })
const code = () => drawCode(world.ports, 'ru')
const sheet = (sign: string, answers: object, phase = 'pre', base = 1) =>
  AnswerTest.parse({ phase, sign, base, answers })
const evaluation = (fields: object = {}) =>
  Evaluate.parse({ sign: code(), lang: 'ru', scales: { clarity: 4 }, ...fields })
const promise = (fields: object = {}) =>
  SavePromise.parse({ text: 'Звонить в тот же день', lang: 'ru', consent: 'on', ...fields })

/** A live workshop with a test of two questions; their right option is `o3`. */
async function begin(open = true) {
  ahead = 0
  workshop = await liveWorkshop(world, facilitator)
  id = String(workshop._id)
  await WorkshopParticipant.create({
    partnership: workshop.partnership,
    workshop: workshop._id,
    user: member.userId,
    registration: 'registered',
    stays: [{ key: id, from: new Date(), seenAt: new Date() }],
    createdAt: new Date(),
  })
  await learning.saveTest(facilitator, id, test(0, item(0), item(1)))
  if (!open) return
  await learning.openTest(facilitator, id, { phase: 'pre', open: true })
  await learning.openTest(facilitator, id, { phase: 'post', open: true })
}

describe('the test', () => {
  it('is written and opened by facilitators alone, and asked without what is right', async () => {
    await begin(false)
    expect(await learning.readOwnTest(member, id, 'pre')).toMatchObject({ open: false, items: [] })
    const answer = sheet(code(), { i1: 'o3' })
    await expect(learning.answerTest(member, id, answer)).rejects.toThrow('answers_closed')
    const change = test(1, item(0))
    await expect(learning.saveTest(member, id, change)).rejects.toThrow('forbidden')
    await expect(learning.readTest(member, id)).rejects.toThrow('forbidden')
    await expect(learning.readResults(member, id)).rejects.toThrow('forbidden')
    const opening = { phase: 'pre' as const, open: true }
    await expect(learning.openTest(member, id, opening)).rejects.toThrow('forbidden')
    await learning.openTest(facilitator, id, opening)
    const asked = await learning.readOwnTest(member, id, 'pre')
    expect(asked.items.map(({ options }) => options.length)).toEqual([2, 2])
    expect(JSON.stringify(asked)).not.toContain('right')
  })

  it('needs a prompt, two options, and a right one that is written', () => {
    const wrong = (fields: object) =>
      SaveTest.safeParse({ base: 0, items: [item(0, fields)] }).error?.issues.map(({ path }) =>
        path.at(-1),
      )
    expect(wrong({ promptEn: ' ' })).toEqual(['prompt'])
    expect(wrong({ options: [{ en: 'Yes' }, {}] })).toEqual(['options'])
    expect(wrong({ right: 1 })).toEqual(['right'])
  })

  it('stays as it is once somebody has answered, and is saved by one at a time', async () => {
    await begin()
    await expect(learning.saveTest(facilitator, id, test(0, item(0)))).rejects.toThrow('conflict')
    await learning.saveTest(facilitator, id, test(1, item(0), item(1), item(2)))
    const stale = sheet(code(), { i1: 'o3' })
    await expect(learning.answerTest(member, id, stale)).rejects.toThrow('conflict')
    const both = await Promise.allSettled([
      learning.answerTest(member, id, sheet(code(), { i1: 'o3' }, 'pre', 2)),
      learning.saveTest(facilitator, id, test(2, item(0))),
    ])
    // either the answer came first, or the questions did
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    if (both[0]?.status === 'rejected') {
      await learning.answerTest(member, id, sheet(code(), { i1: 'o3' }, 'pre', 3))
    }
    const { rev, locked } = await learning.readTest(facilitator, id)
    expect(locked).toBe(true)
    const late = test(rev, item(5))
    await expect(learning.saveTest(facilitator, id, late)).rejects.toThrow('test_answered')
  })

  it('takes one sheet of a code, of members and guests, and joins it to the other one', async () => {
    await begin()
    const guest = await guestIn(workshop)
    const [one, other] = [code(), code()]
    expect(await learning.answerTest(member, id, sheet(one, { i1: 'o1' }))).toEqual({
      again: false,
      score: null,
    })
    const twice = await Promise.all([
      learning.answerTest(guest, id, sheet(other, { i1: 'o3', i9: 'o1', i2: 'o9' })),
      learning.answerTest(guest, id, sheet(other, { i1: 'o3', i9: 'o1', i2: 'o9' })),
    ])
    // whoever sends the very same again has only not heard that it is in
    expect(twice.map(({ again }) => again)).toEqual([false, false])
    const after = await learning.answerTest(member, id, sheet(one, { i1: 'o3' }, 'post'))
    expect(after).toMatchObject({ again: false, score: { right: 1 } })
    // what was handed in stays, and is told again
    const again = await learning.answerTest(member, id, sheet(one, { i1: 'o1' }, 'post'))
    expect(again).toMatchObject({ again: true, score: { right: 1 } })
    const { results } = await learning.readResults(facilitator, id)
    expect(results).toMatchObject({ pairs: 1, gain: null, pre: { answers: 2, percent: null } })
    const strange = await AnswerSheet.find({ workshop: id, 'answers.i9': { $exists: true } })
    expect(strange).toEqual([])
  })

  it('tells nothing by a code in another workshop, and takes nobody’s from outside', async () => {
    await begin()
    const sign = code()
    await learning.answerTest(member, id, sheet(sign, { i1: 'o3' }))
    const first = await AnswerSheet.findOne({ workshop: id }).lean()
    const guest = await guestIn(workshop)
    await begin()
    const again = await learning.answerTest(member, id, sheet(sign, { i1: 'o3' }))
    expect(again.again).toBe(false)
    expect((await AnswerSheet.findOne({ workshop: id }).lean())?.code).not.toBe(first?.code)
    const answer = sheet(code(), { i1: 'o3' })
    await expect(learning.answerTest(guest, id, answer)).rejects.toThrow('not_found')
    const stranger = await world.stranger()
    await expect(learning.answerTest(stranger, id, answer)).rejects.toThrow('not_found')
    await expect(learning.evaluate(stranger, id, evaluation())).rejects.toThrow('not_found')
  })
})

describe('sheets', () => {
  it('hold nothing of who wrote them, nor when', async () => {
    await begin()
    const guest = await guestIn(workshop)
    const sign = code()
    for (const actor of [member, guest]) {
      await learning.answerTest(actor, id, sheet(code(), { i1: 'o3' }))
      await learning.evaluate(actor, id, evaluation({ mostUseful: 'Разбор', sign: code() }))
    }
    await learning.answerTest(member, id, sheet(sign, { i1: 'o3' }, 'post'))
    await learning.savePromise(member, id, promise())
    const [user, places] = await Promise.all([
      User.findById(member.userId).lean(),
      WorkshopParticipant.find({ workshop: id }).lean(),
    ])
    const known = [
      ...[member, guest].flatMap(({ userId, sessionId }) => [userId, sessionId]),
      ...places.flatMap(({ _id, guest }) => [String(_id), guest?.name, guest?.email]),
      ...[user?.email, user?.name.family, user?.name.given],
      sign,
    ].filter((each): each is string => Boolean(each))
    const rows = await AnswerSheet.collection.find({ workshop: workshop._id }).toArray()
    expect(rows).toHaveLength(5)
    const raw = JSON.stringify(rows)
    expect(known.filter((each) => raw.includes(each))).toEqual([])
    expect(rows.flatMap((row) => Object.values(row)).filter((v) => v instanceof Date)).toEqual([])
    // an id that is drawn by the clock would tell the second
    const drawn = rows.map(({ _id }) => Math.abs(_id.getTimestamp().getTime() - Date.now()))
    expect(drawn.filter((away) => away < DAY)).toEqual([])
  })
})

describe('an evaluation', () => {
  it('is shown once five have written one, each text by itself', async () => {
    await begin()
    for (const at of [1, 2, 3, 4]) {
      const input = evaluation({ mostUseful: `Разбор ${at}` })
      await learning.evaluate(await guestIn(workshop), id, input)
    }
    const few = await learning.readResults(facilitator, id)
    expect(few).toMatchObject({ voices: null, results: { evaluations: 4 } })
    expect(few.results.scales.map(({ mean }) => mean)).toEqual([null, null, null, null, null, null])
    const last = evaluation({ lang: 'en', scales: { clarity: 5 }, willChange: 'Call back' })
    expect(await learning.evaluate(member, id, last)).toEqual({ again: false })
    expect(await learning.evaluate(member, id, last)).toEqual({ again: false })
    const other = { ...last, scales: { clarity: 1 } }
    expect(await learning.evaluate(member, id, other)).toEqual({ again: true })
    const { voices, results } = await learning.readResults(facilitator, id)
    expect(results.scales.find(({ scale }) => scale === 'clarity')?.mean).toBe(4.2)
    expect(voices?.willChange).toEqual([{ lang: 'en', text: 'Call back' }])
    expect(voices?.mostUseful.map(({ text }) => text).sort()).toEqual(
      [1, 2, 3, 4].map((at) => `Разбор ${at}`),
    )
    const gone = { name: 'willChange', text: 'Call back' } as const
    await expect(learning.blankVoice(member, id, gone)).rejects.toThrow('forbidden')
    await learning.blankVoice(facilitator, id, gone)
    const after = await learning.readResults(facilitator, id)
    expect([after.voices?.willChange, after.results.evaluations]).toEqual([[], 5])
    // said twice it is told once, without the words
    await learning.blankVoice(facilitator, id, gone)
    const kind = 'evaluation:blanked'
    const told = await AuditEntry.find({ kind, 'subject.workshop': id }).lean()
    expect(told.map(({ by }) => String(by))).toEqual([facilitator.userId])
    expect(JSON.stringify(told)).not.toContain(gone.text)
  })

  it('asks about patient data, and the record does not say who was asked', async () => {
    await begin()
    const input = { leastUseful: PATIENT }
    await expect(learning.evaluate(member, id, evaluation(input))).rejects.toThrow('patient_data')
    await learning.evaluate(member, id, evaluation({ ...input, acknowledged: 'patient-data' }))
    const rows = await AuditEntry.find({ 'subject.workshop': id, kind: 'patient-data:kept' }).lean()
    expect(rows.map(({ by }) => by)).toEqual([null])
    const lost = vi.spyOn(AuditEntry, 'create').mockRejectedValueOnce(new Error('away'))
    const again = evaluation({ ...input, acknowledged: 'patient-data' })
    const guest = await guestIn(workshop)
    await expect(learning.evaluate(guest, id, again)).rejects.toThrow('away')
    lost.mockRestore()
    expect(await AnswerSheet.countDocuments({ workshop: id })).toBe(1)
  })

  it('is taken from the beginning until 30 days after the end', async () => {
    await begin()
    const end = new Date()
    await Workshop.updateOne({ _id: id }, { $set: { status: 'announced' } })
    await expect(learning.evaluate(member, id, evaluation())).rejects.toThrow('answers_closed')
    await Workshop.updateOne({ _id: id }, { $set: { status: 'closed', closedAt: end } })
    ahead = 29 * DAY
    expect(await learning.readLearningState(member, id)).toMatchObject({ evaluationOpen: true })
    await learning.evaluate(member, id, evaluation())
    ahead = 31 * DAY
    expect(await learning.readLearningState(member, id)).toMatchObject({ evaluationOpen: false })
    await expect(learning.evaluate(member, id, evaluation())).rejects.toThrow('answers_closed')
  })
})

describe('a promise', () => {
  it('is one’s own, is changed until it is due, and answered then', async () => {
    await begin()
    await learning.savePromise(member, id, promise())
    const answer = AnswerPromise.parse({ outcome: 'partly', answer: 'С понедельника' })
    await expect(learning.answerPromise(member, id, answer)).rejects.toThrow('answers_closed')
    ahead = 40 * DAY
    await learning.savePromise(member, id, promise({ text: 'Звонить утром' }))
    const { promise: kept } = await learning.readPromise(member, id)
    expect(kept).toMatchObject({ text: 'Звонить утром', due: false })
    expect(await learning.readPromise(facilitator, id)).toMatchObject({ promise: null })
    expect(Math.round((Date.parse(kept?.dueAt ?? '') - Date.now()) / DAY)).toBe(90)
    ahead = 91 * DAY
    await expect(learning.savePromise(member, id, promise())).rejects.toThrow('answers_closed')
    await learning.answerPromise(member, id, answer)
    await learning.withdrawPromise(member, id)
    expect((await learning.readPromise(member, id)).promise).toMatchObject({
      due: true,
      outcome: 'partly',
      answer: 'С понедельника',
    })
    const { promises } = await learning.readResults(facilitator, id)
    expect(promises).toEqual({ made: null, answered: null })
  })

  it('is taken back before its time, and counted from five on', async () => {
    await begin()
    const guests = await Promise.all([1, 2, 3, 4, 5].map(() => guestIn(workshop)))
    for (const guest of guests) await learning.savePromise(guest, id, promise())
    await learning.savePromise(member, id, promise())
    await learning.withdrawPromise(member, id)
    expect(await WorkshopPromise.countDocuments({ workshop: id })).toBe(5)
    const { promises } = await learning.readResults(facilitator, id)
    expect(promises).toEqual({ made: 5, answered: null })
  })
})
