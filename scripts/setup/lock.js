import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const POLL_MS = 250
/** A lock folder without its pid file is one being made or left behind half-made; after this it is the latter. */
const UNSIGNED_MS = 5_000

/**
 * Runs `work` while no other process of this machine does, waiting for its turn. A lock whose owner
 * has ended is broken.
 *
 * @template T
 * @param {string} path a folder that exists exactly while somebody holds the lock
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  let waited = false
  await mkdir(dirname(path), { recursive: true })
  while (!(await take(path))) {
    if (await isAbandoned(path)) {
      await breakLock(path)
      continue
    }
    if (!waited) onWait?.()
    waited = true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const release = () => rm(path, { recursive: true, force: true })
  try {
    return await work()
  } finally {
    await release()
  }
}

/** @param {string} path */
async function take(path) {
  try {
    await mkdir(path)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  await writeFile(join(path, 'pid'), `${process.pid} ${startOf(process.pid)}`)
  return true
}

/** @param {string} path */
async function isAbandoned(path) {
  const signed = await readFile(join(path, 'pid'), 'utf8').catch(() => '')
  const [pid, started] = signed.split(' ')
  // the number alone may be somebody else's by now: in containers they are small and come again
  if (Number(pid) > 0) return !isAlive(Number(pid)) || startOf(Number(pid)) !== started
  const made = await stat(path).catch(() => null)
  return made !== null && Date.now() - made.mtimeMs > UNSIGNED_MS
}

/**
 * Two processes may break the same lock: only one of them can rename it away. If it was taken anew
 * in between, it is put back.
 *
 * @param {string} path
 */
async function breakLock(path) {
  const aside = `${path}.stale-${process.pid}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if (!(await isAbandoned(aside))) await rename(aside, path).catch(() => {})
  await rm(aside, { recursive: true, force: true })
}

/**
 * When a process began, in the kernel's ticks since boot (proc(5), field 22); empty where that is unknown.
 *
 * @param {number} pid
 */
function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/**
 * @param {number} pid
 * @returns {boolean} true also for a process of another user, false for one that only waits to be reaped
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}
