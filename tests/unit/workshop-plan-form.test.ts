import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsIn } from '../../app/features/workshops/plan-faults'
import { likeIn, likenessOf } from '../../app/features/workshops/plan-like.server'
import { ChangedPlanForm, NewPlanForm } from '../../app/features/workshops/plan-schemas.server'
import {
  agendaOf,
  minutesOf,
  readPlan,
  withoutEmptyRows,
} from '../../app/features/workshops/read-plan'
import type { Refusal } from '../../app/lib/refusal'
import { seriesOf } from '../../server/services/workshop-series'
import type { Language } from '../../shared/languages'
import { momentsOfSeries } from '../../shared/workshop-series'
import { REPEATS } from '../../shared/workshops'

const FORM = {
  titleEn: 'Missed doses',
  mode: 'virtual',
  startsOn: '2031-12-02',
  startsTime: '09:00',
  timeZone: 'America/New_York',
  'agenda.0.titleEn': 'Questions',
  'agenda.0.minutes': '30',
  'agenda.0.spoken': 'both',
}
const BLANK = {
  'agenda.1.titleEn': ' ',
  'agenda.1.minutes': '45',
  'agenda.1.suggested': '45',
  'agenda.1.spoken': 'both',
}
const KEY = '6f1c8a52-93a4-4b7e-8f60-2d1f7f2b9c11'

type Fields = Record<string, string>

/** How the form comes back with that in it. */
function refusalOf(fields: Fields): Refusal {
  const form = { ...FORM, clientKey: KEY, ...fields }
  const parsed = NewPlanForm.safeParse(form)
  const issues = parsed.error?.issues ?? []
  const detail = Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]))
  return { refused: { code: 'invalid_input', detail }, values: form }
}
const faults = (fields: Fields, lang: Language = 'en') => faultsIn(refusalOf(fields), lang)

describe('the length of a plan', () => {
  it('counts what will be saved: rows with a title', () => {
    const form = { ...FORM, ...BLANK, 'agenda.2.titleRu': 'Итоги', 'agenda.2.minutes': '15' }
    expect(minutesOf(agendaOf(form))).toBe(45)
  })
})

describe('rows of the form', () => {
  it('leaves out rows in which nothing was typed', () => {
    expect(readPlan({ ...FORM, ...BLANK }).agenda).toHaveLength(1)
    expect(faults(BLANK)).toEqual({})
  })

  it('refuses a row with anything in it and no title, at that row', () => {
    for (const [field, value] of [
      ['minutes', '50'],
      ['speaker', 'a'.repeat(24)],
      ['speakerName', 'Анна Орлова'],
      ['resource', 'a'.repeat(24)],
      ['interpretation', 'on'],
    ] as const) {
      const typed = { ...BLANK, [`agenda.1.${field}`]: value }
      expect(faults(typed)).toEqual({ 'agenda.1.titleEn': 'rowTitle' })
      expect(faults(typed, 'ru')).toEqual({ 'agenda.1.titleRu': 'rowTitle' })
    }
  })

  it('counts rows as the form that comes back shows them', () => {
    const row = { titleEn: 'Results', minutes: '0', spoken: 'en' }
    const typed: Fields = { ...BLANK }
    for (const [field, value] of Object.entries(row)) typed[`agenda.2.${field}`] = value
    const refusal = refusalOf(typed)
    expect(faultsIn(refusal, 'en')).toEqual({ 'agenda.1.minutes': 'minutes' })
    expect(withoutEmptyRows(refusal.values)).toMatchObject({ 'agenda.1.titleEn': 'Results' })
  })

  it('asks for a row where there is none, and for one speaker', () => {
    expect(faults({ 'agenda.0.titleEn': '', 'agenda.0.suggested': '30' })).toEqual({
      'agenda.0.titleEn': 'agenda',
    })
    const both = { 'agenda.0.speaker': 'a'.repeat(24), 'agenda.0.speakerName': 'A. Orlova' }
    expect(faults(both)).toEqual({ 'agenda.0.speakerName': 'speakerTwice' })
  })
})

