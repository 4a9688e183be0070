import { run, tail } from './run.js'
import { SetupError } from './setup-error.js'

const LIMIT_MS = 900_000

/**
 * The mongod for the tests, by the same search that `npm start` makes. Needs the packages.
 *
 * @returns {Promise<string>} its path
 */
export async function ensureMongod() {
  const args = ['--import', 'tsx', 'tests/setup/find-mongod.ts']
  const { code, output } = await run(process.execPath, args, { timeoutMs: LIMIT_MS })
  if (code !== 0) throw new SetupError(tail(output, 1))
  return tail(output, 1)
}
