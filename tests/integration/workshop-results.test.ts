import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { Outcome } from '../../models/outcome'
import { Thread } from '../../models/thread'
import type { WorkshopRow } from '../../models/workshop'
import { createServices } from '../../server/services'
import type { Actor } from '../../shared/actor'
import { SaveReport } from '../../shared/schemas/afterwards'
import { OutcomeChange, type OutcomeChangeOf } from '../../shared/schemas/outcomes'
import { acting, CASE, castVote, guestIn, liveWorkshop, POLL } from '../fixtures/live-workshop'
import { pdfPages } from '../setup/pdf-text'
import { createWorld, type World } from '../setup/world'

const DAY = 24 * 60 * 60_000

let world: World
let coordinator: Actor
let editor: Actor
let clinician: Actor
let workshop: WorkshopRow
let id: string
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
  editor = await world.member('editor')
  clinician = await world.member('viewer', 'b')
  workshop = await liveWorkshop(world, coordinator)
  id = String(workshop._id)
})

function change<I extends OutcomeChange['intent']>(intent: I, fields: object = {}) {
  return OutcomeChange.parse({ intent, clientKey: randomUUID(), ...fields }) as OutcomeChangeOf<I>
}
const act = async (actor: Actor, ...said: Parameters<typeof acting>) =>
  (await world.services.workshopRoom.act(actor, id, acting(...said))).item?.id ?? ''

describe('a task that nobody has yet', () => {
  const task = async (fields: object = {}) => {
    const add = change('add', { kind: 'task', textEn: 'Translate the form.', ...fields })
    const made = await world.services.outcomes.addOutcome(editor, id, add)
    return made.id
  }
  const assign = (actor: Actor, outcome: string, fields: object) =>
    world.services.outcomes.assignOutcome(actor, id, change('assign', { outcome, ...fields }))
  const read = async (outcome: string) => {
    const { outcomes } = await world.services.outcomes.readOutcomes(coordinator, id)
    const row = outcomes.find((each) => each.id === outcome)
    return [row?.assignee?.id ?? null, row?.due ?? null, row?.rev]
  }

  it('is given to somebody, who is told and finds it at home, and by nobody over another’s giving', async () => {
    const outcome = await task()
    const given = { assignee: clinician.userId, due: '2030-05-01', base: 1 }
    await Promise.all([assign(editor, outcome, given), assign(editor, outcome, given)])
    expect(await read(outcome)).toEqual([clinician.userId, '2030-05-01', 2])
    const told = await Notification.find({ user: clinician.userId, kind: 'outcome_assigned' })
    expect(told).toHaveLength(1)
    const { waitingForMe } = await world.services.home.readHome(clinician, world.partnershipId)
    expect(waitingForMe).toMatchObject([{ kind: 'task', outcomeId: outcome, due: '2030-05-01' }])
    const late = { assignee: coordinator.userId, base: 1 }
    await expect(assign(coordinator, outcome, late)).rejects.toMatchObject({ code: 'conflict' })
    await assign(coordinator, outcome, { base: 2 })
    expect(await read(outcome)).toEqual([null, null, 3])
  })

  it('is not given by a viewer, to a stranger, or where it is a decision', async () => {
    const outcome = await task()
    const given = { assignee: clinician.userId, base: 1 }
    await expect(assign(clinician, outcome, given)).rejects.toMatchObject({ code: 'forbidden' })
    const nobody = { ...given, assignee: '0'.repeat(24) }
    const invalid = { code: 'invalid_input' }
    await expect(assign(editor, outcome, nobody)).rejects.toMatchObject(invalid)
    const decision = await task({ kind: 'decision' })
    await expect(assign(editor, decision, given)).rejects.toMatchObject(invalid)
  })

  it('is remembered once, two days before its day, unless it was given as late as that', async () => {
    const now = new Date('2031-03-01T12:00:00Z')
    const at = (days: number) => {
      const clock = { now: () => new Date(now.getTime() + days * DAY) }
      return createServices({ ...world.ports, clock })
    }
    const outcome = await task()
    const given = { assignee: clinician.userId, due: '2031-03-05', base: 1 }
    await at(0).outcomes.assignOutcome(editor, id, change('assign', { outcome, ...given }))
    const lately = await task()
    const soon = { ...given, due: '2031-03-02', outcome: lately }
    await at(0).outcomes.assignOutcome(editor, id, change('assign', soon))
    const reminded = () => Notification.countDocuments({ kind: 'outcome_due' })
    await at(1.4).workshopReminders.remindDue()
    expect(await reminded()).toBe(0)
    const turns = [1, 2].map(() => at(2).workshopReminders.remindDue())
    await Promise.all(turns)
    await at(3).workshopReminders.remindDue()
    expect(await reminded()).toBe(1)
    expect(await Outcome.findById(outcome).lean()).toMatchObject({ rev: 2 })
  })
})

