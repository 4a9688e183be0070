import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
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
import { createCalendars } from './calendars'
import { readContext } from './context'
import { byId, createDownloads, openMaterial } from './downloads'
import { canonicalPath, checkAddress, guardWrites } from './gate'
import { PRIVATE, securityHeaders } from './headers'
import { createRecordExports } from './record-exports'
import { createRefusalNotes, type NoteRefusal } from './refusal-notes'
import { toRefusal } from './refusal-page'
import { createSlides } from './slides'
import { createUploads } from './uploads'

export type HttpWorld = {
  services: Services
  clock: Clock
  log: Logger
  demo: boolean
  publicUrl: string | undefined
  /** Names that requests may ask for besides it. */
  allowedHosts?: readonly string[]
  /** How refusals come into the record; the upgrades' listener shares it. */
  note?: NoteRefusal
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
  const note = world.note ?? createRefusalNotes(world)
  app.disable('x-powered-by')
  app.set('trust proxy', world.trustProxy)
  app.set('query parser', 'simple')

  app.use(securityHeaders({ https: secure, development: world.development }))
  app.use(checkAddress(world, note))
  app.get('/healthz', (_request, response) => void response.type('text').send('ok'))
  app.get('/readyz', async (_request, response) => {
    const ready = await world.isReady()
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready' : 'the database is not there')
  })

  app.use(requestLog(world.log))
  const contextOf = (request: express.Request, response: express.Response) =>
    readContext(request, response, {
      services: world.services,
      log: world.log,
      clock: world.clock,
      demo: world.demo,
      secure,
      note,
    })

  // files: bodies as large as they are, their own check of where writes come from, never compressed
  app.use('/uploads', createUploads({ contextOf, publicUrl: world.publicUrl }))
  const files = byId((services, actor, id) => services.resources.openFile(actor, id))
  const archives = byId((services, actor, id) => services.exports.openExport(actor, id))
  app.use('/files', createDownloads({ contextOf, open: files }))
  app.use('/materials', createDownloads({ contextOf, open: openMaterial }))
  app.use('/exports', createDownloads({ contextOf, open: archives }))
  app.use('/slides', createSlides({ contextOf }))

  app.use(compression())
  app.use('/calendar', createCalendars(world))
  app.use('/record-exports', createRecordExports({ contextOf }))
  if (world.viteMiddleware) app.use(world.viteMiddleware)
  if (world.clientDir) {
    const assets = join(world.clientDir, 'assets')
    app.use(
      '/assets',
      express.static(assets, {
        immutable: true,
        maxAge: '1y',
        fallthrough: false,
        setHeaders: forEverybody,
      }),
    )
    app.use(
      express.static(world.clientDir, { maxAge: '1h', index: false, setHeaders: forEverybody }),
    )
  } else {
    app.use(express.static(world.publicDir, { maxAge: 0, index: false, setHeaders: forEverybody }))
  }

  app.use(
    guardWrites({
      publicUrl: world.publicUrl,
      note,
      admit: (address) => world.services.surface.admitWrite(address),
    }),
  )
  app.use('/api/v1', createApi({ contextOf }))

  const handlePage = createRequestHandler({
    build: typeof world.build === 'function' ? world.build : inExactCase(world.build),
    mode: world.development ? 'development' : 'production',
    getLoadContext: contextOf,
  })
  app.use(canonicalPath)
  app.all('*', handlePage)
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
        path: withoutTokens(String(request.url).split('?')[0] ?? ''),
      }),
      res: (response) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : 'debug',
  })
}

/** Files of the build are the same for everybody: their own rule of how long they are kept holds. */
function forEverybody(response: ServerResponse): void {
  response.removeHeader('Cache-Control')
}

/** Links of letters carry what lets their reader in. */
function withoutTokens(path: string): string {
  return path.replace(/[\w-]{32,}/g, '…')
}

/** Paths as they are written: /Partnerships is no second address of /partnerships. */
function inExactCase(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => [
    id,
    route && { ...route, caseSensitive: true },
  ])
  return { ...build, routes: Object.fromEntries(routes) }
}

function lastResort(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refusal = isAppError(error) ? error : fromHttpError(error)
    if (refusal.code === 'unexpected') log.error({ err: error, id: request.id }, 'request failed')
    if (response.headersSent) return void response.destroy()
    // whatever a door meant to say before it failed, this is kept by nobody
    response.setHeader('Cache-Control', PRIVATE)
    toRefusal(refusal, request, response)
  }
}

/** Errors of Express and its parsers carry a status; 4xx ones are the client's. */
function fromHttpError(error: unknown): AppError {
  const status = (error as { status?: unknown } | null)?.status
  // a file outside its folder is none
  if (status === 404 || status === 403) return new AppError('not_found')
  if (status === 413) return new AppError('too_large')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError(status === 400 ? 'bad_request' : 'invalid_input')
  return new AppError('unexpected')
}