describe('channels of the form', () => {
  const url = 'https://meet.example.org/doses'

  it('takes an address without a service for a link', () => {
    const fields = { ...FORM, 'channels.0.kind': '', 'channels.0.url': url }
    expect(readPlan(fields).channels).toMatchObject([{ kind: 'link', url }])
  })

  it('refuses an address that its service would not use, and a link without one', () => {
    const typed = { 'channels.1.url': url, 'channels.1.spoken': 'both' }
    expect(faults({ ...typed, 'channels.1.kind': 'jitsi' })).toEqual({
      'channels.0.url': 'noAddress',
    })
    expect(faults({ ...typed, 'channels.1.kind': 'link', 'channels.1.url': '' })).toEqual({
      'channels.0.url': 'address',
    })
  })
})

describe('what is wrong with a plan', () => {
  it('is said at every field at once, in the order of the form', () => {
    const typed = {
      titleEn: '',
      mode: 'on_site',
      capacity: '0',
      'agenda.0.minutes': 'ten',
      'channels.0.url': 'doses',
      'channels.0.spoken': 'both',
    }
    expect(Object.entries(faults(typed))).toEqual([
      ['titleEn', 'title'],
      ['placeEn', 'place'],
      ['agenda.0.minutes', 'minutes'],
      ['capacity', 'capacity'],
      ['channels.0.url', 'address'],
    ])
  })

  it('names the date or the time', () => {
    expect(faults({ startsOn: '1926-12-02' })).toEqual({ startsOn: 'date' })
    expect(faults({ startsTime: '' })).toEqual({ startsTime: 'time' })
  })

  it('asks for a place wherever people meet', () => {
    expect(faults({ mode: 'hybrid', placeRu: 'Зал' })).toEqual({})
    expect(faults({ mode: 'hybrid' }, 'ru')).toEqual({ placeRu: 'place' })
    const changed = ChangedPlanForm.safeParse({ ...FORM, mode: 'on_site', base: '0' })
    expect(changed.error?.issues).toMatchObject([{ message: 'place_required' }])
  })

  it('asks of a series how many there are, and of a single one nothing', () => {
    expect(faults({ repeats: 'weekly', times: '1' })).toEqual({ times: 'times' })
    expect(faults({ repeats: 'weekly', times: '' })).toEqual({ times: 'times' })
    expect(faults({ repeats: 'weekly', times: '4' })).toEqual({})
    expect(faults({ repeats: 'none', times: 'four' })).toEqual({})
  })

  it('says of the later ones of a series why they cannot change, after everything else', () => {
    const read = (fields: Fields) => ChangedPlanForm.safeParse({ ...FORM, base: '0', ...fields })
    expect(read({ scope: 'later' }).data?.scope).toBe('later')
    expect(read({}).data?.scope).toBeUndefined()
    expect(read({ scope: 'all' }).success).toBe(false)
    const detail = { scope: 'later_past', 'plan.phone': 'long' }
    const refusal: Refusal = { refused: { code: 'invalid_input', detail }, values: {} }
    expect(Object.entries(faultsIn(refusal, 'en'))).toEqual([
      ['phone', 'tooLong'],
      ['scope', 'laterPast'],
    ])
  })
})

describe('a plan like another', () => {
  it('is new but for its words: no date, and rows of its own', () => {
    const rows = { 'agenda.0.id': '6542f1c0a1b2c3d4e5f60718', 'channels.0.id': 'x' }
    const { title, values } = likenessOf({ ...FORM, titleRu: 'Пропуски', ...rows }, 'ru')
    expect(title).toBe('Пропуски')
    const { startsOn: _, ...rest } = FORM
    expect(values).toEqual({ ...rest, titleRu: 'Пропуски' })
    const here = 'http://here/new?like=6542f1c0a1b2c3d4e5f60718'
    expect(likeIn(new Request(`${here}&join=1`))).toMatchObject({ joins: true })
    expect(likeIn(new Request(here))).toMatchObject({ joins: false })
    expect(likeIn(new Request('http://here/new?like=$ne'))).toBeNull()
  })
})

describe('the dates of a series', () => {
  it('are the same in the form as they will be saved', () => {
    const [from, to] = [Date.UTC(2024, 0), Date.UTC(2032, 0)]
    const zones = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Australia/Lord_Howe')
    const some = fc.tuple(zones, fc.constantFrom(...REPEATS), fc.integer({ min: 2, max: 26 }))
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), some, (when, [zone, repeats, times]) => {
        const wall = new Date(when).toISOString().slice(0, 16)
        const saved = seriesOf(wall, zone, repeats, times).map((each) => each.getTime())
        expect(momentsOfSeries(wall, zone, repeats, times)).toEqual(saved)
      }),
      { numRuns: 60 },
    )
  })
})
