import { once } from 'node:events'
import { WebSocket } from 'ws'

const OPENS_MS = 5_000

/** The V8 inspector of a running Node process, opened by a signal. */
export class Inspector {
  private calls = 0

  private constructor(private readonly socket: WebSocket) {}

  static async open(pid: number, port: number): Promise<Inspector> {
    process.kill(pid, 'SIGUSR1')
    const deadline = performance.now() + OPENS_MS
    for (;;) {
      const targets = await fetch(`http://127.0.0.1:${port}/json/list`)
        .then((response) => response.json())
        .catch(() => null)
      const url: unknown = Array.isArray(targets) ? targets[0]?.webSocketDebuggerUrl : undefined
      if (typeof url === 'string') {
        const socket = new WebSocket(url, { maxPayload: 512_000_000 })
        await once(socket, 'open')
        return new Inspector(socket)
      }
      if (performance.now() > deadline) throw new Error('the inspector does not open')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  call(method: string, params: object = {}): Promise<unknown> {
    this.calls += 1
    const id = this.calls
    return new Promise((resolve, reject) => {
      const hear = (data: Buffer) => {
        const answer = JSON.parse(data.toString())
        if (answer.id !== id) return
        this.socket.off('message', hear)
        if (answer.error) reject(new Error(answer.error.message))
        else resolve(answer.result)
      }
      this.socket.on('message', hear)
      this.socket.send(JSON.stringify({ id, method, params }))
    })
  }

  close(): void {
    this.socket.terminate()
  }
}
