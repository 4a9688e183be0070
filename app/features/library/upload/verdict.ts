import { ERRORS, type ErrorCode } from '../../../../shared/errors'
import { errorCodeOf } from '../error-code'
import type { UploadEvent } from './upload-machine'

/** What a server said that did not take a piece; null when nothing was heard at all. */
export type Heard = { status: number; body: string } | null

/**
 * What a failed request means for the upload.
 *
 * @param isKnown the upload has an address already, so that “not found” speaks of the upload itself
 */
export function verdictOf(heard: Heard, isKnown: boolean): UploadEvent {
  if (!heard || heard.status === 0 || heard.status >= 500) return lineLost()
  const { status, body } = heard
  if (status === 423) return { is: 'busy', where: 'server' }
  if (isKnown && (status === 404 || status === 410)) return { is: 'gone' }
  // a piece came damaged, or the two disagree about how much has arrived: ask again and go on from there
  if (isKnown && (status === 409 || status === 460)) return lineLost()
  return { is: 'refused', reason: codeIn(body) ?? codeFor(status) }
}

export function lineLost(): UploadEvent {
  return { is: 'line-lost', chance: Math.random() }
}

/** The `code` of a problem+json body. */
function codeIn(body: string): ErrorCode | undefined {
  try {
    const problem: unknown = JSON.parse(body)
    if (typeof problem !== 'object' || problem === null || !('code' in problem)) return undefined
    return errorCodeOf(problem.code)
  } catch {
    return undefined
  }
}

/** For an answer without a body: asking how much has arrived gets none. */
function codeFor(status: number): ErrorCode {
  // what has arrived was refused before, and its reason got lost on the way
  if (status === 422) return 'file_content'
  if (status === 413) return 'too_large'
  const found = Object.entries(ERRORS).find(([, row]) => row.status === status)?.[0]
  return errorCodeOf(found) ?? 'unexpected'
}
