import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Membership } from '../../models/membership'
import { Resource } from '../../models/resource'
import { Workshop } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import { listChoices } from '../../server/services/workshop-choices'
import { CreateWorkshop, WorkshopPlan } from '../../shared/schemas/workshops'
import { createWorld, type World } from '../setup/world'

const ROW = { minutes: 45, titleEn: 'Adherence', titleRu: 'Приверженность', spoken: 'en' }
const PLAN = {
  titleEn: 'Missed doses',
  titleRu: 'Пропущенные дозы',
  mode: 'virtual',
  startsAt: '2031-12-02T09:00',
  timeZone: 'America/New_York',
  agenda: [ROW, { ...ROW, minutes: 30, titleEn: 'Questions', speakerName: 'Guest' }],
}
const planOf = (fields: object = {}) => WorkshopPlan.parse({ ...PLAN, ...fields })
const creating = (plan: object = {}, fields: object = {}) =>
  CreateWorkshop.parse({ plan: { ...PLAN, ...plan }, clientKey: randomUUID(), ...fields })

async function planned(world: World, plan: object = {}) {
  const editor = await world.member('editor', 'b')
  const { workshops } = world.services
  const { id } = await workshops.createWorkshop(editor, world.partnershipId, creating(plan))
  return { editor, id }
}

describe('createWorkshop', () => {
  it('plans once for one intent, in UTC, with the editor as its facilitator', async () => {
    const world = await createWorld()
    const editor = await world.member('editor', 'b')
    const { workshops } = world.services
    const input = creating()
    const made = await Promise.all(
      Array.from({ length: 4 }, () => workshops.createWorkshop(editor, world.partnershipId, input)),
    )
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    const view = await workshops.readWorkshop(editor, made[0]?.id ?? '')
    expect(view).toMatchObject({
      status: 'draft',
      startsAt: '2031-12-02T14:00:00.000Z',
      endsAt: '2031-12-02T15:15:00.000Z',
      facilitators: [{ id: editor.userId }],
      agenda: [{ startsAt: '2031-12-02T14:00:00.000Z' }, { speaker: 'Guest' }],
      may: { facilitate: true, moves: ['announce', 'cancel'] },
    })
  })

  it('makes a series with a row each, every one of its own', async () => {
    const world = await createWorld()
    const coordinator = await world.member('coordinator')
    const input = creating({ startsAt: '2031-10-28T09:00' }, { repeats: 'weekly', times: 3 })
    const { workshops } = world.services
    for (const _ of [1, 2]) await workshops.createWorkshop(coordinator, world.partnershipId, input)
    const rows = await Workshop.find({ partnership: world.partnershipId }).sort({ startsAt: 1 })
    expect(rows.map(({ startsAt }) => startsAt.toISOString().slice(0, 13))).toEqual([
      '2031-10-28T13',
      '2031-11-04T14',
      '2031-11-11T14',
    ])
    expect(new Set(rows.map(({ series }) => String(series))).size).toBe(1)
    const { upcoming } = await workshops.listWorkshops(coordinator, world.partnershipId)
    expect(upcoming.map(({ series }) => series)).toEqual(
      [1, 2, 3].map((place) => ({ place, of: 3 })),
    )
    const ids = rows.flatMap(({ agenda }) => agenda.map(({ _id }) => String(_id)))
    expect(new Set(ids).size).toBe(6)
  })

  it('refuses those who may not, people of elsewhere and patient data', async () => {
    const world = await createWorld()
    const { workshops } = world.services
    const make = async (role: 'viewer' | 'observer' | 'editor', plan: object = {}) =>
      workshops.createWorkshop(await world.member(role), world.partnershipId, creating(plan))
    await expect(make('viewer')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(make('observer')).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await world.stranger()
    const viewer = await world.member('viewer')
    for (const one of [stranger, viewer]) {
      await expect(make('editor', { facilitators: [one.userId] })).rejects.toMatchObject({
        code: 'invalid_input',
        detail: { facilitators: 'unknown' },
      })
    }
    const agenda = [ROW, { ...ROW, speaker: stranger.userId, resource: 'a'.repeat(24) }]
    await expect(make('editor', { agenda })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { 'agenda.1.speaker': 'unknown', 'agenda.1.resource': 'unknown' },
    })
    const materials = ['a'.repeat(24)]
    await expect(make('editor', { materials })).rejects.toMatchObject({ code: 'invalid_input' })
    const objectivesEn = 'СНИЛС 112-233-445 95'
    await expect(make('editor', { objectivesEn })).rejects.toMatchObject({ code: 'patient_data' })
  })
})

