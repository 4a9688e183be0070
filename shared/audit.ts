/**
 * What the record holds: who did what, when, to what. Kinds are `noun:past-participle`; rows carry ids
 * and codes, never the text of documents.
 */
export const AUDIT_KINDS = [
  // signing in
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
  // people
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
  'account:exported',
  'account:deleted',
  // content
  'draft:viewed',
  'version:signed',
  'passage:purged',
  'patient-data:kept',
  'file:refused',
  'partnership:exported',
  'record:exported',
  // the programme
  'partnership:opened',
  'mail:read',
  // the surface
  'origin:refused',
  'host:refused',
  'claim:ignored',
] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

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
  /** Place in the chain, from 1; null until it is sealed, which takes a moment. */
  seq: number | null
  at: string
  kind: AuditKind
  by: { id: string; name: string } | null
  subject: Readonly<Record<string, string>>
  detail: Readonly<Record<string, string>>
}
