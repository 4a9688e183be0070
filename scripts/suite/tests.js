import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fromRoot, ROOT } from '../setup/root.js'
import { run } from '../setup/run.js'

/** @typedef {import('./checks.js').Result} Result */

/**
 * Runs Vitest and counts from its own report.
 *
 * @param {{ projects: string[], filters?: string[], env?: Record<string, string>, mayBeEmpty?: boolean }} options
 * @returns {Promise<Result>}
 */
export async function runTests({ projects, filters = [], env = {}, mayBeEmpty = false }) {
  const folder = await mkdtemp(join(tmpdir(), 'twinward-report-'))
  const file = join(folder, 'report.json')
  const args = [
    fromRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ...(mayBeEmpty ? ['--passWithNoTests'] : []),
    ...filters,
  ]
  try {
    const { code } = await run(process.execPath, args, {
      show: true,
      env: { NODE_ENV: 'test', ...env },
    })
    const report = await readFile(file, 'utf8').then(JSON.parse, () => undefined)
    return count(report, code, mayBeEmpty)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {any} report Vitest's, in Jest's form
 * @param {number | null} code
 * @param {boolean} mayBeEmpty
 * @returns {Result}
 */
function count(report, code, mayBeEmpty) {
  const failures = (report?.testResults ?? []).flatMap(failuresOf)
  const passed = report?.numPassedTests ?? 0
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  const ran = passed + failures.length
  if (failures.length === 0 && ran === 0 && !mayBeEmpty) failures.push('no test was run')
  else if (failures.length === 0 && code !== 0)
    failures.push('Vitest ended with an error outside the tests (it is above)')
  return { passed, failed: failures.length, skipped, failures }
}

/** The failed tests of a file; a file that could not be loaded, or failed around its tests, is one. */
function failuresOf({ name, status, assertionResults, message }) {
  const path = relative(ROOT, name)
  const failed = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${path} › ${test.fullName}`)
  if (failed.length > 0 || status !== 'failed') return failed
  return [`${path} › ${message?.split('\n', 1)[0] || 'the file could not be run'}`]
}