it('a question that two go on from at once has one discussion', async () => {
  const question = await act(clinician, 'ask', { text: 'Who keeps the register?', lang: 'en' })
  const go = (actor: Actor) =>
    world.services.outcomes.threadFrom(actor, id, change('thread', { question, lang: 'en' }))
  const both = await Promise.all([go(editor), go(coordinator), go(editor)])
  expect(new Set(both.map(({ threadId }) => threadId)).size).toBe(1)
  expect(await Thread.countDocuments({ partnership: workshop.partnership })).toBe(1)
})

describe('the event report', () => {
  it('tells what the room was shown, asked and advised, in both languages and without names', async () => {
    const guest = await guestIn(workshop)
    const hidden = await act(coordinator, 'make_poll', { ...POLL, promptEn: 'Hidden?' })
    const item = await act(coordinator, 'make_poll', { ...POLL, purpose: 'quiz', right: ['a'] })
    for (const each of [hidden, item]) await act(coordinator, 'open_poll', { item: each })
    const vote = acting('vote', { item, choices: ['a'], lang: 'ru' })
    await castVote(world, guest, workshop, vote)
    await act(coordinator, 'close_poll', { item })
    await act(coordinator, 'show_results', { item, on: true })
    const question = await act(guest, 'ask', { text: 'Как хранить журнал?', lang: 'ru' })
    const answer = { item: question, how: 'written', lang: 'en', text: 'In one place.' }
    await act(coordinator, 'answer', answer)
    const words = { item: question, of: 'answer', lang: 'ru', text: 'В одном месте.' }
    await act(coordinator, 'translate', words)
    const offered = await act(guest, 'offer_case', CASE)
    const advice = { item: offered, status: 'discussed', recommendations: 'Звонить по пятницам.' }
    await act(coordinator, 'set_case', advice)
    const gone = await act(guest, 'ask', { text: 'Сказано лишнее', lang: 'ru' })
    await act(coordinator, 'answer', { item: gone, how: 'live', lang: 'ru', text: '' })
    await act(coordinator, 'delete', { item: gone })

    // what is decided after the report was saved is in it as well
    const { reports, outcomes } = world.services
    const costs = SaveReport.parse({ base: 0, costsEn: 'None.', costsRu: 'Нет.', quotes: [] })
    await reports.saveReport(coordinator, id, costs)
    const decided = { kind: 'decision', textEn: 'One form.', textRu: 'Одна форма.' }
    await outcomes.addOutcome(editor, id, change('add', decided))

    const { facts } = await reports.readReport(coordinator, id)
    expect(JSON.stringify(facts.happened)).not.toMatch(/Гость|Hidden|лишнее|30–39|Городской/)
    expect(facts.happened.polls[0]).toMatchObject({
      answers: 1,
      options: [{ right: true }, {}, {}],
    })
    const expected = ['Как хранить журнал?', 'In one place.', 'В одном месте.']
    const advised = ['Как напоминать?', 'Звонить по пятницам.']
    for (const lang of ['en', 'ru'] as const) {
      const own =
        lang === 'en' ? ['Daily (right)', '100%', 'One form.'] : ['(верно)', 'Одна форма.']
      for (const format of ['pdf', 'docx'] as const) {
        const { bytes } = await reports.exportReport(coordinator, id, { lang, format })
        const text = format === 'pdf' ? (await pdfPages(bytes)).join('\n') : wordText(bytes)
        const said = text.replace(/\s+/g, ' ')
        for (const word of [...expected, ...advised, ...own]) expect(said).toContain(word)
        expect(said).not.toMatch(/Гость|Hidden|лишнее|Europe\//)
        expect(said).toMatch(/UTC\+3.*UTC−/)
      }
    }
  })

  it('does not say twice what was copied into its text before', async () => {
    const { reports } = world.services
    const text = { base: 1, decisionsEn: 'We agreed: One form.', decisionsRu: 'Одна форма.' }
    await reports.saveReport(coordinator, id, SaveReport.parse({ ...text, quotes: [] }))
    const { decisions } = (await reports.readReport(coordinator, id)).facts
    expect(decisions.map(({ en }) => en)).toEqual(['Translate the form.'])
  })
})

function wordText(bytes: Buffer): string {
  const file = unzipSync(bytes)['word/document.xml']
  return file ? strFromU8(file).replace(/<[^>]+>/g, '') : ''
}
