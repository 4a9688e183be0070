import { spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { ensureInstalled } from '../setup/install.js'
import { endWithNpm } from '../setup/parent.js'
import { fromRoot, ROOT } from '../setup/root.js'

/** Vite brings changes of `app/` to the page by itself; these need a new server. */
const WATCHED = ['server', 'models', 'shared']
const SETTLE_MS = 150

/** The server from its sources, started again when they change. */
export async function dev() {
  endWithNpm()
  await ensureInstalled()
  let child = run()
  let [restarting, ending] = [false, false]
  let timer

  function run() {
    const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: 'inherit',
      // a group of its own: Ctrl+C comes to this process, which passes it on once
      detached: process.platform !== 'win32',
    })
    started.on('exit', (code) => {
      if (ending) process.exit(code ?? 0)
      if (restarting) {
        restarting = false
        child = run()
      } else {
        console.log('The server has ended; it starts again when a file changes.')
        child = undefined
      }
    })
    return started
  }
  const restart = () => {
    if (child === undefined) child = run()
    else if (!restarting) {
      restarting = true
      child.kill('SIGTERM')
    }
  }
  for (const folder of WATCHED.map((name) => fromRoot(name)).filter(existsSync)) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(restart, SETTLE_MS)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (child === undefined) process.exit(0)
      ending = true
      child.kill(signal)
    })
  }
}
