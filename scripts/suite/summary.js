/** @typedef {import('./checks.js').Result} Result */

/** @param {string} failure @returns {Result} */
export function oneFailure(failure) {
  return { passed: 0, failed: 1, skipped: 0, failures: [failure] }
}

/**
 * Lists what failed, ends with the plain line of counts, and sets the exit code.
 *
 * @param {Result[]} results
 */
export function summarize(results) {
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  const failures = results.flatMap((result) => result.failures)
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((f) => `  ✗ ${f}`).join('\n')}`)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
