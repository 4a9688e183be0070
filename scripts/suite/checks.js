import { fromRoot } from '../setup/root.js'
import { run } from '../setup/run.js'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Result */

/**
 * TypeScript over everything, the next time over what has changed; counts as one.
 *
 * @returns {Promise<Result>}
 */
export function checkTypes() {
  const known = ['--incremental', '--tsBuildInfoFile', fromRoot('.cache', 'types.tsbuildinfo')]
  return check('types', ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit', ...known])
}

/** Biome over everything; counts as one. @returns {Promise<Result>} */
export function checkLint() {
  return check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])
}

/**
 * @param {string} name
 * @param {string[]} command a script below the root and its arguments
 * @returns {Promise<Result>}
 */
async function check(name, [script, ...args]) {
  const began = Date.now()
  const { code, output } = await run(process.execPath, [fromRoot(script), ...args])
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (code === 0) {
    console.log(`✓ ${name} (${seconds} s)`)
    return { passed: 1, failed: 0, skipped: 0, failures: [] }
  }
  console.log(`✗ ${name} (${seconds} s)\n${output.trimEnd()}`)
  return { passed: 0, failed: 1, skipped: 0, failures: [`${name} (the report is above)`] }
}
