import type { LearningPage, TestView } from '../../../shared/learning-views'

/** A card of the page of learning; `nothing` is the sentence in place of all results. */
export type Part = 'opening' | 'items' | 'results' | 'scales' | 'voices' | 'promises' | 'nothing'

/**
 * What the page shows, in this order: first whatever is to be done now, and of results only those
 * that somebody has answered for.
 */
export function partsOf(
  { items }: Pick<TestView, 'items'>,
  { results: { pre, post, evaluations }, promises }: Pick<LearningPage, 'results' | 'promises'>,
): readonly Part[] {
  const isAnswered = pre.answers + post.answers > 0
  const found: Part[] = [
    ...(isAnswered ? (['results'] as const) : []),
    ...(evaluations > 0 ? (['scales', 'voices'] as const) : []),
    ...(evaluations > 0 || promises.made !== null ? (['promises'] as const) : []),
  ]
  const answers: readonly Part[] = found.length > 0 ? found : ['nothing']
  const opening: readonly Part[] = items.length > 0 ? ['opening'] : []
  // once it is answered the test stays as it is
  return isAnswered ? [...opening, ...answers, 'items'] : [...opening, 'items', ...answers]
}
