import * as decoding from 'lib0/decoding'
import { ObservableV2 } from 'lib0/observable'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import {
  MESSAGE_ACK,
  MESSAGE_AUTH,
  MESSAGE_REFUSED,
  QUERY_ACK,
  QUERY_GENERATION,
  QUERY_PACKED,
  QUERY_SCHEMA_VERSION,
  QUERY_USER,
} from '../../../../shared/collab/wire'
import { META_ROOT, SCHEMA_VERSION } from '../../../../shared/editor/content'
import type { ErrorCode } from '../../../../shared/errors'
import { BackOff } from './back-off'
import type { BrowserWorld } from './browser-world'
import {
  type Ending,
  endingAtTheDoor,
  endingOfClose,
  endingOfRefusal,
  generationIn,
  type Verdict,
} from './close-verdict'
import { askCollabAccess, isErrorCode } from './collab-access'
import { countingSocket } from './counting-socket'
import { sendPresence } from './presence'
import type { SyncStatusStore, SyncTracker } from './sync-status'

/** After so many gaps in a row the document itself is at fault. */
const MAX_RESYNCS = 3
/** A browser waits for minutes; a line that does not open within this is tried again, ms. */
const OPEN_WITHIN_MS = 20_000
const ANSWER_WITHIN_MS = 10_000

export type Stop = {
  verdict: Exclude<Verdict, 'retry'>
  reason: ErrorCode
  /** One of our frames was refused, by number or by close code. */
  isOfFrame: boolean
  /** The document's, after it was cleaned, as far as the server said it. */
  generation?: number | undefined
}

const BROKEN_FRAME = { verdict: 'drop', isOfFrame: true } as const

export type ProviderEvents = {
  /** The loop has ended; the status is `refused`. */
  stopped: (stop: Stop) => void
  /** The first `upTo` own changes are committed. */
  committed: (upTo: number) => void
}

export type ProviderOptions = {
  protocolId: string
  /** Whose edits these are; the server takes them in nobody else's session. */
  userId: string
  doc: Y.Doc
  tracker: SyncTracker
  /** May show a caret; otherwise only that one is here. */
  caret: boolean
  world: BrowserWorld
}

/**
 * The line to the sync server: y-websocket's protocol with our acknowledgements, its own reconnect
 * loop with reasons, and one's own presence only. Rules: docs/collab-spec.md.
 */
export class ProtocolProvider extends ObservableV2<ProviderEvents> {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly #options: ProviderOptions
  readonly #tracker: SyncTracker
  readonly #world: BrowserWorld
  readonly #socket: WebsocketProvider
  readonly #backOff: BackOff
  readonly #endPresence: () => void
  #asking: AbortController | undefined
  #forgetAttempt: (() => void) | undefined
  #state: 'idle' | 'running' | 'stopped' | 'destroyed' = 'idle'
  #wasOpen = false
  #resyncs = 0

