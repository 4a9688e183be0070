import { ensureInstalled } from '../setup/install.js'
import { endWithSignals } from '../setup/run.js'
import { runTests } from '../suite/tests.js'

/** The measurements; they print their own tables. @param {string[]} filters */
export async function bench(filters) {
  endWithSignals()
  await ensureInstalled()
  const { failures } = await runTests({ projects: ['bench'], filters, mayBeEmpty: true })
  process.exitCode = failures.length > 0 ? 1 : 0
}
