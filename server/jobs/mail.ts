import { setTimeout as wait } from 'node:timers/promises'
import type { JobsWorld } from '.'

/** A letter leaves this soon after its commit, milliseconds. */
const EVERY_MS = 1_000
/** After the line to the mail server, or the database, was away, milliseconds. */
const AWAY_MS = 10_000
/** Letters on their way at once: a slow one does not hold the others. */
const LANES = 3

/** Sends what is due, as long as the process lives. Several processes share the work. */
export function startMail({
  services,
  log,
  mailEveryMs = EVERY_MS,
}: Pick<JobsWorld, 'services' | 'log' | 'mailEveryMs'>): { close: () => Promise<void> } {
  const closing = new AbortController()
  const { signal } = closing

  /** @returns how long there is nothing to do */
  async function sendDue(): Promise<number> {
    try {
      for (;;) {
        if (signal.aborted) return 0
        const outcome = await services.mail.deliverNext()
        if (outcome === 'none') return mailEveryMs * LANES
        if (outcome === 'away') return AWAY_MS
      }
    } catch (error) {
      log.error({ err: error }, 'sending letters failed')
      return AWAY_MS
    }
  }

  async function work(): Promise<void> {
    while (!signal.aborted) {
      const pause = await sendDue()
      await wait(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  // each looks at a time of its own: one query a second, not three at once
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    await wait(mailEveryMs * lane, undefined, { signal, ref: false }).catch(() => {})
    await work()
  })
  return {
    async close() {
      closing.abort()
      await Promise.all(lanes)
    },
  }
}