  constructor(options: ProviderOptions) {
    super()
    const { doc, tracker, world, caret, protocolId, userId } = options
    this.#options = options
    this.#tracker = tracker
    this.#world = world
    this.doc = doc
    this.awareness = new Awareness(doc)
    this.#backOff = new BackOff(world.timers, world.random)
    this.#socket = new WebsocketProvider(`${world.socketOrigin}/collab`, protocolId, doc, {
      connect: false,
      awareness: this.awareness,
      params: {
        [QUERY_ACK]: '1',
        ...(world.unpack && { [QUERY_PACKED]: '1' }),
        [QUERY_SCHEMA_VERSION]: String(SCHEMA_VERSION),
        [QUERY_USER]: userId,
      },
      // tabs of one browser may belong to different people, and a reader's tab must stay one
      disableBc: true,
      WebSocketPolyfill: countingSocket(world.WebSocket, world.unpack, {
        made: () => tracker.made,
        leaving: (...update) => tracker.framesSent(...update),
        pause: (ms) => new Promise((resolve) => world.timers.after(ms, resolve)),
        damaged: () => this.#askUnpacked(),
      }),
      // its own loop knows neither jitter nor reasons: `connection-close` below ends it every time
      maxBackoffTime: 0,
    })
    this.#socket.messageHandlers[MESSAGE_ACK] = (_encoder, decoder) => this.#onAck(decoder)
    this.#socket.messageHandlers[MESSAGE_REFUSED] = (_encoder, decoder) => this.#onRefused(decoder)
    // for stock clients; the reason follows with the close
    this.#socket.messageHandlers[MESSAGE_AUTH] = () => {}
    this.#socket.on('status', ({ status }) => status === 'connected' && this.#onOpen())
    this.#socket.on('sync', (isSynced) => isSynced && this.#onState())
    this.#socket.on('connection-close', (event) => this.#onClose(event))
    this.awareness.off('update', this.#socket._awarenessUpdateHandler)
    this.#endPresence = sendPresence(
      this.awareness,
      { caret, saveData: world.saveData, timers: world.timers },
      (frame) => this.#send(frame),
    )
    world.events.addEventListener('online', this.#hurry)
    world.events.addEventListener('offline', this.#onOffline)
    world.events.addEventListener('visibilitychange', this.#hurry)
  }

  get status(): SyncStatusStore {
    return this.#tracker
  }

  /** The server's text is here and the line is open. */
  get isSynced(): boolean {
    return this.#socket.synced
  }

  /** Whether an update's origin is the server. */
  isServer(origin: unknown): boolean {
    return origin === this.#socket
  }

  /** Starts, or starts again after `stopped`, for instance once the person has signed in. */
  connect(): void {
    if (this.#state === 'destroyed' || this.#state === 'running') return
    this.#tracker.lineOpening()
    this.#state = 'running'
    this.#backOff.reset()
    this.#open()
  }

  /** Closes the socket and forgets every timer; the document is not touched. */
  override destroy(): void {
    if (this.#state === 'destroyed') return
    this.#state = 'destroyed'
    this.#world.events.removeEventListener('online', this.#hurry)
    this.#world.events.removeEventListener('offline', this.#onOffline)
    this.#world.events.removeEventListener('visibilitychange', this.#hurry)
    this.#backOff.cancel()
    this.#forgetAttempt?.()
    this.#asking?.abort()
    this.#endPresence()
    this.#socket.destroy()
    this.awareness.destroy()
    super.destroy()
  }

  #open(): void {
    this.#wasOpen = false
    // what y-websocket sends at opening is the local state as it is
    if (!this.#options.caret) this.awareness.setLocalState({})
    // what was taken out of a document must not come back from here, nor be mixed with what it is now
    const generation = this.doc.getMap(META_ROOT).get('generation')
    if (typeof generation === 'number') this.#socket.params[QUERY_GENERATION] = String(generation)
    this.#forgetAttempt = this.#world.timers.after(OPEN_WITHIN_MS, () => this.#socket.disconnect())
    this.#socket.connect()
  }

  #onOpen(): void {
    this.#forgetAttempt?.()
    this.#wasOpen = true
    this.#tracker.lineOpened()
  }

  #onState(): void {
    // something is missing: what was unpacked was no update, or not all of it
    if (this.doc.store.pendingStructs && QUERY_PACKED in this.#socket.params) this.#askUnpacked()
    else this.#tracker.stateArrived()
  }

  #askUnpacked(): void {
    delete this.#socket.params[QUERY_PACKED]
    this.#socket.disconnect()
  }

  #onAck(decoder: decoding.Decoder): void {
    decoding.readVarUint(decoder) // epoch: of use to servers only
    const upTo = this.#tracker.framesAcked(decoding.readVarUint(decoder))
    if (upTo === undefined) return
    this.#backOff.reset()
    this.#resyncs = 0
    this.emit('committed', [upTo])
  }

  #onRefused(decoder: decoding.Decoder): void {
    decoding.readVarUint(decoder) // which frame: everything after it is lost with it
    const code = decoding.readVarString(decoder)
    const reason = isErrorCode(code) ? code : 'unexpected'
    const { verdict } = reason === 'unexpected' ? BROKEN_FRAME : endingOfRefusal(reason)
    // the others say when to try again, as does the close that follows
    if (verdict !== 'retry') this.#stop({ verdict, reason, isOfFrame: true })
  }

  /** @param event null when y-websocket itself gave the connection up */
  #onClose(event: CloseEvent | null): void {
    this.#socket.shouldConnect = false
    this.#forgetAttempt?.()
    if (this.#state !== 'running') return
    if (this.#wasOpen) {
      this.#end(endingOfClose(event?.code), true, generationIn(event?.reason))
      return
    }
    this.#tracker.lineLost(this.#tracker.getSnapshot().reason)
    this.#askWhy().then((reason) => {
      if (this.#state === 'running') this.#end(endingAtTheDoor(reason), false)
    })
  }

  #askWhy(): Promise<ErrorCode | null> {
    const { fetch, origin, timers } = this.#world
    const address = `${origin}/api/v1/protocols/${this.#options.protocolId}/collab-access`
    const asking = new AbortController()
    this.#asking = asking
    const forget = timers.after(ANSWER_WITHIN_MS, () => asking.abort())
    return askCollabAccess(fetch, address, asking.signal).finally(forget)
  }

  #end({ verdict, reason }: Ending, wasOpen: boolean, generation?: number): void {
    if (verdict !== 'retry') {
      const isOfFrame = wasOpen && verdict === 'drop'
      this.#stop({ verdict, reason: reason ?? 'unexpected', isOfFrame, generation })
    } else if (reason === 'resync_required' && ++this.#resyncs >= MAX_RESYNCS) {
      this.#stop({ ...BROKEN_FRAME, reason })
    } else {
      this.#tracker.lineLost(reason)
      this.#backOff.schedule(() => this.#open(), reason)
    }
  }

  #stop(stop: Stop): void {
    if (this.#state !== 'running') return
    this.#state = 'stopped'
    this.#backOff.cancel()
    this.#tracker.refuse(stop.reason)
    this.#socket.disconnect()
    this.emit('stopped', [stop])
  }

  #send(frame: Uint8Array): void {
    const { ws, wsconnected } = this.#socket
    if (wsconnected && ws?.readyState === ws?.OPEN) ws?.send(new Uint8Array(frame))
  }

  /** The network is back, or somebody looks: a waiting attempt is made now. */
  #hurry = (): void => {
    if (this.#state !== 'running' || !this.#backOff.isWaiting || this.#world.isHidden()) return
    this.#backOff.cancel()
    this.#open()
  }

  /**
   * The device has lost its network. The socket would notice after half a minute; the loop goes on,
   * because a server on this machine is still there.
   */
  #onOffline = (): void => {
    if (this.#state !== 'running' || !this.#wasOpen) return
    this.#socket.disconnect()
  }
}
