import * as Y from 'yjs'
import type { PresenceIdentity } from '../../shared/collab/wire'
import type { CloseReason } from '../../shared/errors'
import type { RoomAddress } from '../ports'
import type { Admission, ConnectionPorts, Guest } from './admission'
import { ByteBucket, MinuteCount } from './byte-bucket'
import { decodeStateVector } from './decode'
import { failpoint } from './failpoints'
import { isEmptyStep1, readFrame, refusedFrame, syncStep1Frame, syncStep2Frame } from './frames'
import { HeldFrames } from './held-frames'
import {
  BYTES_BURST,
  BYTES_PER_SECOND,
  MAX_STATE_ENTRIES,
  MAX_WAITING_BYTES,
  STATE_ANSWERS_PER_MINUTE,
} from './limits'
import { Line, toWire } from './line'
import { PacedAcks } from './paced-acks'
import type { Offer } from './packed-state'
import type { Present } from './presence'
import { Refusal } from './refusal'
import type { Room } from './room'
import { type Receiver, UpdateIntake } from './update-intake'

/** What a frame is that fails in a way of its own. */
const UNREADABLE = new Refusal('malformed_frame', 'failed')

/** One socket in one room. Frames are handled in the order they came, or wait until they may be. */
export class Connection implements Receiver, Present {
  readonly user: string
  readonly session: string
  readonly wantsAcks: boolean
  joined = false
  lastChecked = performance.now()
  private readonly wantsPacked: boolean
  /** Of what the client holds, if that is anything. */
  private generation: number | null
  private admission: Admission
  private readonly line: Line
  private room: Room | null = null
  private ended = false
  private readonly acks: PacedAcks
  /** Refused: nothing more is read, what came before is still stored and acknowledged. */
  private deaf = false
  private holds = 1
  private readonly held = new HeldFrames()
  private readonly updates = new UpdateIntake(this)
  private readonly bytes = new ByteBucket(BYTES_PER_SECOND, BYTES_BURST)
  /** Milliseconds of the main thread, of all sockets of the person together. */
  private readonly time: ByteBucket
  /** What a newcomer can have while the document is still being put together. */
  private offered: Offer | null = null
  /** The last row of what it was given so. */
  private offeredSeq = 0
  private readonly answers = new MinuteCount()

  constructor(
    { socket, stream, user, session, admission, wantsAcks, wantsPacked, generation }: Guest,
    private readonly ports: ConnectionPorts,
  ) {
    this.user = user
    this.session = session
    this.admission = admission
    this.wantsAcks = wantsAcks
    this.wantsPacked = wantsPacked
    this.generation = generation
    const { timings, log } = ports
    this.time = ports.timeOf(user)
    this.acks = new PacedAcks(timings.ackMs, (frame) => this.line.write(toWire(frame)))
    this.line = new Line(socket, stream, log, {
      frame: (bytes, isBinary) => this.receive(bytes, isBinary),
      gone: (reason) => this.leave(reason),
    })
  }

  get at(): RoomAddress {
    return this.admission.at
  }

