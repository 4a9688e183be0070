import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { RequestContext } from './context'

type RecordExportsWorld = {
  contextOf: (request: Request, response: Response) => Promise<RequestContext>
}

/** `/<partnership>.csv`, `/<partnership>.json`; `programme` for the rows of no partnership. */
const FILE = /^\/([0-9a-f]{24}|programme)\.(csv|json)$/

/**
 * The record as a file, `/record-exports/<partnership>.json`: written while it is read, never faster
 * than the reader takes it.
 */
export function createRecordExports({ contextOf }: RecordExportsWorld): RequestHandler {
  return (request, response, next) => {
    answer(request, response).catch(next)
  }

  async function answer(request: Request, response: Response): Promise<void> {
    // not HEAD either: taking it is a fact for the record
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET')
      throw new AppError('method_not_allowed')
    }
    const [, chain, format] = FILE.exec(request.path) ?? []
    if (!chain || (format !== 'csv' && format !== 'json')) throw new AppError('not_found')
    const { actor, services } = await contextOf(request, response)
    if (!actor) throw new AppError('unauthenticated')
    const partnershipId = chain === 'programme' ? null : Id.parse(chain)
    const file = await services.record.exportRecord(actor, partnershipId, format)
    response.set({
      'Content-Type': file.mediaType,
      // the name is made of a slug and a date: ASCII, as RFC 6266 has it
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    })
    try {
      await pipeline(file.lines, response)
    } catch (error) {
      // a reader who has enough hangs up, which is nobody's fault
      const isOver = error instanceof Error && 'code' in error
      if (!isOver || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
  }
}
