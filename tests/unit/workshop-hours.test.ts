import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Hours,
  isHoliday,
  isQuiet,
  politeTime,
  reminderTime,
} from '../../server/services/workshop-hours'

const SARATOV: Hours = { timeZone: 'Europe/Saratov', country: 'RU' }
const NEW_YORK: Hours = { timeZone: 'America/New_York', country: 'US' }
const DAY_MS = 86_400_000

const readers = fc.constantFrom(
  SARATOV,
  NEW_YORK,
  { timeZone: 'Asia/Kamchatka', country: 'RU' },
  { timeZone: 'America/Chicago', country: 'US' },
  { timeZone: 'UTC', country: '' },
)
const times = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) })
  .map((ms) => new Date(ms))
const minutes = (most: number) => fc.integer({ min: 1, max: most }).map((each) => each * 60_000)

describe('when letters about workshops are sent', () => {
  it('is never at night, never before they are written, never after the beginning', () => {
    fc.assert(
      fc.property(readers, times, minutes(30 * 1440), (reader, at, ahead) => {
        const before = new Date(at.getTime() + ahead)
        const time = politeTime(at, reader, before)
        if (!time) return
        expect(isQuiet(time, reader)).toBe(false)
        expect(time.getTime()).toBeGreaterThanOrEqual(at.getTime())
        expect(time.getTime()).toBeLessThan(before.getTime())
      }),
    )
  })

  it('is on no public holiday, but for what has no other day left', () => {
    fc.assert(
      fc.property(readers, times, (reader, at) => {
        const before = new Date(at.getTime() + 25 * DAY_MS)
        const time = politeTime(at, reader, before)
        expect(time && isHoliday(time, reader)).toBe(false)
      }),
    )
  })

  it('is a reminder’s own time, or the evening before: at most half a day sooner', () => {
    fc.assert(
      fc.property(readers, times, (reader, due) => {
        const time = reminderTime(due, reader)
        expect(isQuiet(time, reader)).toBe(false)
        expect(time.getTime()).toBeLessThanOrEqual(due.getTime())
        // an hour more in the night in which clocks go back
        expect(due.getTime() - time.getTime()).toBeLessThan(13 * 3_600_000)
      }),
    )
  })

  it.each([
    // by day at once; at night in the morning; from New Year’s Eve after the holidays
    ['2026-12-01T10:00:00Z', SARATOV, '2026-12-01T10:00:00.000Z'],
    ['2026-12-01T18:00:00Z', SARATOV, '2026-12-02T04:00:00.000Z'],
    ['2026-12-01T02:00:00Z', SARATOV, '2026-12-01T04:00:00.000Z'],
    ['2026-12-31T18:00:00Z', SARATOV, '2027-01-09T04:00:00.000Z'],
    ['2026-11-26T15:00:00Z', NEW_YORK, '2026-11-27T13:00:00.000Z'],
    ['2026-11-28T15:00:00Z', NEW_YORK, '2026-11-28T15:00:00.000Z'],
  ])('of what is written at %s', (at, reader, time) => {
    expect(politeTime(new Date(at), reader)?.toISOString()).toBe(time)
  })

  it('does not wait for a holiday’s end when it begins within a day', () => {
    const at = new Date('2026-11-26T15:00:00Z')
    const before = new Date('2026-11-27T14:00:00Z')
    expect(politeTime(at, NEW_YORK, before)).toEqual(at)
  })

  it('moves the reminder of an early hour to the evening before, by 20:30', () => {
    const due = new Date('2026-12-02T03:30:00Z')
    expect(reminderTime(due, SARATOV).toISOString()).toBe('2026-12-01T16:30:00.000Z')
    const late = new Date('2026-12-01T17:00:00Z')
    expect(reminderTime(late, SARATOV).toISOString()).toBe('2026-12-01T16:30:00.000Z')
  })
})
