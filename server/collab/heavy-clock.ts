import { readFileSync } from 'node:fs'

/** What this thread has used of a CPU; the time that passes counts the work of others as well. */
export type Moment = { cpuMs: number | null; wallMs: number }

export function momentNow(): Moment {
  return { cpuMs: cpuMs(), wallMs: performance.now() }
}

/** @returns milliseconds on a CPU; where the system does not say, those that passed */
export function spentSince(start: Moment): number {
  const now = momentNow()
  if (start.cpuMs === null || now.cpuMs === null) return now.wallMs - start.wallMs
  return now.cpuMs - start.cpuMs
}

/** The first number is nanoseconds; a kernel that does not count gives 0 (proc(5), sched-stats). */
function cpuMs(): number | null {
  try {
    const [nanoseconds] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')
    return Number(nanoseconds) / 1e6 || null
  } catch {
    return null
  }
}