  get lastHeard(): number {
    return this.line.lastHeard
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

  /**
   * The document is being put together from this. Who asks for it and has nothing yet gets it now;
   * what is committed later follows, because nothing can be until it is whole.
   */
  offer(offer: Offer): void {
    if (!this.wantsPacked || this.holdsAnother(offer.gen)) return
    this.offered = offer
    this.takeOffer()
  }

  /** Enter the room; frames that came while it was loading are handled now. */
  enter(room: Room): void {
    if (this.ended) return
    this.room = room
    this.offered = null
    if (this.holdsAnother(room.gen)) this.end('document_cleaned')
    if (this.ended) return
    room.participants.add(this)
    room.presence.everyone.add(this)
    this.send(syncStep1Frame(Y.encodeStateVector(room.doc)))
    if (this.joined) this.settleOffer(room)
    this.release()
  }

  /** What the client has is of another generation: neither must come to the other. */
  private readonly holdsAnother = (gen: number) => (this.generation ?? gen) !== gen

  /** More may have been stored elsewhere, or the document read anew, since the offer was made. */
  private settleOffer(room: Room): void {
    this.joined = room.seq === this.offeredSeq
    if (this.joined) this.sendPresence(room)
    else this.answerState(room, Uint8Array.of(0))
  }

  /** Frames wait until `release`; what is too much for waiting stays in the network. */
  hold(): void {
    this.holds += 1
  }

  release(): void {
    this.holds -= 1
    while (this.holds === 0 && !this.ended && !this.deaf) {
      const frame = this.held.take()
      if (!frame) break
      this.handle(frame)
    }
    if (this.holds === 0) this.line.resume()
    else this.takeOffer()
  }

  readmit(admission: Admission): void {
    this.admission = admission
    this.room?.presence.refresh(this)
  }

  send(frame: Uint8Array): void {
    this.write(toWire(frame))
  }

  /** What has not been acknowledged yet goes along. */
  write(wire: Buffer): void {
    const ack = this.acks.take()
    this.line.write(ack ? Buffer.concat([toWire(ack), wire]) : wire)
  }

  acknowledge(epoch: number, frames: number): void {
    if (this.wantsAcks) this.acks.note(epoch, frames)
  }

  /**
   * Say why and close. Nothing that the socket sends from now on is read.
   *
   * @param frame the number of the refused update, if it was one
   */
  end(reason: CloseReason, frame?: number): void {
    if (this.ended) return
    if (this.wantsAcks && frame !== undefined) this.send(refusedFrame(frame, reason))
    this.acks.say()
    this.line.close(reason, reason === 'document_cleaned' ? this.room?.nextGeneration : undefined)
  }

  /** The socket is closed, on the wire too. */
  closed(): Promise<void> {
    return this.line.closed()
  }

  /** Look after the socket: ping it, and end it if it is dead or does not read. */
  sweep(...at: Parameters<Line['sweep']>): void {
    this.line.sweep(...at)
  }

  private leave(reason: string): void {
    if (this.ended) return
    this.ended = true
    this.held.clear()
    this.acks.stop()
    this.room?.participants.delete(this)
    this.room?.presence.leave(this)
    this.ports.onEnded(this, reason)
  }

  private receive(frame: Uint8Array, isBinary: boolean): void {
    if (this.ended || this.deaf) return
    failpoint('received')
    if (!isBinary) this.end('unsupported_frame')
    else if (!this.bytes.take(frame.length)) this.end('too_many_requests')
    else if (this.holds === 0) this.handle(frame)
    else {
      this.held.add(frame)
      this.takeOffer()
      if (this.held.bytes > MAX_WAITING_BYTES) this.line.pause()
    }
  }

  private takeOffer(): void {
    const { first } = this.held
    // with a second hold it is not known whether they still may
    if (!this.offered || !first || this.joined || this.holds > 1 || !isEmptyStep1(first)) return
    this.held.take()
    this.answers.add()
    this.joined = true
    this.offeredSeq = this.offered.seq
    this.generation = this.offered.gen
    for (const frame of this.offered.frames) this.send(frame)
  }

  private handle(bytes: Uint8Array): void {
    const room = this.room
    if (!room) return
    const before = this.updates.count
    const began = performance.now()
    try {
      const frame = readFrame(bytes)
      if (frame.kind === 'step1') this.answerState(room, frame.vector)
      else if (frame.kind === 'awareness') room.presence.take(this, frame.update)
      else if (frame.kind === 'query-awareness') this.sendPresence(room)
      else this.updates.take(room, frame.update, frame.kind === 'step2')
      if (!this.time.take(performance.now() - began)) {
        throw new Refusal('too_many_requests', 'takes too much time')
      }
    } catch (error) {
      const { count } = this.updates
      this.refuseFor(error, count > before ? count : undefined)
    }
  }

  /** @param update the number of the update that is refused, if it is one */
  refuseFor(error: unknown, update?: number): void {
    if (!(error instanceof Refusal)) {
      this.ports.log.error({ err: error, room: this.at.room }, 'a frame could not be handled')
    }
    const { reason, detail } = error instanceof Refusal ? error : UNREADABLE
    this.ports.log.info({ room: this.at.room, user: this.user, reason, detail }, 'frame refused')
    this.refuse(reason, update)
  }

  /** What the socket sent before is stored and acknowledged first, so that it knows what was not. */
  private refuse(reason: CloseReason, frame: number | undefined): void {
    this.deaf = true
    const end = () => this.end(reason, frame)
    setTimeout(end, this.ports.timings.closingMs).unref()
    if (this.room) this.room.view(() => end, end)
    else end()
  }

  /** The state is taken at a batch cut and sent when that batch is durable; batches follow it. */
  private answerState(room: Room, vector: Uint8Array): void {
    const { size } = decodeStateVector(vector, MAX_STATE_ENTRIES)
    if (this.answers.add() > STATE_ANSWERS_PER_MINUTE) {
      throw new Refusal('too_many_requests', 'asks for the state again and again')
    }
    // made of what is durable: nothing to wait for
    const packed = size === 0 && this.wantsPacked ? room.position.packed?.answer() : null
    if (packed) {
      for (const frame of packed) this.send(frame)
      this.join(room)
      return
    }
    room.view((doc) => {
      const began = performance.now()
      const answer = syncStep2Frame(Y.encodeStateAsUpdate(doc, vector))
      this.time.take(performance.now() - began)
      return () => {
        this.send(answer)
        this.join(room)
      }
    })
  }

  private join(room: Room): void {
    if (this.joined) return
    this.joined = true
    this.sendPresence(room)
  }

  private sendPresence(room: Room): void {
    const frame = room.presence.frame()
    if (frame) this.send(frame)
  }
}
