import { describe, expect, it } from 'vitest'
import { dayAround, dayPartAt, overlapOf, standingAt, workingWindows } from '../../app/lib/clock'

const MOSCOW = 'Europe/Moscow'
const NEW_HAVEN = 'America/New_York'
const at = (iso: string) => Date.parse(iso)
const iso = (window: { from: number; to: number }) =>
  [window.from, window.to].map((ms) => new Date(ms).toISOString().slice(0, 16))

describe('the clock bridge', () => {
  // Russia keeps one time all year, Connecticut does not: seven hours apart in summer, eight in winter
  it('finds the hour that both sides share in summer', () => {
    const day = dayAround(at('2026-07-15T10:00:00Z'), MOSCOW)
    expect(iso(day)).toEqual(['2026-07-14T21:00', '2026-07-15T21:00'])
    const shared = overlapOf(workingWindows(day, MOSCOW), workingWindows(day, NEW_HAVEN))
    expect(shared.map(iso)).toEqual([['2026-07-15T13:00', '2026-07-15T14:00']])
  })

  it('finds none in winter', () => {
    const day = dayAround(at('2026-11-24T10:00:00Z'), MOSCOW)
    expect(overlapOf(workingWindows(day, MOSCOW), workingWindows(day, NEW_HAVEN))).toEqual([])
  })

  it("cuts the other side's hours at the reader's midnight", () => {
    const day = dayAround(at('2026-11-24T10:00:00Z'), MOSCOW)
    expect(workingWindows(day, NEW_HAVEN).map(iso)).toEqual([
      ['2026-11-23T21:00', '2026-11-23T22:00'],
      ['2026-11-24T14:00', '2026-11-24T21:00'],
    ])
  })

  it('counts nobody’s weekend as working time', () => {
    const sunday = dayAround(at('2026-11-22T10:00:00Z'), MOSCOW)
    expect(workingWindows(sunday, MOSCOW)).toEqual([])
  })
})

describe('standingAt', () => {
  it('says until when the other side works', () => {
    const standing = standingAt(at('2026-11-24T15:00:00Z'), NEW_HAVEN)
    expect(standing).toEqual({ kind: 'open', until: at('2026-11-24T22:00:00Z') })
  })

  it('says how long until their day begins', () => {
    expect(standingAt(at('2026-11-24T11:46:00Z'), NEW_HAVEN)).toEqual({
      kind: 'closed',
      minutesToOpening: 134,
    })
  })

  it('says that it is the weekend there, from Friday evening on', () => {
    expect(standingAt(at('2026-11-22T15:00:00Z'), NEW_HAVEN)).toEqual({ kind: 'weekend' })
    expect(standingAt(at('2026-11-20T23:00:00Z'), NEW_HAVEN)).toEqual({ kind: 'weekend' })
  })
})

describe('dayPartAt', () => {
  it('greets by the hour of the person greeted', () => {
    const now = at('2026-11-24T09:30:00Z')
    expect([dayPartAt(now, MOSCOW), dayPartAt(now, NEW_HAVEN)]).toEqual(['afternoon', 'evening'])
  })
})
