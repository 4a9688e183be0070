import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { Outcome } from '../../models/outcome'
import { Protocol } from '../../models/protocol'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { writeText } from '../../server/demo/protocol-text'
import { documentId } from '../../server/services/workshop-documents'
import type { Actor } from '../../shared/actor'
import { deriveUnits } from '../../shared/editor/alignment'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { OutcomeChange, type OutcomeChangeOf } from '../../shared/schemas/outcomes'
import { acting, guestIn, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

const DECIDED = { en: 'One form for both sides.', ru: 'Одна форма для обеих сторон.' }

let world: World
let coordinator: Actor
let editor: Actor
let viewer: Actor
let workshop: WorkshopRow
let id: string
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
  editor = await world.member('editor')
  viewer = await world.member('viewer', 'b')
  workshop = await liveWorkshop(world, coordinator)
  id = String(workshop._id)
  await writeNotes()
})

/** The workshop's notes: one pair that agrees, one line in Russian only. */
async function writeNotes() {
  const lines = [
    ['p', DECIDED.en, DECIDED.ru, 'reviewed'],
    ['p', null, 'Кто отвечает на звонки ночью?'],
  ] as const
  const by = { translatedBy: editor.userId, reviewedBy: editor.userId, at: new Date() }
  const { bodies, ledger } = writeText({ key: 'n', source: 'en', lines }, by)
  const { partnership } = workshop
  const room = documentId(workshop._id, 'notes')
  const first = encodeFirstContent(bodies, ledger)
  await world.ports.live.seed({ partnership: String(partnership), room }, first)
  const at = { workshop: workshop._id, part: 'notes' as const, createdAt: new Date() }
  await Protocol.create({
    ...at,
    _id: new Types.ObjectId(room),
    partnership,
    title: { en: 'Notes' },
    status: 'draft',
    createdBy: editor.userId,
    clientKey: randomUUID(),
    editedAt: new Date(),
  })
}

/** A change as a form sends it. */
function change<I extends OutcomeChange['intent']>(intent: I, fields: object = {}) {
  return OutcomeChange.parse({ intent, clientKey: randomUUID(), ...fields }) as OutcomeChangeOf<I>
}

const read = (actor: Actor) => world.services.outcomes.readOutcomes(actor, id)

describe('a decision or a task', () => {
  it('is made from a paragraph of the notes once, however often it is sent', async () => {
    const { notes, notesId } = await read(editor)
    expect(notes.map(({ text }) => text)).toEqual([
      DECIDED,
      { ru: 'Кто отвечает на звонки ночью?' },
    ])
    const add = change('add', {
      kind: 'decision',
      unit: 'n-01',
      textEn: DECIDED.en,
      textRu: DECIDED.ru,
    })
    const add2 = () => world.services.outcomes.addOutcome(editor, id, add)
    const [first, second] = await Promise.all([add2(), add2()])
    expect(second).toEqual(first)
    expect(await add2()).toEqual(first)
    const rows = await Outcome.find({ workshop: workshop._id, clientKey: add.clientKey }).lean()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ text: DECIDED, source: { unit: 'n-01' } })
    expect(String(rows[0]?.source?.protocol)).toBe(notesId)
  })

  it('tells whoever is given it, who may finish it and open it again', async () => {
    const add = change('add', {
      kind: 'task',
      textRu: 'Перевести форму.',
      assignee: viewer.userId,
      due: '2026-12-24',
    })
    const { id: outcome } = await world.services.outcomes.addOutcome(editor, id, add)
    const told = await Notification.find({ user: viewer.userId }).lean()
    expect(told.map(({ kind }) => kind)).toEqual(['outcome_assigned'])
    const mine = async () =>
      (await read(viewer)).outcomes.find((each) => each.id === outcome) ?? null
    expect(await mine()).toMatchObject({ due: '2026-12-24', doneAt: null })
    const waiting = async () =>
      (await world.services.home.readHome(viewer, world.partnershipId)).waitingForMe
    expect(await waiting()).toMatchObject([
      { kind: 'task', outcomeId: outcome, title: { ru: 'Перевести форму.' }, due: '2026-12-24' },
    ])
    expect((await mine())?.may).toEqual({ assign: false, settle: true, remove: false })
    const settle = (intent: 'done' | 'open', actor = viewer) =>
      world.services.outcomes.settleOutcome(actor, id, change(intent, { outcome }))
    await settle('done')
    expect((await mine())?.doneAt).not.toBeNull()
    expect(await waiting()).toEqual([])
    await settle('open')
    expect((await mine())?.doneAt).toBeNull()
    const other = await world.member('viewer')
    await expect(settle('done', other)).rejects.toMatchObject({ code: 'forbidden' })
    const remove = (actor: Actor) =>
      world.services.outcomes.removeOutcome(actor, id, change('remove', { outcome }))
    await expect(remove(viewer)).rejects.toMatchObject({ code: 'forbidden' })
    await remove(coordinator)
    await remove(coordinator)
    expect(await mine()).toBeNull()
  })

  it.each([
    ['no words', { kind: 'task' }, 'invalid_input'],
    [
      'a stranger to do it',
      { kind: 'task', textEn: 'Call.', assignee: '0'.repeat(24) },
      'invalid_input',
    ],
    [
      'a patient',
      { kind: 'task', textRu: 'Позвонить: Иванов И.И., 1 февраля 1980 г.р.' },
      'patient_data',
    ],
  ])('is refused with %s', async (_, fields, code) => {
    const before = await Outcome.countDocuments({})
    const add = world.services.outcomes.addOutcome(editor, id, change('add', fields))
    await expect(add).rejects.toMatchObject({ code })
    expect(await Outcome.countDocuments({})).toBe(before)
  })
})

