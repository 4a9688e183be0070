import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import { resultsOf, toItemViews } from '../../server/services/workshop-item-views'
import { refreshResults } from '../../server/services/workshop-poll-results'
import {
  blankAnswer,
  changePoll,
  closePoll,
  makePoll,
  openPoll,
  showResults,
} from '../../server/services/workshop-polls'
import { readTallies } from '../../server/services/workshop-tallies'
import type { Actor } from '../../shared/actor'
import type { PollView } from '../../shared/room-views'
import { acting, castVote, guestIn, liveWorkshop, POLL, reread } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let facilitator: Actor
let workshop: WorkshopRow
beforeAll(async () => {
  world = await createWorld()
  facilitator = await world.member('coordinator', 'b')
  workshop = await liveWorkshop(world, facilitator)
})

const lang = 'ru'
async function draft(fields: object = {}): Promise<string> {
  const act = acting('make_poll', { ...POLL, ...fields })
  return String((await makePoll(world.ports, facilitator, workshop, act))._id)
}
async function opened(fields: object = {}): Promise<string> {
  const item = await draft(fields)
  await openPoll(world.ports, facilitator, workshop, acting('open_poll', { item }))
  return item
}
const close = (item: string) =>
  closePoll(world.ports, facilitator, workshop, acting('close_poll', { item }))
const show = (item: string, on = true) =>
  showResults(world.ports, facilitator, workshop, acting('show_results', { item, on }))
const say = (actor: Actor, item: string, choices: string[], text = '', of = workshop) =>
  castVote(world, actor, of, acting('vote', { item, choices, text, lang }))
const tallyOf = async (item: string) => {
  const row = await WorkshopTally.findById(item).lean()
  if (!row) throw new Error('no tally')
  return row
}
async function seen(item: string, staff = false): Promise<PollView> {
  const rows = await WorkshopItem.find({ _id: item }).lean()
  const [view] = await toItemViews(workshop, rows as never, staff)
  if (view?.kind !== 'poll') throw new Error('no poll to be seen')
  return view
}
const refused = (code: string, detail: object = {}) => ({ code, detail })

