import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import * as Y from 'yjs'
import type { PresenceIdentity } from '../../shared/collab/wire'
import { type CloseReason, closeCodeOf } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import { ByteBucket, MinuteCount } from './byte-bucket'
import { decodeStateVector } from './decode'
import {
  ackFrame,
  deniedFrame,
  readFrame,
  refusedFrame,
  syncStep1Frame,
  syncStep2Frame,
} from './frames'
import {
  BYTES_BURST,
  BYTES_PER_SECOND,
  GAPS_PER_MINUTE,
  MAX_BUFFERED_AT_ONCE,
  MAX_BUFFERED_BYTES,
  MAX_STATE_ENTRIES,
  MAX_WAITING_BYTES,
  STATE_ANSWERS_PER_MINUTE,
  TIMINGS,
} from './limits'
import type { Participant } from './participant'
import type { Present } from './presence'
import { Refusal } from './refusal'
import type { Room } from './room'

/** What a socket may do in a room, and whose face it shows. Decided by the services. */
export type Admission = {
  at: RoomAddress
  /** May change the text. */
  write: boolean
  /** May show a caret. */
  cursor: boolean
  identity: PresenceIdentity
}

/** One socket in one room. Frames are handled in the order they came, or wait until they may be. */
export class Connection implements Participant, Present {
  joined = false
  lastHeard = performance.now()
  lastChecked = performance.now()
  private room: Room | null = null
  private ended = false
  /** Refused: nothing more is read, what came before is still stored and acknowledged. */
  private deaf = false
  private holds = 1
  private readonly waiting: Uint8Array[] = []
  private waitingBytes = 0
  private lastPing = performance.now()
  private fullSince: number | null = null
  /** Updates received; acknowledgements count them. */
  private frames = 0
  /** After a gap only a whole step 2 continues; what came before it is in it. */
  private resyncing = false
  private readonly bucket = new ByteBucket(BYTES_PER_SECOND, BYTES_BURST)
  private readonly answers = new MinuteCount()
  private readonly gaps = new MinuteCount()

  constructor(
    private readonly socket: WebSocket,
    readonly user: string,
    readonly session: string,
    private admission: Admission,
    readonly wantsAcks: boolean,
    private readonly log: Logger,
    private readonly onEnded: (connection: Connection, reason: string) => void,
  ) {
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    socket.on('pong', () => this.hear())
    // ws closes the socket itself with the right code; without a listener the process would end.
    socket.on('error', (error) => this.log.debug({ err: error }, 'a collab socket failed'))
    socket.on('close', () => this.leave('closed'))
  }

  get at(): RoomAddress {
    return this.admission.at
  }

  get isEnded(): boolean {
    return this.ended
  }

  mayWrite(): boolean {
    return this.admission.write
  }

  mayPoint(): boolean {
    return this.admission.cursor
  }

  identity(): PresenceIdentity {
    return this.admission.identity
  }

  /** Enter the room; frames that came while it was loading are handled now. */
  enter(room: Room): void {
    if (this.ended) return
    this.room = room
    room.participants.add(this)
    room.presence.everyone.add(this)
    this.send(syncStep1Frame(Y.encodeStateVector(room.doc)))
    this.release()
  }

  /** Frames wait until `release`; what is too much for waiting stays in the network. */
  hold(): void {
    this.holds += 1
  }

  release(): void {
    this.holds -= 1
    while (this.holds === 0 && !this.ended && !this.deaf) {
      const frame = this.waiting.shift()
      if (!frame) break
      this.waitingBytes -= frame.length
      this.handle(frame)
    }
    if (this.holds === 0 && this.socket.isPaused) this.socket.resume()
  }

  readmit(admission: Admission): void {
    this.admission = admission
    this.room?.presence.refresh(this)
  }

  send(frame: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.socket.send(frame, { binary: true, compress: false })
    if (this.socket.bufferedAmount > MAX_BUFFERED_AT_ONCE) this.drop('slow_reader')
  }

  acknowledge(epoch: number, frames: number): void {
    if (this.wantsAcks) this.send(ackFrame(epoch, frames))
  }

  /**
   * Say why and close. Nothing that the socket sends from now on is read.
   *
   * @param frame the number of the refused update, if it was one
   */
  end(reason: CloseReason, frame?: number): void {
    if (this.ended) return
    if (this.wantsAcks && frame !== undefined) this.send(refusedFrame(frame, reason))
    const code = closeCodeOf(reason)
    if (code >= 4400) this.send(deniedFrame(reason))
    this.leave(reason)
    this.socket.close(code, reason)
    if (this.socket.isPaused) this.socket.resume()
    setTimeout(() => this.socket.terminate(), TIMINGS.closingMs).unref()
  }

