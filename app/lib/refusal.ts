import type { ErrorCode } from '../../shared/errors'

/** What an action answers when a form comes back with its text kept. */
export type Refusal = {
  refused: { code: ErrorCode; detail: Readonly<Record<string, string>> }
  values: Record<string, string>
}

/** Is this what a refused form answers with? Apart from `route`, which must not reach the browser. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer
}

/** The fields that were refused, by what is wrong with them. */
export function wrongIn(refusal: Refusal | null): Readonly<Record<string, string>> {
  return refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
}

/** What no single field is to blame for. */
export function noticeOf(refusal: Refusal | null): ErrorCode | null {
  return refusal && refusal.refused.code !== 'invalid_input' ? refusal.refused.code : null
}
