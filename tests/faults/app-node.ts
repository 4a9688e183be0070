import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createTcpProxy } from '../fixtures/tcp-proxy'

const START_LIMIT_MS = 15_000
const KEPT_LOG = 20_000

export type AppNode = Awaited<ReturnType<typeof startAppNode>>

type Settings = Readonly<Record<string, string | undefined>>

/**
 * The sync server as a process that may be killed, stopped and started again on its port, and the
 * wire on which its clients reach it.
 *
 * @param program as `bundleServer` made it
 * @param settings its environment; see tests/fixtures/collab-process.ts
 */
export async function startAppNode(
  program: string,
  settings: Settings,
  random: () => number,
  first: Settings = {},
) {
  let { child, port } = await launch(program, { ...settings, ...first })
  let log = keepLog(child)
  const wire = await createTcpProxy('127.0.0.1', port, random)

  const isUp = () => child.exitCode === null && child.signalCode === null
  const died = async () => {
    if (isUp()) await once(child, 'exit')
  }
  return {
    address: `ws://127.0.0.1:${wire.port}`,
    /** Past the wire, for those whose line is always good. */
    get directAddress() {
      return `ws://127.0.0.1:${port}`
    },
    wire,
    isUp,
    /** Resolves when the process has ended, by itself or not. */
    died,
    /** What it had to say, for whoever looks into a failure. */
    log: () => log(),
    signal: (name: NodeJS.Signals) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL')
      await died()
    },
    /** In good order, as for an update of the program. */
    async stop() {
      child.kill('SIGTERM')
      await died()
    },
    async start(more: Settings = {}) {
      const before = log()
      const next = await launch(program, { ...settings, ...more, PORT: String(port) })
      child = next.child
      port = next.port
      const after = keepLog(child)
      log = () => before + after()
    },
    async close() {
      wire.close()
      child.kill('SIGKILL')
      await died()
    },
  }
}

async function launch(program: string, settings: Settings) {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'warn', ...settings, ENDS_WITH_STDIN: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => {})
  const said = keepLog(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (line) => resolve(Number(line)))
    child.once('exit', () => resolve(0))
  })
  clearTimeout(timer)
  // a failpoint may end it as soon as it has listened
  if (port === 0 && settings.PORT === undefined) throw new Error(`did not start:\n${said()}`)
  return { child, port: port || Number(settings.PORT) }
}

function keepLog({ stderr }: ChildProcess): () => string {
  let text = ''
  stderr?.on('data', (bytes) => {
    text = (text + bytes).slice(-KEPT_LOG)
  })
  return () => text
}