describe('listChoices', () => {
  it('offers the ways of sound and picture that this installation has', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const jitsi = { channels: { jitsiUrl: 'https://meet.example.org' } }
    const kinds = async (ports: Parameters<typeof listChoices>[0]) =>
      (await listChoices(ports, editor, world.partnershipId)).channelKinds
    expect(await kinds({ channels: {} })).toEqual(['link'])
    expect(await kinds(jitsi)).toEqual(['jitsi', 'link'])
  })

  it('keeps on offer whom and what a plan names, though they have left or are old', async () => {
    const world = await createWorld()
    const speaker = await world.member('editor')
    const { partnershipId, services } = world
    const leaflet = { titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' }
    const item = { ...leaflet, kind: 'leaflet' as const, clientKey: randomUUID() }
    const { id: old } = await services.resources.createResource(speaker, partnershipId, item)
    const agenda = [{ ...ROW, speaker: speaker.userId, resource: old }]
    const { editor, id } = await planned(world, { agenda })
    await Membership.updateOne({ user: speaker.userId }, { status: 'removed' })
    await Resource.updateOne({ _id: old }, { changedAt: new Date(0) }, { timestamps: false })
    const newer = Array.from({ length: 200 }, () => ({
      partnership: partnershipId,
      title: { en: 'Newer', ru: '' },
      about: { en: '', ru: '' },
      createdBy: editor.userId,
      clientKey: randomUUID(),
      kind: item.kind,
      createdAt: new Date(),
      changedAt: new Date(),
    }))
    await Resource.insertMany(newer)
    const offered = async (workshopId?: string) => {
      const ports = { channels: {} }
      const { people, resources } = await listChoices(ports, editor, partnershipId, workshopId)
      return [
        people.find((each) => each.id === speaker.userId)?.facilitates,
        resources.some((each) => each.id === old),
      ]
    }
    expect(await offered()).toEqual([undefined, false])
    expect(await offered(id)).toEqual([false, true])
  })
})

