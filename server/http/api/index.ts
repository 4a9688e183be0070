import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { AppError, isAppError } from '../../../shared/errors'
import { Id } from '../../../shared/ids'
import { bringsToken } from '../../auth/tokens'
import type { RequestContext } from '../context'
import { readJson } from './bodies'
import { ENDPOINTS, type Endpoint, WRITES, type Write } from './endpoints'
import { describeApi } from './openapi'
import { parsePaging, parseStretch } from './paging'

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
  refuseOtherMethods(router, '/openapi.json', 'GET, HEAD')
  for (const endpoint of ENDPOINTS) {
    router.get(routeOf(endpoint), (request, response, next) => {
      answer(endpoint, request, response).catch(next)
    })
  }
  for (const each of WRITES) {
    router.post(routeOf(each), (request, response, next) => {
      take(each, request, response).catch(next)
    })
  }
  const written = new Set(WRITES.map(routeOf))
  for (const path of new Set(ENDPOINTS.map(routeOf))) {
    refuseOtherMethods(router, path, written.has(path) ? 'GET, HEAD, POST' : 'GET, HEAD')
  }

  router.use((_request, _response, next) => next(new AppError('not_found')))
  router.use(unreadablePath)
  router.use(nameSchemes)
  return router

  async function answer(endpoint: Endpoint, request: Request, response: Response): Promise<void> {
    const asked = await readAsked(endpoint, request, response)
    const paging = parsePaging(endpoint.isList === true ? request.query : {})
    const stretch = parseStretch(endpoint.isList === 'numbered' ? request.query : {})
    response.json(await endpoint.run({ ...asked, paging, stretch }))
  }

  async function take(each: Write, request: Request, response: Response): Promise<void> {
    const asked = await readAsked(each, request, response)
    await each.admit(asked)
    const { answer, isNew } = await each.run(asked, await readJson(request, response))
    response.status(isNew ? 201 : 200).json(answer)
  }

  async function readAsked(
    { path, operation }: Pick<Endpoint, 'path' | 'operation'>,
    request: Request,
    response: Response,
  ) {
    const { actor: signedIn, services } = await contextOf(request, response)
    const { authorization } = request.headers
    // with a token the cookie counts for nothing: no foreign page can lend a program somebody's session
    const actor = bringsToken(authorization)
      ? await services.tokens.admitToken(authorization)
      : signedIn
    if (!actor) throw new AppError('unauthenticated')
    if (operation && actor.scopes && !actor.scopes.includes(operation))
      throw new AppError('forbidden', { scope: operation })
    return { actor, services, id: path.includes('{id}') ? parseId(request.params.id) : '' }
  }
}

function routeOf({ path }: { path: string }): string {
  return path.replace('{id}', ':id')
}

/** What is no id names nothing: it is not found, as an unknown one is. */
function parseId(text: string | undefined): string {
  const parsed = Id.safeParse(text)
  if (!parsed.success) throw new AppError('not_found')
  return parsed.data
}

function refuseOtherMethods(router: express.Router, path: string, allowed: string): void {
  router.all(path, (_request, response, next) => {
    response.setHeader('Allow', allowed)
    next(new AppError('method_not_allowed'))
  })
}

/** A path with a broken percent escape names nothing either. */
const unreadablePath: ErrorRequestHandler = (error, _request, _response, next) => {
  next(error instanceof URIError ? new AppError('not_found') : error)
}

/** Whoever is refused is told how to come back (RFC 9110, 11.6.1; RFC 6750, 3). */
const nameSchemes: ErrorRequestHandler = (error, request, response, next) => {
  if (isAppError(error) && error.code === 'unauthenticated') {
    const why = bringsToken(request.headers.authorization) ? ', error="invalid_token"' : ''
    response.setHeader('WWW-Authenticate', `Bearer realm="Twinward"${why}`)
  }
  next(error)
}
