import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import type { WorkshopRow } from '../../models/workshop'
import { type TestItemRow, WorkshopTest } from '../../models/workshop-test'
import type { LearningResults } from '../../shared/learning-views'
import { EVALUATION_SCALES, type EvaluationScale } from '../../shared/workshops'

/** Answers of fewer people than this are not shown: they would say who answered. */
export const FEWEST = 5

type Sheet = Pick<AnswerSheetRow, 'kind' | 'code' | 'answers' | 'scales' | 'batch'>

/** What the tests and the evaluation of a workshop say, nobody's answers among them. */
export async function resultsOf(
  row: Pick<WorkshopRow, '_id' | 'partnership'>,
): Promise<LearningResults> {
  const at = { partnership: row.partnership, workshop: row._id }
  const [test, sheets] = await Promise.all([
    WorkshopTest.findById(row._id).lean(),
    AnswerSheet.find(at, { kind: 1, code: 1, answers: 1, scales: 1, batch: 1 }).lean(),
  ])
  return countResults(test?.items ?? [], sheets)
}

/**
 * Score gain and difficulty of each item. The gain is of those who answered both times, joined by their
 * code; an item's difficulty is the share that was right before and after. Each figure changes only by
 * five people at once.
 */
export function countResults(
  items: readonly TestItemRow[],
  sheets: readonly Sheet[],
): LearningResults {
  const of = (kind: Sheet['kind']) => sheets.filter((sheet) => sheet.kind === kind)
  const [pre, post, evaluations] = [of('pre'), of('post'), of('evaluation')]
  const [before, after, evaluated] = [inSteps(pre), inSteps(post), inSteps(evaluations)]
  const first = new Map(pre.map((sheet) => [sheet.code, sheet]))
  const pairs = post.flatMap((sheet) => {
    const earlier = first.get(sheet.code)
    return earlier ? [{ batch: laterOf(earlier, sheet), before: earlier, after: sheet }] : []
  })
  const both = inSteps(pairs)
  const shareBefore = shareOf(
    items,
    both.map((pair) => pair.before),
  )
  const shareAfter = shareOf(
    items,
    both.map((pair) => pair.after),
  )
  return {
    pre: { answers: pre.length, counted: before.length, percent: percent(shareOf(items, before)) },
    post: { answers: post.length, counted: after.length, percent: percent(shareOf(items, after)) },
    pairs: pairs.length,
    pairsCounted: both.length,
    // rounded once: the difference of two rounded numbers can be a point off
    gain: shareBefore === null || shareAfter === null ? null : percent(shareAfter - shareBefore),
    items: items.map((item) => ({
      id: item.id,
      prompt: item.prompt,
      before: percent(shareOf([item], before)),
      after: percent(shareOf([item], after)),
    })),
    evaluations: evaluations.length,
    evaluationsCounted: evaluated.length,
    scales: EVALUATION_SCALES.map((scale) => ({ scale, ...meanOf(evaluations, scale) })),
  }
}

/**
 * Who is counted: batches as they came, put together until they are enough people, so that two readings
 * never differ by fewer. The last ones wait.
 */
export function inSteps<T extends { batch: number | null }>(people: readonly T[]): T[] {
  const counted: T[] = []
  let waiting: T[] = []
  const batches = [...new Set(people.flatMap(({ batch }) => batch ?? []))].toSorted((a, b) => a - b)
  for (const batch of batches) {
    waiting = [...waiting, ...people.filter((each) => each.batch === batch)]
    if (waiting.length < FEWEST) continue
    counted.push(...waiting)
    waiting = []
  }
  return counted
}

/** The batch by which both of them were counted. */
function laterOf(one: Sheet, other: Sheet): number | null {
  return one.batch === null || other.batch === null ? null : Math.max(one.batch, other.batch)
}

/** Of all answers to these items, what share was right; one left out is wrong. Null of nobody. */
function shareOf(items: readonly TestItemRow[], sheets: readonly Sheet[]): number | null {
  const most = items.length * sheets.length
  if (most === 0) return null
  const right = sheets.reduce(
    (sum, { answers }) => sum + items.filter((item) => answers[item.id] === item.right).length,
    0,
  )
  return right / most
}

function percent(share: number): number
function percent(share: number | null): number | null
function percent(share: number | null): number | null {
  return share === null ? null : Math.round(100 * share)
}

function meanOf(evaluations: readonly Sheet[], scale: EvaluationScale) {
  const given = inSteps(evaluations.filter(({ scales }) => scales[scale] !== undefined))
  const sum = given.reduce((total, { scales }) => total + (scales[scale] ?? 0), 0)
  return {
    answers: given.length,
    mean: given.length === 0 ? null : Math.round((10 * sum) / given.length) / 10,
  }
}
