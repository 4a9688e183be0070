import { inflateRawSync } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import {
  MESSAGE_ACK,
  MESSAGE_PACKED_STATE,
  MESSAGE_REFUSED,
  MESSAGE_SYNC,
} from '../../shared/collab/wire'
import { Writer } from './editing'
import type { Journal, Op } from './journal'
import type { Random } from './random'

/** First and longest wait before the next try to connect, milliseconds: short, as the runs are. */
const BACK_OFF = { first: 60, longest: 600 }
const PING_MS = 300
/** Close codes after which any client tries again: gone, restarting, unavailable, asked to resync. */
const PASSING = new Set([1000, 1001, 1005, 1006, 1012, 1013])

export type ClientOptions = {
  name: string
  userId: string
  room: string
  journal: Journal
  random: Random
  /** Where to connect now; asked for every connection. */
  address(): string
  /** Talks to no server that has been silent for so long. */
  watchdogMs: number
  /** This share of the frames is sent twice. */
  repeats?: number
  /** Neither asks for acknowledgements nor says what version it is, as stock clients. */
  stock?: boolean
  /** Hears of what must not happen to an honest client. */
  onTrouble(what: string): void
}

/** What the world needs of a virtual user's editor. */
export type FaultClient = {
  readonly name: string
  readonly doc: Y.Doc
  readonly isOpen: boolean
  /** Everything done in this document is acknowledged, and the server's state has come. */
  readonly isSaved: boolean
  readonly connections: number
  /** Asks to be told what is durable. */
  readonly hasAcks: boolean
  start(): void
  edit(): void
  /** The tab is closed and opened again: what was only in it is gone. */
  reload(): void
  close(): void
}

/**
 * An honest client of the wire of docs/collab-spec.md, with nothing of ours in it: it counts its
 * frames, believes acknowledgements only, and after each reconnection offers everything it has.
 */
export class HonestClient implements FaultClient {
  doc = new Y.Doc()
  connections = 0
  /** Frames as they were sent, for those who replay them. */
  readonly recorded: Uint8Array[] = []
  private readonly writer: Writer
  private socket: WebSocket | null = null
  private frames = 0
  private acked = 0
  private synced = false
  private answered = false
  private failures = 0
  private heardAt = 0
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private pendingUpdate: Uint8Array | null = null
  /** What each counted frame of this connection holds of ours. */
  private underway: { frame: number; ops: Op[] }[] = []
  private unsaved: Op[] = []

  constructor(private readonly options: ClientOptions) {
    this.writer = new Writer(options.name, options.journal, options.random)
    this.watchDoc()
  }

  get name(): string {
    return this.options.name
  }

  get room(): string {
    return this.options.room
  }

  get userId(): string {
    return this.options.userId
  }

  get hasAcks(): boolean {
    return !this.options.stock
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN && this.synced
  }

  get isSaved(): boolean {
    if (this.options.stock) return this.isOpen && this.answered
    return this.isOpen && this.answered && this.acked === this.frames
  }

  start(): void {
    if (!this.closed && !this.socket) this.connect()
  }

  edit(): void {
    const op = this.writer.edit(this.doc, this)
    if (!op) return
    this.unsaved.push(op)
    if (this.pendingUpdate) this.sendCounted(2, this.pendingUpdate, [op])
    this.pendingUpdate = null
  }

  reload(): void {
    for (const op of this.unsaved) op.orphaned = true
    this.unsaved = []
    this.writer.forget()
    this.doc.destroy()
    this.doc = new Y.Doc()
    this.watchDoc()
    this.leave()
    this.tryLater()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.leave()
  }

  /** Whatever else comes on this connection is not heard. */
  private leave(): void {
    const { socket } = this
    this.socket = null
    socket?.terminate()
  }

