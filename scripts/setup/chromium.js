import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installWithApt, readRelease } from './apt.js'
import { step } from './progress.js'
import { fromRoot } from './root.js'
import { run, tail } from './run.js'
import { SetupError } from './setup-error.js'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const FIXED_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}
const OWN_CACHE = fromRoot('.cache', 'browsers')

/**
 * A Chromium for the end-to-end tests: `CHROMIUM_PATH`, a system one, a cached one, the
 * distribution's package when that may be installed, a download.
 *
 * @returns {Promise<string>} the path of a program that starts
 * @throws SetupError with what was tried
 */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (await starts(named)) return named
    throw new SetupError(
      `CHROMIUM_PATH is ${named}, which does not start: point it at a Chromium or unset it.`,
    )
  }
  const found = (await firstThatStarts(systemPlaces())) ?? (await cached())
  if (found) return found
  const tried = [`none of ${NAMES.join(', ')} is on PATH`]
  return (await fromDistribution(tried)) ?? (await downloaded(tried)) ?? refuse(tried)
}

/** @param {string[]} tried @returns {never} */
function refuse(tried) {
  throw new SetupError(
    `The end-to-end tests need Chromium and none could be had (${tried.join('; ')}): ` +
      'install one with the system package manager, or set CHROMIUM_PATH.',
  )
}

function systemPlaces() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...(FIXED_PLACES[process.platform] ?? [])]
}

/** @param {string[]} places */
async function firstThatStarts(places) {
  for (const place of places) if (existsSync(place) && (await starts(place))) return place
  return undefined
}

/** @param {string} path */
async function starts(path) {
  // `--version` of the Windows builds opens a window instead of answering
  if (process.platform === 'win32') return existsSync(path)
  const { code, output } = await run(path, ['--version'], { timeoutMs: 20_000 })
  return code === 0 && /\d+\.\d+\.\d+/.test(output)
}

/** Where playwright-core keeps its browsers: the project's own cache, then the user's. */
async function cached() {
  const script = "process.stdout.write(require('playwright-core').chromium.executablePath())"
  const homes = [{ PLAYWRIGHT_BROWSERS_PATH: OWN_CACHE }, {}]
  const places = await Promise.all(
    homes.map((env) => run(process.execPath, ['-e', script], { env, timeoutMs: 20_000 })),
  )
  return firstThatStarts(places.filter(({ code }) => code === 0).map(({ output }) => output))
}

/** Debian's package is the browser itself; Ubuntu's needs snapd, which containers lack. @param {string[]} tried */
async function fromDistribution(tried) {
  const release = await readRelease()
  const name = /^ID=ubuntu/m.test(release) ? 'chromium-browser' : 'chromium'
  const outcome = await installWithApt(name, release)
  const found = await firstThatStarts(systemPlaces())
  if (!found) tried.push(outcome)
  return found
}

/** @param {string[]} tried */
async function downloaded(tried) {
  const cli = fromRoot('node_modules', 'playwright-core', 'cli.js')
  const outcome = await step('Downloading Chromium', () =>
    run(process.execPath, [cli, 'install', 'chromium'], {
      env: { PLAYWRIGHT_BROWSERS_PATH: OWN_CACHE },
      timeoutMs: 600_000,
    }),
  )
  const found = await cached()
  if (!found) tried.push(`download: ${tail(outcome.output, 1) || 'it does not start'}`)
  return found
}
