import type { Request, RequestHandler } from 'express'
import { AppError } from '../../shared/errors'
import { bringsToken } from '../auth/tokens'
import { clientAddress } from './client-address'
import { isOwnHost, type OwnHosts } from './host'
import { isOwnOrigin } from './origin'
import type { NoteRefusal } from './refusal-notes'

/** Forms are small; files have a door of their own. */
const MAX_BODY_BYTES = 1_000_000
/** Ways to call a POST something else. None of them is ours; what asks for one means another server. */
const METHOD_HEADERS = ['x-http-method-override', 'x-http-method', 'x-method-override']

/** What every request meets first: it is meant for us, and its address can be read. */
export function checkAddress(hosts: OwnHosts, note: NoteRefusal): RequestHandler {
  return (request, response, next) => {
    if (!isOwnHost(request, hosts)) {
      note('host:refused', { door: 'pages' })
      // nothing more is said on a line that may be shared with somebody else's requests
      response.setHeader('Connection', 'close')
      return next(new AppError('foreign_host'))
    }
    // our addresses come from the settings; nobody tells us another one
    delete request.headers['x-forwarded-host']
    if (!isReadable(request.url)) return next(new AppError('bad_request'))
    next()
  }
}

/** One address for one page: without a slash at its end, its first name in small letters. */
export const canonicalPath: RequestHandler = (request, response, next) => {
  const [path = '', query] = request.url.split(/\?(.*)/s)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  // two slashes at the beginning would lead to another host
  if (!isRead || /[/\\]{2}/.test(path)) return next()
  const canonical = path.replace(/(?<=.)\/$/, '').replace(/^\/[\w-]+/, (name) => name.toLowerCase())
  if (canonical === path) return next()
  response.redirect(308, canonical + (query === undefined ? '' : `?${query}`))
}

/**
 * Only GET, HEAD and POST; a write comes from our own pages, has a size, and is not one of too many of
 * its network address.
 */
export function guardWrites({
  publicUrl,
  note,
  admit,
}: {
  publicUrl: string | undefined
  note: NoteRefusal
  admit: (address: string) => Promise<void>
}): RequestHandler {
  return (request, response, next) => {
    const isOverridden = hasOverride(request)
    if (!isOverridden && (request.method === 'GET' || request.method === 'HEAD')) return next()
    if (isOverridden || request.method !== 'POST') {
      response.setHeader('Allow', 'GET, HEAD, POST')
      return next(new AppError('method_not_allowed'))
    }
    if (!isByToken(request) && !isOwnOrigin(request, publicUrl)) {
      note('origin:refused', { door: request.path.startsWith('/api/') ? 'api' : 'pages' })
      return next(new AppError('foreign_origin'))
    }
    const length = request.headers['content-length']
    if (length === undefined || Number(length) > MAX_BODY_BYTES)
      return next(new AppError('too_large'))
    admit(clientAddress(request.ip)).then(() => next(), next)
  }
}

/** A program with a token of its own: no browser adds one by itself, so nobody is made to send it. */
function isByToken({ path, headers }: Request): boolean {
  return path.startsWith('/api/v1/') && bringsToken(headers.authorization)
}

function hasOverride(request: Request): boolean {
  return (
    METHOD_HEADERS.some((name) => request.headers[name] !== undefined) || '_method' in request.query
  )
}

/** A broken percent escape names nothing, and a zero byte ends names in other programs. */
function isReadable(url: string): boolean {
  try {
    const path = decodeURIComponent(url.split('?')[0] ?? '')
    return !path.includes('\0')
  } catch {
    return false
  }
}
