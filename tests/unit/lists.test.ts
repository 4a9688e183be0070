import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byScript, filterTerms } from '../../app/features/glossary/term-filter'
import { byDay } from '../../app/features/notifications/by-day'
import { homeLines } from '../../app/features/partnerships/home-lines.server'
import { shortTitle } from '../../app/features/partnerships/short-title'
import { countsOf, findingsOf, stretchesOf } from '../../app/features/search/search-counts'
import { createWhen } from '../../app/lib/when'
import type { HomeView, NotificationView, SearchHit, TermView } from '../../shared/views'

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

describe('a title beside a button', () => {
  it('is cut between words, and never longer than it may be', () => {
    expect(shortTitle('Support of adherence', 20)).toBe('Support of adherence')
    expect(shortTitle('Поддержка приверженности, АРТ', 27)).toBe('Поддержка приверженности…')
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const short = shortTitle(text, most)
        if (text.length <= most) expect(short).toBe(text)
        else expect(text.startsWith(short.slice(0, -1))).toBe(true)
        expect(short.length).toBeLessThanOrEqual(most + 1)
      }),
    )
  })
})

describe('what is said once on the home page', () => {
  const asked = { threadId: 't1', title: { en: 'Who calls' }, by: null, at: '2026-11-22T12:00:00Z' }
  const change = (threadId: string) => ({
    ...asked,
    kind: 'thread' as const,
    threadId,
    isNew: false,
    posts: 5,
  })
  const home: HomeView = {
    waitingForMe: [{ ...asked, kind: 'question', seq: 4, unread: 2 }],
    waitingForOthers: [],
    since: null,
    changes: [change('t1'), change('t2')],
    resume: null,
  }

  it('is a discussion that waits for the reader, which is not among the news', () => {
    expect(homeLines(home).changes).toEqual([change('t2')])
    expect(homeLines({ ...home, waitingForMe: [] }).changes).toHaveLength(2)
  })
})

describe('what was found', () => {
  const hit = (kind: SearchHit['kind'], id: string, excerpt = ''): SearchHit => ({
    kind,
    id,
    title: { en: id },
    lang: 'en',
    excerpt,
    marks: [],
    path: `/${id}#${excerpt}`,
    at: '2026-11-22T12:00:00Z',
  })

  it('is one entry for each thing, in the order of their best places', () => {
    const hits = [hit('thread', 'a', '1'), hit('term', 'a', '2'), hit('thread', 'a', '3')]
    expect(
      findingsOf(hits).map(({ kind, hits }) => [kind, hits.map(({ excerpt }) => excerpt)]),
    ).toEqual([
      ['thread', ['1', '3']],
      ['term', ['2']],
    ])
  })

  it('is counted by kind, a thing once however often it was found', () => {
    const hits = [hit('term', 'a'), hit('thread', 'b', '1'), hit('thread', 'b', '2')]
    expect(countsOf([...hits, hit('term', 'c')])).toEqual({
      protocol: 0,
      thread: 1,
      workshop: 0,
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
