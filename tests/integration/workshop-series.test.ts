import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ChangedPlanForm } from '../../app/features/workshops/plan-schemas.server'
import { action as edit } from '../../app/routes/partnerships.$slug.workshops.$workshopId_.edit'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Notification } from '../../models/notification'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { filesWith } from '../../server/services/letter-files'
import { changeWorkshop } from '../../server/services/workshop-changes'
import type { Actor } from '../../shared/actor'
import type { Mail } from '../../shared/mails'
import { planParts } from '../../shared/plan-parts'
import { CreateWorkshop, WorkshopPlan } from '../../shared/schemas/workshops'
import { seenOf } from '../../shared/seen-words'
import { wallClockAt } from '../../shared/wall-clock'
import { atTime, lettersTo } from '../fixtures/planned-workshop'
import { createWorld, type World } from '../setup/world'

const ZONE = 'America/New_York'
const PLAN = {
  titleEn: 'Missed doses',
  mode: 'virtual',
  // the clocks go back on 2 November
  startsAt: '2031-10-21T09:00',
  timeZone: ZONE,
  capacity: 1,
  agenda: [{ minutes: 60, titleEn: 'Adherence', spoken: 'en' }],
}

/** A weekly series by one editor, its rows in their order. */
async function series(plan: object = {}, times = 5) {
  const world = await createWorld()
  const editor = await world.member('editor', 'b')
  const input = { plan: { ...PLAN, ...plan }, repeats: 'weekly', times, clientKey: randomUUID() }
  const { workshops } = world.services
  await workshops.createWorkshop(editor, world.partnershipId, CreateWorkshop.parse(input))
  return { world, editor, workshops, rows: () => rowsOf(world) }
}

function rowsOf(world: World): Promise<WorkshopRow[]> {
  return Workshop.find({ partnership: world.partnershipId }).sort({ seriesPlace: 1 }).lean()
}

const wallOf = ({ startsAt, timeZone }: WorkshopRow) => wallClockAt(startsAt.getTime(), timeZone)
const emailOf = async ({ userId }: Actor) => (await User.findById(userId).lean())?.email ?? ''

/** The plan of a row as its form sends it back, with some of it changed. */
function changing(row: WorkshopRow | undefined, fields: object, scope?: 'later') {
  if (!row) throw new Error('no such workshop')
  const agenda = row.agenda.map(({ _id, minutes, title, spoken }) => {
    return { id: String(_id), minutes, titleEn: title.en, titleRu: title.ru, spoken }
  })
  const plan = WorkshopPlan.parse({
    ...PLAN,
    titleEn: row.title.en,
    startsAt: wallOf(row),
    facilitators: row.facilitators.map(String),
    capacity: row.capacity ?? '',
    agenda,
    ...fields,
  })
  return [String(row._id), { plan, base: row.rev, ...(scope ? { scope } : {}) }] as const
}

