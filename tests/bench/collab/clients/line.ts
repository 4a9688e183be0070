import { connect, type Socket } from 'node:net'

const OPEN_MS = 20_000
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const PONG = 0x8a
const PING = 9
const CLOSE = 8

/**
 * A WebSocket client that costs next to nothing: no extensions, a mask of zeros, messages as views of
 * what the socket read.
 */
export class Line {
  bytesIn = 0
  messagesIn = 0
  closed: { code: number; reason: string } | null = null
  private rest: Buffer | null = null
  private parts: Buffer[] = []

  private constructor(
    private readonly socket: Socket,
    private readonly hear: (message: Buffer, line: Line) => void,
  ) {
    socket.on('data', (chunk) => this.read(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.closed ??= { code: 1006, reason: '' }
    })
  }

  /** @returns the line once the server has agreed to the upgrade */
  static open(
    port: number,
    path: string,
    cookie: string,
    hear: (message: Buffer, line: Line) => void,
  ): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      const late = setTimeout(() => {
        reject(new Error('no answer to an upgrade'))
        socket.destroy()
      }, OPEN_MS)
      const origin = `127.0.0.1:${port}`
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${origin}\r\nOrigin: http://${origin}\r\nCookie: ${cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`,
      )
      let head = Buffer.alloc(0)
      const readHead = (chunk: Buffer) => {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        clearTimeout(late)
        socket.off('data', readHead)
        const status = head.subarray(0, head.indexOf('\r\n')).toString()
        if (!status.includes(' 101 ')) {
          socket.destroy()
          return reject(new Error(`an upgrade was refused: ${status}`))
        }
        const line = new Line(socket, hear)
        resolve(line)
        if (head.length > end + 4) line.read(head.subarray(end + 4))
      }
      socket.on('data', readHead)
      socket.once('error', reject)
    })
  }

  static text(message: string): Buffer {
    const frame = Line.frame(Buffer.from(message))
    frame[0] = 0x81
    return frame
  }

  /** A binary message as it goes onto the wire. */
  static frame(...parts: readonly Uint8Array[]): Buffer {
    let length = 0
    for (const part of parts) length += part.length
    const head = length < 126 ? 6 : length < 65_536 ? 8 : 14
    const frame = Buffer.alloc(head + length)
    frame[0] = 0x82
    if (head === 6) frame[1] = 0x80 | length
    else if (head === 8) {
      frame[1] = 0x80 | 126
      frame.writeUInt16BE(length, 2)
    } else {
      frame[1] = 0x80 | 127
      frame.writeBigUInt64BE(BigInt(length), 2)
    }
    let at = head
    for (const part of parts) {
      frame.set(part, at)
      at += part.length
    }
    return frame
  }

  send(frame: Buffer): void {
    this.socket.write(frame)
  }

  /** What `work` sends goes out in one write. */
  together(work: () => void): void {
    this.socket.cork()
    work()
    this.socket.uncork()
  }

  destroy(): void {
    this.socket.destroy()
  }

  private read(chunk: Buffer): void {
    this.bytesIn += chunk.length
    let data = this.rest ? Buffer.concat([this.rest, chunk]) : chunk
    this.rest = null
    while (data.length >= 2) {
      const first = data[0] ?? 0
      let length = (data[1] ?? 0) & 0x7f
      let head = 2
      if (length === 126) {
        head = 4
        if (data.length < head) break
        length = data.readUInt16BE(2)
      } else if (length === 127) {
        head = 10
        if (data.length < head) break
        length = Number(data.readBigUInt64BE(2))
      }
      if (data.length < head + length) break
      this.take(first, data.subarray(head, head + length))
      data = data.subarray(head + length)
    }
    if (data.length > 0) this.rest = data
  }

  private take(first: number, payload: Buffer): void {
    const opcode = first & 0x0f
    if (opcode === PING) {
      this.socket.write(
        Buffer.concat([Buffer.from([PONG, 0x80 | payload.length, 0, 0, 0, 0]), payload]),
      )
    } else if (opcode === CLOSE) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      this.closed = { code, reason: payload.subarray(2).toString() }
    } else if (opcode <= 2) {
      this.parts.push(payload)
      if ((first & 0x80) === 0) return
      const message = this.parts.length === 1 ? payload : Buffer.concat(this.parts)
      this.parts = []
      this.messagesIn += 1
      this.hear(message, this)
    }
  }
}
