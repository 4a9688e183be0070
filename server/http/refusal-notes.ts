import type { Logger } from 'pino'
import type { Clock } from '../ports'
import type { Services } from '../services'

/** The record gets one row of a kind in this time, with how many there were, milliseconds. */
const EVERY_MS = 60_000

export type RefusalKind = 'host:refused' | 'origin:refused' | 'claim:ignored' | 'guest-link:refused'
/** @param detail codes of ours; never bytes that somebody sent */
export type NoteRefusal = (
  kind: RefusalKind,
  detail: Readonly<Record<string, string>>,
  by?: string | null,
) => void

/**
 * Tells the record of what the doors turned away. A flood makes few rows: after the first of a kind
 * the others are counted, and the next row says how many they were.
 */
export function createRefusalNotes({
  services,
  clock,
  log,
}: {
  services: Services
  clock: Clock
  log: Logger
}): NoteRefusal {
  const told = new Map<RefusalKind, { at: number; untold: number }>()
  return (kind, detail, by = null) => {
    const now = clock.now().getTime()
    const last = told.get(kind)
    if (last && now - last.at < EVERY_MS) {
      last.untold += 1
      return
    }
    const count = (last?.untold ?? 0) + 1
    told.set(kind, { at: now, untold: 0 })
    const counted = count > 1 ? { ...detail, count: String(count) } : detail
    services.surface
      .noteRefusal({ kind, by, detail: counted })
      .catch((error) => log.error({ err: error, kind }, 'a refusal could not be recorded'))
  }
}
