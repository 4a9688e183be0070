import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { seriesOf, toMoment } from '../../server/services/workshop-series'
import { momentOf, wallClockAt } from '../../shared/wall-clock'
import { suggestSlots, warningsOf } from '../../shared/workshop-times'
import type { Repeats } from '../../shared/workshops'

const MOSCOW = { timeZone: 'Europe/Moscow', country: 'RU' }
const NEW_HAVEN = { timeZone: 'America/New_York', country: 'US' }
const SIDES = [MOSCOW, NEW_HAVEN]
const at = (iso: string) => Date.parse(iso)
const EARLY = at('2026-01-01T00:00Z')

describe('momentOf', () => {
  it('tells the form what the server will store, in every zone and at every minute', () => {
    const zones = ['Europe/Moscow', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
    const minutes = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2032-01-01T00:00Z') })
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, when) => {
        const wall = new Date(when).toISOString().slice(0, 16)
        expect(momentOf(wall, zone)?.at).toBe(toMoment(wall, zone).getTime())
      }),
      { numRuns: 300 },
    )
  })

  it('moves a time that the clocks jump over forward, and says so', () => {
    const moment = momentOf('2026-03-08T02:30', 'America/New_York')
    expect(moment).toEqual({ at: at('2026-03-08T07:30Z'), moved: true })
    expect(toMoment('2026-03-08T02:30', 'America/New_York').toISOString()).toContain('T07:30')
  })

  it('takes the first of a time that comes twice', () => {
    const moment = momentOf('2026-11-01T01:30', 'America/New_York')
    expect(moment).toEqual({ at: at('2026-11-01T05:30Z'), moved: false })
    expect(toMoment('2026-11-01T01:30', 'America/New_York').toISOString()).toContain('T05:30')
  })

  it('knows no 31 February', () => {
    expect(momentOf('2026-02-31T10:00', 'Europe/Moscow')).toBeNull()
    expect(() => toMoment('2026-02-31T10:00', 'Europe/Moscow')).toThrow('invalid_input')
  })
})

describe('seriesOf', () => {
  it('keeps the wall clock of the planning zone over a change of the clocks', () => {
    const zone = 'America/New_York'
    const starts = seriesOf('2026-10-20T09:00', zone, 'weekly', 4)
    expect(starts.map((each) => wallClockAt(each.getTime(), zone))).toEqual([
      '2026-10-20T09:00',
      '2026-10-27T09:00',
      '2026-11-03T09:00',
      '2026-11-10T09:00',
    ])
    expect(starts[0]?.toISOString()).toContain('T13:00')
    expect(starts[2]?.toISOString()).toContain('T14:00')
  })

  it('repeats every second week, and monthly on the last day where there is no 31st', () => {
    const days = (repeats: Repeats, first = '2026-01-31') =>
      seriesOf(`${first}T16:00`, 'Europe/Moscow', repeats, 3).map((each) =>
        Temporal.Instant.fromEpochMilliseconds(each.getTime()).toString().slice(0, 10),
      )
    expect(days('fortnightly')).toEqual(['2026-01-31', '2026-02-14', '2026-02-28'])
    expect(days('monthly')).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
    expect(days('daily')).toEqual(['2026-01-31', '2026-02-01', '2026-02-02'])
    const first = '2026-12-01'
    expect(days('monthly_weekday', first)).toEqual(['2026-12-01', '2027-01-05', '2027-02-02'])
    // the fifth Saturday is the last one
    expect(days('monthly_weekday')).toEqual(['2026-01-31', '2026-02-28', '2026-03-28'])
  })
})

describe('warningsOf', () => {
  const kinds = (iso: string, minutes = 60) =>
    warningsOf(at(iso), minutes, SIDES, EARLY).map(({ kind }) => kind)

  it('is silent about an ordinary time', () => {
    expect(kinds('2026-12-01T14:00Z')).toEqual([])
  })

  it('tells before and after the clocks of one side change, how far apart the sides are', () => {
    const before = { kind: 'clocks', side: 1, date: '2026-11-01', minutes: 420, usually: 480 }
    const after = { ...before, minutes: 480, usually: 420 }
    expect(warningsOf(at('2026-10-29T14:00Z'), 60, SIDES, EARLY)).toEqual([before])
    expect(warningsOf(at('2026-11-05T14:00Z'), 60, SIDES, EARLY)).toEqual([after])
    expect(kinds('2026-11-12T14:00Z')).toEqual([])
  })

  it('names holidays of either side on its own date', () => {
    expect(warningsOf(at('2026-11-26T14:00Z'), 60, SIDES, EARLY)).toMatchObject([
      {
        kind: 'holiday',
        side: 1,
        date: '2026-11-26',
        holiday: { name: { en: 'Thanksgiving Day' } },
      },
    ])
    expect(warningsOf(at('2026-06-12T13:00Z'), 60, SIDES, EARLY)).toMatchObject([
      { kind: 'holiday', side: 0, date: '2026-06-12' },
    ])
  })

  it('says when it is too early or too late on one side, and what has passed', () => {
    expect(warningsOf(at('2026-12-01T12:00Z'), 90, SIDES, EARLY)).toEqual([
      { kind: 'hours', side: 1, from: '07:00', to: '08:30' },
    ])
    expect(kinds('2026-12-01T16:30Z', 60)).toEqual(['hours'])
    expect(kinds('2025-12-02T14:00Z')).toEqual(['past'])
  })
})

describe('suggestSlots', () => {
  it('offers two times a day from the first day on that are nobody’s night, weekend or holiday', () => {
    const days = suggestSlots('2026-11-24', 60, SIDES, 6)
    // without Thanksgiving and the weekend
    expect(days.map(({ date }) => date.slice(8))).toEqual(['24', '25', '27', '30', '01', '02'])
    for (const { slots } of days) {
      const [first = 0, second = 0] = slots
      expect(slots).toHaveLength(2)
      expect(second - first).toBeGreaterThanOrEqual(90 * 60_000)
    }
    const all = days.flatMap(({ slots }) => slots)
    for (const slot of all) expect(warningsOf(slot, 60, SIDES, EARLY)).toEqual([])
    // New Year's holidays of one side, and the day itself of both
    const [late] = suggestSlots('2027-01-01', 60, SIDES, 1)
    expect(late?.date).toBe('2027-01-11')
  })

  it('offers none where the days do not meet', () => {
    expect(suggestSlots('2026-11-24', 600, SIDES)).toEqual([])
  })
})
