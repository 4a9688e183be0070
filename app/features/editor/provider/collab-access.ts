import * as z from 'zod/mini'
import { ERRORS, type ErrorCode } from '../../../../shared/errors'

const Problem = z.object({ code: z.string() })

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/**
 * Why the door of the live document was shut: a browser sees only 1006 when an upgrade is refused.
 *
 * @returns null if there is no reason to stop: access is granted, or nobody could be asked
 */
export async function askCollabAccess(
  fetch: typeof globalThis.fetch,
  address: string,
  signal: AbortSignal,
): Promise<ErrorCode | null> {
  try {
    const response = await fetch(address, {
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    })
    if (response.status === 401) return 'unauthenticated'
    if (response.status !== 403 && response.status !== 404) return null
    // A proxy's or a captive portal's own page is no answer of ours.
    const problem = Problem.safeParse(await response.json())
    return problem.success && isErrorCode(problem.data.code) ? problem.data.code : null
  } catch {
    return null
  }
}
