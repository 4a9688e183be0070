import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPassage, passagesIn } from '../../shared/editor/passage'

describe('finding passages', () => {
  it('tells the same of each, however many are asked for of one text', () => {
    const text = fc
      .array(fc.constantFrom('Анна', 'е\u0301', 'é', ' ', '\u00a0\n', '«', '„', '12', '.', '한'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 6 }), (whole, passages) => {
        const find = passagesIn(whole)
        for (const one of passages) expect(find(one)).toEqual(findPassage(whole, one))
      }),
    )
  })

  it('finds in a text whatever stands in it between letters', () => {
    const letters = fc.constantFrom(
      'а',
      'Ж',
      'e\u0301',
      'й',
      ' ',
      '\u00a0',
      '\n',
      '«',
      '”',
      '7',
      ',',
    )
    const part = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(part, part, part, (before, passage, after) => {
        fc.pre(/[\p{L}\p{N}]/u.test(passage))
        const found = findPassage(`${before}|${passage}|${after}`, passage)
        expect(found.length).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  it('builds the compared form of a long text once, and not at all for what is not in it', () => {
    const text = `${'Перед приёмом медсестра звонит. '.repeat(50)}Анна ${'е'.repeat(50)}`
    let walks = 0
    const original = String.prototype.matchAll
    String.prototype.matchAll = function (...given: Parameters<typeof original>) {
      walks += 1
      return original.apply(this, given)
    }
    try {
      const find = passagesIn(text)
      for (let i = 0; i < 20; i++) expect(find(`Сидоров ${i}`)).toEqual([])
      expect(walks).toBe(0)
      expect(find('Анна')).toHaveLength(1)
      expect(find('медсестра')).toHaveLength(50)
      expect(walks).toBe(1)
    } finally {
      String.prototype.matchAll = original
    }
  })
})