describe('what goes on', () => {
  it('is a discussion anchored to the paragraph of the notes', async () => {
    const go = change('thread', { unit: 'n-02', lang: 'en' })
    const { threadId } = await world.services.outcomes.threadFrom(editor, id, go)
    expect(await world.services.outcomes.threadFrom(editor, id, go)).toEqual({ threadId })
    const thread = await Thread.findById(threadId).lean()
    expect(thread).toMatchObject({ lang: 'ru', anchor: { unit: 'n-02' } })
    expect(String(thread?.anchor?.protocol)).toBe(documentId(workshop._id, 'notes'))
  })

  it('is a discussion from a question, which then leads there and is open no more', async () => {
    const ask = acting('ask', { text: 'Кто ведёт журнал?', lang: 'ru' })
    const { item } = await world.services.workshopRoom.act(viewer, id, ask)
    const question = item?.id ?? ''
    expect((await read(editor)).unanswered.map((each) => each.id)).toEqual([question])
    const go = change('thread', { question, lang: 'ru' })
    const { threadId } = await world.services.outcomes.threadFrom(editor, id, go)
    const row = await WorkshopItem.findById(question).lean()
    expect(String((row?.body as { thread?: unknown } | undefined)?.thread)).toBe(threadId)
    expect((await read(editor)).unanswered).toEqual([])
  })

  it('says whose question it was and where, with the colleague’s translation under their name', async () => {
    const { workshopRoom, outcomes } = world.services
    const guest = await guestIn(workshop)
    const begin = async (translate?: Actor) => {
      const ask = acting('ask', { text: 'Кто ведёт журнал?', lang: 'ru' })
      const question = (await workshopRoom.act(guest, id, ask)).item?.id ?? ''
      const words = { item: question, of: 'text', text: 'Who keeps the register?', lang: 'en' }
      if (translate) await workshopRoom.act(translate, id, acting('translate', words))
      const go = change('thread', { question, lang: 'ru' })
      const { threadId } = await outcomes.threadFrom(editor, id, go)
      return Reply.findOne({ thread: threadId, seq: 1 }).lean()
    }
    const post = await begin(coordinator)
    const place = `${world.ports.publicUrl()}/workshops/${id}`
    expect(post?.text).toBe(
      `Кто ведёт журнал?\n\nАвтор вопроса: Иван Гость (гость). Задан на семинаре «Приверженность»: ${place}`,
    )
    expect(post?.translation).toMatchObject({ lang: 'en', ofEdit: 0 })
    expect(String(post?.translation?.by)).toBe(coordinator.userId)
    expect(post?.translation?.text).toBe(
      `Who keeps the register?\n\nAsked by Иван Гость (guest) in the workshop “Adherence”: ${place}`,
    )
    // a guest who interprets is nobody in discussions: the post names them
    const interpreter = await guestIn(workshop)
    const named = { interpreter: true }
    await WorkshopParticipant.updateOne({ _id: interpreter.userId }, { $set: named })
    const theirs = await begin(interpreter)
    expect(theirs?.translation).toBeNull()
    expect(theirs?.text).toContain(
      'Перевод на семинаре, автор Иван Гость (гость): Who keeps the register?',
    )
  })

  it('is a protocol that begins with the notes in both languages, and their pairs', async () => {
    const go = change('protocol')
    const { protocolId } = await world.services.outcomes.protocolFrom(editor, id, go)
    expect(await world.services.outcomes.protocolFrom(editor, id, go)).toEqual({ protocolId })
    const at = { partnership: world.partnershipId, room: protocolId }
    const { blocks, ledger } = await world.ports.live.read(at)
    const units = deriveUnits(blocks, ledger)
    expect(units.map(({ text, state }) => [text.en, text.ru, state])).toEqual([
      [DECIDED.en, DECIDED.ru, 'reviewed'],
      ['', 'Кто отвечает на звонки ночью?', 'missing'],
    ])
    const listed = await world.services.protocols.listProtocols(editor, world.partnershipId)
    expect(listed.map((each) => each.id)).toEqual([protocolId])
    expect(listed[0]?.counts).toMatchObject({ units: 2, reviewed: 1, missing: 1 })
  })
})

