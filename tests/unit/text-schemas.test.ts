import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OneLine, Prose } from '../../shared/schemas/text'
import { OpenThread, TAGS_MAX, toTag } from '../../shared/schemas/threads'

const MAX = 20_000

/** Milliseconds of the quickest of several runs: what the work takes, whatever else the machine does. */
function quickest(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...runs)
}

const MARKS = '\u0315\u0300\u0316\u0334'

const HOSTILE = [
  { name: 'spaces inside of a line', text: `a${' '.repeat(2 * MAX - 2)}b` },
  { name: 'spaces in many lines', text: `${' '.repeat(999)}b\n`.repeat(40) },
  { name: 'one letter with a pile of marks', text: `a${MARKS.repeat(MAX / 2 - 1)}` },
  {
    name: 'a pile with control characters in it',
    text: `a${'\u0315\u0300\u0007\u200e'.repeat(9_999)}`,
  },
  { name: 'marks without a letter', text: '\u0315\u0300'.repeat(MAX - 1) },
  { name: 'line ends', text: '\r\n'.repeat(MAX - 1) },
] as const

describe('a text that is meant to keep the server busy', () => {
  it.each(HOSTILE)('takes about as long as plain words: $name', ({ text }) => {
    const plain = 'слово и ещё слово\n'.repeat(Math.ceil(text.length / 18)).slice(0, text.length)
    for (const schema of [Prose(MAX), OneLine(MAX)]) {
      const usual = quickest(() => schema.safeParse(plain))
      // quadratic work would take some hundred times as long
      expect(quickest(() => schema.safeParse(text)) / usual).toBeLessThan(40)
    }
  })

  it.each([
    { name: 'Prose', schema: Prose(200), most: 400 },
    { name: 'OneLine', schema: OneLine(200), most: 800 },
  ])('is refused by its length alone, before any work: $name', ({ schema, most }) => {
    const issues = (text: string) =>
      schema
        .safeParse(text)
        .error?.issues.map(({ code, ...issue }) =>
          code === 'too_big' && 'maximum' in issue ? issue.maximum : code,
        )
    expect(issues(' '.repeat(most + 1))).toEqual([most])
    // in time it is looked at: folded or trimmed, it may be short enough
    expect(schema.safeParse(`a${' '.repeat(most - 1)}`).success).toBe(true)
  })
})

describe('Prose', () => {
  const read = (text: string) => Prose(MAX).parse(text)

  it('keeps lines, and no spaces at their ends', () => {
    expect(read(' one \t\r\n  two\u00a0\r\rthree \n\n\n \n\nfour\n')).toBe(
      'one\n  two\n\nthree\n\nfour',
    )
    expect(Prose(MAX).safeParse(' \n\u00a0 ').success).toBe(false)
  })

  it('composes letters, and leaves thirty marks on one', () => {
    expect(read('и\u0306 е\u0308')).toBe('й ё')
    const piled = read(`x${'\u0315'.repeat(500)}y`)
    expect(piled).toBe(`x${'\u0315'.repeat(30)}y`)
    // with what is not seen between them they are one pile as well
    expect(read(`x${'\u0315\u200e'.repeat(500)}y`)).toBe(piled)
  })

  it('reads what it has read as it is', () => {
    const chars = fc.constantFrom(
      ' ',
      '\n',
      '\r',
      '\t',
      '\u00a0',
      'а',
      'b',
      '\u0306',
      '\u0007',
      '\u200e',
    )
    fc.assert(
      fc.property(fc.string({ unit: chars, minLength: 1, maxLength: 60 }), (text) => {
        const once = Prose(MAX).safeParse(text)
        if (!once.success) return
        expect(read(once.data)).toBe(once.data)
        expect(once.data).not.toMatch(/[^\S\n]\n|\n{3}|\r/)
        expect(once.data.trim()).toBe(once.data)
      }),
    )
  })
})

describe('tags', () => {
  const tagsOf = (tags: string) => OpenThread.shape.tags.safeParse(tags).data

  it('are the same word however they are typed', () => {
    const typed = [
      'Missed Dose',
      ' #missed  dose',
      'missed\u200b dose',
      '\u202emissed\u0007 dose\u2069',
    ]
    expect(tagsOf(typed.join(','))).toEqual(['missed dose'])
    expect(typed.map(toTag)).toEqual(typed.map(() => 'missed dose'))
    expect(tagsOf('\u200b, \u2060,#,\u0007')).toEqual([])
    expect(tagsOf('е\u0308лка,ёлка,ЁЛКА')).toEqual(['ёлка'])
  })

  it('are few and short', () => {
    expect(tagsOf('a,b,c,d,e')).toHaveLength(TAGS_MAX)
    expect(tagsOf('a,b,c,d,e,f')).toBeUndefined()
    expect(tagsOf('x'.repeat(31))).toBeUndefined()
    expect(toTag('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(300)
  })
})
