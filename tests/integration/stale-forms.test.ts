import { Types } from 'mongoose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readReportForm } from '../../app/features/afterwards/read-report'
import { ChangedPlanForm } from '../../app/features/workshops/plan-schemas.server'
import { AuditEntry } from '../../models/audit-entry'
import type { Actor } from '../../shared/actor'
import { ACKNOWLEDGED } from '../../shared/patient-data/kinds'
import { planParts } from '../../shared/plan-parts'
import { reportFields, reportParts } from '../../shared/report-fields'
import { SaveReport } from '../../shared/schemas/afterwards'
import { SaveTest } from '../../shared/schemas/learning'
import { ROW, seenOf } from '../../shared/seen-words'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let coordinator: Actor
let id: string

beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
})

const report = (base: number, summaryEn: string) =>
  SaveReport.parse({
    base,
    summaryEn,
    quotes: [{ text: 'Теперь понятно.', who: 'медсестра', consent: true }],
  })
const test = (base: number, promptEn: string) => {
  const options = [{ en: 'Yes', ru: 'Да' }, {}, { en: 'No' }]
  return SaveTest.parse({ base, items: [{ place: 0, promptEn, options, right: 2 }] })
}

const FORMS = [
  {
    name: 'a report',
    save: (base: number, text: string) =>
      world.services.reports.saveReport(coordinator, id, report(base, text)),
    read: async () => {
      const { rev, summary } = (await world.services.reports.readReport(coordinator, id)).report
      return [rev, summary.en]
    },
  },
  {
    name: 'a test',
    save: (base: number, text: string) =>
      world.services.learning.saveTest(coordinator, id, test(base, text)),
    read: async () => {
      const { rev, items } = await world.services.learning.readTest(coordinator, id)
      return [rev, items[0]?.prompt.en]
    },
  },
]

