/**
 * Keeps things in the order they came though some take a while: what comes behind one of them waits.
 *
 * @param slow begins what takes a while; undefined for what is ready as it is
 * @param next hears of each when it is its turn
 * @param failed hears that one of them cannot be had; nothing follows it
 * @returns takes a thing as it comes
 */
export function inTurn<T>(
  slow: (item: T) => Promise<T> | undefined,
  next: (item: T) => void,
  failed: () => void,
): (item: T) => void {
  let waiting: T[] | undefined
  const take = (item: T): void => {
    const work = waiting ? undefined : slow(item)
    if (waiting) waiting.push(item)
    else if (!work) next(item)
    else {
      waiting = []
      work.then(goOn, failed)
    }
  }
  const goOn = (item: T) => {
    const behind = waiting ?? []
    waiting = undefined
    next(item)
    for (const each of behind) take(each)
  }
  return take
}
