import type { Language } from './languages'
import type { Operation, Role } from './policy'

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
  /** Partnerships a programme admin has opened with a reason, while that opening lasts. */
  opened?: readonly string[]
  /** Somebody without an account, let into one workshop: `userId` is their place among its participants. */
  guest?: {
    partnershipId: string
    workshopId: string
    /** Not let in yet, or turned away: nothing of the workshop is theirs so far. */
    outside?: true
    /** On a computer that others use: nothing may stay on the device. */
    shared?: true
  }
  /** What a personal token is limited to; absent for somebody who signed in. */
  scopes?: readonly Operation[]
}
