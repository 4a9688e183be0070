import type { Language, LocalizedText } from './languages'
import type { Role } from './policy'
import type { PersonName } from './views'

/** What each letter needs to be written; its words are in the `mail` namespace, in both languages. */
export type MailValues = {
  invitation: {
    /** Token-carrying address, a path on our own site. */
    path: string
    partnership: LocalizedText
    inviter: PersonName
    role: Role
    place: LocalizedText
    /** What the coordinator wrote, if anything. */
    note: string | null
    /** ISO-8601; until when the link holds. */
    until: string
  }
  'sign-in-code': { code: string; minutes: number }
  'password-link': { path: string; minutes: number }
  /** Something about how one signs in changed: a password, a factor, a code used up, a new token. */
  'account-changed': {
    what:
      | 'password'
      | 'password-reset'
      | 'totp-added'
      | 'totp-removed'
      | 'passkey-added'
      | 'passkey-removed'
      | 'recovery-codes'
      | 'recovery-code-used'
      | 'token'
    at: string
  }
  'account-deleted': { at: string }
  'removed-from-partnership': { partnership: LocalizedText }
  /** A code for somebody without an account who wants to come to a workshop. */
  'guest-code': { code: string; minutes: number } & GuestTimes
  'guest-invited': { id: string; path: string; inviter: PersonName } & GuestTimes
  'workshop-announced': WorkshopTold & { by: PersonName | null; also?: readonly AlsoTold[] }
  /** `waiting`: the number in the waiting list; null for somebody who has a place. */
  'workshop-registered': WorkshopTold & {
    waiting: number | null
    also?: readonly AlsoRegistered[]
  }
  /** To a guest who was let in; `waiting` as of those who registered. */
  'workshop-admitted': WorkshopTold & { waiting: number | null }
  /** Somebody else took them off the list; `waited`: the waiting list. */
  'workshop-removed': WorkshopTold & { waited: boolean }
  /** To its guests, as it is planned without any from now on: what they had. */
  'workshop-without-guests': WorkshopTold & { had: 'place' | 'waiting' | 'invitation' }
  'workshop-changed': WorkshopTold & {
    was: { startsAt: string; place: LocalizedText | null } | null
    also?: readonly AlsoTold[]
  }
  'workshop-cancelled': WorkshopTold & { reason: string; also?: readonly AlsoTold[] }
  'workshop-place': WorkshopTold
  'workshop-reminder': WorkshopTold
  'workshop-after': WorkshopTold
  /** To those who run it: it is open, and nobody is there. */
  'workshop-forgotten': WorkshopTold
  /**
   * `code` as anybody may look it up; `corrected`: they had one with other hours; `former`: has left the
   * partnership, and finds it among their own.
   */
  'workshop-certificate': WorkshopTold & {
    code: string
    corrected: boolean
    guest: boolean
    former?: boolean
  }
  'workshop-followup': WorkshopTold
  'counterpart-proposed': { path: string; by: PersonName; partnership: LocalizedText }
}
/** Of a workshop, to a guest: ISO-8601, and the places whose clocks tell it. */
type GuestTimes = {
  workshop: LocalizedText
  startsAt: string
  places: readonly { place: LocalizedText; timeZone: string }[]
}
/** What a letter about a workshop says of it; addresses are paths on our own site. */
type WorkshopTold = {
  id: string
  title: LocalizedText
  /** ISO-8601. */
  startsAt: string
  /** Of the reader. */
  timeZone: string
  clocks: readonly { place: LocalizedText; timeZone: string }[]
  /** Where one goes; null for a virtual one. */
  place: LocalizedText | null
  virtual: boolean
  /** Are members let into its room one by one? */
  oneByOne?: boolean
  path: string
  calendar: string
  room: string
}
/** Another workshop of the series, of which the same letter tells: ISO-8601, `was` where it was moved. */
export type AlsoTold = Pick<WorkshopTold, 'id' | 'title' | 'startsAt' | 'place'> & {
  was: string | null
}
/** The same of one that its reader has registered for. */
export type AlsoRegistered = AlsoTold & { waiting: number | null }
export type MailTemplate = keyof MailValues

/** A letter to be written and sent. */
export type Mail = {
  [T in MailTemplate]: { template: T; to: string; lang: Language; values: MailValues[T] }
}[MailTemplate]
