import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../shared/errors'

type Method = 'GET' | 'HEAD'
type Answer = (request: Request, response: Response) => Promise<void>

/** What is sent as a file is never run, whatever it is and wherever it is shown. */
export const NEVER_RUN = {
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const

/** A door at which one can only read; any other method is told so. */
export function readOnly(
  answer: Answer,
  methods: readonly Method[] = ['GET', 'HEAD'],
): RequestHandler {
  return (request, response, next) => {
    if (methods.some((method) => method === request.method)) {
      answer(request, response).catch(next)
      return
    }
    response.setHeader('Allow', methods.join(', '))
    next(new AppError('method_not_allowed'))
  }
}

/** Send bytes as they are read. A reader who has enough hangs up, which is nobody's fault. */
export async function sendBytes(bytes: NodeJS.ReadableStream, response: Response): Promise<void> {
  try {
    await pipeline(bytes, response)
  } catch (error) {
    const isOver = error instanceof Error && 'code' in error
    if (!isOver || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
