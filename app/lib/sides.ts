import type { SideView } from '../../shared/views'

/** The sides of a partnership with the reader's own first; as they are for who belongs to none. */
export function ownSideFirst(sides: readonly SideView[], mySideId: string | null): SideView[] {
  return [...sides].sort(
    (one, other) => Number(other.id === mySideId) - Number(one.id === mySideId),
  )
}
