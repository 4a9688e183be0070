/** Frames that wait for their turn, in the order in which they came. */
export class HeldFrames {
  private readonly frames: Uint8Array[] = []
  /** Of all of them together. */
  bytes = 0

  get first(): Uint8Array | undefined {
    return this.frames[0]
  }

  add(frame: Uint8Array): void {
    // a view would keep all of what came with it
    this.frames.push(frame.slice())
    this.bytes += frame.length
  }

  take(): Uint8Array | undefined {
    const frame = this.frames.shift()
    if (frame) this.bytes -= frame.length
    return frame
  }

  clear(): void {
    this.frames.length = 0
    this.bytes = 0
  }
}
