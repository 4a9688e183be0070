import { describe, expect, it } from 'vitest'
import { createRecentFacts } from '../../server/realtime/recent'
import type { ThreadChanged, WorkshopChanged } from '../../shared/events'

const at = { now: 0 }
const clock = { now: () => new Date(at.now) }

function fact(id: string, rev: number): ThreadChanged {
  return {
    partnershipId: 'p',
    thread: {
      ...{ id, rev, title: { en: id }, lang: 'en', tags: [], anchor: null, locked: false },
      ...{ replyCount: 1, lastSeq: 1, openedBy: null, lastBy: null },
      ...{ openedAt: '2026-01-01T00:00:00.000Z', lastAt: '2026-01-01T00:00:00.000Z' },
    },
  }
}

describe('the facts of the last minutes', () => {
  it('hold the newest state of each thing, in whatever order it was announced', () => {
    const recent = createRecentFacts(clock)
    for (const rev of [2, 3, 1]) recent.keep('thread:changed', fact('a', rev), 'a')
    recent.keep('thread:changed', fact('b', 1), 'b')
    expect(recent.of('p').map(({ fact }) => fact)).toEqual([fact('a', 3), fact('b', 1)])
    expect(recent.of('elsewhere')).toEqual([])
    const workshop = (rev: number) => ({ partnershipId: 'w', workshop: { rev } }) as WorkshopChanged
    for (const rev of [2, 1]) recent.keep('workshop:changed', workshop(rev), 'a')
    expect(recent.of('w').map(({ fact }) => fact)).toEqual([workshop(2)])
  })

  it('go after two minutes, and when there are too many', () => {
    const recent = createRecentFacts(clock)
    at.now = 0
    recent.keep('thread:changed', fact('old', 1), 'old')
    at.now = 100_000
    recent.keep('thread:changed', fact('new', 1), 'new')
    at.now = 130_000
    expect(recent.of('p').map(({ fact }) => fact)).toEqual([fact('new', 1)])
    for (let n = 0; n < 300; n++) recent.keep('thread:changed', fact(`${n}`, 1), `${n}`)
    expect(recent.of('p')).toHaveLength(200)
  })
})
