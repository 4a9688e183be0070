import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const APP = join(ROOT, 'app')
const EXPORTED = /^export (?:const|async function|function) (loader|action)\b/gm

type FileRoute = { id: string; file: string; path?: string; index?: boolean; parentId?: string }

/** The routes that Remix makes of the files, as its own reader of them says; `root` is among them. */
export function fileRoutes(): FileRoute[] {
  const require = createRequire(import.meta.url)
  const { flatRoutes } = require('@remix-run/dev/dist/config/flat-routes.js')
  const found: Record<string, FileRoute> = flatRoutes(APP, ['**/.*'])
  return [{ id: 'root', file: 'root.tsx', path: '' }, ...Object.values(found)]
}

/** What of a route takes requests, by the words of its file: `loader`, `action`. */
export function entriesOf({ file }: FileRoute): ('loader' | 'action')[] {
  const source = readFileSync(join(APP, file), 'utf8')
  return [...source.matchAll(EXPORTED)].flatMap(([, name]) =>
    name === 'loader' || name === 'action' ? [name] : [],
  )
}

/** The address of a route, with its parameters by name: `/partnerships/:slug/people`. */
export function addressOf(route: FileRoute, all: readonly FileRoute[]): string {
  const parent = all.find(({ id }) => id === route.parentId)
  const above = parent ? addressOf(parent, all) : ''
  return `${above === '/' ? '' : above}/${route.path ?? ''}`.replace(/\/+$/, '') || '/'
}

/**
 * Remix's router over the routes as they are in the sources, without a build and without a face: its
 * loaders and actions take their requests through the app, and a page is answered with its status.
 */
export async function pagesFromSources(): Promise<ServerBuild> {
  const found = fileRoutes()
  const routes = await Promise.all(
    found.map(async (route) => {
      const module = await import(/* @vite-ignore */ pathToFileURL(join(APP, route.file)).href)
      const { loader, action, default: page } = module
      // what has no page answers as it is; what has one is answered without its face
      const face = page && { default: () => null }
      return [
        route.id,
        {
          id: route.id,
          ...(route.parentId ? { parentId: route.parentId } : {}),
          ...(route.path === undefined ? {} : { path: route.path }),
          ...(route.index ? { index: true as const } : {}),
          module: { ...face, ...(loader && { loader }), ...(action && { action }) },
        },
      ] as const
    }),
  )
  return {
    routes: Object.fromEntries(routes),
    entry: {
      module: {
        default: (_request: Request, status: number, headers: Headers) =>
          new Response('', { status, headers }),
        handleError() {},
      },
    },
    assets: {
      entry: { module: '', imports: [] },
      routes: {},
      url: '',
      version: '',
    },
    publicPath: '/',
    assetsBuildDirectory: '',
    basename: '/',
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_routeConfig: false,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: true,
      unstable_optimizeDeps: false,
    },
    isSpaMode: false,
    mode: 'test',
  } as unknown as ServerBuild
}
