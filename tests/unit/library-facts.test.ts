import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newerOf, type Shelf, withItem } from '../../app/features/library/library-facts'
import { newsOf } from '../../app/features/library/library-news'
import { outdatedBy } from '../../app/features/library/outdated'
import { sizeOf, sizesOf } from '../../app/features/library/sizes'
import { usualLanguage, usualStatus } from '../../app/features/library/usual-version'
import type { RenditionView, ResourceView } from '../../shared/views'
import { runs } from '../setup/runs'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString()

function rendition(id: string, over: Partial<RenditionView> = {}): RenditionView {
  const source = { kind: 'link', url: 'https://example.org' } as const
  return { id, lang: 'en', status: 'draft', source, addedBy: null, addedAt: at(0), ...over }
}

function item(id: string, minute: number, over: Partial<ResourceView> = {}): ResourceView {
  return {
    id,
    title: { en: `${id} at ${minute}` },
    about: {},
    kind: 'leaflet',
    renditions: [],
    requests: [],
    createdBy: null,
    createdAt: at(0),
    changedAt: at(minute),
    rev: minute,
    ...over,
  }
}

/** As the server would list it. */
function freshLoad(
  items: readonly ResourceView[],
  asked: Pick<Shelf, 'kind' | 'missing'>,
  limit: number,
) {
  const found = items
    .filter(({ kind }) => !asked.kind || kind === asked.kind)
    .filter(({ renditions }) => !renditions.some(({ lang }) => lang === asked.missing))
    .sort((one, other) =>
      one.changedAt === other.changedAt
        ? Number(one.id < other.id) * 2 - 1
        : Number(one.changedAt < other.changedAt) * 2 - 1,
    )
  const shown = found.slice(0, limit)
  const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null
  return { items: shown, next }
}

const asked = {
  id: 'q',
  to: 'ru' as const,
  note: null,
  askedBy: null,
  askedAt: at(1),
  takenBy: null,
  takenAt: null,
  doneAt: null,
}

const changes = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    kind: fc.constantFrom('leaflet' as const, 'poster' as const),
    hasEnglish: fc.boolean(),
    // only a request of it: the item keeps its place
    isOfRequest: fc.boolean(),
  }),
  { maxLength: 24 },
)
const filters = fc.record({
  kind: fc.constantFrom('poster' as const, null),
  missing: fc.constantFrom('en' as const, null),
})

describe('a page of the library', () => {
  it('is after any order of facts, some of them twice, what a fresh load gives, or knows that it is not', () => {
    let exact = 0
    fc.assert(
      fc.property(
        changes,
        filters,
        fc.integer({ min: 1, max: 7 }),
        fc.nat(24),
        fc.infiniteStream(fc.nat()),
        (made, filter, limit, loadedAfter, order) => {
          const facts: ResourceView[] = []
          for (const [minute, { id, kind, hasEnglish, isOfRequest }] of made.entries()) {
            const last = facts.findLast((fact) => fact.id === id)
            const rev = (last?.rev ?? 0) + 1
            const anew = { kind, renditions: hasEnglish ? [rendition(`r${minute}`)] : [] }
            facts.push(
              last && isOfRequest
                ? { ...last, rev, requests: [{ ...asked, id: `q${minute}` }] }
                : item(id, minute, { ...anew, rev }),
            )
          }
          const stateAfter = (count: number) => [
            ...new Map(facts.slice(0, count).map((fact) => [fact.id, fact])).values(),
          ]
          const loaded: Shelf = {
            ...freshLoad(stateAfter(loadedAfter), filter, limit),
            ...filter,
            limit,
            isFirst: true,
            heard: {},
            isStale: false,
          }
          const coming = facts.slice(loadedAfter)
          const shuffled = [...coming, ...coming.slice(0, 3)]
            .map((fact) => ({ fact, place: order.next().value }))
            .sort((one, other) => Number(one.place) - Number(other.place))
          const shelf = shuffled.reduce((known, { fact }) => withItem(known, fact), loaded)
          if (shelf.isStale) return
          exact += 1
          const fresh = freshLoad(stateAfter(facts.length), filter, limit)
          expect(shelf.items).toEqual(fresh.items)
        },
      ),
      runs(500),
    )
    expect(exact).toBeGreaterThan(100)
  })

  it('keeps the places of a page further back', () => {
    const shelf: Shelf = {
      items: [item('a', 2), item('b', 1)],
      next: null,
      limit: 2,
      isFirst: false,
      kind: null,
      missing: null,
      heard: {},
      isStale: false,
    }
    const after = withItem(withItem(shelf, item('b', 9)), item('new', 10))
    expect(after.items.map(({ id, changedAt }) => [id, changedAt])).toEqual([
      ['a', at(2)],
      ['b', at(9)],
    ])
  })
})

