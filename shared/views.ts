import type { Language, LocalizedText } from './languages'
import type { Role } from './policy'
import type { ProtocolStatus } from './protocol-statuses'

export type * from './admin-opening'
export type * from './home-views'
export type * from './library-views'
export type * from './thread-views'

/**
 * What services hand out: plain JSON, ids as hex strings, times as UTC ISO-8601 strings.
 * A view never carries a field that its reader may not see.
 */

/** A person's name as it is really used: given and family, patronymic where there is one. */
export type PersonName = {
  given: string
  family: string
  patronymic?: string | undefined
  /** The same name in the Latin script, when the name itself is in another one. */
  latin?: string | undefined
  /** The same name in Cyrillic, when the name itself is in another script. */
  cyrillic?: string | undefined
  /** How the person wants to be addressed: «Анна Петровна», “Dr Raman”. */
  address?: string | undefined
}

/** Who has saved something last; `isOwn`: the reader; `at` is UTC, ISO-8601. */
export type SavedView = { isOwn: boolean; name: PersonName | null; at: string }

export type SideView = {
  id: string
  /** `a` and `b` are the two colours; further sides repeat them with their own initials. */
  tone: 'a' | 'b'
  /** Short form of the institution or its city, as the rail shows it. */
  place: LocalizedText
  institutions: readonly InstitutionView[]
  timeZone: string
}

export type InstitutionView = {
  id: string
  name: LocalizedText
  city: LocalizedText
  country: string
  timeZone: string
}

export const PHASES = [
  'initiate',
  'plan',
  'implement',
  'monitor',
  'evaluate',
  'disseminate',
] as const
export type Phase = (typeof PHASES)[number]
export const PHASE_STATUSES = ['not_started', 'active', 'met_gate', 'reopened'] as const
export type PhaseStatus = (typeof PHASE_STATUSES)[number]

export type PhaseView = { phase: Phase; status: PhaseStatus }

export type PartnershipSummary = {
  id: string
  slug: string
  name: LocalizedText
  focus: LocalizedText
  sides: readonly SideView[]
  phases: readonly PhaseView[]
  /** Null for those to whom the partnership is shown without its people. */
  memberCount: number | null
  protocolCount: number
  /** The reader's own standing there; null for a programme admin who is not a member. */
  myRole: Role | null
  mySideId: string | null
}

export type MemberView = {
  userId: string
  name: PersonName
  role: Role
  sideId: string
  cadre: string
  languages: readonly Language[]
  /** Only for those who may see addresses. */
  email?: string | undefined
}

/** How a protocol's units stand, derived from the live document after each commit. */
export type UnitCounts = {
  units: number
  /** Translated or reviewed, both texts as they were marked. */
  inSync: number
  reviewed: number
  /** A marked text has changed since: the other language may be wrong. */
  drifted: number
  /** One language only. */
  missing: number
  /** Both languages present, never marked. */
  draft: number
}

export type ProtocolSummary = {
  id: string
  title: LocalizedText
  status: ProtocolStatus
  counts: UnitCounts
  /** Last committed edit of the text or title. */
  editedAt: string
  editedBy: PersonName | null
  collabPath: string
  /** Of a live document of a workshop. */
  workshopId?: string
}

/** A protocol's text as it was before most of it was removed. */
export type KeptCopyView = {
  id: string
  at: string
  /** Encoded size. */
  bytes: number
  /** What has been removed just now was in it. */
  recent: boolean
}

/** A demonstration account as the sign-in page offers it; its place and role where it is a member. */
export type DemoAccountView = {
  email: string
  name: PersonName
  languages: readonly Language[]
  programmeAdmin: boolean
  role: Role | null
  cadre: string | null
  /** Short form of the side's place. */
  place: LocalizedText | null
  tone: 'a' | 'b' | null
  partnership: LocalizedText | null
}

export type SessionUser = {
  id: string
  name: PersonName
  email: string
  lang: Language
  timeZone: string
  programmeAdmin: boolean
}
