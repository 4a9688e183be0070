import type { Request, RequestHandler, Response } from 'express'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { Services } from '../services'
import type { OpenedFile } from '../services/files'
import type { RequestContext } from './context'
import { toProblem } from './problem'
import { NEVER_RUN, readOnly, sendBytes } from './reading'

export type DownloadsWorld = {
  contextOf: (request: Request, response: Response) => Promise<RequestContext>
  /** Which files these are, by what follows in the path; asks whether the asker may have this one. */
  open: (context: RequestContext, path: string) => Promise<OpenedFile>
}

/**
 * A file by its id alone, for whoever is signed in.
 *
 * @throws AppError `not_found`, `unauthenticated`
 */
export function byId(
  open: (services: Services, actor: Actor, id: string) => Promise<OpenedFile>,
): DownloadsWorld['open'] {
  return async ({ actor, services }, path) => {
    const id = idIn(path)
    if (!actor) throw new AppError('unauthenticated')
    return open(services, actor, id)
  }
}

/**
 * A material, `<workshop>/<rendition>`, for whoever attends the workshop. To nobody else it exists.
 *
 * @throws AppError `not_found`
 */
export const openMaterial: DownloadsWorld['open'] = async ({ attendeeFor, services }, path) => {
  const [workshop = '', ...rest] = path.split('/')
  const workshopId = idIn(workshop)
  const renditionId = idIn(rest.join('/'))
  const actor = await attendeeFor(workshopId)
  return services.workshopMaterials.openMaterial(actor, workshopId, renditionId)
}

function idIn(path: string): string {
  const id = Id.safeParse(path)
  if (!id.success) throw new AppError('not_found')
  return id.data
}

/**
 * Stored files, `/files/<rendition>`, `/materials/<workshop>/<rendition>` and `/exports/<archive>`: access
 * is asked at every request; whole or one range; saved and never shown by the browser, whatever they are,
 * and kept by no cache.
 */
export function createDownloads({ contextOf, open }: DownloadsWorld): RequestHandler {
  return readOnly(answer)

  async function answer(request: Request, response: Response): Promise<void> {
    const file = await open(await contextOf(request, response), request.path.slice(1))

    const etag = `"${file.sha256}"`
    response.set({
      'Content-Type': file.mediaType,
      'Content-Disposition': disposition(file.name),
      ...NEVER_RUN,
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      ETag: etag,
      'Last-Modified': file.at.toUTCString(),
    })
    if (isKnown(request.headers['if-none-match'], etag)) return void response.status(304).end()

    const range = isSame(request.get('if-range'), etag, file.at)
      ? parseRange(request.headers.range, file.bytes)
      : 'whole'
    if (range === 'none') {
      response.setHeader('Content-Range', `bytes */${file.bytes}`)
      response.removeHeader('Content-Disposition')
      return toProblem(new AppError('invalid_input', { range: 'none' }), response, 416)
    }
    const { start, end } = range === 'whole' ? { start: 0, end: file.bytes - 1 } : range
    if (range !== 'whole') {
      response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${file.bytes}`)
    }
    response.setHeader('Content-Length', end - start + 1)
    if (request.method === 'HEAD') return void response.end()
    await sendBytes(file.read({ start, end }), response)
  }
}

type Range = { start: number; end: number } | 'whole' | 'none'

/**
 * One range; of several, or of what is no range, nothing is taken and the whole is sent once.
 *
 * @returns `none` where the file has no such bytes
 */
function parseRange(header: string | undefined, bytes: number): Range {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole'
  if (from === '') {
    const last = Math.min(Number(to), bytes)
    return last === 0 ? 'none' : { start: bytes - last, end: bytes - 1 }
  }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= bytes ? 'none' : { start, end }
}

function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(etag)
}

/** Does what the reader has the beginning of still stand? */
function isSame(header: string | undefined, etag: string, at: Date): boolean {
  return header === undefined || header === etag || header === at.toUTCString()
}

/** RFC 6266: a plain name for old programs, the real one in UTF-8. */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
