import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { AppError, isAppError } from '../../shared/errors'
import type { Clock } from '../ports'
import type { Services } from '../services'
import { createApi } from './api'
import { readContext } from './context'
import { createDownloads } from './downloads'
import { securityHeaders } from './headers'
import { isOwnOrigin } from './origin'
import { toProblem } from './problem'
import { createUploads } from './uploads'

/** Forms are small; files have a door of their own. */
const MAX_BODY_BYTES = 1_000_000

export type HttpWorld = {
  services: Services
  clock: Clock
  log: Logger
  demo: boolean
  publicUrl: string | undefined
  trustProxy: string | number
  development: boolean
  /** Folder of the browser's files; undefined in development, where Vite serves them. */
  clientDir: string | undefined
  publicDir: string
  build: ServerBuild | (() => Promise<ServerBuild>)
  /** Vite's middleware in development. */
  viteMiddleware?: RequestHandler | undefined
  isReady: () => Promise<boolean>
}

/** The HTTP door: pages through Remix, `/api/v1`, health, static files. */
export function createApp(world: HttpWorld): express.Express {
  const app = express()
  const secure = world.publicUrl?.startsWith('https:') ?? false
  app.disable('x-powered-by')
  app.set('trust proxy', world.trustProxy)
  app.set('query parser', 'simple')

  app.get('/healthz', (_request, response) => void response.type('text').send('ok'))
  app.get('/readyz', async (_request, response) => {
    const ready = await world.isReady()
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready' : 'the database is not there')
  })

  app.use(requestLog(world.log))
  app.use(securityHeaders({ https: secure, development: world.development }))
  const contextOf = (request: express.Request, response: express.Response) =>
    readContext(request, response, {
      services: world.services,
      log: world.log,
      clock: world.clock,
      demo: world.demo,
      secure,
    })

  // files: bodies as large as they are, their own check of where writes come from, never compressed
  app.use('/uploads', createUploads({ contextOf, publicUrl: world.publicUrl }))
  app.use('/files', createDownloads({ contextOf }))

  app.use(compression())
  if (world.viteMiddleware) app.use(world.viteMiddleware)
  if (world.clientDir) {
    const assets = join(world.clientDir, 'assets')
    app.use(
      '/assets',
      express.static(assets, { immutable: true, maxAge: '1y', fallthrough: false }),
    )
    app.use(express.static(world.clientDir, { maxAge: '1h', index: false }))
  } else {
    app.use(express.static(world.publicDir, { maxAge: 0, index: false }))
  }

  app.use(guardWrites(world.publicUrl))
  app.use('/api/v1', createApi({ contextOf }))

  const handlePage = createRequestHandler({
    build: world.build,
    mode: world.development ? 'development' : 'production',
    getLoadContext: contextOf,
  })
  app.all('*', (request, response, next) => {
    // pages are private: no cache in between may keep them
    response.setHeader('Cache-Control', 'private, no-store')
    return handlePage(request, response, next)
  })
  app.use(lastResort(world.log))
  return app
}

function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    // paths only: queries may hold what people typed
    serializers: {
      req: (request) => ({
        id: request.id,
        method: request.method,
        path: String(request.url).split('?')[0],
      }),
      res: (response) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : 'debug',
  })
}

/** Only GET, HEAD and POST; a write comes from our own pages and has a size. */
function guardWrites(publicUrl: string | undefined): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    if (request.method !== 'POST') return next(new AppError('method_not_allowed'))
    if (!isOwnOrigin(request, publicUrl)) return next(new AppError('foreign_origin'))
    const length = request.headers['content-length']
    if (length === undefined || Number(length) > MAX_BODY_BYTES)
      return next(new AppError('too_large'))
    next()
  }
}

function lastResort(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refusal = isAppError(error) ? error : fromHttpError(error)
    if (refusal.code === 'unexpected') log.error({ err: error, id: request.id }, 'request failed')
    if (response.headersSent) return void response.destroy()
    toProblem(refusal, response)
  }
}

/** Errors of Express and its parsers carry a status; 4xx ones are the client's. */
function fromHttpError(error: unknown): AppError {
  const status = (error as { status?: unknown } | null)?.status
  if (status === 404) return new AppError('not_found')
  if (status === 413) return new AppError('too_large')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('invalid_input')
  return new AppError('unexpected')
}
