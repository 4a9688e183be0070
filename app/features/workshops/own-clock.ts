import { utcOffset } from '../../../shared/wall-clock'

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