describe('a poll', () => {
  it('is seen by facilitators alone until it is opened, and changed until then', async () => {
    const item = await draft()
    await expect(seen(item)).rejects.toThrow('no poll to be seen')
    expect(await seen(item, true)).toMatchObject({ status: 'draft', right: null })
    const other = acting('change_poll', { ...POLL, promptEn: 'How seldom?', item })
    const changed = await changePoll(world.ports, facilitator, workshop, other)
    expect(changed.body.prompt.en).toBe('How seldom?')
    // the same again takes no number
    expect(await changePoll(world.ports, facilitator, workshop, other)).toEqual(changed)
    const someone = await guestIn(workshop)
    await expect(say(someone, item, ['a'])).rejects.toMatchObject(refused('poll_closed'))
    await openPoll(world.ports, facilitator, workshop, acting('open_poll', { item }))
    await expect(changePoll(world.ports, facilitator, workshop, other)).rejects.toMatchObject(
      refused('conflict'),
    )
    expect(await seen(item)).toMatchObject({ status: 'open', shown: false, results: null })
  })

  it('is refused when it cannot be answered', async () => {
    const [one] = POLL.options
    const wrong: [object, object][] = [
      [{ promptEn: '', promptRu: '' }, { promptEn: 'required' }],
      [{ options: [one] }, { options: 'required' }],
      [{ options: [one, one] }, { options: 'twice' }],
      [{ purpose: 'quiz' }, { right: 'required' }],
      [{ purpose: 'quiz', right: ['a', 'b'] }, { right: 'required' }],
      [{ purpose: 'quiz', right: ['z'], form: 'multiple' }, { right: 'required' }],
      [{ purpose: 'quiz', form: 'scale' }, { purpose: 'options' }],
    ]
    for (const [fields, detail] of wrong) {
      await expect(draft(fields)).rejects.toMatchObject(refused('invalid_input', detail))
    }
  })

  it('takes an answer once for each person, and another one in its place while open', async () => {
    const item = await opened()
    const someone = await guestIn(workshop)
    const before = (await reread(workshop)).roomRev
    await Promise.all([say(someone, item, ['a']), say(someone, item, ['b'])])
    await say(someone, item, ['c'])
    await say(someone, item, ['c'])
    expect(resultsOf(await tallyOf(item))).toMatchObject({ answers: 1, counts: { c: 1 } })
    const { admitToRoom, readMine } = world.services.workshopRoom
    const id = String(workshop._id)
    const mine = await readMine(id, await admitToRoom(someone, id))
    expect(mine.answers[item]?.choices).toEqual(['c'])
    expect((await reread(workshop)).roomRev).toBe(before)
    await close(item) // only its acknowledgement was lost
    const rooms = [workshop, { ...workshop, status: 'closed' as const }]
    await Promise.all(rooms.map((room) => say(someone, item, ['c'], '', room)))
    await expect(say(someone, item, ['a'])).rejects.toMatchObject(refused('poll_closed'))
    await expect(say(await guestIn(workshop), item, ['a'])).rejects.toMatchObject(
      refused('poll_closed'),
    )
    expect(resultsOf(await tallyOf(item))).toMatchObject({ answers: 1, counts: { c: 1 } })
  })

  it('keeps the first answer of a quiz, and tells what is right once closed and shown', async () => {
    const item = await opened({ purpose: 'quiz', right: ['b'] })
    const someone = await guestIn(workshop)
    const answers = await Promise.allSettled([
      say(someone, item, ['a']),
      say(someone, item, ['b']),
      say(someone, item, ['c']),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await show(item)
    expect(await seen(item)).toMatchObject({ right: null, results: { answers: 1 } })
    await close(item)
    expect(await seen(item)).toMatchObject({ right: ['b'] })
    await show(item, false)
    expect(await seen(item)).toMatchObject({ right: null, results: null })
    expect(await seen(item, true)).toMatchObject({ right: ['b'], results: { answers: 1 } })
  })

  it('takes what its form asks for, and nothing else', async () => {
    const someone = await guestIn(workshop)
    const forms: [object, string[], string, boolean][] = [
      [{}, [], '', false],
      [{}, ['a', 'b'], '', false],
      [{}, ['z'], '', false],
      [{ form: 'multiple' }, ['a', 'c'], '', true],
      [{ form: 'multiple' }, ['a', 'a'], '', false],
      [{ form: 'scale' }, ['5'], '', true],
      [{ form: 'scale' }, ['a'], '', false],
      [{ form: 'text' }, [], 'Реже ходить', true],
      [{ form: 'text' }, [], '', false],
      [{ form: 'text' }, ['a'], 'Реже', false],
    ]
    for (const [fields, choices, text, isTaken] of forms) {
      const item = await opened(fields)
      const answer = say(someone, item, choices, text)
      await (isTaken
        ? expect(answer).resolves.toBeNull()
        : expect(answer).rejects.toMatchObject({ code: 'invalid_input' }))
      expect((await tallyOf(item)).votes).toHaveLength(isTaken ? 1 : 0)
    }
  })

  it('asks about patient data in free words, and keeps it on the word of nobody named', async () => {
    const item = await opened({ form: 'text' })
    const someone = await guestIn(workshop)
    const act = { item, choices: [], text: 'СНИЛС 112-233-445 95', lang }
    const answer = (fields: object = {}) =>
      castVote(world, someone, workshop, acting('vote', { ...act, ...fields }))
    await expect(answer()).rejects.toMatchObject(refused('patient_data', { text: 'snils' }))
    await answer({ acknowledged: 'patient-data' })
    const rows = await AuditEntry.find({ kind: 'patient-data:kept', 'subject.item': item }).lean()
    expect(rows).toMatchObject([{ by: null, detail: { kinds: 'snils' } }])
  })

  it('shows results anew as votes come in, hidden ones to facilitators alone', async () => {
    const item = await opened()
    await show(item)
    const poll = await WorkshopItem.findById(item).orFail().lean()
    const told = async () => {
      await say(await guestIn(workshop), item, ['a'])
      world.heard.length = 0
      await refreshResults(world.ports, poll)
      const facts = world.heard.map(([, fact]) => fact)
      return facts.filter((fact) => Object(fact).item?.id === item)
    }
    expect(await told()).toMatchObject([{ item: { results: { counts: { a: 1 } } } }])
    expect((await WorkshopItem.findById(item).orFail()).rev).toBeGreaterThan(poll.rev)
    await show(item, false)
    const hidden = { item: { results: null }, staffItem: { results: { counts: { a: 2 } } } }
    expect(await told()).toMatchObject([hidden])
    await close(item)
    const { rev } = await WorkshopItem.findById(item).orFail()
    await refreshResults(world.ports, poll)
    expect((await WorkshopItem.findById(item).orFail()).rev).toBe(rev)
  })
})

describe('many votes', () => {
  it('counts 300 at once exactly, and names nobody', async () => {
    const item = await opened()
    const people = await Promise.all(Array.from({ length: 300 }, () => guestIn(workshop)))
    const choice = (index: number) => ['a', 'b', 'c'][index % 3] as string
    await Promise.all(people.map((person, index) => say(person, item, [choice(index)])))
    const row = await tallyOf(item)
    expect(resultsOf(row).counts).toEqual({ a: 100, b: 100, c: 100 })
    expect(await readTallies([item])).toEqual([{ id: item, rev: 300, count: 300 }])
    const stored = JSON.stringify(row)
    const named = people.filter(({ userId }) => stored.includes(userId))
    expect(named).toEqual([])
    // the same voter is somebody else in another tally
    const other = await opened()
    const [first] = people
    if (first) await say(first, other, ['a'])
    expect(stored).not.toContain((await tallyOf(other)).votes[0]?.voter)
  })

  it('are counted and acknowledged, or refused, when the poll closes among them', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => guestIn(workshop)))
    let counted = 0
    let late = 0
    for (let round = 0; round < 15; round += 1) {
      const item = await opened()
      const closing = wait(round / 2).then(() => close(item))
      const votes = people.map(async (person, index) => {
        await (index === 7 ? closing : wait((index * round) / 4))
        await say(person, item, ['a'])
      })
      const [, ...answers] = await Promise.allSettled([closing, ...votes])
      const refusals = answers.flatMap((it) => (it.status === 'rejected' ? it.reason.code : []))
      expect(new Set([...refusals, 'poll_closed']).size).toBe(1)
      const taken = answers.length - refusals.length
      expect((await tallyOf(item)).votes).toHaveLength(taken)
      counted += taken
      late += refusals.length
    }
    expect(counted).toBeGreaterThan(0)
    expect(late).toBeGreaterThan(0)
  })

  it('come to what a recount of everybody’s last answer comes to, in any order', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => guestIn(workshop)))
    const answer = fc.record({
      who: fc.nat(people.length - 1),
      choices: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
    })
    const everybody = fc.array(answer, { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(everybody, async (answers) => {
        const item = await opened({ form: 'multiple', clientKey: randomUUID() })
        // each person's one after the other, all people at once
        const lines = people.map(async (person, who) => {
          for (const mine of answers.filter((one) => one.who === who))
            await say(person, item, mine.choices)
        })
        await Promise.all(lines)
        const last = new Map(answers.map(({ who, choices }) => [who, choices]))
        const expected: Record<string, number> = {}
        for (const choice of [...last.values()].flat())
          expected[choice] = (expected[choice] ?? 0) + 1
        const results = resultsOf(await tallyOf(item))
        expect(results).toEqual({ answers: last.size, counts: expected, texts: [] })
      }),
      { numRuns: 10 },
    )
  })

  it('lose words that ought not to be there, and still count them', async () => {
    const item = await opened({ form: 'text', options: [] })
    const [one, other] = [await guestIn(workshop), await guestIn(workshop)]
    await say(one, item, [], 'Не то слово')
    await say(other, item, [], 'То слово')
    const blank = acting('blank_answer', { item, text: 'Не то слово' })
    await expect(blankAnswer(world.ports, one, workshop, blank)).rejects.toMatchObject(
      refused('forbidden'),
    )
    const { rev } = await seen(item, true)
    await blankAnswer(world.ports, facilitator, workshop, blank)
    const { results, rev: now } = await seen(item, true)
    expect(results).toMatchObject({ answers: 2, texts: [{ text: 'То слово' }] })
    expect(now).toBeGreaterThan(rev)
    expect(JSON.stringify(await tallyOf(item))).not.toContain('Не то')
    // said twice it is told once, without the words
    await blankAnswer(world.ports, facilitator, workshop, blank)
    const told = await AuditEntry.find({ kind: 'answer:blanked', 'subject.item': item }).lean()
    expect(told.map(({ by }) => String(by))).toEqual([facilitator.userId])
    expect(JSON.stringify(told)).not.toContain('Не то')
  })

  it('finds no poll of another workshop', async () => {
    const item = await opened()
    const other = await liveWorkshop(world, facilitator)
    const someone = await guestIn(other)
    for (const nothing of [item, String(new Types.ObjectId())]) {
      const act = acting('vote', { item: nothing, choices: ['a'], lang })
      await expect(castVote(world, someone, other, act)).rejects.toMatchObject(refused('not_found'))
    }
  })
})
