import type { Language, LocalizedText } from './languages'
import type { RegistrablePerson } from './registration-views'
import type { AttendeeView } from './room-views'
import type { PersonName, SavedView } from './views'

/** What a workshop leaves behind, as its pages show it. */

/** Nobody was there longer, minutes: fifty hours. */
export const ATTENDED_MOST_MINUTES = 3_000

export type AttendanceRowView = {
  attendee: AttendeeView
  cadre: string | null
  institution: LocalizedText | null
  guest: boolean
  /** Runs the workshop: is counted nowhere, and not certified. */
  runs: boolean
  /** What counts: by joining and leaving, or as a facilitator has corrected it. */
  minutes: number
  /** By joining and leaving alone. */
  measured: number
  correction: { note: string; at: string } | null
  /** First coming and last leaving, UTC. */
  from: string | null
  to: string | null
  /** Enough for a certificate. */
  enough: boolean
  /** Waits for a certificate. */
  due: boolean
  /** `outdated`: it shows other hours than those that count by now. */
  certificate: { code: string; revoked: boolean; outdated: boolean } | null
}

export type CountView = { label: LocalizedText | null; key: string; count: number; minutes: number }

/** Somebody with a place whom nobody has seen in the room: there without a device, or not at all. */
export type UnseenView = Pick<AttendanceRowView, 'attendee' | 'cadre' | 'institution' | 'guest'>

/** Members of one side who are on no list of a workshop, to be written down by name. */
export type UnlistedView = { place: LocalizedText; people: readonly RegistrablePerson[] }

export type AttendanceView = AttendanceCounts & {
  unseen: readonly UnseenView[]
  unlisted: readonly UnlistedView[]
  /** Minutes of somebody who was there from beginning to end. */
  whole: number
  /** May people be written down and corrected now? */
  hasBegun: boolean
}

/** Who was there, and how many of whom. */
export type AttendanceCounts = {
  /** Minutes that the workshop was planned to last, and how many of them are enough. */
  planned: number
  enough: number
  /**
   * Where the room was open for far longer than planned: for how many minutes, up to how many of them
   * count, and whether a facilitator has said so.
   */
  overrun: { open: number; credited: number; said: boolean } | null
  /** Also those who only looked in, with no minutes. */
  rows: readonly AttendanceRowView[]
  /** How many were there beside those who run it; the counts below are theirs. */
  people: number
  byCadre: readonly CountView[]
  byInstitution: readonly CountView[]
  /** May people be certified now? */
  isOver: boolean
}

/** What anybody may know of a certificate whose code they hold. */
export type CertificateView = {
  code: string
  name: LocalizedText
  title: LocalizedText
  hours: number
  /** ISO date. */
  date: string
  revoked: boolean
}

/** A workshop that one was in, as one finds it months later. */
export type AttendedView = {
  workshopId: string
  title: LocalizedText
  /** ISO date, of the workshop. */
  date: string
  minutes: number
  /** Hours of the certificate; null without one that holds. */
  certified: number | null
}

export type EventReportView = {
  rev: number
  summary: LocalizedText
  decisions: LocalizedText
  costs: LocalizedText
  press: LocalizedText
  quotes: readonly { text: string; who: string; consent: boolean }[]
  editedAt: string | null
  saved: SavedView | null
}

/** Words as they were written, and a colleague's translation of them. */
export type WrittenView = {
  lang: Language
  text: string
  translation: { lang: Language; text: string } | null
}

/** What happened in the room, for the event report: what everybody there was shown, and nobody's name. */
export type HappenedView = {
  /** Polls and quizzes whose results were shown. */
  polls: readonly {
    id: string
    prompt: LocalizedText
    /** How many have answered. */
    answers: number
    /** `text` is null for a mark of a scale, which `mark` is then. */
    options: readonly { mark: string; text: LocalizedText | null; count: number; right: boolean }[]
    /** Free answers, in an order that says nothing. */
    texts: readonly { lang: Language; text: string }[]
  }[]
  /** Questions that were answered; `answer` is null where it was said aloud and nothing noted. */
  questions: readonly { id: string; asked: WrittenView; answer: WrittenView | null }[]
  /** Cases for which something was recommended, without age, sex and place. */
  cases: readonly {
    id: string
    problem: WrittenView
    question: WrittenView
    recommended: WrittenView
  }[]
}

/** Somebody trained, as attendance shows it. */
export type ProviderView = {
  /** Of the list alone; it says nothing about the person. */
  key: string
  name: PersonName
  lang: Language | null
  cadre: string | null
  institution: LocalizedText | null
  workshops: readonly { id: string; title: LocalizedText; date: string; hours: number }[]
  hours: number
}
