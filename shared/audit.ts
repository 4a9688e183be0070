import type { LocalizedText } from './languages'
import type { PersonName } from './views'

/**
 * What the record holds: who did what, when, to what. Kinds are `noun:past-participle`; rows carry ids
 * and codes, never the text of documents. Their groups are what the record can be narrowed to, by what
 * its readers look for; keys of `record:group`.
 */
export const AUDIT_GROUPS = {
  'sign-in': [
    'session:begun',
    'session:ended',
    'sessions:ended',
    'sign-in:failed',
    'code:asked',
    'password:changed',
    'password:reset',
    'second-factor:added',
    'second-factor:removed',
    'second-factor:failed',
    'recovery-codes:made',
    'recovery-code:used',
    'token:made',
    'token:ended',
  ],
  people: [
    'invitation:sent',
    'invitation:resent',
    'invitation:revoked',
    'invitation:accepted',
    'member:role-changed',
    'member:removed',
    'member:left',
    'counterpart:confirmed',
    'counterpart:ended',
    'account:created',
    'account:changed',
    'account:deleted',
    'guest:admitted',
    'guest:removed',
    'guest:taken-over',
    'guest-link:made',
    'guest-link:ended',
    'guest-link:admits',
    'guest-link:waits',
  ],
  content: [
    'draft:viewed',
    'version:signed',
    'passage:purged',
    'workshop:announced',
    'workshop:started',
    'workshop:closed',
    'workshop:reopened',
    'workshop:cancelled',
    'attendance:corrected',
    'said:deleted',
    'answer:blanked',
    'evaluation:blanked',
    'certificate:issued',
    'certificate:revoked',
    'patient-data:kept',
    'file:refused',
  ],
  exports: ['account:exported', 'partnership:exported', 'record:exported'],
  programme: ['partnership:opened', 'mail:read'],
  surface: ['origin:refused', 'host:refused', 'claim:ignored', 'guest-link:refused'],
} as const satisfies Record<string, readonly `${string}:${string}`[]>
export type AuditGroup = keyof typeof AUDIT_GROUPS
export type AuditKind = (typeof AUDIT_GROUPS)[AuditGroup][number]
export const AUDIT_KINDS: readonly AuditKind[] = Object.values(AUDIT_GROUPS).flat()
export const AUDIT_GROUP_NAMES = Object.keys(AUDIT_GROUPS) as readonly AuditGroup[]

/** What happens within a partnership, and so can stand in its record. */
export const PARTNERSHIP_GROUPS: readonly AuditGroup[] = [
  'people',
  'content',
  'exports',
  'programme',
  'surface',
]

export function isAuditGroup(value: unknown): value is AuditGroup {
  return (AUDIT_GROUP_NAMES as readonly unknown[]).includes(value)
}

/** One fact for the record, as whoever did it hands it over. */
export type AuditFact = {
  kind: AuditKind
  /** The partnership whose coordinators may read of it; absent: the programme alone. */
  partnershipId?: string | undefined
  /** Who did it; null where nobody was signed in. */
  by: string | null
  /** What it was done to, by what it is: `{ protocol: id }`, `{ user: id }`. Ids only. */
  subject?: Readonly<Record<string, string>>
  /** Codes and counts that explain it, `{ from: 'editor', to: 'viewer' }`; a reason its author gave. */
  detail?: Readonly<Record<string, string>>
}

/** A row of the record as its readers get it. */
export type AuditView = {
  id: string
  /** Place in the chain of this record, from 1; null until it is sealed, which takes a moment. */
  seq: number | null
  at: string
  kind: AuditKind
  by: string | null
  subject: Readonly<Record<string, string>>
  detail: Readonly<Record<string, string>>
}

/** How far a chain goes, and the SHA-256 that stands for everything up to there. */
export type SealHead = { seq: number; hash: string; at: string }

/** A stretch of the record, newest first. */
export type RecordPage = {
  rows: readonly AuditView[]
  next: string | null
  head: SealHead | null
  /** Names behind the ids in the rows. */
  people: Readonly<Record<string, PersonName>>
  /** Everybody who has done something here, for the choice of a person. */
  doers: readonly string[]
  /** Titles of protocols, threads and library items, by id. */
  titles: Readonly<Record<string, LocalizedText>>
  /** Whom invitations were sent to, by the invitation. */
  addresses: Readonly<Record<string, string>>
  /** The two people of a pair of counterparts, by the pair. */
  pairs: Readonly<Record<string, readonly string[]>>
}
