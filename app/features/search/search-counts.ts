import type { SearchKind } from '../../../shared/schemas/notifications'
import type { SearchHit } from '../../../shared/views'

/** Kinds in the order of the rail; the schema's own list would bring the validation to the browser. */
export const KINDS: readonly SearchKind[] = ['protocol', 'thread', 'workshop', 'resource', 'term']

/** A thing that was found, with the places where its words stand, the best one first. */
export type Finding = Pick<SearchHit, 'kind' | 'id' | 'title'> & {
  hits: readonly [SearchHit, ...SearchHit[]]
}

/** Hits as the list shows them: one entry for each thing, in the order of their best hits. */
export function findingsOf(hits: readonly SearchHit[]): Finding[] {
  const findings = new Map<string, Finding>()
  for (const hit of hits) {
    const { kind, id, title } = hit
    const known = findings.get(`${kind} ${id}`)
    findings.set(`${kind} ${id}`, { kind, id, title, hits: known ? [...known.hits, hit] : [hit] })
  }
  return [...findings.values()]
}

/** How many things of each kind were found. */
export function countsOf(hits: readonly SearchHit[]): Record<SearchKind, number> {
  const counts = { protocol: 0, thread: 0, workshop: 0, resource: 0, term: 0 }
  for (const { kind } of findingsOf(hits)) counts[kind] += 1
  return counts
}

/** An excerpt in stretches, the found words apart from the rest. */
export function stretchesOf(
  excerpt: string,
  marks: readonly (readonly [number, number])[],
): { text: string; found: boolean }[] {
  const stretches: { text: string; found: boolean }[] = []
  let at = 0
  for (const [from, length] of [...marks].sort(([one], [other]) => one - other)) {
    if (from < at) continue
    if (from > at) stretches.push({ text: excerpt.slice(at, from), found: false })
    stretches.push({ text: excerpt.slice(from, from + length), found: true })
    at = from + length
  }
  if (at < excerpt.length) stretches.push({ text: excerpt.slice(at), found: false })
  return stretches
}
