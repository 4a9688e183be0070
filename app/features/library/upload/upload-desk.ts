import type { UploadAddress, UploadJob } from './send-file'
import {
  holdsLine,
  isUnderway,
  queuedUpload,
  stepUpload,
  type UploadCommand,
  type UploadEvent,
  type UploadState,
} from './upload-machine'
import { lineLost } from './verdict'

/** One file on its way. */
export type Upload = { key: string; job: UploadJob; address: UploadAddress; state: UploadState }

/** What the desk does in the world. */
export type DeskHands = {
  /** Start sending; returns how to stop. */
  send: (upload: Upload, hear: (event: UploadEvent) => void) => () => void
  remove: (uploadId: string) => Promise<void>
  onArrived: (upload: Upload) => void
}

/**
 * The files that a page is sending, one after another. Holds no rule of its own: each step is the
 * machine's, each act a hand's.
 */
export class UploadDesk {
  private uploads: readonly Upload[] = []
  private readonly listeners = new Set<() => void>()
  private readonly stops = new Map<string, () => void>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private count = 0

  constructor(private readonly hands: DeskHands) {}

  readonly list = (): readonly Upload[] => this.uploads

  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  isBusy(): boolean {
    return this.uploads.some(({ state }) => isUnderway(state))
  }

  /** @param uploadId of the upload that this file goes on with */
  add(job: UploadJob, uploadId: string | null = null): void {
    this.count += 1
    const upload: Upload = {
      key: `upload-${this.count}`,
      job,
      address: { id: uploadId },
      state: queuedUpload(job.file.size),
    }
    this.set([...this.uploads, upload])
    this.giveTurn()
  }

  /** Take a file that has come to its end, one way or another, off the list. */
  forget(key: string): void {
    this.halt(key)
    this.set(this.uploads.filter((upload) => upload.key !== key))
    this.giveTurn()
  }

  tell(key: string, event: UploadEvent): void {
    const upload = this.uploads.find((each) => each.key === key)
    if (!upload) return
    const { state, commands } = stepUpload(upload.state, event)
    const stepped = { ...upload, state }
    if (state !== upload.state) {
      this.set(this.uploads.map((each) => (each.key === key ? stepped : each)))
    }
    for (const command of commands) this.act(stepped, command)
    if (state.phase === 'arrived' && upload.state.phase !== 'arrived') {
      this.halt(key)
      this.hands.onArrived(stepped)
    }
    if (state.phase === 'dropped') this.forget(key)
    this.giveTurn()
  }

  /** The browser says that it has a line again, or none any more. */
  lineIs(open: boolean): void {
    for (const { key, state } of this.uploads) {
      if (open && state.phase === 'waiting') this.tell(key, { is: 'try-again' })
      if (!open && state.phase === 'sending') {
        this.halt(key)
        this.tell(key, lineLost())
      }
    }
  }

  /** The page is left. What has arrived so far stays on the server, to go on from. */
  close(): void {
    for (const { key } of this.uploads) this.halt(key)
    this.uploads = []
  }

  private act(upload: Upload, command: UploadCommand): void {
    const { key, address } = upload
    if (command.do === 'wait') this.wait(key, command.ms)
    else if (command.do === 'send') this.send(upload)
    else this.halt(key)
    if (command.do === 'send-afresh') {
      address.id = null
      this.send(upload)
    }
    if (command.do === 'delete' && address.id) void this.hands.remove(address.id)
  }

  private send(upload: Upload): void {
    this.halt(upload.key)
    this.stops.set(
      upload.key,
      this.hands.send(upload, (event) => this.tell(upload.key, event)),
    )
  }

  private wait(key: string, ms: number): void {
    clearTimeout(this.timers.get(key))
    this.timers.set(
      key,
      setTimeout(() => this.tell(key, { is: 'try-again' }), ms),
    )
  }

  private halt(key: string): void {
    clearTimeout(this.timers.get(key))
    this.timers.delete(key)
    this.stops.get(key)?.()
    this.stops.delete(key)
  }

  private giveTurn(): void {
    if (this.uploads.some(({ state }) => holdsLine(state))) return
    const next = this.uploads.find(({ state }) => state.phase === 'queued')
    if (next) this.tell(next.key, { is: 'turn' })
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads
    for (const listener of this.listeners) listener()
  }
}
