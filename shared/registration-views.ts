import type { PersonName } from './views'
import type { Registration } from './workshops'

/** One's own registration for a workshop, and what is free. */
export type RegistrationView = {
  registration: Registration
  /** 1 for whoever gets the next place; null for those who do not wait. */
  waitingPlace: number | null
  /** May one still register, and give the place back? */
  isOpen: boolean
  /** Null where there is room for everybody. */
  capacity: number | null
  registered: number
  /** How many wait. */
  waiting: number
}

/** A member who can be registered by hand. */
export type RegistrablePerson = { id: string; name: PersonName }
