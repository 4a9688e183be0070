import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/
const HOST = /^([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/
/** Asked by what watches over the process, from the same machine. */
const HEALTH = /^\/(?:healthz|readyz)(?:\?|$)/

/** Under which names this server is asked for. */
export type OwnHosts = {
  publicUrl: string | undefined
  /** Further ones, in lower case; one without a port stands for all of them. */
  allowedHosts?: readonly string[] | undefined
}

/**
 * Is the request meant for us? Its one Host must be the configured address, or, with none configured,
 * this machine: a foreign name that somebody points at us gets nothing, not even a page
 * (DNS rebinding, poisoned links). A whole address in the request line is for proxies, which we are not.
 */
export function isOwnHost(
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'url'>,
  { publicUrl, allowedHosts = [] }: OwnHosts,
): boolean {
  if (!request.url?.startsWith('/')) return false
  const hosts = request.rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name))
  if (hosts.length !== 1) return false
  const [whole, name = '', port] = HOST.exec((request.headers.host ?? '').toLowerCase()) ?? []
  if (whole === undefined) return false
  if (allowedHosts.includes(whole) || allowedHosts.includes(name)) return true
  const isHere = LOOPBACK.test(name)
  if (!publicUrl || HEALTH.test(request.url)) return isHere || isOf(publicUrl, name, port)
  return isOf(publicUrl, name, port)
}

/** The usual port of the scheme may be left out or said. */
function isOf(publicUrl: string | undefined, name: string, port: string | undefined): boolean {
  if (!publicUrl) return false
  const own = new URL(publicUrl)
  const usual = own.protocol === 'https:' ? '443' : '80'
  return name === own.hostname && (port ?? usual) === (own.port || usual)
}
