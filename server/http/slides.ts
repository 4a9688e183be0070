import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import type { RequestContext } from './context'
import { NEVER_RUN, readOnly, sendBytes } from './reading'

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
  return readOnly(answer)

  async function answer(request: Request, response: Response): Promise<void> {
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
      ...NEVER_RUN,
      'Cache-Control': sharedComputer
        ? 'private, no-store'
        : 'private, max-age=31536000, immutable',
      ETag: etag,
    })
    if (request.headers['if-none-match']?.includes(etag)) return void response.status(304).end()
    response.setHeader('Content-Length', slide.bytes)
    if (request.method === 'HEAD') return void response.end()
    await sendBytes(slide.read(), response)
  }
}
