import { spawn } from 'node:child_process'
import { ROOT } from './root.js'

const KEPT_CHARACTERS = 200_000
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/** Makes a signal end this process in the ordinary way, which ends the programs it runs. */
export function endWithSignals() {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string }} Outcome */

/**
 * Runs a program in the root folder and waits for its end.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number, shell?: boolean }} [options]
 *   `show` passes its output through; otherwise it is kept (its last 200 000 characters)
 * @returns {Promise<Outcome>} also when it cannot be started: then `code` is null and `output` says why
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = ''
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-KEPT_CHARACTERS)
    }
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: options.shell ?? false,
    })
    running.add(child)
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const timer = options.timeoutMs && setTimeout(() => child.kill('SIGKILL'), options.timeoutMs)
    /** @param {Omit<Outcome, 'output'>} end */
    const settle = (end) => {
      if (timer) clearTimeout(timer)
      running.delete(child)
      resolve({ ...end, output })
    }
    child.on('error', (error) => {
      output += error.message
      settle({ code: null, signal: null })
    })
    child.on('close', (code, signal) => settle({ code, signal }))
  })
}

/**
 * @param {string} output
 * @param {number} lines
 */
export function tail(output, lines) {
  return output.trimEnd().split('\n').slice(-lines).join('\n')
}
