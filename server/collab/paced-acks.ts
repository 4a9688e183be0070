import { ackFrame } from './frames'

/**
 * Says how much of what a socket sent is durable: at once after a pause, at most every `ms` while it
 * writes on. Acknowledgements are cumulative: the last one says what those before it would have.
 */
export class PacedAcks {
  private unsaid: Uint8Array | null = null
  private saidAt = Number.NEGATIVE_INFINITY
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly ms: number,
    private readonly send: (frame: Uint8Array) => void,
  ) {}

  note(epoch: number, frames: number): void {
    this.unsaid = ackFrame(epoch, frames)
    const wait = this.saidAt + this.ms - performance.now()
    if (wait <= 0) this.say()
    else this.timer ??= setTimeout(() => this.say(), wait).unref()
  }

  say(): void {
    const ack = this.take()
    if (ack) this.send(ack)
  }

  /** What has not been said yet, to go along with something else. */
  take(): Uint8Array | null {
    const ack = this.unsaid
    if (!ack) return null
    this.stop()
    this.saidAt = performance.now()
    return ack
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.unsaid = null
  }
}
