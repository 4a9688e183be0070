import type { RenditionView } from '../../../shared/views'

/**
 * Against which newer original a rendition is outdated: the first one that came after it. Undefined
 * when that original is no longer there.
 */
export function outdatedBy(
  rendition: RenditionView,
  all: readonly RenditionView[],
): RenditionView | undefined {
  return all
    .filter(({ status, addedAt }) => status === 'original' && addedAt > rendition.addedAt)
    .sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1))[0]
}
