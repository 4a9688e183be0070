import * as Y from 'yjs'

/** A place among the live children and one among the old ones. */
export type Pair = [live: number, old: number]

type Child = Y.XmlElement | Y.XmlText

/** Children without ids are compared pairwise in gaps up to this product; longer gaps by place. */
const MAX_COMPARED = 40_000

/**
 * Which child of now is which child of then: by the ids in or below it, between those by what it is.
 * Yjs cannot move a child, so the pairs ascend on both sides; of children that changed places those stay
 * that hold the most.
 */
export function pairInOrder(now: readonly Child[], then: readonly Child[]): Pair[] {
  const anchors = heaviestAscending(pairById(now, then))
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  for (const [live, old] of [...anchors, [now.length, then.length] satisfies Pair]) {
    pairs.push(...pairAlike(now, then, [i, live], [j, old]))
    if (live < now.length && old < then.length) pairs.push([live, old])
    i = live + 1
    j = old + 1
  }
  return pairs
}

type Weighted = { pair: Pair; weight: number }

/** A list that has lost some items and won others is the one that holds most of the same. */
function pairById(now: readonly Child[], then: readonly Child[]): Weighted[] {
  const places = new Map<string, number>()
  for (const [i, child] of now.entries()) for (const uid of uidsOf(child)) places.set(uid, i)
  const taken = new Set<number>()
  return then.flatMap((child, old) => {
    const votes = new Map<number, number>()
    for (const uid of uidsOf(child)) {
      const live = places.get(uid)
      if (live === undefined || taken.has(live) || kindOf(now[live]) !== kindOf(child)) continue
      votes.set(live, (votes.get(live) ?? 0) + 1)
    }
    const [best] = [...votes].sort((a, b) => b[1] - a[1])
    if (!best) return []
    taken.add(best[0])
    return [{ pair: [best[0], old] satisfies Pair, weight: best[1] }]
  })
}

/** `found` ascends on the old side; the heaviest part of it that ascends on the live side too. */
function heaviestAscending(found: readonly Weighted[]): Pair[] {
  if (found.every(({ pair }, n) => n === 0 || (found[n - 1]?.pair[0] ?? 0) < pair[0])) {
    return found.map(({ pair }) => pair)
  }
  const sums: number[] = []
  const before: number[] = []
  let best = -1
  for (const [n, { pair, weight }] of found.entries()) {
    let from = -1
    for (let m = 0; m < n; m++) {
      const isBelow = (found[m]?.pair[0] ?? 0) < pair[0]
      if (isBelow && (from < 0 || (sums[m] ?? 0) > (sums[from] ?? 0))) from = m
    }
    sums.push(weight + (from < 0 ? 0 : (sums[from] ?? 0)))
    before.push(from)
    if (best < 0 || (sums[n] ?? 0) > (sums[best] ?? 0)) best = n
  }
  const pairs: Pair[] = []
  for (let n = best; n >= 0; n = before[n] ?? -1) {
    const one = found[n]
    if (one) pairs.push(one.pair)
  }
  return pairs.reverse()
}

/** Texts, hard breaks and empty cells have no ids: the most alike in order are taken for the same. */
function pairAlike(
  now: readonly Child[],
  then: readonly Child[],
  [i0, i1]: [number, number],
  [j0, j1]: [number, number],
): Pair[] {
  const [rows, columns] = [i1 - i0, j1 - j0]
  if (rows === 0 || columns === 0) return []
  const mine = now.slice(i0, i1).map(looksOf)
  const its = then.slice(j0, j1).map(looksOf)
  const likeness = (i: number, j: number) => {
    const [a, b] = [mine[i], its[j]]
    if (!a || !b || a.kind !== b.kind || (a.hasIds && b.hasIds)) return 0
    return a.text === b.text ? 3 : 1
  }
  if (rows * columns > MAX_COMPARED) {
    const count = Math.min(rows, columns)
    return Array.from({ length: count }, (_, n): Pair => [n, n])
      .filter(([i, j]) => likeness(i, j) > 0)
      .map(([i, j]) => [i0 + i, j0 + j])
  }
  const best = bestSums(rows, columns, likeness)
  const sum = (i: number, j: number) => best[i * (columns + 1) + j] ?? 0
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < rows && j < columns) {
    const like = likeness(i, j)
    if (like > 0 && sum(i, j) === like + sum(i + 1, j + 1)) pairs.push([i0 + i++, j0 + j++])
    else if (sum(i, j) === sum(i + 1, j)) i += 1
    else j += 1
  }
  return pairs
}

/** For every place the greatest likeness that can be had from there to the end. */
function bestSums(
  rows: number,
  columns: number,
  likeness: (i: number, j: number) => number,
): Int32Array {
  const width = columns + 1
  const best = new Int32Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const like = likeness(i, j)
      const both = like > 0 ? like + (best[(i + 1) * width + j + 1] ?? 0) : 0
      const skipMine = best[(i + 1) * width + j] ?? 0
      const skipIts = best[i * width + j + 1] ?? 0
      best[i * width + j] = Math.max(both, skipMine, skipIts)
    }
  }
  return best
}

function looksOf(child: Child) {
  return { kind: kindOf(child), text: child.toString(), hasIds: uidsOf(child).length > 0 }
}

function kindOf(child: Child | undefined): string {
  return child instanceof Y.XmlElement ? child.nodeName : '#text'
}

/** Its own `uid`, or those of the blocks in it. */
function uidsOf(child: unknown): string[] {
  if (!(child instanceof Y.XmlElement)) return []
  const uid: unknown = child.getAttribute('uid')
  return typeof uid === 'string' ? [uid] : child.toArray().flatMap(uidsOf)
}