describe('drafts and lists', () => {
  it('shows a draft to its facilitators alone, and nothing to observers', async () => {
    const world = await createWorld()
    const { editor, id } = await planned(world)
    const { workshops } = world.services
    const viewer = await world.member('viewer')
    const list = async (actor = viewer) =>
      (await workshops.listWorkshops(actor, world.partnershipId)).upcoming.map((each) => each.id)
    expect(await list()).toEqual([])
    await expect(workshops.readWorkshop(viewer, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await list(editor)).toEqual([id])
    await workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    expect(await list()).toEqual([id])
    const observer = await world.member('observer')
    await expect(list(observer)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(workshops.readWorkshop(observer, id)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('changeWorkshop', () => {
  it('keeps the ids of rows, raises rev, and refuses a form that is out of date', async () => {
    const world = await createWorld()
    const { editor, id } = await planned(world)
    const { workshops } = world.services
    const before = await workshops.readWorkshop(editor, id)
    const [first, second] = before.agenda
    const agenda = [{ ...ROW, id: second?.id, minutes: 10 }, ROW, { ...ROW, id: first?.id }]
    const input = { plan: planOf({ agenda }), base: before.rev }
    await workshops.changeWorkshop(editor, id, input)
    // the answer was lost, and it is sent again
    await workshops.changeWorkshop(editor, id, input)
    const after = await workshops.readWorkshop(editor, id)
    expect(after.rev).toBe(before.rev + 1)
    expect(after.agenda.map((row) => row.id)).toEqual([second?.id, expect.any(String), first?.id])
    const stale = { plan: planOf({ titleEn: 'Other' }), base: before.rev }
    await expect(workshops.changeWorkshop(editor, id, stale)).rejects.toMatchObject({
      code: 'conflict',
    })
    const other = await world.member('editor')
    const current = { plan: planOf(), base: after.rev }
    await expect(workshops.changeWorkshop(other, id, current)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('moveWorkshop', () => {
  it('goes through its states once each, recorded, and by nobody else', async () => {
    const world = await createWorld()
    const { editor, id } = await planned(world)
    const { workshops } = world.services
    const move = (verb: 'announce' | 'start' | 'close' | 'reopen' | 'cancel', actor = editor) =>
      workshops.moveWorkshop(actor, id, { verb, reason: '' })
    await expect(move('start')).rejects.toMatchObject({ code: 'conflict' })
    await move('announce')
    const viewer = await world.member('viewer')
    await expect(move('start', viewer)).rejects.toMatchObject({ code: 'forbidden' })
    await Promise.allSettled([move('start'), move('start')])
    await expect(move('cancel')).rejects.toMatchObject({ code: 'conflict' })
    await move('close')
    const change = { plan: planOf(), base: 9 }
    await expect(workshops.changeWorkshop(editor, id, change)).rejects.toMatchObject({
      code: 'workshop_over',
    })
    await move('reopen')
    const kinds = await AuditEntry.find({ 'subject.workshop': id }).sort({ _id: 1 })
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'workshop:announced',
      'workshop:started',
      'workshop:closed',
      'workshop:reopened',
    ])
    const told = world.heard.flatMap(([event, fact]) =>
      event === 'workshop:status' && 'status' in fact ? [fact.status] : [],
    )
    expect(told.filter((status, n) => status !== told[n - 1])).toEqual([
      'announced',
      'live',
      'closed',
      'live',
    ])
  })

  it('ends open polls, hands and timers with the room, each under its own number', async () => {
    const world = await createWorld()
    const { editor, id } = await planned(world)
    const { workshops } = world.services
    for (const verb of ['announce', 'start'] as const) {
      await workshops.moveWorkshop(editor, id, { verb, reason: '' })
    }
    const within = { partnership: world.partnershipId, workshop: id, at: new Date(), by: null }
    const poll = {
      form: 'single',
      purpose: 'poll',
      prompt: {},
      options: [],
      right: [],
      shown: false,
    }
    const items = await WorkshopItem.create([
      {
        ...within,
        kind: 'poll',
        rev: 1,
        born: 1,
        clientKey: 'a',
        body: { ...poll, status: 'open' },
      },
      { ...within, kind: 'hand', rev: 2, born: 2, clientKey: 'b', body: { state: 'up' } },
      { ...within, kind: 'hand', rev: 3, born: 3, clientKey: 'c', body: { state: 'down' } },
    ])
    await Workshop.updateOne({ _id: id }, { $set: { roomRev: 3 } })
    const tally = { _id: items[0]?._id, partnership: world.partnershipId, workshop: id }
    await WorkshopTally.create({ ...tally, kind: 'poll', open: true })
    await workshops.moveWorkshop(editor, id, { verb: 'close', reason: '' })
    const rows = await WorkshopItem.find({ workshop: id }).sort({ born: 1 }).lean()
    expect(rows.map(({ rev }) => rev)).toEqual([4, 5, 3])
    expect(rows.map(({ body }) => body)).toMatchObject([
      { status: 'closed' },
      { state: 'down' },
      { state: 'down' },
    ])
    expect(await Workshop.findById(id)).toMatchObject({ roomRev: 5, status: 'closed' })
    expect(await WorkshopTally.findOne(tally)).toMatchObject({ open: false })
  })
})
