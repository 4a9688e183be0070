import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { RequestContext } from './context'

type SlidesWorld = {
  contextOf: (request: Request, response: Response) => Promise<RequestContext>
}

/** `/<deck>/<page>` */
const PAGE = /^\/([0-9a-f]{24})\/([1-9]\d{0,3})$/

/**
 * Images of slides, `/slides/<deck>/<page>`, for those who attend the workshop: access is asked at
 * every request. They never change, so a browser that has one asks no more; on a computer that others
 * use none is kept. Whoever may not see one is not told that it exists.
 */
export function createSlides({ contextOf }: SlidesWorld): RequestHandler {
  return (request, response, next) => {
    answer(request, response).catch(next)
  }

  async function answer(request: Request, response: Response): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      throw new AppError('method_not_allowed')
    }
    const [, deck, page] = PAGE.exec(request.path) ?? []
    const deckId = Id.safeParse(deck)
    if (!deckId.success) throw new AppError('not_found')
    const { attendeeFor, services, sharedComputer } = await contextOf(request, response)
    const actor = await attendeeFor(await services.slides.workshopOfDeck(deckId.data)).catch(
      (error: unknown) => {
        const isNobody = error instanceof AppError && error.code === 'unauthenticated'
        throw isNobody ? new AppError('not_found') : error
      },
    )
    const slide = await services.slides.openPage(actor, deckId.data, Number(page))
    const etag = `"${slide.tag}"`
    response.set({
      'Content-Type': slide.mediaType,
      'Content-Disposition': 'inline',
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': sharedComputer
        ? 'private, no-store'
        : 'private, max-age=31536000, immutable',
      ETag: etag,
    })
    if (request.headers['if-none-match']?.includes(etag)) return void response.status(304).end()
    response.setHeader('Content-Length', slide.bytes)
    if (request.method === 'HEAD') return void response.end()
    try {
      await pipeline(slide.read(), response)
    } catch (error) {
      // a reader who has enough hangs up, which is nobody's fault
      const isOver = error instanceof Error && 'code' in error
      if (!isOver || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
  }
}
