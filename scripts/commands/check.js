import { ensureInstalled } from '../setup/install.js'
import { ensureMongod } from '../setup/mongod.js'
import { ensureRedis } from '../setup/redis.js'
import { endWithSignals } from '../setup/run.js'
import { checkLint, checkTypes } from '../suite/checks.js'
import { summarize } from '../suite/summary.js'
import { runTests } from '../suite/tests.js'

/** Everything that needs neither a build nor a browser. @param {string[]} filters */
export async function check(filters) {
  endWithSignals()
  await ensureInstalled()
  const redis = await ensureRedis().catch((error) => {
    console.log(`Skipped: ${error.message}`)
    return 'none'
  })
  // side by side: the tests mostly wait for databases and sockets
  const results = await Promise.all([
    checkTypes(),
    checkLint(),
    ensureMongod().then((mongod) =>
      runTests({
        projects: ['unit', 'integration'],
        filters,
        env: { MONGOD_BINARY: mongod, REDIS_SERVER: redis },
      }),
    ),
  ])
  summarize(results)
}
