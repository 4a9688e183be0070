import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byScript, filterTerms } from '../../app/features/glossary/term-filter'
import { byDay } from '../../app/features/notifications/by-day'
import { countsOf, stretchesOf } from '../../app/features/search/search-counts'
import { createWhen } from '../../app/lib/when'
import type { NotificationView, SearchHit, TermView } from '../../shared/views'

describe('notifications by day', () => {
  const at = (iso: string): NotificationView => ({
    id: iso,
    kind: 'reply',
    partnership: { slug: 'x', name: { en: 'X' } },
    by: null,
    at: iso,
    readAt: null,
    target: null,
  })

  it("are grouped by the reader's own days, in their order", () => {
    const notices = ['2026-11-22T21:30:00Z', '2026-11-22T20:30:00Z', '2026-11-21T22:00:00Z'].map(at)
    const days = (zone: string) =>
      byDay(notices, zone).map(({ date, notices }) => [date, notices.length])
    expect(days('UTC')).toEqual([
      ['2026-11-22', 2],
      ['2026-11-21', 1],
    ])
    expect(days('Europe/Moscow')).toEqual([
      ['2026-11-23', 1],
      ['2026-11-22', 2],
    ])
  })
})

describe('a moment in the past', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  const ru = createWhen('ru', 'Europe/Moscow')
  const en = createWhen('en', 'America/New_York')

  it('is said by the hour, the day, the weekday, then the date', () => {
    expect(ru.moment('2026-11-22T05:20:00Z', now)).toBe('08:20')
    expect(ru.moment('2026-11-21T15:20:00Z', now)).toBe('вчера, 18:20')
    expect(ru.moment('2026-11-19T15:00:00Z', now)).toBe('четверг, 18:00')
    expect(ru.moment('2026-11-12T15:00:00Z', now)).toBe('12 ноября, 18:00')
    expect(en.moment('2026-11-22T02:20:00Z', now)).toBe('yesterday, 21:20')
    expect(en.day('2025-11-12T15:00:00Z', now)).toBe('November 12, 2025')
  })
})

describe('what was found', () => {
  it('is counted by kind', () => {
    const hit = (kind: SearchHit['kind']): SearchHit => ({
      kind,
      id: kind,
      title: { en: kind },
      lang: 'en',
      excerpt: '',
      marks: [],
      path: '/',
      at: '2026-11-22T12:00:00Z',
    })
    expect(countsOf([hit('term'), hit('thread'), hit('term')])).toEqual({
      protocol: 0,
      thread: 1,
      resource: 0,
      term: 2,
    })
  })

  it('loses nothing of its excerpt to the marks in it, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(70), fc.nat(10)), { maxLength: 8 }),
        (excerpt, marks) => {
          const stretches = stretchesOf(excerpt, marks)
          expect(stretches.map(({ text }) => text).join('')).toBe(excerpt)
        },
      ),
    )
  })

  it('shows the found words apart', () => {
    expect(stretchesOf('review at 2 weeks', [[10, 1]])).toEqual([
      { text: 'review at ', found: false },
      { text: '2', found: true },
      { text: ' weeks', found: false },
    ])
  })
})

describe('the glossary', () => {
  const term = (en: string, ru: string, domain: string): TermView => ({
    id: en,
    en,
    ru,
    pos: 'n',
    domain,
    note: '',
  })
  const terms = [
    term('viral load', 'вирусная нагрузка', 'lab'),
    term('tuberculosis', 'туберкулёз', 'tb'),
    term('TB contact', 'контакт с больным туберкулёзом', 'tb'),
  ]
  const found = (q: string, domain = '') => filterTerms(terms, { q, domain }).map(({ en }) => en)

  it('finds part of a word in either language, in any case, е for ё', () => {
    expect(found('ТУБЕРКУЛЕЗ')).toEqual(['tuberculosis', 'TB contact'])
    expect(found('load вирус')).toEqual(['viral load'])
    expect(found('', 'tb')).toEqual(['tuberculosis', 'TB contact'])
    expect(found('load', 'tb')).toEqual([])
  })

  it('tells the scripts of a note apart and keeps every letter', () => {
    const note = 'do not write "HIV virus" / «вирус ВИЧ»'
    const stretches = byScript(note, 'en')
    expect(stretches.map(({ text }) => text).join('')).toBe(note)
    expect(stretches.find(({ lang }) => lang === 'ru')?.text).toBe('вирус ВИЧ')
    expect(byScript('клетка CD4', 'ru').at(-1)).toEqual({ text: 'CD4', lang: 'en' })
  })
})
