const last = new Map<string, Promise<unknown>>()

/**
 * Do things of one name one after the other, in the order they were asked for, in this process: what
 * is asked for later is written later. A failure is the caller's and stops nobody else.
 */
export async function inOrder<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  last.set(name, mine)
  try {
    return await mine
  } finally {
    if (last.get(name) === mine) last.delete(name)
  }
}

/** The same in the order of several names at once; whoever asks for some of them waits its turn. */
export function inOrderOfAll<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  // everybody takes them in the same order, so that no two wait for each other
  const [first, ...rest] = [...new Set(names)].sort()
  return first === undefined ? work() : inOrder(first, () => inOrderOfAll(rest, work))
}
