import type { Language, LocalizedText } from './languages'
import type { AttendeeView } from './room-views'
import type { PersonName } from './views'

/** What a workshop leaves behind, as its pages show it. */

export type AttendanceRowView = {
  attendee: AttendeeView
  cadre: string | null
  institution: LocalizedText | null
  guest: boolean
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
  /** `outdated`: it shows other hours than those that count by now. */
  certificate: { code: string; revoked: boolean; outdated: boolean } | null
}

export type CountView = { label: LocalizedText | null; key: string; count: number; minutes: number }

export type AttendanceView = {
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
  /** How many were there; the counts below are theirs. */
  people: number
  byCadre: readonly CountView[]
  byInstitution: readonly CountView[]
  /** May people be written down, corrected and certified now? */
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

export type EventReportView = {
  rev: number
  summary: LocalizedText
  decisions: LocalizedText
  costs: LocalizedText
  press: LocalizedText
  quotes: readonly { text: string; who: string; consent: boolean }[]
  editedAt: string | null
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
