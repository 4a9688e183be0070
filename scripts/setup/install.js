import { readFile } from 'node:fs/promises'
import { patchPackages } from '../patch-packages.js'
import { withLock } from './lock.js'
import { step } from './progress.js'
import { fromRoot } from './root.js'
import { run } from './run.js'
import { SetupError } from './setup-error.js'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} Locked */

/** Brings `node_modules` in line with `package-lock.json`; safe when two copies do it at once. */
export async function ensureInstalled() {
  if (!(await isInstalled())) {
    await withLock(
      fromRoot('.cache', 'install.lock'),
      async () => {
        if (await isInstalled()) return
        await step('Installing packages (about a minute the first time)', install)
      },
      () => console.log('Another copy is installing packages; waiting for it …'),
    )
  }
  await patchPackages()
}

async function install() {
  // npm tells its children where it lives; without it (plain `node scripts/…`) PATH has to do
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const viaNode = npm !== undefined && /npm-cli\.c?js$/.test(npm)
  const outcome = viaNode
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' })
  if (outcome.code === 0) return
  throw new SetupError(
    `Packages could not be installed: "npm ci" failed with what follows; check the network and run the command again.\n${outcome.output.trim().split('\n').slice(0, 15).join('\n')}`,
  )
}

/** Compares what npm recorded as installed with the lock, package by package; times do not matter. */
async function isInstalled() {
  const [lock, installed] = await Promise.all([
    readPackages(fromRoot('package-lock.json')),
    readPackages(fromRoot('node_modules', '.package-lock.json')).catch(() => null),
  ])
  if (installed === null) return false
  const wanted = Object.entries(lock).filter(([path]) => path !== '')
  return (
    wanted.every(([path, entry]) => {
      const there = installed[path]
      if (there === undefined) return entry.optional === true
      return there.version === entry.version && there.integrity === entry.integrity
    }) &&
    Object.entries(installed).every(([path, entry]) => path in lock && suitsThisMachine(entry))
  )
}

/** A `node_modules` copied from another kind of machine holds that machine's binaries. @param {Locked} entry */
function suitsThisMachine({ os, cpu }) {
  return (
    (os === undefined ||
      os.includes(process.platform) ||
      os.some((name) => name.startsWith('!'))) &&
    (cpu === undefined || cpu.includes(process.arch) || cpu.some((name) => name.startsWith('!')))
  )
}

/**
 * @param {string} path
 * @returns {Promise<Record<string, Locked>>}
 */
async function readPackages(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages
}
