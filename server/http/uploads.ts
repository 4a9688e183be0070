import { createHash, randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Server } from '@tus/server'
import { DataStore, Upload } from '@tus/utils'
import type { Request as Asked, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import { FILE_MAX_BYTES, UploadMetadata } from '../../shared/schemas/resources'
import type { Services } from '../services'
import type { UploadState } from '../services/uploads'
import type { RequestContext } from './context'
import { isOwnOrigin } from './origin'
import { toProblem } from './problem'

const PATH = '/uploads'
const VERSION = '1.0.0'
/** Most bytes of a body that is checked against a sum: it is held until it is found right. */
const MOST_CHECKED = 1_000_000

export type UploadsWorld = {
  contextOf: (request: Asked, response: Response) => Promise<RequestContext>
  publicUrl: string | undefined
}

/**
 * The door for files: tus 1.0 with creation (also with the first bytes), termination, expiration and
 * checksum. Rows are the truth and any process serves any request; who asks is looked up every time.
 */
export function createUploads({ contextOf, publicUrl }: UploadsWorld): RequestHandler {
  return (request, response, next) => {
    answer(request, response).catch(next)
  }

  async function answer(request: Asked, response: Response): Promise<void> {
    response.setHeader('Tus-Resumable', VERSION)
    response.setHeader('Cache-Control', 'private, no-store')
    const id = addressed(request, response)
    if (request.method === 'OPTIONS') response.setHeader('Tus-Checksum-Algorithm', 'sha1,sha256')
    else if (request.headers['tus-resumable'] !== VERSION) {
      response.setHeader('Tus-Version', VERSION)
      return toProblem(new AppError('malformed_upload'), response, 412)
    } else if (request.method !== 'HEAD' && !isOwnOrigin(request, publicUrl)) {
      throw new AppError('foreign_origin')
    }
    const { actor, services } = await contextOf(request, response)
    if (!actor && request.method !== 'OPTIONS') throw new AppError('unauthenticated')
    const { status, headers } = await serve(new UploadRows(services, actor, request), request, id)
    headers.forEach((value, name) => {
      // our own pages only
      if (!name.startsWith('access-control-')) response.setHeader(name, value)
    })
    response.status(status).end()
  }
}

/** The upload of the address; of a creation, none. */
function addressed(request: Asked, response: Response): string {
  const id = request.path.slice(1)
  const allowed = id === '' ? ['OPTIONS', 'POST'] : ['OPTIONS', 'HEAD', 'PATCH', 'DELETE']
  if (id !== '' && !Id.safeParse(id).success) throw new AppError('not_found')
  if (!allowed.includes(request.method)) {
    response.setHeader('Allow', allowed.join(', '))
    throw new AppError('method_not_allowed')
  }
  return id
}

/** A server a request: its rows know who asks. Bodies go to the storage without passing through it. */
async function serve(rows: UploadRows, request: Asked, id: string) {
  let caught: unknown
  const tus = new Server({
    path: PATH,
    datastore: rows,
    locker: { newLock: () => ({ lock: async () => {}, unlock: async () => {} }) },
    maxSize: FILE_MAX_BYTES,
    relativeLocation: true,
    namingFunction: () => randomBytes(12).toString('hex'),
    onResponseError(_request, error) {
      caught = error
      return undefined
    },
  })
  const address = new URL(id === '' ? PATH : `${PATH}/${id}`, 'http://localhost')
  const answer = await tus.handleWeb(
    new Request(address, { method: request.method, headers: headersOf(request) }),
  )
  if (isAppError(caught)) throw caught
  if (caught instanceof Error && !('status_code' in caught)) throw caught
  if (answer.status >= 400) throw new AppError(codeOf(answer.status, request.method))
  return answer
}

/** What the protocol reads; nothing else of the request concerns it. */
function headersOf({ headers }: Asked): Headers {
  const passed = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    const isOfTus = /^(?:tus|upload)-/.test(name) || /^content-(?:type|length)$/.test(name)
    if (isOfTus && typeof value === 'string') passed.set(name, value)
  }
  return passed
}

function codeOf(status: number, method: string) {
  if (status === 404 || status === 410) return 'not_found'
  if (status === 409) return 'conflict'
  // a body beyond the announced length is not a large file but a wrong request
  return status === 413 && method === 'POST' ? 'too_large' : 'malformed_upload'
}

/** Uploads as the protocol's implementation wants them, over the services, for one request. */
class UploadRows extends DataStore {
  override extensions = [
    'creation',
    'creation-with-upload',
    'termination',
    'expiration',
    'checksum',
  ]

  /** How long after its creation the upload is given up, as far as it has come, milliseconds. */
  private livesFor = 0

  constructor(
    private readonly services: Services,
    private readonly actor: Actor | null,
    private readonly request: Asked,
  ) {
    super()
  }

  override async create(upload: Upload): Promise<Upload> {
    const intent = UploadMetadata.safeParse(upload.metadata)
    if (!intent.success) throw new AppError('malformed_upload', fieldsOf(intent.error))
    const asked = { id: upload.id, length: upload.size ?? 0, intent: intent.data }
    this.note(await this.services.uploads.beginUpload(this.known(), asked))
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const state = await this.services.uploads.readUpload(this.known(), id)
    const { length, offset, createdAt } = this.note(state)
    return new Upload({ id, size: length, offset, creation_date: createdAt.toISOString() })
  }

  override async write(empty: Readable, id: string, offset: number): Promise<number> {
    empty.resume()
    const body = await bodyOf(this.request)
    const at = { offset, body }
    return this.note(await this.services.uploads.receiveUpload(this.known(), id, at)).offset
  }

  override async remove(id: string): Promise<void> {
    await this.services.uploads.endUpload(this.known(), id)
  }

  override getExpiration(): number {
    return this.livesFor
  }

  private note(state: UploadState): UploadState {
    this.livesFor = state.expiresAt.getTime() - state.createdAt.getTime()
    return state
  }

  private known(): Actor {
    if (!this.actor) throw new AppError('unauthenticated')
    return this.actor
  }
}

const Checksum = z
  .string()
  .regex(/^sha(?:1|256) [A-Za-z0-9+/]{20,44}={0,2}$/)
  .transform((text) => {
    const [algorithm = '', sum = ''] = text.split(' ')
    return { algorithm, sum }
  })

/**
 * The request's bytes; those that come with a sum are held until they are found right.
 *
 * @throws AppError `upload_damaged`, `malformed_upload`
 */
async function bodyOf(request: Asked): Promise<Readable | Buffer> {
  const said = request.headers['upload-checksum']
  if (said === undefined) return request
  const expected = Checksum.safeParse(said)
  if (!expected.success) throw new AppError('malformed_upload', { checksum: 'invalid' })
  const { algorithm, sum } = expected.data
  const hash = createHash(algorithm)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += part.length
    if (size > MOST_CHECKED) throw new AppError('malformed_upload', { checksum: 'too_large' })
    hash.update(part)
    parts.push(part)
  }
  if (hash.digest('base64') !== sum) throw new AppError('upload_damaged')
  return Buffer.concat(parts)
}

function fieldsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, code }) => [String(path[0] ?? ''), code]))
}
