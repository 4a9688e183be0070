import type { Cadre } from './cadres'
import type { ErrorCode } from './errors'
import type { Language, LocalizedText } from './languages'
import type { AttendeeView } from './room-views'
import type { PersonView } from './thread-views'
import type {
  ChannelKind,
  Door,
  Fallback,
  Registration,
  Spoken,
  WorkshopMode,
  WorkshopPart,
  WorkshopStatus,
  WorkshopVerb,
} from './workshops'

/** A row of the agenda; its beginning follows from the rows before it. */
export type AgendaRowView = {
  id: string
  /** UTC, ISO-8601. */
  startsAt: string
  minutes: number
  title: LocalizedText
  /** As it is to be read: a member's name or one that was typed. */
  speaker: string
  spoken: Spoken
  interpretation: boolean
  /** An item of the library. */
  resourceId: string | null
}

/** What lists and calendars show of a workshop. */
export type WorkshopSummary = {
  id: string
  partnershipId: string
  title: LocalizedText
  status: WorkshopStatus
  mode: WorkshopMode
  /** UTC, ISO-8601. */
  startsAt: string
  endsAt: string
  /** IANA zone in which it was planned, and which a series keeps to. */
  timeZone: string
  audience: readonly Cadre[]
  capacity: number | null
  registered: number
  /** Its number in the series that it was planned in, from 1; null when it stands alone. */
  series: { place: number; of: number } | null
  /** Count of changes of the plan: the larger one is the newer. */
  rev: number
  /** The reader's own. */
  mine: { registration: Registration; facilitates: boolean } | null
}

export type ChannelView = {
  id: string
  /** Which language is heard there; `both` for the one where everybody speaks. */
  spoken: Spoken
  kind: ChannelKind
  /** Where a click leads; absent for those who may not join yet. */
  url: string | null
}

export type WorkshopView = WorkshopSummary & {
  /** What stands between the reader and its room, whether it is open or not. */
  outside: 'forbidden' | 'in_waiting_room' | null
  slug: string
  objectives: LocalizedText
  place: LocalizedText
  accreditation: LocalizedText
  recordingConsent: LocalizedText
  fallbacks: readonly Fallback[]
  /** What to dial when the line does not carry a room. */
  phone: string
  /** Why it was cancelled, as its facilitator wrote it; empty where nothing was said. */
  cancelReason: string
  waitingRoom: boolean
  /** May somebody without an account come in by the link? */
  guests: boolean
  agenda: readonly AgendaRowView[]
  facilitators: readonly PersonView[]
  materials: readonly { id: string; title: LocalizedText }[]
  channels: readonly ChannelView[]
  seriesId: string | null
  /** Its live documents, as far as they have been begun. */
  documents: readonly { part: WorkshopPart; id: string; groupId: string | null }[]
  may: { facilitate: boolean; join: boolean; moves: readonly WorkshopVerb[] }
}

/** A deck of slides; its pages are images and their text. */
export type DeckView = {
  id: string
  title: LocalizedText
  lang: Language
  /** The deck with the same slides in the other language. */
  pairId: string | null
  state: 'waiting' | 'making' | 'ready' | 'failed'
  /** Why it failed. */
  failure: ErrorCode | null
  /** Values for its words. */
  failureDetail: Readonly<Record<string, string>>
  /** How many are there already. */
  pages: number
  /** How many there will be, once that is known. */
  total: number | null
  /** Bytes of all page images. */
  bytes: number
  resourceId: string | null
}

/** An item of the library that belongs to a workshop. */
export type MaterialView = {
  id: string
  title: LocalizedText
  /** Titles of the agenda's rows that it is for. */
  rows: readonly LocalizedText[]
  versions: readonly {
    id: string
    lang: Language
    /** Null for a link. */
    file: { name: string; bytes: number } | null
    href: string
  }[]
}

/** A PDF of the library to make slides of. */
export type PdfView = { renditionId: string; title: LocalizedText; lang: Language; name: string }

/** What a colleague wrote for a page. */
export type SlideWords = { lang: Language; text: string; by: AttendeeView | null; at: string }

export type SlideView = {
  deckId: string
  page: number
  width: number
  height: number
  bytes: number
  /** Address of the image. */
  src: string
  /** Of the deck. */
  lang: Language
  /** What is written on it, as the PDF has it; empty where it has no text. */
  text: string
  /** The same as a colleague wrote it, where the PDF has none. */
  written: SlideWords | null
  translation: SlideWords | null
  /** Count of changes of both. */
  rev: number
}

export type ParticipantView = {
  attendee: AttendeeView
  registration: Registration
  door: Door
  cadre: string | null
  institution: LocalizedText | null
  email: string | null
  guest: boolean
}
