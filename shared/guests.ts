import type { LocalizedText } from './languages'
import type { AttendeeView } from './room-views'
import type { WorkshopStatus } from './workshops'

/** Words of guests that both the pages and the doors know. */

/** HttpOnly; holds a token for each workshop that the browser is a guest of, the newest first. */
export const GUEST_COOKIE = 'twinward_guest'
/** A series of a season; the oldest go. */
export const MOST_GUEST_TOKENS = 8
/** What a browser fetches and sends to measure its line, bytes. */
export const MEASURE_BYTES = { none: 0, few: 16_000, many: 64_000 } as const
/** Digits of the code that proves a guest's address. */
export const GUEST_CODE_DIGITS = 6

/** What a guests' link leads to, for somebody who may be anybody. */
export type GuestLinkView = {
  workshopId: string
  title: LocalizedText
  objectives: LocalizedText
  recordingConsent: LocalizedText
  status: WorkshopStatus
  /** UTC, ISO-8601. */
  startsAt: string
  endsAt: string
  timeZone: string
  /** Both sides, for their clocks. */
  places: readonly { place: LocalizedText; timeZone: string }[]
  /** Is it the own link of somebody who was invited? */
  invited: boolean
  /** Does whoever proves an address by it come in at once? */
  admits: boolean
}

/** Somebody whom facilitators let in or keep out. */
export type GuestPersonView = {
  attendee: AttendeeView
  /** Of guests. */
  email: string | null
  institution: string
  guest: boolean
  state: 'invited' | 'waiting' | 'inside' | 'refused'
}

/** The facilitators' page of guests. */
export type GuestPage = {
  title: LocalizedText
  status: WorkshopStatus
  guests: boolean
  waitingRoom: boolean
  hasLink: boolean
  /** Do those who come by the link come in at once? */
  linkAdmits: boolean
  people: readonly GuestPersonView[]
}

/** The demonstration's own guest, whom visitors may be. */
export const DEMO_GUEST_EMAIL = 'guest.nina@demo.twinward.example'

/** Somebody of the demonstration whom a visitor may be in its live workshop. */
export type DemoGuestView = { name: string; workshop: LocalizedText }
