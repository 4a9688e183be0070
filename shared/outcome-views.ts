import type { LocalizedText } from './languages'
import type { QuestionView } from './room-views'
import type { MentionableView, PersonView } from './thread-views'
import type { OutcomeKind } from './workshops'

/** A decision or a task that came out of a workshop. */
export type OutcomeView = {
  id: string
  kind: OutcomeKind
  text: LocalizedText
  /** The paragraph of the notes that it was made from. */
  unit: string | null
  assignee: PersonView | null
  /** ISO date. */
  due: string | null
  /** UTC. */
  doneAt: string | null
  by: PersonView | null
  at: string
  /** Count of changes; the larger one is the newer. */
  rev: number
  /** What the reader may do with it. */
  may: { assign: boolean; settle: boolean; remove: boolean }
}

/** A paragraph of the notes, to make something of. */
export type NoteLine = { unit: string; text: LocalizedText }

export type OutcomesPage = {
  outcomes: readonly OutcomeView[]
  notes: readonly NoteLine[]
  notesId: string | null
  /** What was asked and not answered there, most votes first. */
  unanswered: readonly QuestionView[]
  people: readonly MentionableView[]
  may: { add: boolean; discuss: boolean; draft: boolean }
}
