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

/** One's own place in a workshop of a series that can still be registered for. */
export type SeriesPlace = {
  workshopId: string
  /** Its number in the series. */
  number: number
  /** UTC, ISO-8601. */
  startsAt: string
  registration: Registration
  /** 1 for whoever gets the next place; null for those who do not wait. */
  waitingPlace: number | null
  /** Whoever registers now would wait. */
  isFull: boolean
}

/** A member who can be registered by hand. */
export type RegistrablePerson = { id: string; name: PersonName }
