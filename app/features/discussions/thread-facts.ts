import type { ThreadSummary } from '../../../shared/views'

type Fact = Omit<ThreadSummary, 'unread'>

/**
 * What is known of threads, as page loads and facts tell it, in any order and more than once: of each
 * thread the larger count of changes wins, so that the page ends up as a fresh load would show it. How
 * much is unread comes by other ways, and is kept.
 */

/** A fact about one thread; an older one than what is known changes nothing. */
export function withFact(known: ThreadSummary, fact: Fact): ThreadSummary {
  if (known.id !== fact.id || fact.rev < known.rev) return known
  return { ...known, ...fact }
}

/** The page was loaded again; what was heard meanwhile may be newer than what it was loaded with. */
export function withLoad(known: ThreadSummary, loaded: ThreadSummary): ThreadSummary {
  return known.id === loaded.id && loaded.rev < known.rev
    ? { ...known, unread: loaded.unread }
    : loaded
}

/** The same for a list: the threads and the order of the load. */
export function withLoads(
  known: readonly ThreadSummary[],
  loaded: readonly ThreadSummary[],
): readonly ThreadSummary[] {
  const byId = new Map(known.map((thread) => [thread.id, thread]))
  return loaded.map((thread) => withLoad(byId.get(thread.id) ?? thread, thread))
}

/** A fact about a thread of a list that holds all there are, last answered first. */
export function listWithFact(
  known: readonly ThreadSummary[],
  fact: Fact,
): readonly ThreadSummary[] {
  const isKnown = known.some(({ id }) => id === fact.id)
  const all = isKnown
    ? known.map((each) => withFact(each, fact))
    : [...known, { ...fact, unread: 0 }]
  return [...all].sort(byAnswer)
}

/** The load of such a list; what it did not hold yet was opened since. */
export function listWithLoads(
  known: readonly ThreadSummary[],
  loaded: readonly ThreadSummary[],
): readonly ThreadSummary[] {
  const ids = new Set(loaded.map(({ id }) => id))
  return [...withLoads(known, loaded), ...known.filter(({ id }) => !ids.has(id))].sort(byAnswer)
}

function byAnswer(one: ThreadSummary, other: ThreadSummary): number {
  if (one.lastAt !== other.lastAt) return one.lastAt < other.lastAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}
