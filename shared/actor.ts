import type { Language } from './languages'
import type { Role } from './policy'

/** A membership as the policy needs it. */
export type ActorMembership = {
  partnershipId: string
  sideId: string
  role: Role
  status: 'active' | 'removed'
}

/** Whoever is asking, as the server knows them from the session. Never built from client input. */
export type Actor = {
  userId: string
  sessionId: string
  programmeAdmin: boolean
  memberships: readonly ActorMembership[]
  /** Language of the interface. */
  lang: Language
  /** IANA zone, e.g. `Europe/Moscow`. */
  timeZone: string
}
