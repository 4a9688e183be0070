import type { Language, LocalizedText } from './languages'
import type { PersonName } from './views'
import type { WorkshopView } from './workshop-views'
import type {
  HandState,
  PollForm,
  PollPurpose,
  PollStatus,
  QuestionStatus,
  RoomRole,
  TestPhase,
  WorkshopStatus,
} from './workshops'

/** Somebody in the room. Guests have no account: `userId` is null, the name is what they gave. */
export type AttendeeView = {
  /** Their place in this workshop's list of participants. */
  id: string
  userId: string | null
  name: PersonName
  tone: 'a' | 'b' | null
  role: RoomRole
}

/** Somebody of a room, to facilitators alone: are they there now? */
export type RoomPerson = AttendeeView & { here: boolean }

/** How many were found, and the first of them. */
export type RoomPeople = { count: number; people: readonly RoomPerson[] }

/**
 * Somebody at the door, to facilitators alone: with what tells two of one name apart. A guest's address
 * was proved by a code.
 */
export type WaitingView = AttendeeView & { email: string | null; institution: LocalizedText | null }

/** A colleague's translation of what was said. */
export type SaidTranslation = { lang: Language; text: string; by: AttendeeView | null; at: string }

/** What somebody said to a question or a case of another's. */
type ReplyView = {
  lang: Language
  text: string
  by: AttendeeView | null
  at: string
  translation: SaidTranslation | null
}

type ItemBase = {
  id: string
  /** The room's number when it last changed, and when it began; they sort by the latter. */
  rev: number
  born: number
}

/** What everybody looks at. */
export type StageView = ItemBase & {
  kind: 'stage'
  /** Row of the agenda. */
  rowId: string | null
  slide: { deckId: string; page: number; pages: number } | null
  presenter: AttendeeView | null
  /** UTC; of the room's own timer. */
  timer: { endsAt: string; minutes: number } | null
}

/** What somebody said, in their own language. */
type SaidBase = ItemBase & {
  by: AttendeeView | null
  at: string
  lang: Language
  /** Empty once deleted. */
  text: string
  translation: SaidTranslation | null
  translationAsked: boolean
}

export type MessageView = SaidBase & {
  kind: 'message'
  deletedAt: string | null
  clientKey: string
}

/** Said to one group: to those in it and to facilitators; to everybody else it is hidden. */
export type GroupMessageView = SaidBase & {
  kind: 'group_message'
  groupId: string
  deletedAt: string | null
  clientKey: string
}

export type QuestionView = SaidBase & {
  kind: 'question'
  status: QuestionStatus
  /** `live`: said aloud, noted in a few words or none. */
  answer: ({ how: 'live' | 'written' } & ReplyView) | null
  /** The discussion it was carried on in, after the workshop. */
  threadId: string | null
  deletedAt: string | null
  clientKey: string
}

export type PollResults = {
  /** How many have answered. */
  answers: number
  /** Of each option, by its id; of a scale by `1` … `5`. */
  counts: Readonly<Record<string, number>>
  /** Free text answers, in an order that says nothing. */
  texts: readonly { lang: Language; text: string }[]
}

export type PollView = ItemBase & {
  kind: 'poll'
  form: PollForm
  purpose: PollPurpose
  prompt: LocalizedText
  options: readonly { id: string; text: LocalizedText }[]
  status: PollStatus
  /** Results are shown to everybody. */
  shown: boolean
  results: PollResults | null
  /** Of the free answers that the reader sees, by their words; and whether somebody asks for them. */
  translations: readonly { said: string; translation: SaidTranslation }[]
  translationAsked: boolean
  /** Right options of a quiz: to staff, and to everybody once shown. */
  right: readonly string[] | null
}

export type HandView = ItemBase & {
  kind: 'hand'
  by: AttendeeView | null
  at: string
  state: HandState
}

export type GroupView = ItemBase & {
  kind: 'group'
  /** 1, 2, 3 … */
  number: number
  topic: LocalizedText
  people: readonly AttendeeView[]
  notesId: string | null
  /** Over when the groups were called back. */
  open: boolean
  endsAt: string | null
}

/** The words of a case, field by field; `course` may be empty. */
export type CaseWords = { setting: string; problem: string; course: string; question: string }

/** A colleague's translation of a case. */
export type CaseTranslation = CaseWords & Omit<SaidTranslation, 'text'>

/** A case for discussion, from the de-identified form: no field can hold who the patient is. */
export type CaseView = ItemBase &
  CaseWords & {
    kind: 'case'
    by: AttendeeView | null
    at: string
    lang: Language
    ageBand: string
    sex: 'f' | 'm' | 'unsaid'
    translation: CaseTranslation | null
    translationAsked: boolean
    status: 'waiting' | 'on_air' | 'discussed'
    recommendations: ReplyView | null
    deletedAt: string | null
    clientKey: string
  }

/** Something that others see, facilitators or a group; it keeps its number so that nobody asks for it in vain. */
export type HiddenView = ItemBase & { kind: 'hidden' }

export type RoomItemView =
  | StageView
  | MessageView
  | QuestionView
  | PollView
  | HandView
  | GroupView
  | GroupMessageView
  | CaseView
  | HiddenView

/** A count that changes often: votes of a question, answers of a poll. The larger `rev` is the newer. */
export type TallyView = { id: string; rev: number; count: number }

/** What only the reader may know: their own answers and votes. */
export type OwnMarks = {
  answers: Readonly<Record<string, { choices: readonly string[]; text: string }>>
  upvoted: readonly string[]
}

/** What changed in a room after a number, oldest change first; `more` when there is a next part. */
export type RoomCaughtUp = {
  items: readonly RoomItemView[]
  rev: number
  more: boolean
  tallies: readonly TallyView[]
  mine: OwnMarks
  /** The server's clock, UTC: timers are set by it. */
  now: string
  status: WorkshopStatus
  /** Tests that take answers now. */
  tests: readonly TestPhase[]
  /** The reader as the room knows them now. */
  me: AttendeeView
}

/** The page of a room. */
export type RoomPage = RoomCaughtUp & {
  workshop: WorkshopView
  me: AttendeeView
  staff: boolean
  /** Messages before the first one shown; and of what was said in groups that the reader hears. */
  earlier: number
  earlierTalk: number
  may: {
    speak: boolean
    facilitate: boolean
    present: boolean
    translate: boolean
    /** Open the notes to write in them; others read. */
    writeNotes: boolean
    /** Leads to the workspace around the workshop; guests have none. */
    workspace: boolean
  }
}

/** How the pulse of the room stands, to facilitators and presenters: how many signs within the last minutes. */
export type PulseView = { too_fast: number; lost: number }
