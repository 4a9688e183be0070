import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { AppError } from '../../../shared/errors'
import { Id } from '../../../shared/ids'
import type { RequestContext } from '../context'
import { ENDPOINTS, type Endpoint } from './endpoints'
import { describeApi } from './openapi'
import { parsePaging } from './paging'

export type ApiWorld = {
  contextOf: (request: Request, response: Response) => Promise<RequestContext>
}

/**
 * The programming interface, `/api/v1`: the same services and access as the pages, as JSON. Refusals
 * go on to the app's last error handler, which answers them as problems.
 */
export function createApi({ contextOf }: ApiWorld): express.Router {
  const router = express.Router({ caseSensitive: true })
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'private, no-store')
    next()
  })

  const description = describeApi()
  router.get('/openapi.json', (_request, response) => void response.json(description))
  refuseOtherMethods(router, '/openapi.json')
  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.replace('{id}', ':id')
    router.get(path, (request, response, next) => {
      answer(endpoint, request, response).catch(next)
    })
    refuseOtherMethods(router, path)
  }

  router.use((_request, _response, next) => next(new AppError('not_found')))
  router.use(unreadablePath)
  return router

  async function answer(endpoint: Endpoint, request: Request, response: Response): Promise<void> {
    const { actor, services } = await contextOf(request, response)
    if (!actor) throw new AppError('unauthenticated')
    const id = endpoint.path.includes('{id}') ? parseId(request.params.id) : ''
    const paging = parsePaging(endpoint.isList ? request.query : {})
    response.json(await endpoint.run({ actor, services, id, paging }))
  }
}

/** What is no id names nothing: it is not found, as an unknown one is. */
function parseId(text: string | undefined): string {
  const parsed = Id.safeParse(text)
  if (!parsed.success) throw new AppError('not_found')
  return parsed.data
}

function refuseOtherMethods(router: express.Router, path: string): void {
  router.all(path, (_request, response, next) => {
    response.setHeader('Allow', 'GET, HEAD')
    next(new AppError('method_not_allowed'))
  })
}

/** A path with a broken percent escape names nothing either. */
const unreadablePath: ErrorRequestHandler = (error, _request, _response, next) => {
  next(error instanceof URIError ? new AppError('not_found') : error)
}
