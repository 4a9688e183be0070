import { readFile } from 'node:fs/promises'
import { step } from './progress.js'
import { run, tail } from './run.js'

/** What `/etc/os-release` says; empty where there is none. */
export function readRelease() {
  return readFile('/etc/os-release', 'utf8').catch(() => '')
}

/**
 * Installs a package of Debian or Ubuntu where that may be done, without starting its services.
 *
 * @param {string} name
 * @param {string} release what `readRelease` gave
 * @returns {Promise<string>} why it could not be, or the last words of apt-get: the program may be there
 */
export async function installWithApt(name, release) {
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)) return 'there is no apt'
  if (process.getuid?.() !== 0) return 'apt needs root'
  // RUNLEVEL: what a package starts on its own asks for it, and starts nothing at 1
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const outcome = await step(`Installing ${name} with apt`, async () => {
    const updated = await run('apt-get', ['update', '-qq'], { env, timeoutMs: 120_000 })
    if (updated.code !== 0) return updated
    const args = ['install', '-y', '-qq', '--no-install-recommends', name]
    return run('apt-get', args, { env, timeoutMs: 600_000 })
  })
  return `apt-get install ${name}: ${tail(outcome.output, 1) || 'it does not start'}`
}
