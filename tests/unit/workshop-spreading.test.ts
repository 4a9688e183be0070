import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from '../../server/services/workshop-spreading'

const lang = fc.constantFrom('en', 'ru')
const people = fc
  .array(lang, { maxLength: 80 })
  .map((langs) => langs.map((each, index) => ({ id: String(index), lang: each })))
const count = fc.integer({ min: 2, max: 20 })
const by = fc.constantFrom('chance' as const, 'language' as const)
const sizesOf = (groups: readonly string[][]) => groups.map(({ length }) => length)
const differ = (sizes: readonly number[]) => Math.max(...sizes) - Math.min(...sizes)

describe('people spread over groups', () => {
  it('are in one group each, in as many groups as were asked for', () => {
    fc.assert(
      fc.property(people, count, by, (all, groups, how) => {
        const spreaded = spread(all, groups, how)
        expect(spreaded).toHaveLength(groups)
        const numbers = spreaded.flat().toSorted((one, other) => Number(one) - Number(other))
        expect(numbers).toEqual(all.map(({ id }) => id))
      }),
    )
  })

  it('by chance make groups that differ by one at most', () => {
    fc.assert(
      fc.property(people, count, (all, groups) => {
        expect(differ(sizesOf(spread(all, groups, 'chance')))).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('by language stay among readers of their own, in groups that differ by one at most', () => {
    fc.assert(
      fc.property(people, count, (all, groups) => {
        const langOf = new Map(all.map(({ id, lang: own }) => [id, own]))
        const filled = spread(all, groups, 'language').filter(({ length }) => length > 0)
        const mixed = filled.filter((ids) => new Set(ids.map((id) => langOf.get(id))).size > 1)
        expect(mixed).toEqual([])
        for (const own of new Set(langOf.values())) {
          const theirs = filled.filter(([first = '']) => langOf.get(first) === own)
          expect(differ(sizesOf(theirs))).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('gives the larger language more groups', () => {
    const all = Array.from({ length: 30 }, (_, index) => ({
      id: String(index),
      lang: index < 24 ? 'ru' : 'en',
    }))
    expect(sizesOf(spread(all, 5, 'language'))).toEqual([6, 6, 6, 6, 6])
  })

  it('are spread differently each time', () => {
    const all = Array.from({ length: 40 }, (_, index) => ({ id: String(index), lang: 'ru' }))
    expect(spread(all, 2, 'chance')).not.toEqual(spread(all, 2, 'chance'))
  })
})
