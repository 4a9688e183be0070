import * as z from 'zod/mini'
import { ERRORS, type ErrorCode } from '../../shared/errors'

/** A code of ours, in what came from a server or has been kept on the device. */
export const Code = z.custom<ErrorCode>(
  (code) => typeof code === 'string' && Object.hasOwn(ERRORS, code),
)
const Detail = z.optional(z.record(z.string(), z.string()))
const Refused = z.union([
  z.object({ refused: z.object({ code: Code, detail: Detail }) }),
  z.object({ code: Code, detail: Detail }),
])

/** What came of a request: what was asked for, why not, or nobody was there. */
export type Answer<T> =
  | { ok: T }
  | { refused: ErrorCode; detail?: Record<string, string> | undefined }
  | 'unreachable'

/** Was it done, or got? */
export function isOk<T>(answer: Answer<T>): answer is { ok: T } {
  return answer !== 'unreachable' && 'ok' in answer
}

/** Why nothing came of it; null when something did. */
export function problemIn(answer: Answer<unknown>): ErrorCode | null {
  if (answer === 'unreachable') return answer
  return 'refused' in answer ? answer.refused : null
}

/**
 * An answer to a post that has not come after so long comes no more, milliseconds: on a dead mobile line
 * a request hangs for minutes, and all that is said waits behind it.
 */
const ANSWER_MS = 15_000
/** What the slowest line carries away meanwhile, bytes a millisecond: the four texts of a case are 80 kB. */
const BYTES_PER_MS = 2
/** Nothing waits behind what is read, and all texts of a deck take their time on such a line, milliseconds. */
const READ_MS = 60_000

/**
 * Ask a route without a page; its refusals and a broken line never replace the page. Without an answer
 * in time nobody was there, though what was posted may have been done.
 *
 * @param read throws where it cannot read what came
 */
export async function ask<T>(
  address: string,
  read: (json: unknown) => T,
  init: RequestInit = {},
): Promise<Answer<T>> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), patienceWith(init))
  try {
    const response = await fetch(address, {
      ...init,
      signal: giveUp.signal,
      headers: { Accept: 'application/json' },
      // an ended session answers with the way to the sign-in page
      redirect: 'manual',
    })
    if (response.type === 'opaqueredirect') return { refused: 'unauthenticated' }
    if (response.status >= 500) return 'unreachable'
    const json: unknown = await response.json()
    if (response.ok) return { ok: read(json) }
    const refused = Refused.safeParse(json)
    if (!refused.success) return { refused: 'unexpected' }
    const { code, detail } = 'code' in refused.data ? refused.data : refused.data.refused
    return { refused: code, detail }
  } catch {
    return 'unreachable'
  } finally {
    clearTimeout(timer)
  }
}

function patienceWith({ method, body }: RequestInit): number {
  return method === 'POST' ? ANSWER_MS + String(body ?? '').length / BYTES_PER_MS : READ_MS
}

/** The same with a form that is posted. */
export function postForm<T>(
  address: string,
  fields: Record<string, string>,
  read: (json: unknown) => T,
): Promise<Answer<T>> {
  return ask(address, read, { method: 'POST', body: new URLSearchParams(fields) })
}
