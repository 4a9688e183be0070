import type { Language } from '../../../shared/languages'
import type {
  EvaluationScale,
  PollForm,
  Spoken,
  WorkshopMode,
  WorkshopStatus,
} from '../../../shared/workshops'
import type { Cadre, Tone } from './types'

type Both = Record<Language, string>

export type DemoAgendaRow = {
  minutes: number
  title: Both
  /** Key of a member, or a name as it is to be read. */
  speaker: string
  spoken: Spoken
  interpretation?: true
  /** Key of an item of the library. */
  resource?: string
}

/** A group of invented participants who came by themselves: so many of a cadre, for so many minutes. */
export type DemoCrowd = {
  cadre: Cadre
  count: number
  minutes: number
  lang: Language
  institution: Both
}

/** Of so many who answered, how many were right before and after. */
export type DemoTestItem = {
  prompt: Both
  options: readonly [Both, Both, Both]
  /** Place of the right option, from 0. */
  right: 0 | 1 | 2
  before: number
  after: number
}

export type DemoSaid = {
  by: string
  lang: Language
  text: string
  /** Minutes after the beginning. */
  at: number
  translation?: { by: string; text: string }
  translationAsked?: true
}

export type DemoRoom = {
  messages: readonly DemoSaid[]
  questions: readonly (DemoSaid & {
    votes: readonly string[]
    onAir?: true
    answer?: { by: string; how: 'live' | 'written'; lang: Language; text: string }
  })[]
  polls: readonly {
    key: string
    form: PollForm
    purpose: 'poll' | 'quiz'
    prompt: Both
    options: readonly Both[]
    right?: readonly number[]
    status: 'draft' | 'open' | 'closed'
    shown?: true
    /** Places of the options that were chosen, by who chose. */
    votes: Readonly<Record<string, readonly number[]>>
  }[]
  hands: readonly string[]
}

export type DemoWorkshop = {
  key: string
  title: Both
  objectives: Both
  mode: WorkshopMode
  status: WorkshopStatus
  place?: Both
  /** `2007-10-16 10:00` for history, `+7 16:00` for days from the first start; by the clock of `zone`. */
  starts: string
  zone: Tone
  audience: readonly Cadre[]
  capacity?: number
  agenda: readonly DemoAgendaRow[]
  facilitators: readonly string[]
  materials: readonly string[]
  consent?: Both
  accreditation?: Both
  guests?: true
  cancelReason?: string
  createdBy: string
  /** Members who registered, and for how many minutes they were there. */
  members: Readonly<Record<string, number>>
  crowds?: readonly DemoCrowd[]
  /** Key of the member who interprets. */
  interpreter?: string
  test?: { answered: number; items: readonly DemoTestItem[] }
  /** How many gave 5, 4, 3 of each scale. */
  evaluation?: Readonly<Record<EvaluationScale, readonly [number, number, number]>>
  voices?: readonly { lang: Language; useful: string; less: string; change: string }[]
  report?: { summary: Both; decisions: Both; costs: Both }
  outcomes?: readonly {
    kind: 'decision' | 'task'
    text: Both
    assignee?: string
    /** Days after the workshop. */
    due?: number
    done?: true
  }[]
  room?: DemoRoom
}
