import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import type { HttpWorld } from './app'

type Pages = Pick<HttpWorld, 'build' | 'clientDir' | 'viteMiddleware'>

/**
 * The pages: in production the build that lies beside this bundle, in development through Vite inside
 * our own server, on the same port.
 *
 * @throws Error if there is no build
 */
export async function readPages(development: boolean, server: Server): Promise<Pages> {
  return development ? throughVite(server) : fromBuild()
}

async function fromBuild(): Promise<Pages> {
  const here = dirname(fileURLToPath(import.meta.url))
  const file = join(here, 'server', 'index.js')
  if (!existsSync(file))
    throw new Error('There is no build here. Run "npm start", which makes one.')
  const build: ServerBuild = await import(pathToFileURL(file).href)
  return { build, clientDir: join(here, 'client') }
}

async function throughVite(server: Server): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    server: { middlewareMode: true, hmr: { server } },
    clearScreen: false,
  })
  return {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    clientDir: undefined,
    viteMiddleware: vite.middlewares,
  }
}
