import type { RenditionStatus, ResourceKind } from '../../../shared/schemas/resources'

// not the schema's own lists: they would bring the validation library to the browser
export const KINDS: readonly ResourceKind[] = [
  'leaflet',
  'slides',
  'form',
  'guideline',
  'article',
  'poster',
  'video',
  'tool',
]

/** What a person may say of a version; `outdated` follows from a newer original. */
export type ChosenStatus = Exclude<RenditionStatus, 'outdated'>
export const STATUSES: readonly ChosenStatus[] = ['original', 'draft', 'translated', 'reviewed']

export function isKind(value: string | null): value is ResourceKind {
  return KINDS.some((kind) => kind === value)
}
