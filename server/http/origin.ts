import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/

/**
 * May a write or an upgrade come from there? Its Origin must be our own address exactly; with no
 * address configured, it must be the Host asked for, and that must be this machine.
 */
export function isOwnOrigin(
  request: Pick<IncomingMessage, 'headers'>,
  publicUrl: string | undefined,
): boolean {
  const { origin, host } = request.headers
  if (request.headers['sec-fetch-site'] === 'cross-site') return false
  if (!origin || origin === 'null') return false
  if (publicUrl) return origin === new URL(publicUrl).origin
  return host !== undefined && LOOPBACK.test(host) && origin === `http://${host}`
}
