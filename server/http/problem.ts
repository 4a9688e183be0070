import type { Response } from 'express'
import type { AppError } from '../../shared/errors'

/** Answer a refusal as `application/problem+json` (RFC 9457), with our code in `code`. */
export function toProblem(error: AppError, response: Response): void {
  const { code, status, detail } = error
  if (detail.seconds) response.setHeader('Retry-After', detail.seconds)
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: code,
        status,
        code,
        ...(Object.keys(detail).length ? { detail } : {}),
      }),
    )
}
