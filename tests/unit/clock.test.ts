import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { clockSentences } from '../../app/features/partnerships/clock-sentence'
import {
  dayAround,
  dayPartAt,
  holidaySoon,
  nextOpening,
  overlapOf,
  standingAt,
  type WorkPlace,
  workingWindows,
} from '../../app/lib/clock'
import { createFormat } from '../../app/lib/format'
import { createI18n } from '../../app/lib/i18n'
import type { Language, LocalizedText } from '../../shared/languages'
import en from '../../shared/locales/en/partnerships.json'
import ru from '../../shared/locales/ru/partnerships.json'
import type { SideView } from '../../shared/views'

const MOSCOW = 'Europe/Moscow'
const NEW_HAVEN = 'America/New_York'
const RUSSIA: WorkPlace = { timeZone: MOSCOW, country: 'RU' }
const STATES: WorkPlace = { timeZone: NEW_HAVEN, country: 'US' }
const at = (iso: string) => Date.parse(iso)
const SIDES: SideView[] = [
  sideIn('russia', 'RU', MOSCOW, { en: 'St Petersburg', ru: 'Санкт-Петербург' }),
  sideIn('states', 'US', NEW_HAVEN, { en: 'New Haven', ru: 'Нью-Хейвен' }),
]
const iso = (window: { from: number; to: number }) =>
  [window.from, window.to].map((ms) => new Date(ms).toISOString().slice(0, 16))

describe('the clock bridge', () => {
  // Russia keeps one time all year, Connecticut does not: seven hours apart in summer, eight in winter
  it('finds the hour that both sides share in summer', () => {
    const day = dayAround(at('2026-07-15T10:00:00Z'), MOSCOW)
    expect(iso(day)).toEqual(['2026-07-14T21:00', '2026-07-15T21:00'])
    const shared = overlapOf(workingWindows(day, RUSSIA), workingWindows(day, STATES))
    expect(shared.map(iso)).toEqual([['2026-07-15T13:00', '2026-07-15T14:00']])
  })

  it('finds none in winter', () => {
    const day = dayAround(at('2026-11-24T10:00:00Z'), MOSCOW)
    expect(overlapOf(workingWindows(day, RUSSIA), workingWindows(day, STATES))).toEqual([])
  })

  it("cuts the other side's hours at the reader's midnight", () => {
    const day = dayAround(at('2026-11-24T10:00:00Z'), MOSCOW)
    expect(workingWindows(day, STATES).map(iso)).toEqual([
      ['2026-11-23T21:00', '2026-11-23T22:00'],
      ['2026-11-24T14:00', '2026-11-24T21:00'],
    ])
  })

  it('counts nobody’s weekend as working time', () => {
    const sunday = dayAround(at('2026-11-22T10:00:00Z'), MOSCOW)
    expect(workingWindows(sunday, RUSSIA)).toEqual([])
  })
})

describe('standingAt', () => {
  it('says until when the other side works', () => {
    const standing = standingAt(at('2026-11-24T15:00:00Z'), STATES)
    expect(standing).toEqual({ kind: 'open', until: at('2026-11-24T22:00:00Z') })
  })

  it('says how long until their day begins', () => {
    expect(standingAt(at('2026-11-24T11:46:00Z'), STATES)).toEqual({
      kind: 'closed',
      minutesToOpening: 134,
    })
  })

  it('says that it is the weekend there, from Friday evening on', () => {
    expect(standingAt(at('2026-11-22T15:00:00Z'), STATES)).toEqual({ kind: 'weekend' })
    expect(standingAt(at('2026-11-20T23:00:00Z'), STATES)).toEqual({ kind: 'weekend' })
  })

  it('says that it is a holiday there, and when they work again', () => {
    const thanksgiving = standingAt(at('2026-11-26T15:00:00Z'), STATES)
    expect(thanksgiving).toMatchObject({ kind: 'holiday', resumes: '2026-11-27' })
    // eight days of New Year, and the weekend after them
    const newYear = standingAt(at('2027-01-01T10:00:00Z'), RUSSIA)
    expect(newYear).toMatchObject({ kind: 'holiday', resumes: '2027-01-11' })
  })

  it('says on the evening before a holiday when they work again', () => {
    const eve = standingAt(at('2026-11-25T23:00:00Z'), STATES)
    expect(eve).toEqual({ kind: 'over', resumes: '2026-11-27' })
  })

  it('knows no holidays of a country that it is not told of', () => {
    const standing = standingAt(at('2026-11-26T15:00:00Z'), { timeZone: NEW_HAVEN })
    expect(standing.kind).toBe('open')
  })
})

describe('nextOpening', () => {
  it('is the next morning that work begins, past weekends and holidays', () => {
    const opens = (iso: string, place: WorkPlace) => {
      const opening = nextOpening(at(iso), place)
      return opening === null ? null : new Date(opening).toISOString()
    }
    expect(opens('2026-11-22T10:00:00Z', STATES)).toBe('2026-11-23T14:00:00.000Z')
    // of a day that has begun, the next one
    expect(opens('2026-11-24T15:00:00Z', STATES)).toBe('2026-11-25T14:00:00.000Z')
    expect(opens('2027-01-01T10:00:00Z', RUSSIA)).toBe('2027-01-11T06:00:00.000Z')
    // the clocks are changed in between
    expect(opens('2026-03-07T15:00:00Z', STATES)).toBe('2026-03-09T13:00:00.000Z')
    expect(opens('2026-10-31T15:00:00Z', STATES)).toBe('2026-11-02T14:00:00.000Z')
  })
})

