import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestItemRow } from '../../models/workshop-test'
import { HIV_TEST } from '../../server/demo/content/workshops/hiv-test'
import { countResults, FEWEST, inSteps } from '../../server/services/learning-results'
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
      batch: fc.constant(1),
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
        expect(results.pre).toMatchObject({
          answers: pre.length,
          percent: byHand(pre, 'a', 'b', 'c'),
        })
        expect(results.post).toMatchObject({
          answers: post.length,
          percent: byHand(post, 'a', 'b', 'c'),
        })
        for (const { id, ...item } of results.items) {
          expect(item).toMatchObject({ before: byHand(pre, id), after: byHand(post, id) })
        }
        expect(results.pairs).toBe(before.length)
        const gain = Math.round((100 * (rightIn(after) - rightIn(before))) / (before.length * 3))
        expect(results.gain).toBe(before.length < FEWEST ? null : gain)
      }),
    )
  })

  it('round the gain once', () => {
    const sheets = Array.from({ length: 7 }, (_, at) => String(at)).flatMap((code, at): Sheet[] => {
      const knows = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'o2']))
      const both = { code, scales: {}, batch: 1 }
      return [
        { ...both, kind: 'pre', answers: at < 2 ? knows('a') : {} },
        { ...both, kind: 'post', answers: at < 2 ? knows('a', 'b') : knows('a', 'b', 'c') },
      ]
    })
    // 2 of 21 and 19 of 21 are 9.5 % and 90.5 %, and 80.95 points apart
    const { pre, post, gain } = countResults(ITEMS, sheets)
    expect([pre.percent, post.percent, gain]).toEqual([10, 90, 81])
  })

  it('change by five people at once, and lose nobody again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { maxLength: 20 }), (sizes) => {
        const people = sizes.flatMap((size, at) =>
          Array.from({ length: size }, () => ({ batch: at })),
        )
        let before: readonly object[] = []
        for (const at of sizes.keys()) {
          const now = inSteps(people.filter(({ batch }) => batch <= at))
          expect(now.slice(0, before.length)).toEqual(before)
          expect([...Array(FEWEST - 1).keys()].map((few) => few + 1)).not.toContain(
            now.length - before.length,
          )
          before = now
        }
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
        return {
          kind,
          code: String(person),
          answers: Object.fromEntries(answers),
          scales: {},
          batch: 1,
        }
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
  return Math.round((rightIn(sheets, ...ids) / (sheets.length * ids.length)) * 100)
}

function rightIn(sheets: readonly Sheet[], ...ids: string[]): number {
  let right = 0
  for (const { answers } of sheets) {
    for (const id of ids.length > 0 ? ids : ['a', 'b', 'c']) if (answers[id] === 'o2') right += 1
  }
  return right
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
