import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

/** What is one person's, or might be: no cache keeps it, not even the browser's own. */
export const PRIVATE = 'private, no-store'

/** The nonce of this answer's scripts and styles. */
export function nonceOf(response: Response): string {
  return String(response.locals.nonce)
}

/** Of what browsers ask people for, only passkeys of our own pages. */
const PERMISSIONS = [
  'camera=()',
  'microphone=()',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'serial=()',
  'display-capture=()',
  'browsing-topics=()',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ')

/** Content policy with a nonce per answer, and the usual protective headers; nothing from foreign hosts. */
export function securityHeaders({
  https,
  development,
}: {
  https: boolean
  development: boolean
}): RequestHandler[] {
  const nonce = (_request: unknown, response: unknown) => `'nonce-${nonceOf(response as Response)}'`
  return [
    (_request, response, next) => {
      response.locals.nonce = randomBytes(18).toString('base64url')
      next()
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", nonce, "'strict-dynamic'"],
          // Vite injects unmarked styles while developing
          styleSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
          // style attributes of server-rendered markup and of the editor's row alignment
          styleSrcAttr: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          ...(https ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
      crossOriginEmbedderPolicy: false,
    }),
    (_request, response, next) => {
      response.setHeader('Permissions-Policy', PERMISSIONS)
      // files of the build take it back; everything else is private unless it says otherwise
      response.setHeader('Cache-Control', PRIVATE)
      next()
    },
  ]
}
