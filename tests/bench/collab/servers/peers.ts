import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DIALECTS, type Dialect } from '../clients/dialect'
import { freePort, type Started, startProcess } from '../processes'
import type { Contestant, Needs, Stage } from './target'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'peers')
const LISTENING = /listening on (\d+)/

const PEERS: Readonly<Record<string, { script: string; dialect: Dialect }>> = {
  relay: { script: 'relay.js', dialect: DIALECTS.relay },
  yws: { script: 'yws.js', dialect: DIALECTS.stock },
  'socket.io': { script: 'socketio.js', dialect: DIALECTS.relay },
  hocuspocus: { script: 'hocuspocus.js', dialect: DIALECTS.hocuspocus },
}

export const PEER_NAMES = Object.keys(PEERS)

/** Other servers have packages of their own, which may not be there. */
export const hasPeers = () => existsSync(join(FOLDER, 'node_modules', 'ws'))

export function peer(name: string): Contestant {
  const found = PEERS[name]
  if (!found) throw new Error(`no peer is called ${name}: ours, ${PEER_NAMES.join(', ')}`)
  return { name, prepare: (needs) => prepare(name, found, needs) }
}

async function prepare(
  name: string,
  { script, dialect }: { script: string; dialect: Dialect },
  { rooms, seed }: Needs,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), `twinward-bench-${name}-`))
  const names = Array.from({ length: rooms }, () => randomBytes(12).toString('hex'))
  const seeds = join(folder, 'seeds.json')
  await writeFile(
    seeds,
    JSON.stringify({ rooms: names, update: Buffer.from(seed).toString('base64') }),
  )
  const env: Record<string, string> = { DATA: join(folder, 'data'), SEEDS: seeds }
  let running: Started | null = null

  return {
    rooms: names,
    async start() {
      const inspectPort = await freePort()
      const args = [`--inspect-port=${inspectPort}`, script]
      running = await startProcess(args, env, FOLDER, LISTENING)
      delete env.SEEDS
      const { pid, port } = running
      return {
        name,
        dialect,
        acknowledges: false,
        port,
        pid,
        databasePid: null,
        inspectPort,
        thread: null,
        cookieOf: () => '-',
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
      await rm(folder, { recursive: true, force: true })
    },
  }
}
