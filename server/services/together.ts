/** A reading that hangs holds nobody else up for longer, milliseconds. */
const HOLDS_UP_MS = 500

const going = new Map<string, Promise<void>>()
const waiting = new Map<string, Promise<unknown>>()

/**
 * Read something once for all who ask for it at the same time, in this process. Each gets a reading that
 * began after they had asked, so nobody is told anything older than by a reading of their own; what comes
 * back belongs to all of them and is changed by none.
 *
 * @param name says all that the reading depends on; the first one's `read` is done for everybody
 */
export function together<T>(name: string, read: () => PromiseLike<T>): Promise<T> {
  const known = waiting.get(name)
  if (known) return known as Promise<T>
  const mine = (going.get(name) ?? Promise.resolve()).then(() => {
    // whoever asks from now on waits for the next one
    waiting.delete(name)
    const reading = Promise.resolve(read())
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HOLDS_UP_MS)
      const end = () => {
        clearTimeout(timer)
        resolve()
      }
      reading.then(end, end)
    }).then(() => {
      if (going.get(name) === done) going.delete(name)
    })
    going.set(name, done)
    return reading
  })
  waiting.set(name, mine)
  return mine
}