  private tryLater(): void {
    if (this.closed) return
    const ceiling = Math.min(BACK_OFF.longest, BACK_OFF.first * 2 ** this.failures++)
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => this.start(),
      ceiling / 2 + (this.options.random.next() * ceiling) / 2,
    )
  }

  private watchDoc(): void {
    const { journal, name } = this.options
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) this.pendingUpdate = update
      // Yjs tidies formats up after what others did: that is a change of ours too
      else if (origin !== 'server') this.sendCounted(2, update, [])
    })
    this.doc.on('afterTransaction', (transaction) => {
      if (transaction.origin === 'server') journal.noteSeen(transaction, name)
    })
  }

  private connect(): void {
    const { address, userId, room, stock } = this.options
    const query = stock ? '' : '?ack=1&packed=1&v=1'
    const socket = new WebSocket(`${address()}/collab/${room}${query}`, {
      headers: { cookie: `as=${userId}` },
      handshakeTimeout: 2_000,
    })
    this.socket = socket
    this.frames = 0
    this.acked = 0
    this.synced = false
    this.answered = false
    this.underway = []
    this.heardAt = performance.now()
    const { doc } = this
    socket.on('error', () => {})
    socket.on('open', () => {
      this.connections += 1
      socket.send(syncFrame(0, Y.encodeStateVector(doc)))
    })
    socket.on('pong', () => {
      this.heardAt = performance.now()
    })
    socket.on('message', (data: Buffer) => {
      if (this.socket === socket) this.hear(new Uint8Array(data))
    })
    const watch = setInterval(() => {
      const silent = performance.now() - this.heardAt
      if (silent > this.options.watchdogMs) socket.terminate()
      else if (socket.readyState === WebSocket.OPEN) socket.ping()
    }, PING_MS)
    socket.on('close', (code, reason) => {
      clearInterval(watch)
      if (this.socket !== socket) return
      this.socket = null
      if (!PASSING.has(code)) this.options.onTrouble(`${this.name} closed: ${code} ${reason}`)
      this.tryLater()
    })
  }

  private hear(bytes: Uint8Array): void {
    this.heardAt = performance.now()
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE_PACKED_STATE) {
      this.apply(new Uint8Array(inflateRawSync(decoding.readVarUint8Array(decoder))))
    } else if (type === MESSAGE_ACK) {
      decoding.readVarUint(decoder)
      this.hearAck(decoding.readVarUint(decoder))
    } else if (type === MESSAGE_REFUSED) {
      const number = decoding.readVarUint(decoder)
      const code = decoding.readVarString(decoder)
      this.options.onTrouble(`${this.name}: frame ${number} refused: ${code}`)
    } else if (type === MESSAGE_SYNC) {
      const step = decoding.readVarUint(decoder)
      const payload = decoding.readVarUint8Array(decoder)
      if (step !== 0) this.apply(payload)
      else this.sendCounted(1, Y.encodeStateAsUpdate(this.doc, payload), [...this.unsaved])
      if (step === 0) this.answered = true
      if (step === 1) this.synced = true
    }
  }

  private apply(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'server')
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) {
      this.options.onTrouble(`${this.name} was shown something that does not fit`)
      this.socket?.terminate()
    }
  }

  private hearAck(count: number): void {
    if (count > this.frames) this.options.onTrouble(`${this.name}: acknowledged before it was sent`)
    this.acked = count
    this.failures = 0
    const isDurable = ({ frame }: { frame: number }) => frame <= count
    for (const { ops } of this.underway.filter(isDurable)) for (const op of ops) op.acked = true
    this.underway = this.underway.filter((each) => !isDurable(each))
    this.unsaved = this.unsaved.filter(({ acked }) => !acked)
  }

  /** Before the answer to the server's own step 1, changes wait for it: it holds them. */
  private sendCounted(step: 1 | 2, update: Uint8Array, ops: Op[]): void {
    const { socket, options } = this
    if (socket?.readyState !== WebSocket.OPEN || (step === 2 && !this.answered)) return
    const bytes = syncFrame(step, update)
    this.underway.push({ frame: this.frames + 1, ops })
    const times = options.random.chance(options.repeats ?? 0) ? 2 : 1
    for (let i = 0; i < times; i++) {
      socket.send(bytes)
      this.frames += 1
      this.recorded.push(bytes)
    }
    for (const op of ops) op.sent = true
  }
}

export function syncFrame(step: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}
