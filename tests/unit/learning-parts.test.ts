import { describe, expect, it } from 'vitest'
import { partsOf } from '../../app/features/learning/parts'

const counted = (answers: number) => ({ answers, percent: null })

function parts({ items = 1, pre = 0, evaluations = 0, made = null as number | null } = {}) {
  const test = { items: Array.from({ length: items }) }
  const results = { pre: counted(pre), post: counted(0), evaluations }
  return partsOf(test as never, { results, promises: { made, answered: null } } as never)
}

describe('the page of learning', () => {
  it('begins with writing the test, then with opening it, and shows no results of nobody', () => {
    expect(parts({ items: 0 })).toEqual(['items', 'nothing'])
    expect(parts()).toEqual(['opening', 'items', 'nothing'])
  })

  it('shows results once somebody has answered, and after them the test, which stays', () => {
    expect(parts({ pre: 1 })).toEqual(['opening', 'results', 'items'])
    expect(parts({ pre: 1, evaluations: 1 })).toEqual([
      ...['opening', 'results', 'scales', 'voices', 'promises', 'items'],
    ])
    expect(parts({ items: 0, made: 6 })).toEqual(['items', 'promises'])
  })
})