describe('whoever may not', () => {
  it('is a viewer, who reads and writes nothing', async () => {
    expect((await read(viewer)).may).toEqual({ add: false, discuss: false, draft: false })
    const { outcomes } = world.services
    const text = { kind: 'task', textEn: 'Call.' }
    const tries = [
      outcomes.addOutcome(viewer, id, change('add', text)),
      outcomes.threadFrom(viewer, id, change('thread', { unit: 'n-01', lang: 'en' })),
      outcomes.protocolFrom(viewer, id, change('protocol')),
    ]
    for (const each of await Promise.allSettled(tries)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'forbidden' } })
    }
  })

  it('is whoever waits at the door, for whom there are no notes and no questions', async () => {
    await Workshop.updateOne({ _id: id }, { $set: { waitingRoom: true } })
    const waiting = await world.member('editor')
    const { outcomes } = world.services
    try {
      expect(await read(waiting)).toMatchObject({ notes: [], notesId: null, unanswered: [] })
      expect((await read(coordinator)).notes).toHaveLength(2)
      const tries = [
        outcomes.threadFrom(waiting, id, change('thread', { unit: 'n-01', lang: 'en' })),
        outcomes.protocolFrom(waiting, id, change('protocol')),
      ]
      for (const each of await Promise.allSettled(tries)) {
        expect(each).toMatchObject({ status: 'rejected', reason: { code: 'in_waiting_room' } })
      }
    } finally {
      await Workshop.updateOne({ _id: id }, { $set: { waitingRoom: false } })
    }
  })

  it('is whoever would make a protocol of notes in which nothing stands', async () => {
    const { _id } = await liveWorkshop(world, coordinator)
    const { outcomes, workshopDocuments } = world.services
    await workshopDocuments.beginDocument(coordinator, String(_id), 'notes')
    const made = outcomes.protocolFrom(coordinator, String(_id), change('protocol'))
    await expect(made).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is a stranger and a guest, for whom there is nothing', async () => {
    const guest = await guestIn(workshop)
    const stranger = await world.stranger()
    await expect(read(stranger)).rejects.toMatchObject({ code: 'not_found' })
    // the workshop itself a guest knows
    await expect(read(guest)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      world.services.outcomes.addOutcome(guest, id, change('add', { kind: 'task', textEn: 'X' })),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})
