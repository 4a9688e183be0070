import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DIALECTS } from '../clients/dialect'
import { freePort, type Started, startProcess } from '../processes'
import type { Database } from './database'
import type { Contestant } from './target'
import { createBenchWorld, SOCKETS_PER_PERSON } from './world'

const READY = /Twinward is at http:\/\/[^:\s]+:(\d+)/

/**
 * The production build, with everything on that a deployment has on.
 *
 * @param build the folder of a build, with `server.js` in it
 */
export function ours(name: string, build: string, database: Database): Contestant {
  let taken = 0
  return {
    name,
    async prepare(needs) {
      taken += 1
      const uri = database.uriOf(`bench_${name.replace(/\W/g, '_')}_${taken}_${Date.now()}`)
      const { rooms, cookies, threadId } = await createBenchWorld(uri, needs)
      const dataDir = await mkdtemp(join(tmpdir(), 'twinward-bench-ours-'))
      const env = {
        HOST: '127.0.0.1',
        PORT: '0',
        MONGODB_URI: uri,
        DATA_DIR: dataDir,
        SESSION_SECRET: '-'.repeat(32),
        DEMO: '0',
        LOG_LEVEL: 'warn',
        REDIS_URL: '',
      }
      let running: Started | null = null
      return {
        rooms,
        async start() {
          const inspectPort = await freePort()
          const args = [`--inspect-port=${inspectPort}`, join(resolve(build), 'server.js')]
          running = await startProcess(args, env, resolve(build), READY)
          const { pid, port } = running
          return {
            name,
            dialect: DIALECTS.ours,
            acknowledges: true,
            port,
            pid,
            databasePid: database.pid,
            inspectPort,
            thread: { id: threadId },
            cookieOf: (n) => cookies[Math.floor(n / SOCKETS_PER_PERSON) % cookies.length] ?? '',
          }
        },
        async kill() {
          await running?.kill()
          running = null
        },
        async stop() {
          await running?.stop()
          running = null
        },
        async clear() {
          await running?.kill()
          await rm(dataDir, { recursive: true, force: true })
        },
      }
    },
  }
}
