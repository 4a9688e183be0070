import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import type { WorkshopRow } from '../../models/workshop'
import { type TestItemRow, WorkshopTest } from '../../models/workshop-test'
import type { LearningResults } from '../../shared/learning-views'
import { EVALUATION_SCALES, type EvaluationScale } from '../../shared/workshops'

/** Answers of fewer people than this are not shown: they would say who answered. */
export const FEWEST = 5

type Sheet = Pick<AnswerSheetRow, 'kind' | 'code' | 'answers' | 'scales'>

/** What the tests and the evaluation of a workshop say, nobody's answers among them. */
export async function resultsOf(
  row: Pick<WorkshopRow, '_id' | 'partnership'>,
): Promise<LearningResults> {
  const at = { partnership: row.partnership, workshop: row._id }
  const [test, sheets] = await Promise.all([
    WorkshopTest.findById(row._id).lean(),
    AnswerSheet.find(at, { kind: 1, code: 1, answers: 1, scales: 1 }).lean(),
  ])
  return countResults(test?.items ?? [], sheets)
}

/**
 * Score gain and difficulty of each item. The gain is of those who answered both times, joined by their
 * code; an item's difficulty is the share that was right before and after.
 */
export function countResults(
  items: readonly TestItemRow[],
  sheets: readonly Sheet[],
): LearningResults {
  const pre = sheets.filter(({ kind }) => kind === 'pre')
  const post = sheets.filter(({ kind }) => kind === 'post')
  const both = new Set(pre.map(({ code }) => code))
  const codes = new Set(post.flatMap(({ code }) => (both.has(code) ? code : [])))
  const evaluations = sheets.filter(({ kind }) => kind === 'evaluation')
  const ofBoth = (of: readonly Sheet[]) => of.filter(({ code }) => codes.has(code))
  const shown = <T>(answers: readonly Sheet[], value: T) => (answers.length < FEWEST ? null : value)
  return {
    pre: { answers: pre.length, percent: shown(pre, percentOf(items, pre)) },
    post: { answers: post.length, percent: shown(post, percentOf(items, post)) },
    pairs: codes.size,
    gain:
      codes.size < FEWEST ? null : percentOf(items, ofBoth(post)) - percentOf(items, ofBoth(pre)),
    items: items.map((item) => ({
      id: item.id,
      prompt: item.prompt,
      before: shown(pre, percentOf([item], pre)),
      after: shown(post, percentOf([item], post)),
    })),
    evaluations: evaluations.length,
    scales: EVALUATION_SCALES.map((scale) => ({ scale, ...meanOf(evaluations, scale) })),
  }
}

/** Of all answers to these items, how many were right, in whole percent; an answer left out is wrong. */
function percentOf(items: readonly TestItemRow[], sheets: readonly Sheet[]): number {
  const most = items.length * sheets.length
  if (most === 0) return 0
  const right = sheets.reduce(
    (sum, { answers }) => sum + items.filter((item) => answers[item.id] === item.right).length,
    0,
  )
  return Math.round((100 * right) / most)
}

function meanOf(sheets: readonly Sheet[], scale: EvaluationScale) {
  const given = sheets.flatMap(({ scales }) => scales[scale] ?? [])
  const sum = given.reduce((total, value) => total + value, 0)
  return {
    answers: given.length,
    mean: given.length < FEWEST ? null : Math.round((10 * sum) / given.length) / 10,
  }
}
