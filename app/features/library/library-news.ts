import { LANGUAGES, type Language } from '../../../shared/languages'
import type { RenditionView, ResourceView } from '../../../shared/views'

/** What a fact brought, for a quiet sentence about it. */
export type News =
  | { kind: 'created' | 'described' | 'taken' | 'given_back'; item: ResourceView }
  | { kind: 'asked'; lang: Language; item: ResourceView }
  | { kind: 'added' | 'reviewed'; lang: Language; item: ResourceView; version: RenditionView }
  | { kind: 'removed'; item: ResourceView; version: RenditionView }

/**
 * The one thing worth saying of an item that was `before` and is now `after`; null when nothing a
 * reader would see has changed.
 */
export function newsOf(before: ResourceView | undefined, after: ResourceView): News | null {
  if (!before) return { kind: 'created', item: after }
  const known = new Map(before.renditions.map((each) => [each.id, each]))
  const added = after.renditions.find(({ id }) => !known.has(id))
  if (added) return { kind: 'added', lang: added.lang, item: after, version: added }
  const kept = new Set(after.renditions.map(({ id }) => id))
  const removed = before.renditions.find(({ id }) => !kept.has(id))
  if (removed) return { kind: 'removed', item: after, version: removed }
  const reviewed = after.renditions.find(
    ({ id, status }) => status === 'reviewed' && known.get(id)?.status !== 'reviewed',
  )
  if (reviewed) return { kind: 'reviewed', lang: reviewed.lang, item: after, version: reviewed }
  return newsOfRequests(before, after) ?? (isDescribedAnew(before, after) ? described(after) : null)
}

function newsOfRequests(before: ResourceView, after: ResourceView): News | null {
  for (const request of after.requests) {
    const was = before.requests.find(({ id }) => id === request.id)
    if (!was) return { kind: 'asked', lang: request.to, item: after }
    if (!was.takenBy && request.takenBy) return { kind: 'taken', item: after }
    if (was.takenBy && !request.takenBy) return { kind: 'given_back', item: after }
  }
  return null
}

const described = (item: ResourceView): News => ({ kind: 'described', item })

function isDescribedAnew(before: ResourceView, after: ResourceView): boolean {
  if (before.kind !== after.kind) return true
  return LANGUAGES.some(
    (lang) => before.title[lang] !== after.title[lang] || before.about[lang] !== after.about[lang],
  )
}
