/** Work that is done again and again. */
export type Turns = {
  /** Once more now; while a turn is going on, once more after it, however often it is asked. */
  ask: () => void
  /** Resolves when the turn that is going on has ended; no other begins. */
  close: () => Promise<void>
}

/**
 * Do something every so often, never twice at once in this process: a slow turn is not overtaken, what
 * it does not get to the next one does.
 *
 * @param work says itself what went wrong; it does not reject
 * @param everyMs between the beginnings of turns that nobody asks for
 */
export function inTurns(work: () => Promise<unknown>, everyMs: number): Turns {
  let running: Promise<void> | null = null
  let isAsked = false
  let isClosed = false
  const go = async () => {
    try {
      while (isAsked && !isClosed) {
        isAsked = false
        await work()
      }
    } finally {
      running = null
    }
  }
  const ask = () => {
    if (isClosed) return
    isAsked = true
    running ??= go()
  }
  const timer = setInterval(() => {
    if (!running) ask()
  }, everyMs)
  timer.unref()
  return {
    ask,
    async close() {
      isClosed = true
      clearInterval(timer)
      await running
    },
  }
}
