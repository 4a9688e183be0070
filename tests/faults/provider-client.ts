import { WebSocket } from 'ws'
import type * as Y from 'yjs'
import type { BrowserWorld } from '../../app/features/editor/provider/browser-world'
import {
  createProtocolRoom,
  type ProtocolRoom,
} from '../../app/features/editor/provider/protocol-room'
import { systemTimers } from '../../app/features/editor/provider/timers'
import { MemoryShelf, MemoryStore } from '../unit/provider-fakes'
import type { ClientOptions, FaultClient } from './client'
import { Writer } from './editing'
import type { Op } from './journal'

const MINE = Symbol('mine')

/** The product's own line to the sync server, on a real socket, with the storage in memory. */
export class ProviderClient implements FaultClient {
  readonly hasAcks = true
  connections = 0
  private readonly writer: Writer
  private readonly events = new EventTarget()
  private room: ProtocolRoom | undefined
  /** In the order in which the line counts changes. */
  private ops: Op[] = []

  constructor(private readonly options: ClientOptions) {
    this.writer = new Writer(options.name, options.journal, options.random)
  }

  get name(): string {
    return this.options.name
  }

  get doc(): Y.Doc {
    return this.open.doc
  }

  get isOpen(): boolean {
    return this.open.provider.isSynced
  }

  get isSaved(): boolean {
    return this.isOpen && this.open.status.getSnapshot().key === 'saved'
  }

  /** Also what the browser does when the network is back. */
  start(): void {
    if (this.room) this.events.dispatchEvent(new Event('online'))
    else this.room = this.enter()
  }

  edit(): void {
    const op = this.writer.edit(this.doc, MINE)
    if (!op) return
    op.sent = this.isOpen
    this.ops.push(op)
  }

  reload(): void {
    for (const op of this.ops) op.orphaned = !op.acked
    this.ops = []
    this.writer.forget()
    void this.room?.destroy()
    this.room = this.enter()
  }

  close(): void {
    void this.room?.destroy()
  }

  private get open() {
    if (!this.room) throw new Error('has not started')
    return this.room.getSnapshot()
  }

  private enter(): ProtocolRoom {
    const { name, userId, room: protocolId, journal, random, address, onTrouble } = this.options
    const onOpen = () => {
      this.connections += 1
    }
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie: `as=${userId}` }, handshakeTimeout: 2_000 })
        this.once('open', onOpen)
      }
    }
    const origin = address().replace('ws', 'http')
    const world: BrowserWorld = {
      origin,
      socketOrigin: address(),
      WebSocket: Socket as unknown as typeof globalThis.WebSocket,
      // whoever is refused by HTTP asks why; nobody is here
      fetch: () => Promise.reject(new Error('no answer')),
      events: this.events,
      isHidden: () => false,
      saveData: false,
      timers: systemTimers,
      random: () => random.next(),
    }
    const store = new MemoryStore()
    const room = createProtocolRoom({
      protocolId,
      userId,
      caret: true,
      world,
      store: () => store,
      shelf: new MemoryShelf(),
    })
    const { doc, provider } = room.getSnapshot()
    const ops = this.ops
    provider.on('committed', (upTo) => {
      for (const op of ops.slice(0, upTo)) op.acked = true
    })
    room.on('refused', ({ reason }) => onTrouble(`${name} refused: ${reason}`))
    doc.on('afterTransaction', (transaction) => {
      if (provider.isServer(transaction.origin)) journal.noteSeen(transaction, name)
    })
    return room
  }
}
