import type { BusEvents } from '../../shared/events'
import type { Clock } from '../ports'

/** Facts that stand for the present state of one thing; the newest replaces the older ones. */
type Kept = 'protocol:changed' | 'thread:changed' | 'resource:changed' | 'workshop:changed'
type Recent = { [E in Kept]: { event: E; fact: BusEvents[E]; at: number } }[Kept]

/** Longer than a page takes to load on a poor line and open its own. */
const KEEP_MS = 120_000
const KEEP_MOST = 200

/**
 * What happened in each partnership lately. A page that was rendered a moment ago is told it when its
 * line opens, so that nothing falls between the two.
 */
export function createRecentFacts(clock: Clock) {
  const byPartnership = new Map<string, Map<string, Recent>>()

  function forget(kept: Map<string, Recent>, now: number): void {
    for (const [key, { at }] of kept) {
      if (now - at < KEEP_MS && kept.size <= KEEP_MOST) return
      kept.delete(key)
    }
  }

  return {
    keep<E extends Kept>(event: E, fact: BusEvents[E], id: string): void {
      const now = clock.now().getTime()
      const kept = byPartnership.get(fact.partnershipId) ?? new Map<string, Recent>()
      byPartnership.set(fact.partnershipId, kept)
      const key = `${event} ${id}`
      // announcements may overtake each other: an older state never replaces a newer one
      if (revOf(kept.get(key)?.fact) > revOf(fact)) return
      // last in, last in order
      kept.delete(key)
      kept.set(key, { event, fact, at: now } as Recent)
      forget(kept, now)
    },
    of(partnershipId: string): readonly Recent[] {
      const kept = byPartnership.get(partnershipId)
      if (!kept) return []
      forget(kept, clock.now().getTime())
      if (kept.size === 0) byPartnership.delete(partnershipId)
      return [...kept.values()]
    },
  }
}
/** The count of changes that a fact carries; those without one follow the order in which they came. */
function revOf(fact: BusEvents[Kept] | undefined): number {
  if (fact && 'thread' in fact) return fact.thread.rev
  if (fact && 'workshop' in fact) return fact.workshop.rev
  return fact && 'resource' in fact ? fact.resource.rev : 0
}

export type RecentFacts = ReturnType<typeof createRecentFacts>
