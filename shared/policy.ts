import type { Actor } from './actor'

/**
 * The one policy: who may do what. Services enforce it and buttons ask it; nothing else decides.
 * The rules mirror `access-matrix.csv` beside this file, cell by cell (a test compares them).
 *
 * Columns: programme admin, coordinator, editor, reviewer, viewer, observer (ministry, donor),
 * removed member, anonymous, member of another partnership only.
 */
export const STANDINGS = [
  'programmeAdmin',
  'coordinator',
  'editor',
  'reviewer',
  'viewer',
  'observer',
  'removed',
  'anonymous',
  'outsider',
] as const
export type Standing = (typeof STANDINGS)[number]

export const ROLES = ['coordinator', 'editor', 'reviewer', 'viewer', 'observer'] as const
export type Role = (typeof ROLES)[number]

/**
 * `+` allowed · `-` denied · `o` only what is one's own · `p` only what is published · `r` allowed,
 * redacted · `a` only after opening as programme admin with a reason · `n` only if named in the plan.
 */
export type Grant = '+' | '-' | 'o' | 'p' | 'r' | 'a' | 'n'

const RULES = {
  'partnership:see': '+ + + + + r - - -',
  'partnership:configure': '+ + - - - - - - -',
  'partnership:create': '+ - - - - - - - -',
  'member:list': '+ + + + + - - - -',
  'member:see-email': '+ + - - - - - - -',
  'member:invite': '+ + - - - - - - -',
  'member:make-coordinator': '+ - - - - - - - -',
  'member:remove': '+ + - - - - - - -',
  'protocol:list': 'a + + + + p - - -',
  'protocol:open': 'a + + + + p - - -',
  'protocol:create': 'a + + - - - - - -',
  'protocol:delete': 'a + o - - - - - -',
  'protocol:purge': '+ + - - - - - - -',
  'collab:join': 'a + + + + - - - -',
  'collab:read': 'a + + + + - - - -',
  'collab:write': 'a + + - - - - - -',
  'collab:send-cursor': 'a + + + - - - - -',
  'collab:see-cursors': 'a + + + + - - - -',
  'suggestion:make': 'a + + + - - - - -',
  'suggestion:decide': 'a + + - - - - - -',
  'comment:read': 'a + + + + - - - -',
  'comment:write': 'a + + + - - - - -',
  'comment:edit': 'a + o o - - - - -',
  'comment:resolve': 'a + + + - - - - -',
  'version:read': 'a + + + + - - - -',
  'version:name': 'a + + - - - - - -',
  'glossary:read': 'a + + + + - - - -',
  'glossary:write': 'a + + - - - - - -',
  'file:upload': 'a + + + - - - - -',
  'file:download': 'a + + + + p - - -',
  'file:delete': 'a + o o - - - - -',
  'protocol:export': 'a + + + + p - - -',
  'partnership:export': '+ + - - - - - - -',
  'thread:read': 'a + + + + - - - -',
  'thread:reply': 'a + + + - - - - -',
  'thread:moderate': 'a + - - - - - - -',
  'live:partnership': 'a + + + + - - - -',
  'live:thread': 'a + + + + - - - -',
  'live:self': '+ + + + + + - - +',
  'workshop:join': 'a + + + + - - - -',
  'workshop:material': 'a + + + + - - - -',
  'workshop:facilitate': 'a + o - - - - - -',
  'notification:own': '+ + + + + + - - +',
  'notification:receive': 'a + + + + r - - -',
  'search:read': 'a + + + + p - - -',
  'mention:find': 'a + + + - - - - -',
  'template:publish': '+ + - - - - - - -',
  'template:read': '+ + + + + + + + +',
  'template:copy': '+ + + - - - - - +',
  'indicator:read': '+ + + + + r - - -',
  'audit:read': '+ + - - - - - - -',
  'self:manage': '+ + + + + + + - +',
  'system:inspect': '+ - - - - - - - -',
  'presence:see': 'a + + + + - - - -',
  'translation:mark-in-sync': 'a + + - - - - - -',
  'translation:review': '- o o + - - - - -',
  'translation:request': 'a + + + - - - - -',
  'protocol:propose': '- + + - - - - - -',
  'version:sign': '- n n n - - - - -',
  'version:endorse': '- - - - - n - - -',
  'resource:create': 'a + + o - - - - -',
  'rendition:add': 'a + + + - - - - -',
  'thread:create': 'a + + + - - - - -',
  'phase:change': 'a + - - - - - - -',
  'invite:accept': '+ + + + + + + + +',
  'token:create': '+ + + + + + - - +',
  'admin:open': '+ - - - - - - - -',
} as const

export type Operation = keyof typeof RULES
export const OPERATIONS = Object.keys(RULES) as readonly Operation[]

/** A guest takes part in one workshop and reads its materials once they were let in, and does nothing else. */
const GUEST_MAY: readonly Operation[] = ['workshop:join', 'workshop:material']

/** What the operation is done to. Only facts the server looked up, never what a client said. */
export type Subject = {
  partnershipId: string
  ownerId?: string | undefined
  /** Approved or in force: what an observer may read. */
  published?: boolean
  /** Of what happens in a workshop. */
  workshopId?: string
  /** Users named in the approval plan. */
  named?: readonly string[]
}

/** The matrix cell for a standing; an unknown operation is denied. */
export function grantFor(standing: Standing, operation: Operation): Grant {
  const row: string | undefined = RULES[operation]
  return (row?.split(' ')[STANDINGS.indexOf(standing)] as Grant | undefined) ?? '-'
}

/** Where an actor (null: nobody signed in) stands towards a partnership. */
export function standingOf(actor: Actor | null, partnershipId: string): Standing {
  if (!actor) return 'anonymous'
  const membership = actor.memberships.find((m) => m.partnershipId === partnershipId)
  if (membership?.status === 'active') return membership.role
  if (actor.programmeAdmin) return 'programmeAdmin'
  return membership ? 'removed' : 'outsider'
}

/** May the actor do this? Pure; denied by default. A token never allows more than its owner may. */
export function can(actor: Actor | null, operation: Operation, subject: Subject): boolean {
  if (actor?.scopes && !actor.scopes.includes(operation)) return false
  if (actor?.guest) {
    const { workshopId, outside } = actor.guest
    return !outside && GUEST_MAY.includes(operation) && subject.workshopId === workshopId
  }
  switch (grantFor(standingOf(actor, subject.partnershipId), operation)) {
    case '+':
    case 'r':
      return true
    case 'o':
      return actor !== null && subject.ownerId === actor.userId
    case 'p':
      return subject.published === true
    case 'a':
      return actor?.opened?.includes(subject.partnershipId) ?? false
    case 'n':
      return actor !== null && (subject.named?.includes(actor.userId) ?? false)
    default:
      return false
  }
}

/** Does the actor belong there, so that a refusal may say `forbidden` instead of `not_found`? */
export function mayKnowOf(actor: Actor | null, partnershipId: string): boolean {
  return grantFor(standingOf(actor, partnershipId), 'partnership:see') !== '-'
}
