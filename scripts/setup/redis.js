import { installWithApt, readRelease } from './apt.js'
import { run } from './run.js'
import { SetupError } from './setup-error.js'

const NAME = 'redis-server'

/**
 * A redis-server for the tests of several processes: `REDIS_SERVER`, one on `PATH`, the
 * distribution's package when that may be installed.
 *
 * @returns {Promise<string>} a program that starts
 * @throws SetupError with what was tried
 */
export async function ensureRedis() {
  const named = process.env.REDIS_SERVER
  if (named) {
    if (await starts(named)) return named
    throw new SetupError(
      `REDIS_SERVER is ${named}, which does not start: point it at a redis-server or unset it.`,
    )
  }
  if (await starts(NAME)) return NAME
  const outcome = await installWithApt(NAME, await readRelease())
  if (await starts(NAME)) {
    // the tests start their own; the package's service was not asked for
    await run('systemctl', ['disable', '--now', NAME], { timeoutMs: 20_000 })
    return NAME
  }
  throw new SetupError(
    'The tests of several processes need redis-server and none could be had ' +
      `(none is on PATH; ${outcome}): install it with the system package manager, or set REDIS_SERVER.`,
  )
}

/** @param {string} program */
async function starts(program) {
  const { code, output } = await run(program, ['--version'], { timeoutMs: 20_000 })
  return code === 0 && /v=\d+\./.test(output)
}
