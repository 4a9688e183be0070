import type { PersonName } from './views'

/** How long content stays open to a programme admin, minutes. */
export const OPENING_MINUTES = 60
/** A reason that says something, in UTF-16 code units. */
export const REASON_MIN = 10
export const REASON_MAX = 500

/** That a programme admin opened the partnership's content, as its members see it. */
export type AdminOpeningView = {
  id: string
  by: PersonName | null
  reason: string
  at: string
  until: string
  /** How long it was open, or is to be. */
  minutes: number
  /** Open now. */
  isOpen: boolean
}
