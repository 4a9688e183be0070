import type { Response } from 'express'
import type { AppError } from '../../shared/errors'

/**
 * Answer a refusal as `application/problem+json` (RFC 9457), with our code in `code`.
 *
 * @param status where a protocol wants another one than the code's own
 */
export function toProblem(error: AppError, response: Response, status = error.status): void {
  if (error.detail.seconds) response.setHeader('Retry-After', error.detail.seconds)
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error, status)))
}

/** The problem document itself. */
export function problemOf({ code, detail, status: own }: AppError, status = own) {
  return {
    type: 'about:blank',
    title: code,
    status,
    code,
    ...(Object.keys(detail).length ? { detail } : {}),
  }
}
