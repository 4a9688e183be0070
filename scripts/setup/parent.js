import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 500

/**
 * Ends this process as by SIGTERM when the npm that started it ends. npm passes signals to a shell,
 * the shell does not pass them on, and a killed npm passes nothing: the server would live on unseen
 * and keep its port and its data directory.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npm = parentOf(shell)
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  timer.unref()
}

/** @param {number} pid @returns {number | undefined} undefined where the system does not tell in a file */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
