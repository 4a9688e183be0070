import { type Language, pickText } from '../../shared/languages'
import type { SideView } from '../../shared/views'
import type { WorkPlace } from './clock'

/** The sides of a partnership with the reader's own first; as they are for who belongs to none. */
export function ownSideFirst(sides: readonly SideView[], mySideId: string | null): SideView[] {
  return [...sides].sort(
    (one, other) => Number(other.id === mySideId) - Number(one.id === mySideId),
  )
}

/** Where a side works; it keeps the holidays of its lead institution's country. */
export function workPlaceOf(side: SideView): WorkPlace {
  return { timeZone: side.timeZone, country: side.institutions[0]?.country }
}

/** A time zone, by the side that lives in it. */
export function zoneName(zone: string, sides: readonly SideView[], lang: Language): string {
  const side = sides.find(({ timeZone }) => timeZone === zone)
  return side ? pickText(side.place, lang).text : zone.replaceAll('_', ' ')
}
