import express, { type Request, type Response } from 'express'
import type { z } from 'zod'
import { AppError } from '../../../shared/errors'

/** As for forms: files have a door of their own. */
const MAX_BYTES = 1_000_000
const parseJson = express.json({ limit: MAX_BYTES })

/**
 * The JSON that was posted.
 *
 * @throws AppError `unsupported_media` for anything but JSON, `too_large`, `invalid_input`
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!request.is('application/json')) throw new AppError('unsupported_media')
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  }).catch(refuse)
  return request.body
}

/**
 * What was posted, as its schema takes it; what the schema does not know is left out.
 *
 * @throws AppError `invalid_input` with the failing fields in its detail
 */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(
    ({ path, code }) => [String(path[0] ?? 'body'), code] as const,
  )
  throw new AppError('invalid_input', Object.fromEntries(fields))
}

/** The parser says by a status what is wrong: an unknown charset, too much, no JSON. */
function refuse(error: unknown): never {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 415) throw new AppError('unsupported_media')
  if (status === 413) throw new AppError('too_large')
  if (status === 400) throw new AppError('invalid_input', { body: 'invalid_json' })
  throw error
}
