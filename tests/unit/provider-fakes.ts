import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { BrowserWorld } from '../../app/features/editor/provider/browser-world'
import type {
  DeviceRow,
  DeviceRows,
  DeviceStore,
  KeyedRow,
} from '../../app/features/editor/provider/device-store'
import type { Rescued, RescueShelf } from '../../app/features/editor/provider/rescued-shelf'
import type { Timers } from '../../app/features/editor/provider/timers'
import { MESSAGE_ACK, MESSAGE_REFUSED, MESSAGE_SYNC } from '../../shared/collab/wire'

/** Time that passes when told to. */
export class HandTimers implements Timers {
  #now = 1_000_000
  #appointments = new Map<number, { at: number; run: () => void }>()
  #last = 0

  now = () => this.#now

  after(ms: number, run: () => void): () => void {
    const id = ++this.#last
    this.#appointments.set(id, { at: this.#now + ms, run })
    return () => this.#appointments.delete(id)
  }

  get open(): number {
    return this.#appointments.size
  }

  /** When the next appointment is, from now. */
  get next(): number {
    return Math.min(...[...this.#appointments.values()].map(({ at }) => at)) - this.#now
  }

  pass(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const due = [...this.#appointments].filter(([, { at }]) => at <= end)
      const [first] = due.sort(([, a], [, b]) => a.at - b.at)
      if (!first) break
      this.#appointments.delete(first[0])
      this.#now = Math.max(this.#now, first[1].at)
      first[1].run()
    }
    this.#now = end
  }
}

/** Lets promises that are settled already be heard. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}

/** The other end of a socket that a test plays. */
export class FakeSocket {
  static last: FakeSocket | undefined
  static all: FakeSocket[] = []
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly OPEN = 1
  readyState = 0
  binaryType = 'blob'
  sent: Uint8Array[] = []
  onopen: (() => void) | null = null
  #onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code?: number; reason?: string }) => void) | null = null
  onerror: (() => void) | null = null

  constructor(readonly url: string) {
    FakeSocket.last = this
    FakeSocket.all.push(this)
  }

  // an accessor, as a browser's socket has it
  get onmessage() {
    return this.#onmessage
  }

  set onmessage(hear) {
    this.#onmessage = hear
  }

  send(data: Uint8Array): void {
    this.sent.push(data)
  }

  close(): void {
    this.readyState = 3
  }

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  /** Opens and asks for what the server lacks, as the sync server does. */
  openAndAsk(server: Y.Doc = new Y.Doc()): void {
    this.open()
    this.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      encoding.writeVarUint(encoder, messageYjsSyncStep1)
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(server))
    })
    this.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      encoding.writeVarUint(encoder, messageYjsSyncStep2)
      encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(server))
    })
  }

  receive(write: (encoder: encoding.Encoder) => void): void {
    const bytes = encoding.encode(write)
    this.#onmessage?.({ data: bytes.slice().buffer })
  }

  update(update: Uint8Array): void {
    this.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      encoding.writeVarUint(encoder, messageYjsUpdate)
      encoding.writeVarUint8Array(encoder, update)
    })
  }

  ack(frames: number): void {
    this.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_ACK)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, frames)
    })
  }

  refuse(frame: number, code: string): void {
    this.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_REFUSED)
      encoding.writeVarUint(encoder, frame)
      encoding.writeVarString(encoder, code)
    })
  }

  end(code: number | undefined, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }

  /** Kinds of what was sent: `step1`, `step2`, `update`, or the message type. */
  get kinds(): string[] {
    return this.sent.map((frame) => {
      const [type, step] = frame
      return type === MESSAGE_SYNC ? (['step1', 'step2', 'update'][step ?? 9] ?? '?') : String(type)
    })
  }

  /** The updates and answers sent so far, applied to an empty document. */
  get received(): Y.Doc {
    const doc = new Y.Doc()
    for (const frame of this.sent) {
      const decoder = decoding.createDecoder(frame)
      if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) continue
      const step = decoding.readVarUint(decoder)
      if (step !== messageYjsSyncStep1) Y.applyUpdate(doc, decoding.readVarUint8Array(decoder))
    }
    return doc
  }
}

export type FakeWorld = BrowserWorld & { timers: HandTimers; asked: string[]; hidden: boolean }

/** A browser whose network and time the test plays. */
export function fakeWorld(answer: () => Promise<Response> = offlineAnswer): FakeWorld {
  FakeSocket.last = undefined
  FakeSocket.all = []
  const asked: string[] = []
  const world: FakeWorld = {
    origin: 'https://twin.example',
    socketOrigin: 'wss://twin.example',
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    fetch: (address) => {
      asked.push(String(address))
      return answer()
    },
    events: new EventTarget(),
    isHidden: () => world.hidden,
    saveData: false,
    timers: new HandTimers(),
    random: () => 1,
    asked,
    hidden: false,
  }
  return world
}

async function offlineAnswer(): Promise<Response> {
  throw new TypeError('Failed to fetch')
}

export function socket(): FakeSocket {
  if (!FakeSocket.last) throw new Error('no socket was opened')
  return FakeSocket.last
}

/** A device that stores in memory, when and whether the test says. */
export class MemoryStore implements DeviceStore {
  rows: KeyedRow[] = []
  dropped = false
  closed = false
  /** Resolves or rejects each `append`; without it they complete at once. */
  gate: (() => Promise<void>) | undefined
  refusesToOpen = false

  async open(): Promise<DeviceRows> {
    if (this.refusesToOpen) throw new DOMException('refused', 'SecurityError')
    this.closed = false
    return this.read()
  }

  async read(): Promise<DeviceRows> {
    return {
      saved: this.rows.filter(({ changes }) => changes === 0).map(({ update }) => update),
      unsaved: this.rows.filter(({ changes }) => changes > 0),
    }
  }

  async append(row: DeviceRow): Promise<number> {
    await this.gate?.()
    const key = (this.rows.at(-1)?.key ?? 0) + 1
    this.rows.push({ ...row, key })
    return key
  }

  async markSaved(keys: readonly number[]): Promise<void> {
    this.rows = this.rows.map((row) => (keys.includes(row.key) ? { ...row, changes: 0 } : row))
  }

  async drop(): Promise<void> {
    this.dropped = true
    this.rows = []
  }

  close(): void {
    this.closed = true
  }

  /** What would be there after a reload. */
  get document(): Y.Doc {
    const doc = new Y.Doc()
    for (const { update } of this.rows) Y.applyUpdate(doc, update)
    return doc
  }
}

export class MemoryShelf implements RescueShelf {
  kept: Rescued[] = []
  isFull = false

  async put(rescued: Rescued): Promise<void> {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError')
    this.kept.push(rescued)
  }

  async list(): Promise<Rescued[]> {
    return this.kept
  }

  async discard(id: string): Promise<void> {
    this.kept = this.kept.filter((rescued) => rescued.id !== id)
  }
}

/** Adds a paragraph to a body, as an editor would. */
export function write(doc: Y.Doc, text: string, root: 'body:en' | 'body:ru' = 'body:en'): void {
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    paragraph.insert(0, [words])
    words.insert(0, text)
    const body = doc.getXmlFragment(root)
    body.insert(body.length, [paragraph])
  }, 'editor')
}

export function textOf(doc: Y.Doc, root: 'body:en' | 'body:ru' = 'body:en'): string[] {
  return doc
    .getXmlFragment(root)
    .toArray()
    .map((node) =>
      node instanceof Y.XmlElement
        ? node
            .toArray()
            .map((child) => (child instanceof Y.XmlText ? child.toJSON() : ''))
            .join('')
        : '',
    )
}
