import { describe, expect, it } from 'vitest'
import { countdownTo } from '../../app/features/entering/countdown'
import { askedCookie, askedOf } from '../../app/features/entering/guest-cookies.server'
import { isOtherClock } from '../../app/features/workshops/own-clock'
import { titled } from '../../app/lib/page-title'
import { isLobbyOpen } from '../../shared/workshops'

const at = (iso: string) => Date.parse(iso)
const YEKATERINBURG = 'Asia/Yekaterinburg'

describe('how long until a workshop begins', () => {
  const begins = '2026-11-30T14:00:00.000Z'

  it.each([
    ['2026-11-30T14:00:00Z', { unit: 'now' }],
    ['2026-11-30T13:59:30Z', { unit: 'minutes', count: 1 }],
    ['2026-11-30T12:00:01Z', { unit: 'minutes', count: 120 }],
    ['2026-11-30T09:00:00Z', { unit: 'hours', count: 5 }],
    ['2026-11-28T15:00:00Z', { unit: 'hours', count: 47 }],
  ])('is told at %s as %o', (now, told) => {
    expect(countdownTo(begins, at(now), 'UTC')).toEqual(told)
  })

  it('counts days of the calendar, whatever the hour', () => {
    for (const now of ['2026-11-23T00:10:00Z', '2026-11-23T12:00:00Z', '2026-11-23T23:50:00Z']) {
      expect(countdownTo(begins, at(now), 'UTC')).toEqual({ unit: 'days', count: 7 })
    }
  })

  it('goes by the calendar of the reader', () => {
    const now = at('2026-11-23T20:30:00Z')
    expect(countdownTo(begins, now, 'America/New_York')).toEqual({ unit: 'days', count: 7 })
    expect(countdownTo(begins, now, YEKATERINBURG)).toEqual({ unit: 'days', count: 6 })
  })

  it('never says one day', () => {
    // 48 hours over the night that has 25
    const told = countdownTo('2026-11-02T04:30:00Z', at('2026-10-31T04:10:00Z'), 'America/New_York')
    expect(told).toEqual({ unit: 'hours', count: 48 })
  })
})

describe('the lobby', () => {
  it('opens half an hour before, so that nothing starts by one press until then', () => {
    const begins = '2026-11-30T14:00:00.000Z'
    expect(isLobbyOpen(begins, at('2026-11-30T13:29:59Z'))).toBe(false)
    expect(isLobbyOpen(begins, at('2026-11-30T13:30:00Z'))).toBe(true)
  })
})

describe('the reader’s own clock', () => {
  const winter = '2026-12-01T13:00:00Z'
  const zones = ['Europe/Moscow', 'America/New_York']

  it('is shown where it shows another time than both cities', () => {
    expect(isOtherClock(winter, YEKATERINBURG, zones)).toBe(true)
    for (const same of ['Europe/Minsk', 'America/Toronto', null]) {
      expect(isOtherClock(winter, same, zones)).toBe(false)
    }
  })

  it('is compared on the day of the workshop', () => {
    expect(isOtherClock('2026-03-20T13:00:00Z', 'Europe/Helsinki', ['Europe/Kyiv'])).toBe(false)
    expect(isOtherClock('2026-07-01T13:00:00Z', 'Europe/Helsinki', zones)).toBe(false)
    expect(isOtherClock(winter, 'Europe/Helsinki', zones)).toBe(true)
  })
})

describe('a browser that asked for a code', () => {
  const here = 'a'.repeat(24)
  const token = 'T'.repeat(43)
  const typed = { name: 'Нина Гостева', email: 'n.gosteva@clinic.example', institution: '' }
  const cookieOf = (header: string) =>
    new Request('http://here/', { headers: { cookie: header.split(';')[0] ?? '' } })

  it('knows for which workshop, and what was typed', () => {
    const request = cookieOf(askedCookie({ token, workshopId: here, typed }, false))
    expect(askedOf(request, here)).toEqual({ token, workshopId: here, typed })
    expect(askedOf(request, 'b'.repeat(24))).toBeNull()
  })

  it('is believed nothing that it makes up', () => {
    for (const kept of ['', 'e30', '%%%', Buffer.from('{"name":{}}').toString('base64url')]) {
      const request = cookieOf(`twinward_guest_code=${token}.${here}.${kept}`)
      expect(askedOf(request, here)).toEqual({ token, workshopId: here, typed: {} })
    }
    expect(askedOf(cookieOf(`twinward_guest_code=${token}`), here)).toBeNull()
    expect(askedOf(cookieOf(`twinward_guest_code=x.${here}.e30`), here)).toBeNull()
  })
})

describe('titles of the pages of one workshop', () => {
  const matches = [{ data: {} }, undefined, { data: { within: 'Day one' } }]

  it('say which workshop it is, once', () => {
    expect(titled({ data: { title: 'Guests' }, matches })).toEqual([
      { title: 'Guests · Day one · Twinward' },
    ])
    expect(titled({ data: { title: 'Day one' }, matches })).toEqual([
      { title: 'Day one · Twinward' },
    ])
    expect(titled({ data: { title: 'People' } })).toEqual([{ title: 'People · Twinward' }])
  })
})
