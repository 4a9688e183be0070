import type { Language } from '../../../shared/languages'
import type { ResourceView } from '../../../shared/views'

/** One page of the library, and what it was asked for. */
export type Shelf = {
  items: readonly ResourceView[]
  /** Where the next page starts; null when this is the last one. */
  next: string | null
  /** Most items on one page. */
  limit: number
  /** False for a page further back. */
  isFirst: boolean
  kind: ResourceView['kind'] | null
  missing: Language | null
  /** The newest change heard of each item, shown or not: an older fact that comes late says nothing. */
  heard: Readonly<Record<string, number>>
  /** Rows came or left, and what stands at the page's end is not known here: it is to be loaded again. */
  isStale: boolean
}

/** What is known of an item after hearing a fact: the newer one of both. */
export function newerOf(known: ResourceView, heard: ResourceView): ResourceView {
  return heard.rev >= known.rev ? heard : known
}

/**
 * The page after a fact: as the server would give it out now. Facts may come in any order and more
 * than once. On a page further back a row keeps its place, so that nobody loses what they are reading.
 */
export function withItem(before: Shelf, item: ResourceView): Shelf {
  const known = before.items.find(({ id }) => id === item.id)
  if (item.rev < Math.max(before.heard[item.id] ?? 0, known?.rev ?? 0)) return before
  const shelf = { ...before, heard: { ...before.heard, [item.id]: item.rev } }
  const { items, next } = shelf
  if (!shelf.isFirst) {
    return { ...shelf, items: items.map((each) => (each.id === item.id ? item : each)) }
  }
  const others = items.filter(({ id }) => id !== item.id)
  if (!belongs(shelf, item)) {
    return known ? { ...shelf, items: others, isStale: shelf.isStale || next !== null } : shelf
  }
  const sorted = [...others, item].sort(byLastChange)
  if (known) return { ...shelf, items: sorted }
  if (next === null) {
    return { ...shelf, items: sorted, isStale: shelf.isStale || sorted.length > shelf.limit }
  }
  // a newcomer pushes the last one to the next page, whose start moves with it
  const isBeyond = sorted.at(-1)?.id === item.id
  return isBeyond ? shelf : { ...shelf, items: sorted, isStale: true }
}

/** Does the item answer what the page was asked for? */
function belongs({ kind, missing }: Shelf, item: ResourceView): boolean {
  if (kind && item.kind !== kind) return false
  return !missing || !item.renditions.some(({ lang }) => lang === missing)
}

/** Last changed first, as the server lists them. */
function byLastChange(one: ResourceView, other: ResourceView): number {
  if (one.changedAt !== other.changedAt) return one.changedAt < other.changedAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}
