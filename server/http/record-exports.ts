import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { RequestContext } from './context'
import { NEVER_RUN, readOnly, sendBytes } from './reading'

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
  // not HEAD either: taking it is a fact for the record
  return readOnly(answer, ['GET'])

  async function answer(request: Request, response: Response): Promise<void> {
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
      ...NEVER_RUN,
      'Cache-Control': 'private, no-store',
    })
    await sendBytes(file.lines, response)
  }
}
