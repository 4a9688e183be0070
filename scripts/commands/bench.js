import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ensureInstalled } from '../setup/install.js'
import { ensureMongod } from '../setup/mongod.js'
import { fromRoot } from '../setup/root.js'
import { endWithSignals, run, tail } from '../setup/run.js'
import { runTests } from '../suite/tests.js'

const PEERS = fromRoot('tests', 'bench', 'peers')
const LIMIT_MS = 300_000

/**
 * The measurements; they print their own tables.
 *
 * @param {string[]} args nothing for all of them; `collab`, then scenarios and options, for the sync
 *   server beside others (`tests/bench/collab/options.ts` lists them); else filters as Vitest takes them
 */
export async function bench(args) {
  endWithSignals()
  await ensureInstalled()
  const isAll = args.every((arg) => arg.startsWith('--'))
  if (isAll || args[0] === 'collab') {
    const code = await measureCollab(isAll ? args : args.slice(1))
    if (code !== 0) process.exitCode = 1
  }
  if (args.length === 0 || (!isAll && args[0] !== 'collab')) {
    const { failures } = await runTests({ projects: ['bench'], filters: args, mayBeEmpty: true })
    if (failures.length > 0) process.exitCode = 1
  }
}

/** @param {string[]} args */
async function measureCollab(args) {
  await ensurePeers()
  const { code } = await run(
    process.execPath,
    ['--import', 'tsx', 'tests/bench/collab/run.ts', ...args],
    { show: true, env: { MONGOD_BINARY: await ensureMongod() } },
  )
  return code
}

/** The other servers have packages of their own; without them ours is measured alone. */
async function ensurePeers() {
  if (await hasPeers()) return
  console.log('Installing the servers to compare with …')
  const args = ['ci', '--prefix', PEERS, '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await run('npm', args, {
    shell: process.platform === 'win32',
    timeoutMs: LIMIT_MS,
  })
  if (code === 0) return
  console.log(`They could not be installed, so only ours is measured:\n${tail(output.trim(), 5)}`)
}

/** Is what the lock says installed? */
async function hasPeers() {
  const installed = fromRoot('tests', 'bench', 'peers', 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const [wanted, found] = await Promise.all(
    [fromRoot('tests', 'bench', 'peers', 'package-lock.json'), installed].map(async (file) =>
      Object.entries(JSON.parse(await readFile(file, 'utf8')).packages),
    ),
  )
  const versions = Object.fromEntries(found.map(([path, { version }]) => [path, version]))
  return wanted.every(
    ([path, { version, optional }]) => path === '' || optional || versions[path] === version,
  )
}