describe('changing the later ones of a series', () => {
  it('carries what was changed, by the wall clock, to those that are still to come', async () => {
    const { world, editor, workshops, rows } = await series()
    const { register } = world.services.workshopRegistration
    const [, , third, fourth, fifth] = await rows()
    for (const { _id } of await rows()) {
      await workshops.moveWorkshop(editor, String(_id), { verb: 'announce', reason: '' })
    }
    const [coming, waiting] = [await world.member('viewer'), await world.member('viewer')]
    for (const row of [third, fifth]) await register(coming, String(row?._id))
    await register(waiting, String(fifth?._id))
    await workshops.moveWorkshop(editor, String(fourth?._id), { verb: 'cancel', reason: '' })
    // the third one alone is at another hour, and about something else
    const alone = { titleEn: 'Side effects', startsAt: '2031-11-05T11:00' }
    await workshops.changeWorkshop(editor, ...changing((await rows())[2], alone))
    await MailItem.deleteMany({})
    const before = await rows()

    const [row] = (await rows())[1]?.agenda ?? []
    const agenda = [
      { id: String(row?._id), minutes: 90, titleEn: 'Adherence', spoken: 'en' },
      { minutes: 15, titleEn: 'Questions', spoken: 'both' },
    ]
    const fields = {
      startsAt: '2031-10-29T10:30',
      objectivesEn: 'Dose by dose',
      capacity: 2,
      agenda,
    }
    const input = changing(before[1], fields, 'later')
    const outcome = { changed: 2, same: 0, over: 1, others: 0 }
    expect(await workshops.changeWorkshop(editor, ...input)).toEqual(outcome)
    // the answer was lost, and it is sent again
    expect(await workshops.changeWorkshop(editor, ...input)).toEqual(outcome)

    const after = await rows()
    expect(after.map(wallOf)).toEqual([
      '2031-10-21T09:00',
      '2031-10-29T10:30',
      '2031-11-06T12:30',
      '2031-11-11T09:00',
      '2031-11-19T10:30',
    ])
    expect(after.map(({ rev }, at) => rev - (before[at]?.rev ?? 0))).toEqual([0, 1, 1, 0, 1])
    expect(after[4]?.startsAt.toISOString()).toBe('2031-11-19T15:30:00.000Z')
    expect(after[4]?.endsAt.toISOString()).toBe('2031-11-19T17:15:00.000Z')
    expect(after[2]?.title.en).toBe('Side effects')
    expect(after.map(({ objectives }) => objectives.en)).toEqual([
      undefined,
      'Dose by dose',
      'Dose by dose',
      undefined,
      'Dose by dose',
    ])
    expect(after[4]?.agenda.map(({ minutes }) => minutes)).toEqual([90, 15])
    expect(after[4]?.agenda[0]?._id).toEqual(before[4]?.agenda[0]?._id)
    const ids = after.flatMap((each) => each.agenda.map(({ _id }) => String(_id)))
    expect(new Set(ids).size).toBe(8)

    const theirs = { workshop: fifth?._id, user: waiting.userId }
    expect(await WorkshopParticipant.findOne(theirs)).toMatchObject({ registration: 'registered' })
    const letters = await lettersTo(await emailOf(coming), 'workshop-changed')
    expect(letters).toHaveLength(1)
    expect(letters[0]?.values).toMatchObject({
      id: String(third?._id),
      was: { startsAt: '2031-11-05T16:00:00.000Z' },
      also: [{ id: String(fifth?._id), was: '2031-11-18T14:00:00.000Z' }],
    })
    const [file] = await filesWith(letters[0] as unknown as Mail, 'https://twinward.example')
    expect(file?.text.match(/^SEQUENCE:\d+/gm)).toEqual(['SEQUENCE:4', 'SEQUENCE:3'])
    const notices = { user: coming.userId, kind: 'workshop_changed' as const }
    // one of them from when the third was changed alone
    expect(await Notification.countDocuments(notices)).toBe(3)
  })

  it('leaves those that somebody else runs, and says how many', async () => {
    const { world, editor, workshops, rows } = await series({}, 3)
    const coordinator = await world.member('coordinator')
    const other = await world.member('editor')
    const theirs = changing((await rows())[1], { facilitators: [other.userId] })
    await workshops.changeWorkshop(coordinator, ...theirs)
    const outcome = { changed: 1, same: 0, over: 0, others: 1 }
    const [first] = await rows()
    const listed = await workshops.listLater(editor, String(first?._id))
    expect(listed).toMatchObject({ open: [{ place: 3 }], over: 0, others: 1 })
    const input = changing(first, { titleEn: 'Missed visits' }, 'later')
    expect(await workshops.changeWorkshop(editor, ...input)).toEqual(outcome)
    const titles = (await rows()).map(({ title }) => title.en)
    expect(titles).toEqual(['Missed visits', 'Missed doses', 'Missed visits'])
    // onto the hour of the one that stays
    const onto = changing((await rows())[0], { startsAt: '2031-10-28T09:30' }, 'later')
    await expect(workshops.changeWorkshop(editor, ...onto)).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { scope: 'later_collides' },
    })
    await expect(workshops.changeWorkshop(other, ...onto)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('changes none where one would be in the past, or where the form is out of date', async () => {
    const { world, editor, workshops, rows } = await series({}, 3)
    const before = await rows()
    const earlier = changing(before[0], { startsAt: '2031-10-13T09:00' }, 'later')
    const late = atTime(world.ports, '2031-10-27T00:00:00.000Z')
    await expect(changeWorkshop(late, editor, ...earlier)).rejects.toMatchObject({
      detail: { scope: 'later_past' },
    })
    await workshops.changeWorkshop(editor, ...changing(before[0], { phone: '1' }))
    // once for this one alone, then for all with the same form
    for (const fields of [{ phone: '2' }, { phone: '1' }]) {
      const stale = changing(before[0], fields, 'later')
      await expect(workshops.changeWorkshop(editor, ...stale)).rejects.toMatchObject({
        code: 'conflict',
      })
    }
    expect((await rows()).slice(1)).toEqual(before.slice(1))
  })

  it('keeps what a colleague changes in a later one at the same moment', async () => {
    const { world, editor, workshops, rows } = await series({}, 4)
    const coordinator = await world.member('coordinator')
    const [first, , third] = await rows()
    const [told] = await Promise.all([
      workshops.changeWorkshop(editor, ...changing(first, { phone: '12' }, 'later')),
      workshops
        .changeWorkshop(coordinator, ...changing(third, { titleEn: 'Side effects' }))
        .catch((error) => expect(error).toMatchObject({ code: 'conflict' })),
    ])
    expect(told).toMatchObject({ changed: 3 })
    const after = await rows()
    expect(after.map(({ phone }) => phone)).toEqual(['12', '12', '12', '12'])
    expect(after[2]?.rev).toBe(after[2]?.title.en === 'Side effects' ? 3 : 2)
  })
})

describe('the form of a plan', () => {
  it('is told what is carried to no other one, as a colleague has changed it alike', async () => {
    const { world, editor, workshops, rows } = await series({}, 3)
    const [coordinator, id] = [await world.member('coordinator'), String((await rows())[0]?._id)]
    const { values, rev } = await workshops.readPlan(editor, id)
    const opened = { ...values, base: String(rev), seen: seenOf(planParts(values)) }
    const save = (actor: Actor, typed: object) =>
      workshops.changeWorkshop(actor, id, ChangedPlanForm.parse({ ...opened, ...typed }))
    await save(coordinator, { capacity: '30' })
    await save(coordinator, { titleRu: 'Пропуски' })
    const mine = { capacity: '30', phone: '12', scope: 'later' }
    await expect(save(editor, mine)).rejects.toMatchObject({
      code: 'conflict',
      detail: { parts: 'scope' },
    })
    expect(await save(editor, { phone: '12', scope: 'later' })).toMatchObject({ changed: 2 })
    expect((await rows()).map(({ capacity, phone }) => [capacity, phone])).toEqual([
      [30, '12'],
      [1, '12'],
      [1, '12'],
    ])
  })

  it('asks for the later ones without scripts, and its answer says how many were changed', async () => {
    const { world, editor, workshops, rows } = await series({}, 3)
    const [first] = await rows()
    const workshopId = String(first?._id)
    const { values, rev } = await workshops.readPlan(editor, workshopId)
    const post = async (typed: Record<string, string>) => {
      const body = new URLSearchParams({ ...values, base: String(rev), ...typed })
      const request = new Request('http://here/edit', { method: 'POST', body })
      const { services, log } = world
      const context = { services, actor: editor, log, noteIgnored: () => {} }
      const params = { slug: world.slug, workshopId }
      return edit({ request, params, context } as never)
    }
    const past = { scope: 'later', startsOn: '2001-01-01', titleEn: 'Missed visits' }
    expect(await post(past)).toMatchObject({
      init: { status: 422 },
      data: { refused: { detail: { scope: 'later_past' } }, values: past },
    })
    const done = (await post({ scope: 'later', startsTime: '10:00' })) as Response
    expect(done.headers.get('location')).toBe(
      `/partnerships/${world.slug}/workshops/${workshopId}?series=changed&changed=2&same=0&over=0&others=0`,
    )
  })
})

describe('cancelling the later ones of a series', () => {
  it('cancels those that can be, once, with a letter a person', async () => {
    const { world, editor, workshops, rows } = await series({}, 4)
    const [first, second, third, fourth] = await rows()
    const move = (row: WorkshopRow | undefined, verb: 'announce' | 'start' | 'cancel') =>
      workshops.moveWorkshop(editor, String(row?._id), { verb, reason: '' })
    for (const row of [first, second, third]) await move(row, 'announce')
    await move(second, 'start')
    const coming = await world.member('viewer')
    for (const row of [first, third]) {
      await world.services.workshopRegistration.register(coming, String(row?._id))
    }
    const input = { verb: 'cancel', reason: 'Snow', scope: 'later' } as const
    for (const _ of ['once', 'and again']) {
      const told = await workshops.moveWorkshop(editor, String(first?._id), input)
      expect(told).toEqual({ changed: 2, same: 0, over: 1, others: 0 })
    }
    const statuses = (await rows()).map(({ status }) => status)
    expect(statuses).toEqual(['cancelled', 'live', 'cancelled', 'cancelled'])
    const letters = await lettersTo(await emailOf(coming), 'workshop-cancelled')
    expect(letters.map(({ values }) => values)).toMatchObject([
      { id: String(first?._id), reason: 'Snow', also: [{ id: String(third?._id), was: null }] },
    ])
    const facts = { kind: 'workshop:cancelled', by: editor.userId } as const
    expect(await AuditEntry.countDocuments(facts)).toBe(3)
    expect(await move(fourth, 'cancel')).toBeNull()
  })
})
