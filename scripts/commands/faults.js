import { ensureInstalled } from '../setup/install.js'
import { ensureMongod } from '../setup/mongod.js'
import { ensureRedis } from '../setup/redis.js'
import { endWithSignals, run } from '../setup/run.js'

/** Tries to lose a word, many times over; docs/fault-tests.md. @param {string[]} args */
export async function faults(args) {
  endWithSignals()
  await ensureInstalled()
  const redis = await ensureRedis().catch((error) => {
    console.log(error.message)
    return 'none'
  })
  const env = { NODE_ENV: 'test', MONGOD_BINARY: await ensureMongod(), REDIS_SERVER: redis }
  const program = ['--import', 'tsx', 'tests/faults/long.ts', ...args]
  const { code } = await run(process.execPath, program, { show: true, env })
  process.exitCode = code ?? 1
}
