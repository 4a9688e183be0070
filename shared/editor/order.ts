/**
 * Which positions of a list of distinct numbers form a longest increasing subsequence: what stayed in
 * order. Patience sorting, O(n log n); the same list always gives the same choice.
 */
export function longestIncreasing(values: readonly number[]): Set<number> {
  const tails: number[] = []
  const before: number[] = []
  values.forEach((value, index) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before.push(tails[low - 1] ?? -1)
    tails[low] = index
  })
  const kept = new Set<number>()
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) kept.add(index)
  return kept
}

/** Keys of both lists whose order differs between them; only the moved ones, as few as can be. */
export function movedKeys(first: readonly string[], second: readonly string[]): Set<string> {
  const place = new Map(second.map((key, index) => [key, index]))
  const shared = first.filter((key) => place.has(key))
  const kept = longestIncreasing(shared.map((key) => place.get(key) ?? 0))
  return new Set(shared.filter((_, index) => !kept.has(index)))
}

/**
 * One order for two lists of distinct keys. What both have in the same order stands fast (a longest
 * common subsequence); between two such keys come those of the first list, then those that only the
 * second has. A moved key stands where the first list has it.
 */
export function mergeOrder(first: readonly string[], second: readonly string[]): string[] {
  // Most often both lists are the same, and a thousand rows each ask.
  if (first.length === second.length && first.every((key, index) => key === second[index])) {
    return [...first]
  }
  const moved = movedKeys(first, second)
  const inFirst = new Set(first)
  const inSecond = new Set(second)
  const isAnchor = (key: string) => inSecond.has(key) && !moved.has(key)

  const merged: string[] = []
  let next = 0
  const takeUpTo = (anchor: string | undefined) => {
    for (; next < second.length; next++) {
      const key = second[next]
      if (key === undefined || key === anchor) break
      if (!inFirst.has(key)) merged.push(key)
    }
    next++
  }
  for (const key of first) {
    if (isAnchor(key)) takeUpTo(key)
    merged.push(key)
  }
  takeUpTo(undefined)
  return merged
}
