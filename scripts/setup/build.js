import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, withLock } from './lock.js'
import { step } from './progress.js'
import { fromRoot, ROOT } from './root.js'
import { run } from './run.js'
import { SetupError } from './setup-error.js'

/** What a build is made from; a change in any of them makes the build stale. */
const SOURCES = [
  'app',
  'models',
  'public',
  'server',
  'shared',
  'package-lock.json',
  'remix.config.js',
  'scripts/patch-packages.js',
  'scripts/setup/build.js',
  'tsconfig.json',
  'vite.config.ts',
]
const BUILDS_KEPT = 3
const USERS = '.used-by'

/**
 * Builds what the sources say, unless it is there already. A build has a folder of its own named
 * after its sources, so that building never disturbs a running copy.
 *
 * @returns {Promise<string>} the folder: `client/`, `server/index.js` (Remix), `server.js` and its threads
 */
export async function ensureBuilt() {
  const folder = fromRoot('build', await sourceStamp())
  if (!isBuilt(folder)) {
    await withLock(
      fromRoot('.cache', 'build.lock'),
      async () => {
        if (isBuilt(folder)) return
        await step('Building', () => build(folder))
      },
      () => console.log('Another copy is building; waiting for it …'),
    )
  }
  const now = new Date()
  await utimes(folder, now, now)
  await removeOldBuilds(folder)
  return folder
}

/** Keeps a build from being removed while this process lives. @param {string} folder */
export async function claimBuild(folder) {
  const mark = join(folder, USERS, String(process.pid))
  await mkdir(join(folder, USERS), { recursive: true })
  await writeFile(mark, '')
  process.on('exit', () => rmSync(mark, { force: true }))
}

/** @param {string} folder */
function isBuilt(folder) {
  return existsSync(join(folder, 'server.js'))
}

/** @param {string} folder */
async function build(folder) {
  const draft = fromRoot('build', `.tmp-${process.pid}`)
  await rm(draft, { recursive: true, force: true })
  const env = { NODE_ENV: 'production', TWINWARD_BUILD_DIR: draft }
  await runBuilder(['@remix-run/dev/dist/cli.js', 'vite:build', '--logLevel', 'warn'], env)
  // Remix empties its folder first, so the server joins it afterwards
  await bundle('server/main.ts', join(draft, 'server.js'))
  // Beside the server, which looks for them there
  await bundle('server/collab/heavy-thread.ts', join(draft, 'collab-thread.js'))
  await bundle('server/adapters/slides/slide-thread.ts', join(draft, 'slide-thread.js'))
  await rename(draft, folder).catch(async (error) => {
    if (!isBuilt(folder)) throw error
    await rm(draft, { recursive: true, force: true })
  })
}

/** @param {string} entry @param {string} outfile */
async function bundle(entry, outfile) {
  const esbuild = await import('esbuild')
  await esbuild
    .build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    })
    .catch((error) => {
      throw new SetupError(`The server could not be built:\n${error.message}`)
    })
}

/**
 * @param {string[]} args a script inside node_modules and its arguments
 * @param {Record<string, string>} env
 */
async function runBuilder([script, ...args], env) {
  const outcome = await run(process.execPath, [fromRoot('node_modules', script), ...args], { env })
  if (outcome.code === 0) return
  throw new SetupError(`The pages could not be built:\n${fromFirstError(outcome.output)}`)
}

/** Vite says what is wrong first and then dumps everything it knows. @param {string} output */
function fromFirstError(output) {
  const lines = output.trim().split('\n')
  const first = lines.findIndex((line) => /error|could not|failed/i.test(line))
  return lines.slice(Math.max(first, 0), Math.max(first, 0) + 15).join('\n')
}

/** A short hash over names and contents of everything a build is made from. */
async function sourceStamp() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const path of await filesBelow(source)) {
      hash
        .update(`${path}\0`)
        .update(await readFile(fromRoot(path)))
        .update('\0')
    }
  }
  return hash.digest('hex').slice(0, 12)
}

/**
 * @param {string} path relative to the root
 * @returns {Promise<string[]>} the file itself or every file below it, in a stable order
 */
async function filesBelow(path) {
  const found = await stat(fromRoot(path)).catch(() => null)
  if (found === null) return []
  if (found.isFile()) return [path]
  const names = (await readdir(fromRoot(path))).filter((name) => !name.startsWith('.')).sort()
  const below = await Promise.all(names.map((name) => filesBelow(`${path}/${name}`)))
  return below.flat()
}

/** Removes what crashed builds left and all but the newest builds nobody runs. @param {string} current */
async function removeOldBuilds(current) {
  const names = await readdir(fromRoot('build')).catch(() => [])
  for (const name of names) {
    const owner = Number(/^\.tmp-(\d+)$/.exec(name)?.[1])
    if (owner > 0 && !isAlive(owner)) await remove(name)
  }
  const builds = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{12}$/.test(name) && fromRoot('build', name) !== current)
      .map(async (name) => {
        const found = await stat(fromRoot('build', name)).catch(() => null)
        return { name, at: found?.mtimeMs ?? 0 }
      }),
  )
  builds.sort((one, other) => other.at - one.at)
  for (const { name } of builds.slice(BUILDS_KEPT - 1)) {
    if (!(await isInUse(fromRoot('build', name)))) await remove(name)
  }
}

/** @param {string} folder */
async function isInUse(folder) {
  const users = await readdir(join(folder, USERS)).catch(() => [])
  return users.some((pid) => isAlive(Number(pid)))
}

/** @param {string} name */
async function remove(name) {
  await rm(fromRoot('build', name), { recursive: true, force: true }).catch(() => {})
}
