import type { Language, LocalizedText } from './languages'
import type { EvaluationScale, EvaluationText, PromiseOutcome, TestPhase } from './workshops'

/** What the tests and the evaluation of a workshop say; null where too few have answered to be shown. */
export type LearningResults = {
  /** Percent that was right, of all answers that are counted so far. */
  pre: { answers: number; counted: number; percent: number | null }
  post: { answers: number; counted: number; percent: number | null }
  /** How many answered both times, and by how many percentage points those counted were better. */
  pairs: number
  pairsCounted: number
  gain: number | null
  items: readonly {
    id: string
    prompt: LocalizedText
    before: number | null
    after: number | null
  }[]
  evaluations: number
  evaluationsCounted: number
  /** 1 to 5; of those counted. */
  scales: readonly { scale: EvaluationScale; answers: number; mean: number | null }[]
}

/** A question as those who answer it see it: without what is right. */
export type AskedItemView = {
  id: string
  prompt: LocalizedText
  options: readonly { id: string; text: LocalizedText }[]
}

/** The test to those who run the workshop. */
export type TestView = {
  items: readonly (AskedItemView & { right: string })[]
  open: Readonly<Record<TestPhase, boolean>>
  /** How many have handed it in. */
  answers: Readonly<Record<TestPhase, number>>
  /** Somebody has answered: its items stay as they are. */
  locked: boolean
  /** Count of changes of the items; the larger one is the newer. */
  rev: number
}

/** What keeps somebody from handing in a sheet; null where nothing does. */
export type Barred = 'own_workshop' | 'not_attended' | null

/** The test to whoever attends; its items come while it is open. */
export type OwnTestView = {
  workshop: LocalizedText
  phase: TestPhase
  open: boolean
  barred: Barred
  items: readonly AskedItemView[]
  rev: number
}

/** What somebody is told who has handed in a sheet. */
export type HandedInView = {
  /** This code had handed in other answers before, which stay. */
  again: boolean
  /** After the workshop: their own answers against the right ones. */
  score: {
    right: number
    items: readonly (AskedItemView & { right: string; chosen: string | null })[]
  } | null
}

/** What somebody wrote into an evaluation, apart from everything else they wrote. */
export type VoiceView = { lang: Language; text: string }

/** Everything that those who run a workshop see of what was learnt. */
export type LearningPage = {
  results: LearningResults
  /** Null where too few have answered to be shown. */
  voices: Readonly<Record<EvaluationText, readonly VoiceView[]>> | null
  /** Counts alone; null where too few have promised, or answered, to be shown. */
  promises: {
    made: number | null
    answered: Readonly<Record<PromiseOutcome, number>> | null
  }
  /** So many have to have answered. */
  fewest: number
}

/** One's own promise of a workshop. */
export type PromiseView = {
  text: string
  lang: Language
  /** UTC, ISO-8601. */
  dueAt: string
  /** The time has come: it is answered now, and not changed any more. */
  due: boolean
  outcome: PromiseOutcome | null
  answer: string
}

export type PromisePage = {
  workshop: LocalizedText
  promise: PromiseView | null
  /** A new one may be made. */
  open: boolean
}

/** What is open to somebody who attends, for the links that lead there. */
export type LearningState = {
  preOpen: boolean
  postOpen: boolean
  evaluationOpen: boolean
  promiseOpen: boolean
  /** From the evaluation and the test after it, as long as they are open. */
  barred: Barred
  /** They have one. */
  certificate: boolean
}
