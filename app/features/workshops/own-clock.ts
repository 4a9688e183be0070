import type { LocalizedText } from '../../../shared/languages'
import { utcOffset } from '../../../shared/wall-clock'

/** Whose clock; `place` is null for the reader's own. */
export type Clock = { place: LocalizedText | null; timeZone: string }

/**
 * The clocks by which a moment is told: those of the places, and the reader's where it shows another time.
 *
 * @param iso the moment, UTC @param own IANA; null while it is not known
 */
export function clocksAt(
  iso: string,
  places: readonly { place: LocalizedText; timeZone: string }[],
  own: string | null,
): Clock[] {
  const zones = places.map(({ timeZone }) => timeZone)
  const clocks: Clock[] = places.map(({ place, timeZone }) => ({ place, timeZone }))
  return isOtherClock(iso, own, zones) ? [...clocks, { place: null, timeZone: own }] : clocks
}

/**
 * The places in the order in which the reader reads their clocks: whose time is the reader's comes first.
 *
 * @param iso the moment, UTC @param own IANA; null while it is not known
 */
export function ownTimeFirst<Place extends { timeZone: string }>(
  iso: string,
  places: readonly Place[],
  own: string | null,
): Place[] {
  const at = Date.parse(iso)
  const isOwn = (place: Place) =>
    own !== null && utcOffset(at, place.timeZone) === utcOffset(at, own)
  return places.toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)))
}

/**
 * Does the reader's clock show another time than all of these places?
 *
 * @param iso the moment, UTC @param own IANA; null while it is not known
 */
export function isOtherClock(
  iso: string,
  own: string | null,
  zones: readonly string[],
): own is string {
  if (own === null) return false
  const at = Date.parse(iso)
  return zones.every((zone) => utcOffset(at, zone) !== utcOffset(at, own))
}
