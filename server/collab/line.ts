import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import { type CloseReason, closeCodeOf } from '../../shared/errors'
import { deniedFrame } from './frames'
import { MAX_BUFFERED_AT_ONCE, MAX_BUFFERED_BYTES, TIMINGS } from './limits'

export type LineEvents = {
  frame(bytes: Uint8Array, isBinary: boolean): void
  /** The socket is no more, or will not be read any more. */
  gone(reason: string): void
}

/** A WebSocket with its pulse: what does not answer, or does not read, is ended. */
export class Line {
  private heardAt = performance.now()
  private pingedAt = this.heardAt
  private fullSince: number | null = null

  constructor(
    private readonly socket: WebSocket,
    /** What the socket writes to. */
    private readonly stream: Duplex,
    log: Logger,
    private readonly events: LineEvents,
  ) {
    socket.on('message', (data, isBinary) => {
      this.heardAt = performance.now()
      events.frame(bytesOf(data), isBinary)
    })
    socket.on('pong', () => {
      this.heardAt = performance.now()
    })
    // ws closes the socket itself with the right code; without a listener the process would end
    socket.on('error', (error) => log.debug({ err: error }, 'a collab socket failed'))
    socket.on('close', () => events.gone('closed'))
  }

  get lastHeard(): number {
    return this.heardAt
  }

  /** In the order of the calls; nothing of a closing socket is written. */
  write(wire: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.stream.write(wire)
    if (this.socket.bufferedAmount > MAX_BUFFERED_AT_ONCE) this.drop('slow_reader')
  }

  /** What comes now stays in the network. */
  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    if (this.socket.isPaused) this.socket.resume()
  }

  /** Say why and close. @param detail follows the reason in the closing frame */
  close(reason: CloseReason, detail?: number): void {
    const code = closeCodeOf(reason)
    if (code >= 4400) this.write(toWire(deniedFrame(reason)))
    this.events.gone(reason)
    this.socket.close(code, detail === undefined ? reason : `${reason} ${detail}`)
    this.resume()
    setTimeout(() => this.socket.terminate(), TIMINGS.closingMs).unref()
  }

  /** It is closed, on the wire too. */
  closed(): Promise<void> {
    if (this.socket.readyState === this.socket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => this.socket.once('close', () => resolve()))
  }

  /** Ping it now and then, and end it if it is dead or does not read. */
  sweep(now: number, limits: { pingMs: number; deadMs: number; slowReaderMs: number }): void {
    this.fullSince =
      this.socket.bufferedAmount > MAX_BUFFERED_BYTES ? (this.fullSince ?? now) : null
    const isSlow = this.fullSince !== null && now - this.fullSince > limits.slowReaderMs
    if (now - this.heardAt > limits.deadMs) this.drop('dead')
    else if (isSlow) this.drop('slow_reader')
    else if (now - this.pingedAt >= limits.pingMs && this.socket.readyState === this.socket.OPEN) {
      this.pingedAt = now
      this.socket.ping()
    }
  }

  private drop(why: string): void {
    this.events.gone(why)
    this.socket.terminate()
  }
}

/**
 * A WebSocket message of one unmasked, uncompressed binary frame (RFC 6455, 5.2), made once for
 * everybody who hears it and written in one piece.
 */
export function toWire(message: Uint8Array): Buffer {
  const { length } = message
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const wire = Buffer.allocUnsafe(head + length)
  wire[0] = 0x82
  if (head === 2) wire[1] = length
  else if (head === 4) {
    wire[1] = 126
    wire.writeUInt16BE(length, 2)
  } else {
    wire[1] = 127
    wire.writeUIntBE(0, 2, 2)
    wire.writeUIntBE(length, 4, 6)
  }
  wire.set(message, head)
  return wire
}

/** Exactly the frame; ws hands out views into larger buffers, so who keeps it copies it. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data))
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(data.buffer, data.byteOffset, data.length)
}
