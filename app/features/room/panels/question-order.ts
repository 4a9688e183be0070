import type { QuestionView } from '../../../../shared/room-views'

export const QUESTION_FILTERS = ['open', 'on_air', 'answered'] as const
export type QuestionFilter = (typeof QUESTION_FILTERS)[number]

type Votes = ReadonlyMap<string, number>

/** Most wanted first, of equals the one that was asked first; what was deleted is left out. */
export function inOrder(questions: readonly QuestionView[], votes: Votes): QuestionView[] {
  const wanted = ({ id }: QuestionView) => votes.get(id) ?? 0
  return questions
    .filter(({ deletedAt }) => deletedAt === null)
    .toSorted((one, other) => wanted(other) - wanted(one) || one.born - other.born)
}

/** What a filter shows. What was set aside stands with what was answered: it is off the table. */
export function matches({ status }: QuestionView, filter: QuestionFilter): boolean {
  return filter === (status === 'set_aside' ? 'answered' : status)
}

/** How many each filter would show. */
export function countByFilter(questions: readonly QuestionView[]): Record<QuestionFilter, number> {
  const counts = { open: 0, on_air: 0, answered: 0 }
  for (const question of questions) {
    if (question.deletedAt !== null) continue
    for (const filter of QUESTION_FILTERS) if (matches(question, filter)) counts[filter] += 1
  }
  return counts
}
