import type { RequestContext } from '../../server/http/context'

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