  /** The socket is closed, on the wire too. */
  closed(): Promise<void> {
    if (this.socket.readyState === this.socket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => this.socket.once('close', () => resolve()))
  }

  /** Look after the socket: ping it, and end it if it is dead or does not read. */
  sweep(now: number, limits: { pingMs: number; deadMs: number; slowReaderMs: number }): void {
    this.fullSince =
      this.socket.bufferedAmount > MAX_BUFFERED_BYTES ? (this.fullSince ?? now) : null
    const isSlow = this.fullSince !== null && now - this.fullSince > limits.slowReaderMs
    if (now - this.lastHeard > limits.deadMs) this.drop('dead')
    else if (isSlow) this.drop('slow_reader')
    else if (now - this.lastPing >= limits.pingMs && this.socket.readyState === this.socket.OPEN) {
      this.lastPing = now
      this.socket.ping()
    }
  }

  private drop(why: string): void {
    this.leave(why)
    this.socket.terminate()
  }

  private leave(reason: string): void {
    if (this.ended) return
    this.ended = true
    this.waiting.length = 0
    this.room?.participants.delete(this)
    this.room?.presence.leave(this)
    this.onEnded(this, reason)
  }

  private hear(): void {
    this.lastHeard = performance.now()
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.hear()
    if (this.ended || this.deaf) return
    const frame = ownBytes(data)
    if (!isBinary) this.end('unsupported_frame')
    else if (!this.bucket.take(frame.length)) this.end('too_many_requests')
    else if (this.holds === 0) this.handle(frame)
    else this.keepWaiting(frame)
  }

  private keepWaiting(frame: Uint8Array): void {
    this.waiting.push(frame)
    this.waitingBytes += frame.length
    if (this.waitingBytes > MAX_WAITING_BYTES) this.socket.pause()
  }

  private handle(bytes: Uint8Array): void {
    const room = this.room
    if (!room) return
    const before = this.frames
    try {
      const frame = readFrame(bytes)
      if (frame.kind === 'step1') this.answerState(room, frame.vector)
      else if (frame.kind === 'awareness') room.presence.take(this, frame.update)
      else if (frame.kind === 'query-awareness') this.sendPresence(room)
      else this.takeUpdate(room, frame.update, frame.kind === 'step2')
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.log.error({ err: error, room: this.at.room }, 'a frame could not be handled')
      }
      const reason = error instanceof Refusal ? error.reason : 'malformed_frame'
      const detail = error instanceof Refusal ? error.detail : 'failed'
      this.log.info({ room: this.at.room, user: this.user, reason, detail }, 'frame refused')
      this.refuse(room, reason, this.frames > before ? this.frames : undefined)
    }
  }

  /** What the socket sent before is stored and acknowledged first, so that it knows what was not. */
  private refuse(room: Room, reason: CloseReason, frame: number | undefined): void {
    this.deaf = true
    const end = () => this.end(reason, frame)
    setTimeout(end, TIMINGS.closingMs).unref()
    room.view(() => end, end)
  }

  private takeUpdate(room: Room, update: Uint8Array, isStep2: boolean): void {
    this.frames += 1
    if (this.resyncing && !isStep2) return
    const verdict = room.take(this, update, this.frames)
    if (verdict !== 'gap') {
      this.resyncing = false
      return
    }
    if (this.gaps.add() > GAPS_PER_MINUTE) throw new Refusal('resync_required', 'gap after gap')
    this.resyncing = true
    this.send(syncStep1Frame(Y.encodeStateVector(room.doc)))
  }

  /** The state is taken at a batch cut and sent when that batch is durable; batches follow it. */
  private answerState(room: Room, vector: Uint8Array): void {
    decodeStateVector(vector, MAX_STATE_ENTRIES)
    if (this.answers.add() > STATE_ANSWERS_PER_MINUTE) {
      throw new Refusal('too_many_requests', 'asks for the state again and again')
    }
    room.view((doc) => {
      const answer = syncStep2Frame(Y.encodeStateAsUpdate(doc, vector))
      return () => {
        this.send(answer)
        if (this.joined) return
        this.joined = true
        this.sendPresence(room)
      }
    })
  }

  private sendPresence(room: Room): void {
    const frame = room.presence.frame()
    if (frame) this.send(frame)
  }
}

/** A copy of exactly the frame: ws hands out views into larger buffers. */
function ownBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data))
  return new Uint8Array(data)
}
