import type { Language } from './languages'

/** Words of the workshop that both sides speak; free of schemas, so that pages may import them. */

/** `draft` is seen by its facilitators alone; `closed` stays readable; a cancelled one is over too. */
export const WORKSHOP_STATUSES = ['draft', 'announced', 'live', 'closed', 'cancelled'] as const
export type WorkshopStatus = (typeof WORKSHOP_STATUSES)[number]

export const WORKSHOP_MODES = ['on_site', 'virtual', 'hybrid'] as const
export type WorkshopMode = (typeof WORKSHOP_MODES)[number]

/** What the state machine allows: from each status, the verbs and where they lead. */
export const WORKSHOP_MOVES = {
  draft: { announce: 'announced', cancel: 'cancelled' },
  announced: { start: 'live', cancel: 'cancelled' },
  live: { close: 'closed' },
  closed: { reopen: 'live' },
  cancelled: {},
} as const satisfies Record<WorkshopStatus, Readonly<Record<string, WorkshopStatus>>>
export const WORKSHOP_VERBS = ['announce', 'start', 'close', 'reopen', 'cancel'] as const
export type WorkshopVerb = (typeof WORKSHOP_VERBS)[number]

/** The languages in which a row of the agenda is spoken. */
export const SPOKEN = ['en', 'ru', 'both'] as const
export type Spoken = (typeof SPOKEN)[number]

/** How sound and picture come, if they come at all: a link for each language channel. */
export const CHANNEL_KINDS = ['jitsi', 'bbb', 'link'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** Without a line: what else a participant may do. */
export const FALLBACKS = ['slides_only', 'phone'] as const
export type Fallback = (typeof FALLBACKS)[number]

/** `monthly_weekday`: on the same weekday of the month, such as the first Tuesday. */
export const REPEATS = [
  'none',
  'daily',
  'weekly',
  'fortnightly',
  'monthly',
  'monthly_weekday',
] as const
export type Repeats = (typeof REPEATS)[number]

/** What a change of one workshop of a series is about: that one, or the later ones with it. */
export const SERIES_SCOPES = ['one', 'later'] as const
export type SeriesScope = (typeof SERIES_SCOPES)[number]

/** Who somebody is in one workshop. A facilitator is one by the access policy, the others are named. */
export const ROOM_ROLES = ['facilitator', 'presenter', 'interpreter', 'participant'] as const
export type RoomRole = (typeof ROOM_ROLES)[number]

export const REGISTRATIONS = ['none', 'registered', 'waiting', 'cancelled'] as const
export type Registration = (typeof REGISTRATIONS)[number]

/** Of the waiting room: `none` where nobody has to wait. */
export const DOORS = ['none', 'waiting', 'admitted', 'refused'] as const
export type Door = (typeof DOORS)[number]

/**
 * What a room is made of. There is one `stage`; everything else comes and goes. Each change takes the
 * next number of the room, so that of two states of one item the larger is the newer, and a number
 * that is missing is a change that was missed.
 */
export const ITEM_KINDS = [
  'stage',
  'message',
  'question',
  'poll',
  'hand',
  'group',
  'group_message',
  'case',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export const POLL_FORMS = ['single', 'multiple', 'scale', 'text'] as const
export type PollForm = (typeof POLL_FORMS)[number]
/** A quiz has right answers, told when its results are shown; its first answer stays. */
export const POLL_PURPOSES = ['poll', 'quiz'] as const
export type PollPurpose = (typeof POLL_PURPOSES)[number]
export const POLL_STATUSES = ['draft', 'open', 'closed'] as const
export type PollStatus = (typeof POLL_STATUSES)[number]
/** A scale goes from 1 to 5. */
export const SCALE = ['1', '2', '3', '4', '5'] as const
/** Said of a scale of an evaluation that does not apply; it has no mark then. */
export const NOT_APPLICABLE = 'none'

export const QUESTION_STATUSES = ['open', 'on_air', 'answered', 'set_aside'] as const
export type QuestionStatus = (typeof QUESTION_STATUSES)[number]

export const HAND_STATES = ['up', 'speaking', 'down'] as const
export type HandState = (typeof HAND_STATES)[number]

export const PULSES = ['too_fast', 'lost'] as const
export type Pulse = (typeof PULSES)[number]
/** How long a sign of the pulse counts, milliseconds. */
export const PULSE_MS = 3 * 60_000

/** The room opens to everybody so long before the beginning, milliseconds. */
export const LOBBY_MS = 30 * 60_000

/** Is it late enough for everybody to come into the room? @param now milliseconds since 1970 */
export function isLobbyOpen(startsAt: string, now: number): boolean {
  return Date.parse(startsAt) - now <= LOBBY_MS
}

/** Live documents of a workshop: its programme text, its shared notes, the notes of a group. */
export const WORKSHOP_PARTS = ['brief', 'notes', 'group'] as const
export type WorkshopPart = (typeof WORKSHOP_PARTS)[number]

export const TEST_PHASES = ['pre', 'post'] as const
export type TestPhase = (typeof TEST_PHASES)[number]

/** Scales of the evaluation (T10), each from 1 to 5. */
export const EVALUATION_SCALES = [
  'relevance',
  'clarity',
  'interpretation',
  'time',
  'materials',
  'facilitator',
] as const
export type EvaluationScale = (typeof EVALUATION_SCALES)[number]

/** Texts of the evaluation, apart from each other. */
export const EVALUATION_TEXTS = ['mostUseful', 'leastUseful', 'willChange'] as const
export type EvaluationText = (typeof EVALUATION_TEXTS)[number]

/** What has become of what somebody meant to change. */
export const PROMISE_OUTCOMES = ['done', 'partly', 'not_yet'] as const
export type PromiseOutcome = (typeof PROMISE_OUTCOMES)[number]

/** Longest texts of a test, an evaluation and a promise, in UTF-16 code units. */
export const LEARNING_LENGTH = { prompt: 600, option: 300, text: 1_000 } as const
export const TEST_OPTIONS = { fewest: 2, most: 5 } as const

export const OUTCOME_KINDS = ['decision', 'task'] as const
export type OutcomeKind = (typeof OUTCOME_KINDS)[number]

/** Largest numbers, held by the schemas. */
export const WORKSHOP_LIMITS = {
  agendaRows: 40,
  facilitators: 12,
  materials: 30,
  channels: 4,
  capacity: 1_000,
  pollOptions: 12,
  groups: 20,
  testItems: 40,
  deckPages: 200,
  /** Longest text of a page that somebody writes, in UTF-16 code units: what a PDF may have on one. */
  pageText: 10_000,
  /** Bytes of one page image. */
  pageBytes: 60_000,
} as const

/** Largest PDF that slides are made of, bytes: it is in memory while they are. */
export const SLIDES_PDF_MAX_BYTES = 50_000_000

/** The languages of a row that need an interpreter for a reader of this language. */
export function isForeign(spoken: Spoken, reader: Language): boolean {
  return spoken !== 'both' && spoken !== reader
}

/** Longest text of a part of an event report, in UTF-16 code units. */
export const REPORT_LENGTH = 8_000