describe('an item', () => {
  it('is the newest of what was heard, in any order', () => {
    // clocks differ, and a request changes no date: the count of changes decides
    const facts = [1, 3, 2].map((rev) => item('a', 1, { rev }))
    expect(facts.reduce(newerOf).rev).toBe(3)
    expect([...facts].reverse().reduce(newerOf).rev).toBe(3)
    expect(newerOf(item('a', 9, { rev: 1 }), item('a', 1, { rev: 2 })).rev).toBe(2)
  })

  const anna = { id: 'anna', name: { given: 'Анна', family: 'Левит' }, tone: 'a' as const }
  const before = item('a', 1, { renditions: [rendition('r')] })
  it.each([
    ['nothing that shows', before, item('a', 1, { renditions: [rendition('r')] }), undefined],
    ['a new item', undefined, before, 'created'],
    ['a version', before, { ...before, renditions: [rendition('r'), rendition('s')] }, 'added'],
    ['a version less', before, { ...before, renditions: [] }, 'removed'],
    [
      'a review',
      before,
      { ...before, renditions: [rendition('r', { status: 'reviewed' })] },
      'reviewed',
    ],
    ['a request', before, { ...before, requests: [asked] }, 'asked'],
    [
      'a taken one',
      { ...before, requests: [asked] },
      { ...before, requests: [{ ...asked, takenBy: anna }] },
      'taken',
    ],
    [
      'a given one',
      { ...before, requests: [{ ...asked, takenBy: anna }] },
      { ...before, requests: [asked] },
      'given_back',
    ],
    ['other words', before, { ...before, about: { en: 'new' } }, 'described'],
  ] as const)('says what happened to it: %s', (_name, was, is, kind) => {
    expect(newsOf(was, is)?.kind).toBe(kind)
  })

  it('is outdated by the first original that came after the translation', () => {
    const old = rendition('t', { status: 'outdated', addedAt: at(2) })
    const first = rendition('o2', { status: 'original', addedAt: at(3) })
    const all = [
      rendition('o3', { status: 'original', addedAt: at(4) }),
      first,
      rendition('o1', { status: 'original', addedAt: at(1) }),
      old,
    ]
    expect(outdatedBy(old, all)).toBe(first)
    expect(outdatedBy(old, [old])).toBeUndefined()
  })

  it('is added to in the language that is taken, then missing, then one’s own', () => {
    const me = { id: 'anna', lang: 'en' } as const
    const ru = rendition('r', { lang: 'ru', status: 'original' })
    expect(usualLanguage(item('a', 1), me)).toBe('en')
    expect(usualStatus(item('a', 1), 'en')).toBe('original')
    expect(usualLanguage(item('a', 1, { renditions: [ru] }), me)).toBe('en')
    expect(usualStatus(item('a', 1, { renditions: [ru] }), 'en')).toBe('translated')
    expect(usualStatus(item('a', 1, { renditions: [ru] }), 'ru')).toBe('original')
    const taken = { ...asked, takenBy: anna }
    const both = item('a', 1, { renditions: [ru, rendition('e')], requests: [taken] })
    expect(usualLanguage(both, me)).toBe('ru')
  })
})

describe('a size', () => {
  it.each([
    [0, 'en', '0', 'bytes'],
    [999, 'en', '999', 'bytes'],
    [1_499, 'en', '1', 'kb'],
    [999_499, 'en', '999', 'kb'],
    [999_500, 'en', '1', 'mb'],
    [1_240_000, 'ru', '1,2', 'mb'],
    [1_240_000, 'en', '1.2', 'mb'],
    [200_000_000, 'ru', '200', 'mb'],
    [999_950_000, 'en', '1', 'gb'],
  ] as const)('%d bytes in %s', (bytes, lang, value, unit) => {
    expect(sizeOf(bytes, lang)).toEqual({ value, unit })
  })

  it('is told of a part in the unit of the whole', () => {
    const { sent, total } = sizesOf(1_300_000, 4_000_000, 'ru')
    expect([sent, total.value, total.unit]).toEqual(['1,3', '4,0', 'mb'])
  })
})
