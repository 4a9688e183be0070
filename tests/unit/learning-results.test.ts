import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestItemRow } from '../../models/workshop-test'
import { HIV_TEST } from '../../server/demo/content/workshops/hiv-test'
import { countResults, FEWEST } from '../../server/services/learning-results'
import { inScript, SheetCode } from '../../shared/schemas/learning'

const ITEMS: TestItemRow[] = ['a', 'b', 'c'].map((id) => ({
  id,
  prompt: { en: id },
  options: ['o1', 'o2', 'o3'].map((option) => ({ id: option, text: { en: option } })),
  right: 'o2',
}))

type Sheet = Parameters<typeof countResults>[1][number]

const Sheets = fc
  .array(
    fc.record({
      kind: fc.constantFrom('pre' as const, 'post' as const),
      code: fc.integer({ min: 0, max: 11 }).map(String),
      answers: fc.dictionary(
        fc.constantFrom('a', 'b', 'c', 'gone'),
        fc.constantFrom('o1', 'o2', 'o3', 'gone'),
      ),
      scales: fc.constant({}),
    }),
    { maxLength: 40, size: 'max' },
  )
  // one of each kind and code, as the index holds
  .map((sheets) => [
    ...new Map(sheets.map((sheet) => [`${sheet.kind} ${sheet.code}`, sheet])).values(),
  ])

describe('results of a test', () => {
  it('are those of a count by hand, and none of fewer than five', () => {
    fc.assert(
      fc.property(Sheets, (sheets) => {
        const results = countResults(ITEMS, sheets)
        const pre = sheets.filter(({ kind }) => kind === 'pre')
        const post = sheets.filter(({ kind }) => kind === 'post')
        const before = pre.filter((one) => post.some(({ code }) => code === one.code))
        const after = post.filter((one) => pre.some(({ code }) => code === one.code))
        expect(results.pre).toEqual({ answers: pre.length, percent: byHand(pre, 'a', 'b', 'c') })
        expect(results.post).toEqual({ answers: post.length, percent: byHand(post, 'a', 'b', 'c') })
        for (const { id, ...item } of results.items) {
          expect(item).toMatchObject({ before: byHand(pre, id), after: byHand(post, id) })
        }
        expect(results.pairs).toBe(before.length)
        const [first, second] = [byHand(before, 'a', 'b', 'c'), byHand(after, 'a', 'b', 'c')]
        expect(results.gain).toBe(first === null || second === null ? null : second - first)
      }),
    )
  })

  it('of the demonstration rise from 54 to 81 percent, its fourth question falls', () => {
    const { answered, items } = HIV_TEST
    const rows = items.map(({ prompt, options, right }, at) => ({
      id: `i${at}`,
      prompt,
      options: options.map((text, place) => ({ id: `o${place}`, text })),
      right: `o${right}`,
    }))
    const sheets = (['pre', 'post'] as const).flatMap((kind) =>
      Array.from({ length: answered }, (_, person): Sheet => {
        const answers = items.flatMap(({ right, before, after }, at) =>
          person < (kind === 'pre' ? before : after) ? [[`i${at}`, `o${right}`]] : [],
        )
        return { kind, code: String(person), answers: Object.fromEntries(answers), scales: {} }
      }),
    )
    const results = countResults(rows, sheets)
    expect(results).toMatchObject({
      pre: { answers: 40, percent: 54 },
      post: { answers: 40, percent: 81 },
      pairs: 40,
      gain: 27,
    })
    const worse = results.items.flatMap(({ before, after }, at) =>
      Number(after) < Number(before) ? [at + 1] : [],
    )
    expect(worse).toEqual([4])
  })
})

/** Share of right answers in whole percent; null of too few. */
function byHand(sheets: readonly Sheet[], ...ids: string[]): number | null {
  if (sheets.length < FEWEST) return null
  let right = 0
  for (const { answers } of sheets) {
    for (const id of ids) if (answers[id] === 'o2') right += 1
  }
  return Math.round((right / (sheets.length * ids.length)) * 100)
}

describe('a code of sheets', () => {
  it('is the same in either script, with any dashes and spaces', () => {
    for (const typed of ['ka-mi-ro-tu 384', 'КАМИРОТУ384', ' ка ми-ро ту—384 ']) {
      expect(SheetCode.parse(typed)).toBe('kamirotu384')
    }
    expect(inScript('kamirotu384', 'cyrillic')).toBe('ка-ми-ро-ту 384')
  })

  it('is nobody’s name or address', () => {
    for (const typed of ['', 'Анна Проверкина', 'a@hospital.example', 'kamiro384', 'kamirotu084']) {
      expect(SheetCode.safeParse(typed).success).toBe(false)
    }
  })
})