describe('holidaySoon', () => {
  it('tells of a working day that falls out within three days, not of one already kept', () => {
    const told = (iso: string, place: WorkPlace) => holidaySoon(at(iso), place)?.date
    expect(told('2026-11-22T12:00:00Z', STATES)).toBeUndefined()
    expect(told('2026-11-23T12:00:00Z', STATES)).toBe('2026-11-26')
    expect(told('2026-11-26T12:00:00Z', STATES)).toBeUndefined()
    expect(told('2027-01-03T12:00:00Z', RUSSIA)).toBeUndefined()
    // a Saturday takes nobody's working day
    expect(told('2027-06-11T09:00:00Z', RUSSIA)).toBeUndefined()
  })
})

describe('the sentences under the clock bridge', async () => {
  const words = { en: await wordsIn('en'), ru: await wordsIn('ru') }
  const sayAll = (lang: Language, mySideId: string | null, iso: string, timeZone = 'UTC') =>
    clockSentences({
      t: words[lang],
      lang,
      timeZone,
      clock: (instant) => createFormat(lang, timeZone).time(new Date(instant).toISOString()),
      sides: SIDES,
      mySideId,
      now: at(iso),
      shared: [],
    })
  const say = (lang: Language, mySideId: string, iso: string) =>
    sayAll(lang, mySideId, iso).slice(1)

  it('tell a Russian reader of the holiday in the United States', () => {
    expect(say('ru', 'russia', '2026-11-26T10:00:00Z')).toEqual([
      'Сегодня в США День благодарения; рабочий день там начнётся в пятницу, 27 ноября.',
    ])
  })

  it('tell an American reader of the holiday in Russia, and of the one that comes', () => {
    expect(say('en', 'states', '2026-06-12T10:00:00Z')).toEqual([
      'Today is a holiday in Russia, Russia Day; the working day there begins on Monday, June 15.',
    ])
    expect(say('en', 'states', '2026-06-09T10:00:00Z').at(-1)).toBe(
      'A holiday is coming in Russia, on Friday, June 12: Russia Day.',
    )
  })

  it("tell of the reader's own holiday too, and of tomorrow's", () => {
    expect(say('ru', 'russia', '2026-11-04T10:00:00Z').at(-1)).toBe(
      'Сегодня в России День народного единства.',
    )
    expect(say('ru', 'russia', '2026-11-03T10:00:00Z').at(-1)).toBe(
      'Завтра в России День народного единства.',
    )
  })

  it('are one sentence when both sides rest, with the day and hour of the reader', () => {
    expect(sayAll('ru', 'russia', '2026-11-22T10:00:00Z', MOSCOW)).toEqual([
      'Сегодня воскресенье, у обеих сторон выходной; на другой стороне (Нью-Хейвен) рабочий день начнётся в понедельник, в 17:00 по вашему времени.',
    ])
    expect(sayAll('en', 'states', '2026-11-22T15:00:00Z', NEW_HAVEN)).toEqual([
      'It is Sunday, and a day off on both sides; the working day in St Petersburg begins on Monday at 01:00 your time.',
    ])
    // before the holiday of the other side, its first working day
    expect(sayAll('en', 'russia', '2026-09-06T10:00:00Z', MOSCOW)).toEqual([
      'It is Sunday, and a day off on both sides; the working day in New Haven begins on Tuesday at 16:00 your time.',
      'Tomorrow is a holiday in the United States: Labor Day.',
    ])
    // the reader's own holiday has its name as well
    expect(sayAll('ru', 'russia', '2027-01-03T10:00:00Z', MOSCOW)[1]).toMatch(/^Сегодня в России/)
  })

  it('say of one side alone what is true of it alone', () => {
    // Monday in Russia, Sunday evening in Connecticut; a holiday with a name; a Friday evening
    expect(sayAll('ru', 'russia', '2026-11-22T23:00:00Z', MOSCOW)[1]).toBe(
      'Нью-Хейвен: сейчас выходной.',
    )
    expect(sayAll('en', 'states', '2027-01-02T15:00:00Z', NEW_HAVEN)[1]).toContain(
      'Today is a holiday in Russia',
    )
    expect(sayAll('ru', 'russia', '2026-11-20T23:30:00Z', 'UTC').join(' ')).not.toContain('обеих')
    // who belongs to neither side is told of no other one
    expect(sayAll('en', null, '2026-11-22T10:00:00Z', MOSCOW)).toEqual([
      'No shared working hours today.',
    ])
  })

  it('call the day off for a holiday at the weekend what it is', () => {
    expect(say('en', 'russia', '2026-07-03T15:00:00Z')[0]).toContain('day off for Independence Day')
  })
})

describe('dayPartAt', () => {
  it('greets by the hour of the person greeted', () => {
    const now = at('2026-11-24T09:30:00Z')
    expect([dayPartAt(now, MOSCOW), dayPartAt(now, NEW_HAVEN)]).toEqual(['afternoon', 'evening'])
  })
})

function sideIn(id: string, country: string, timeZone: string, place: LocalizedText): SideView {
  const institution = { id, name: place, city: place, country, timeZone }
  return { id, tone: 'a', place, institutions: [institution], timeZone }
}

async function wordsIn(lang: Language): Promise<TFunction<'partnerships'>> {
  const i18n = await createI18n(lang, { [lang]: { partnerships: { en, ru }[lang] } })
  return i18n.getFixedT(lang, 'partnerships')
}
