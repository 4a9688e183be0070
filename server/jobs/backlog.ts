import { setTimeout as wait } from 'node:timers/promises'
import type { JobsWorld } from '.'

/** Between two steps that had something to do: people are at work meanwhile, milliseconds. */
const PAUSE_MS = 1_000

/**
 * Once after a start, when the doors are open: note what an earlier version did not. A start that
 * ends before it is done is gone on with by the next one.
 */
export function startBacklog({ services, log }: Pick<JobsWorld, 'services' | 'log'>): {
  /** Resolves when nothing is left, or it has been closed. */
  done: Promise<void>
  close: () => Promise<void>
} {
  const closing = new AbortController()
  const work = async () => {
    let total = 0
    let at: string | null = null
    do {
      const { noted, next }: { noted: number; next: string | null } =
        await services.protocols.noteBacklog(at)
      total += noted
      at = next
      if (noted > 0 && at) {
        await wait(PAUSE_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      }
    } while (at && !closing.signal.aborted)
    if (total > 0)
      log.info({ protocols: total }, 'protocols of an earlier version are findable now')
  }
  const done = work().catch((error) =>
    log.error({ err: error }, 'noting what an earlier version did not failed'),
  )
  return {
    done,
    async close() {
      closing.abort()
      await done
    },
  }
}
