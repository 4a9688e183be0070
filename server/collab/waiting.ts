/** What `work` gives, or undefined if `stopped` or `ms` come first. */
export async function orUntil<T>(
  stopped: AbortSignal | null,
  work: Promise<T>,
  ms?: number,
): Promise<T | undefined> {
  let end = () => {}
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined)
  })
  const timer = ms === undefined ? undefined : setTimeout(end, ms)
  stopped?.addEventListener('abort', end)
  try {
    return await Promise.race([work, ended])
  } finally {
    clearTimeout(timer)
    stopped?.removeEventListener('abort', end)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