describe.each(FORMS)('$name', ({ save, read }) => {
  it('is nobody’s to overwrite unseen, and saved over what they have seen', async () => {
    id = String((await liveWorkshop(world, coordinator))._id)
    const both = await Promise.allSettled([save(0, 'One form.'), save(0, 'Two forms.')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(save(0, 'Three forms.')).rejects.toMatchObject({ code: 'conflict' })
    await save(1, 'Three forms.')
    expect(await read()).toEqual([2, 'Three forms.'])
  })

  it('is no conflict where it says so already: sent again, twice at once, or written alike', async () => {
    id = String((await liveWorkshop(world, coordinator))._id)
    await Promise.all([save(0, 'One form.'), save(0, 'One form.')])
    await save(0, 'One form.')
    await save(1, 'One form.')
    expect(await read()).toEqual([1, 'One form.'])
    await save(1, 'Two forms.')
    await expect(save(1, 'One form.')).rejects.toMatchObject({ code: 'conflict' })
    expect(await read()).toEqual([2, 'Two forms.'])
  })
})

/** A form's fields as it is opened: with the count of changes, and what stands in it. */
async function openedPlan(actor: Actor) {
  const { values, rev } = await world.services.workshops.readPlan(actor, id)
  const opened = { ...values, base: String(rev), seen: seenOf(planParts(values)) }
  return (typed: Record<string, string>) =>
    world.services.workshops.changeWorkshop(
      actor,
      id,
      ChangedPlanForm.parse({ ...opened, ...typed }),
    )
}

async function openedReport(actor: Actor) {
  const { report } = await world.services.reports.readReport(actor, id)
  const fields = reportFields(report)
  const opened = { ...fields, base: String(report.rev), seen: seenOf(reportParts(fields)) }
  return async (typed: Record<string, string>) => {
    const body = new URLSearchParams({ ...opened, ...typed })
    const request = new Request('http://here/report', { method: 'POST', body })
    await world.services.reports.saveReport(actor, id, await readReportForm(request))
  }
}

const planNow = async () => (await world.services.workshops.readPlan(coordinator, id)).values
const reportNow = async () =>
  reportFields((await world.services.reports.readReport(coordinator, id)).report)

const AGENDA = [{ minutes: 20, title: { en: 'Doses' }, spoken: 'en' }]

const LATE_FORMS = [
  { name: 'plan', open: openedPlan, now: planNow, texts: ['objectivesEn', 'consentRu'] },
  { name: 'report', open: openedReport, now: reportNow, texts: ['summaryEn', 'pressRu'] },
] as const

describe.each(LATE_FORMS)(
  'a $name that two people have open',
  ({ open, now, texts: [one, two] }) => {
    let colleague: Actor

    beforeEach(async () => {
      const agenda = [
        { minutes: 20, title: { en: 'Doses' }, spoken: 'en' },
        { minutes: 30, title: { en: 'Visits' }, spoken: 'en' },
      ]
      id = String((await liveWorkshop(world, coordinator, { agenda }))._id)
      colleague = await world.member('coordinator')
      await (await open(coordinator))({ [one]: 'Old words', [two]: 'Старое' })
    })

    it('keeps what each has changed, also sent at the same instant', async () => {
      const [mine, theirs] = [await open(coordinator), await open(colleague)]
      await Promise.all([mine({ [one]: 'Mine' }), theirs({ [two]: 'Их слова' })])
      expect(await now()).toMatchObject({ [one]: 'Mine', [two]: 'Их слова' })
      // whoever touches nothing takes nothing back, nor does whoever sends the same again
      const before = await now()
      await mine({})
      await mine({ [one]: 'Mine' })
      expect(await now()).toEqual(before)
    })

    it('is one’s own where both have changed the same, and the other is told', async () => {
      const [mine, theirs] = [await open(coordinator), await open(colleague)]
      const sent = [mine({ [one]: 'Mine' }), theirs({ [one]: 'Theirs', [two]: 'Их слова' })]
      const done = await Promise.allSettled(sent)
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const [refused] = done.filter((each) => each.status === 'rejected')
      expect(refused?.reason).toMatchObject({ code: 'conflict', detail: { parts: one } })
      const isMine = done[0]?.status === 'fulfilled'
      expect(await now()).toMatchObject({
        [one]: isMine ? 'Mine' : 'Theirs',
        [two]: isMine ? 'Старое' : 'Их слова',
      })
    })
  },
)

describe('the agenda of a plan that two people have open', () => {
  let colleague: Actor
  const titles = (values: Record<string, string>) =>
    ['0', '1', '2', '3'].flatMap((at) => values[`agenda.${at}.titleEn`] ?? [])

  beforeEach(async () => {
    const agenda = ['Doses', 'Visits'].map((en) => ({ minutes: 20, title: { en }, spoken: 'en' }))
    id = String((await liveWorkshop(world, coordinator, { agenda }))._id)
    colleague = await world.member('coordinator')
  })

  it('has the rows of both, in the order that one of them gave it', async () => {
    const [mine, theirs] = [await openedPlan(coordinator), await openedPlan(colleague)]
    const values = await planNow()
    const turned = Object.fromEntries(
      [0, 1].flatMap((at) =>
        ['id', 'titleEn'].map((name) => [
          `agenda.${at}.${name}`,
          values[`agenda.${1 - at}.${name}`] ?? '',
        ]),
      ),
    )
    const row = { 'agenda.2.minutes': '5', 'agenda.2.spoken': 'ru' }
    await theirs({ ...turned, 'agenda.0.titleRu': 'Визиты', ...row, 'agenda.2.titleEn': 'Theirs' })
    await mine({ 'agenda.1.minutes': '45', ...row, 'agenda.2.titleEn': 'Mine' })
    const after = await planNow()
    expect(titles(after)).toEqual(['Visits', 'Mine', 'Doses', 'Theirs'])
    expect(after).toMatchObject({ 'agenda.0.minutes': '45', 'agenda.0.titleRu': 'Визиты' })
  })

  it('loses no row that the other is still writing, and brings none back', async () => {
    const [mine, theirs] = [await openedPlan(coordinator), await openedPlan(colleague)]
    const empty = ['id', 'minutes', 'titleEn', 'titleRu', 'spoken']
    const gone = Object.fromEntries(empty.map((name) => [`agenda.1.${name}`, '']))
    await theirs(gone)
    const typed = { 'agenda.1.titleRu': 'Визиты' }
    await expect(mine(typed)).rejects.toMatchObject({ code: 'conflict' })
    await mine({ phone: '12' })
    expect([titles(await planNow()), (await planNow()).phone]).toEqual([['Doses'], '12'])
  })
})

describe('a report that two people have open', () => {
  const quote = (at: number, text: string) => ({
    [`quotes.${at}.text`]: text,
    [`quotes.${at}.consent`]: text ? 'on' : '',
  })
  const quoted = async () =>
    Object.entries(await reportNow()).filter(([name]) => /text$/.test(name))

  beforeEach(async () => {
    id = String((await liveWorkshop(world, coordinator))._id)
  })

  it('keeps what each has written into it while it was empty, also at the same instant', async () => {
    const [mine, theirs] = [await openedReport(coordinator), await openedReport(coordinator)]
    await theirs({ costsRu: 'Без затрат' })
    await mine({ summaryEn: 'Mine' })
    expect(await reportNow()).toMatchObject({ summaryEn: 'Mine', costsRu: 'Без затрат' })
    id = String((await liveWorkshop(world, coordinator))._id)
    const [one, two] = [await openedReport(coordinator), await openedReport(coordinator)]
    await Promise.all([one({ summaryEn: 'One' }), two({ pressEn: 'Two' })])
    expect(await reportNow()).toMatchObject({ summaryEn: 'One', pressEn: 'Two' })
  })

  it('has no quotation again that one of them has taken out', async () => {
    await (await openedReport(coordinator))({ ...quote(0, 'One'), ...quote(1, 'Two') })
    const [mine, theirs] = [await openedReport(coordinator), await openedReport(coordinator)]
    await theirs(quote(1, ''))
    const taken = mine(quote(0, ''))
    await expect(taken).rejects.toMatchObject({ code: 'conflict', detail: { parts: 'quotes' } })
    await mine({ summaryEn: 'Mine' })
    expect(await quoted()).toEqual([['quotes.0.text', 'One']])
  })
})

describe('a joined form', () => {
  const PATIENT = 'Patient Jane Doe, DOB 02/01/1980, came late.'

  it.each(LATE_FORMS)(
    'asks about no words of a $name that a colleague has taken out',
    async (form) => {
      const [one, two] = form.texts
      id = String((await liveWorkshop(world, coordinator, { agenda: AGENDA }))._id)
      await (await form.open(coordinator))({ [one]: PATIENT, acknowledged: ACKNOWLEDGED })
      const [mine, theirs] = [await form.open(coordinator), await form.open(coordinator)]
      await theirs({ [one]: 'Came late.' })
      await mine({ [two]: 'Старое' })
      expect(await form.now()).toMatchObject({ [one]: 'Came late.', [two]: 'Старое' })
      const kept = { kind: 'patient-data:kept', 'subject.workshop': id } as const
      expect(await AuditEntry.countDocuments(kept)).toBe(1)
      const asked = (await form.open(coordinator))({ [two]: PATIENT })
      await expect(asked).rejects.toMatchObject({
        code: 'patient_data',
        detail: { [two]: expect.any(String) },
      })
    },
  )

  it('is for whom one of them says, and has somebody who runs it', async () => {
    const [colleague, other] = [
      await world.member('coordinator'),
      await world.member('coordinator'),
    ]
    const facilitators = [coordinator, other].map(({ userId }) => userId)
    const audience = ['physician', 'nurse']
    id = String(
      (await liveWorkshop(world, coordinator, { agenda: AGENDA, facilitators, audience }))._id,
    )
    const [mine, theirs] = [await openedPlan(colleague), await openedPlan(coordinator)]
    await theirs({ 'audience.nurse': '', [`facilitators.${coordinator.userId}`]: '' })
    const unticked = { [`facilitators.${other.userId}`]: '' }
    await expect(mine({ ...unticked, 'audience.physician': '' })).rejects.toMatchObject({
      detail: { parts: 'audience' },
    })
    await mine(unticked)
    const boxes = Object.keys(await planNow()).filter((name) => /^(aud|fac)/.test(name))
    expect(boxes).toEqual(['audience.physician', `facilitators.${colleague.userId}`])
  })

  it('gives no row an id that its sender has made up', async () => {
    id = String((await liveWorkshop(world, coordinator, { agenda: AGENDA }))._id)
    const [mine, theirs] = [await openedPlan(coordinator), await openedPlan(coordinator)]
    await theirs({ phone: '12' })
    const made = String(new Types.ObjectId())
    const name = seenOf({ [`agenda.${made}`]: ROW }).slice(0, 6)
    const { values } = await world.services.workshops.readPlan(coordinator, id)
    await mine({
      seen: `${seenOf(planParts(values))}${name}------`,
      'agenda.1.id': made,
      'agenda.1.minutes': '5',
      'agenda.1.titleEn': 'Theirs',
      'agenda.1.spoken': 'en',
    })
    const after = await planNow()
    expect(after['agenda.1.titleEn']).toBe('Theirs')
    expect(after['agenda.1.id']).not.toBe(made)
  })
})
