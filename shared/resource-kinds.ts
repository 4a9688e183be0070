/** Apart from the schemas that check them: browsers show these lists and need no validation library. */

/** What a library item is for. */
export const RESOURCE_KINDS = [
  'leaflet',
  'slides',
  'form',
  'guideline',
  'article',
  'poster',
  'video',
  'tool',
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** What a person may say of a rendition; `outdated` follows from a newer original. */
export const CHOSEN_STATUSES = ['original', 'draft', 'translated', 'reviewed'] as const
export type ChosenStatus = (typeof CHOSEN_STATUSES)[number]

/** How a rendition stands towards the original. */
export const RENDITION_STATUSES = [...CHOSEN_STATUSES, 'outdated'] as const
export type RenditionStatus = (typeof RENDITION_STATUSES)[number]

export function isResourceKind(value: unknown): value is ResourceKind {
  return (RESOURCE_KINDS as readonly unknown[]).includes(value)
}
