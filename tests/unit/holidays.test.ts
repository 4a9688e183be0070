import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, holidayOn, isWeekend, nextHoliday, weekdayOf } from '../../shared/holidays'
import { runs } from '../setup/runs'

const nameOn = (country: string, date: string) => holidayOn(country, date)?.name.en
const anyDate = fc
  .date({ min: new Date('2021-07-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('holidays of the United States', () => {
  // the published federal calendars
  it.each([
    ['2024-01-15', 'Martin Luther King Jr. Day'],
    ['2024-02-19', 'Washington’s Birthday'],
    ['2024-05-27', 'Memorial Day'],
    ['2024-06-19', 'Juneteenth'],
    ['2024-09-02', 'Labor Day'],
    ['2024-10-14', 'Columbus Day'],
    ['2024-11-11', 'Veterans Day'],
    ['2024-11-28', 'Thanksgiving Day'],
    ['2025-01-20', 'Martin Luther King Jr. Day'],
    ['2025-05-26', 'Memorial Day'],
    ['2025-11-27', 'Thanksgiving Day'],
    ['2026-05-25', 'Memorial Day'],
    ['2026-09-07', 'Labor Day'],
    ['2026-11-26', 'Thanksgiving Day'],
    ['2027-11-25', 'Thanksgiving Day'],
    ['2028-11-23', 'Thanksgiving Day'],
    ['2029-05-28', 'Memorial Day'],
    ['2030-11-28', 'Thanksgiving Day'],
  ])('has on %s %s', (date, name) => {
    expect(holidayOn('US', date)).toMatchObject({ name: { en: name }, observed: false })
  })

  it.each([
    ['2026-07-03', 'Independence Day'], // the 4th is a Saturday
    ['2027-07-05', 'Independence Day'], // the 4th is a Sunday
    ['2027-06-18', 'Juneteenth'],
    ['2027-12-24', 'Christmas Day'],
    ['2027-12-31', 'New Year’s Day'], // of the next year
    ['2028-11-10', 'Veterans Day'],
    ['2029-11-12', 'Veterans Day'],
  ])('keeps on %s the day off for %s', (date, name) => {
    expect(holidayOn('US', date)).toMatchObject({ name: { en: name }, observed: true })
  })

  it('are eleven a year, each with one working day off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2022, max: 2060 }), (year) => {
        const days = daysFrom(`${year - 1}-12-31`, 366).filter(
          (date) => holidayOn('US', date) && !isWeekend(date) && yearItBelongsTo(date) === year,
        )
        expect(days).toHaveLength(11)
      }),
    )
  })
})

describe('holidays of Russia', () => {
  it('are fourteen dates, the same every year', () => {
    const dates = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => `01-0${day}`)
    dates.push('02-23', '03-08', '05-01', '05-09', '06-12', '11-04')
    fc.assert(
      fc.property(fc.integer({ min: 2013, max: 2060 }), (year) => {
        const found = daysFrom(`${year}-01-01`, 365 + Number(isLeap(year))).filter((date) =>
          holidayOn('RU', date),
        )
        expect(found).toEqual(dates.map((date) => `${year}-${date}`))
      }),
    )
  })

  it('are named, Christmas apart from the New Year around it', () => {
    expect(nameOn('RU', '2026-01-06')).toBe('the New Year holidays')
    expect(nameOn('RU', '2026-01-07')).toBe('Orthodox Christmas')
    expect(holidayOn('RU', '2026-06-12')?.name.ru).toBe('День России')
  })

  it('are not moved from a weekend: that is decreed year by year', () => {
    expect(holidayOn('RU', '2026-03-08')).not.toBeNull() // a Sunday
    expect(holidayOn('RU', '2026-03-09')).toBeNull()
  })
})

describe('nextHoliday', () => {
  it('is the first one from a date on, that date among them', () => {
    expect(nextHoliday('US', '2026-11-23', 4)?.date).toBe('2026-11-26')
    expect(nextHoliday('US', '2026-11-23', 3)).toBeNull()
    expect(nextHoliday('US', '2026-11-26', 1)?.date).toBe('2026-11-26')
  })

  it('skips none, and is never before the date or beyond the days looked at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('RU', 'US'),
        anyDate,
        fc.integer({ min: 0, max: 120 }),
        (country, from, within) => {
          const next = nextHoliday(country, from, within)
          const first = daysFrom(from, within).find((date) => holidayOn(country, date))
          expect(next?.date).toBe(first)
          expect(next?.holiday ?? null).toEqual(first ? holidayOn(country, first) : null)
        },
      ),
    )
  })
})

describe('any date', () => {
  it('is an ordinary day where the holidays are not known', () => {
    fc.assert(fc.property(anyDate, (date) => holidayOn('KZ', date) === null))
  })

  it('is observed only on the Friday or Monday beside a holiday at the weekend', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        if (!holidayOn('US', date)?.observed) return
        const beside = addDays(date, weekdayOf(date) === 5 ? 1 : -1)
        expect([1, 5]).toContain(weekdayOf(date))
        expect(isWeekend(beside)).toBe(true)
        expect(nameOn('US', beside)).toBe(nameOn('US', date))
      }),
      runs(1_000),
    )
  })
})

function daysFrom(date: string, count: number): string[] {
  return Array.from({ length: count }, (_, ahead) => addDays(date, ahead))
}

/** The last day of a year may be kept for the first of the next. */
function yearItBelongsTo(date: string): number {
  return Number(date.slice(0, 4)) + Number(date.endsWith('12-31'))
}

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
}
