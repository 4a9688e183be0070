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
