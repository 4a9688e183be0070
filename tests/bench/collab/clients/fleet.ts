import { inflateRawSync } from 'node:zlib'
import * as Y from 'yjs'
import type { Target } from '../servers/target'
import { body, type Heard } from './dialect'
import { Histogram } from './histogram'
import { Line } from './line'
import { type Place, type Range, rangesOf, typed } from './typing'

const DIALS_AT_ONCE = 40
const JOIN_MS = 30_000
const NOTHING = new Uint8Array([0, 0])

/** One author's typing in a room. */
export class Typist {
  clock = 0
  /** When the n-th character was sent, ms; a ring. */
  private readonly sentAt = new Float64Array(8_192)

  constructor(
    readonly client: number,
    readonly place: Place,
  ) {}

  next(now: number): Uint8Array {
    this.sentAt[this.clock % this.sentAt.length] = now
    this.clock += 1
    return typed(this.client, this.clock - 1, this.place)
  }

  whenSent(clock: number): number {
    return this.sentAt[clock % this.sentAt.length] ?? 0
  }
}

/** One socket in one room, and how far it has seen each author's typing. */
export class Client {
  readonly seen = new Map<number, number>()
  readonly state: Uint8Array[] = []
  typist: Typist | null = null
  /** Which paragraph it types in. */
  paragraph = 0
  line: Line | null = null
  /** Updates and step 2s sent; what our server acknowledges. */
  frames = 0
  acked = 0
  joined = false
  onSeen: () => void = () => {}
  onHeard: (heard: Heard) => void = () => {}

  constructor(
    readonly fleet: Fleet,
    readonly room: string,
    readonly n: number,
  ) {}

  async join(): Promise<void> {
    const { dialect, port, cookieOf } = this.fleet.target
    const line = await Line.open(port, dialect.path(this.room), cookieOf(this.n), (message, on) => {
      this.hear(on, dialect.read(message))
    })
    this.line = line
    const hello = dialect.hello(this.room)
    if (hello) line.send(hello)
    if (!dialect.syncs) {
      this.joined = true
      return
    }
    if (!hello) line.send(dialect.frame(this.room, body.step1()))
    await until(`a client joined ${this.room}`, () => this.joined || line.closed !== null, JOIN_MS)
    if (line.closed) throw new Error(`closed while joining: ${line.closed.code}`)
  }

  /** Types the next character. */
  type(now: number): void {
    if (!this.typist || !this.line) return
    this.frames += 1
    this.line.send(this.fleet.target.dialect.frame(this.room, body.update(this.typist.next(now))))
  }

  private hear(line: Line, heard: Heard): void {
    if (heard.kind === 'update') {
      if (this.fleet.keepsState) this.state.push(heard.payload.slice())
      this.see(this.fleet.rangesOf(heard.payload))
    } else if (heard.kind === 'ack') this.acked = heard.frames
    else if (heard.kind === 'admitted' && !this.joined) {
      line.send(this.fleet.target.dialect.frame(this.room, body.step1()))
    } else if (heard.kind === 'step2' || heard.kind === 'packed') this.takeState(heard)
    else if (heard.kind === 'step1') {
      this.frames += 1
      line.send(this.fleet.target.dialect.frame(this.room, body.step2(NOTHING)))
    }
    this.onHeard(heard)
  }

  private takeState(heard: Extract<Heard, { payload: Uint8Array }>): void {
    const update = heard.kind === 'packed' ? unpack(heard.payload) : heard.payload
    if (this.fleet.keepsState) this.state.push(update.slice())
    for (const [client, , to] of rangesOf(update)) {
      this.seen.set(client, Math.max(to, this.seen.get(client) ?? 0))
    }
    // the state of @y/websocket-server is empty while its storage is being read: the rest comes later
    if (heard.kind === 'step2') this.joined = true
  }

  private see(ranges: readonly Range[]): void {
    const own = this.typist?.client
    for (const [client, from, to] of ranges) {
      if (client === own) continue
      const seen = this.seen.get(client) ?? 0
      if (from > seen) this.fleet.gaps += 1
      if (to <= seen) continue
      this.seen.set(client, to)
      this.fleet.deliver(client, Math.max(from, seen), to)
    }
    this.onSeen()
  }
}

/** All sockets of one measurement, and what reached them. */
export class Fleet {
  readonly clients: Client[] = []
  readonly typists = new Map<number, Typist>()
  latency = new Histogram()
  delivered = 0
  gaps = 0
  keepsState = false
  /** Deliveries of characters sent before this are not counted, ms. */
  countFrom = Number.POSITIVE_INFINITY
  private readonly known = new Map<string, { bytes: Uint8Array; ranges: readonly Range[] }>()
  private nextClient = 1_000_000

  constructor(readonly target: Target) {}

  /** @param rooms the room of each client */
  async join(rooms: readonly string[]): Promise<void> {
    const first = this.clients.length
    const fresh = rooms.map((room, n) => new Client(this, room, first + n))
    this.clients.push(...fresh)
    const queue = [...fresh]
    const dial = async () => {
      for (let one = queue.shift(); one; one = queue.shift()) await one.join()
    }
    await Promise.all(Array.from({ length: DIALS_AT_ONCE }, dial))
  }

  /** Gives a client a paragraph to type on. */
  assign(client: Client, paragraph: number, places: readonly Place[]): void {
    const place = places[paragraph]
    if (!place) throw new Error('there is no such paragraph')
    client.paragraph = paragraph
    this.nextClient += 1_013
    client.typist = new Typist(this.nextClient, place)
    this.typists.set(this.nextClient, client.typist)
  }

  /** Readers of one room hear the same bytes: they are decoded once. */
  rangesOf(update: Uint8Array): readonly Range[] {
    const key = `${update.length} ${Buffer.from(update.buffer, update.byteOffset, Math.min(update.length, 40)).toString('latin1')}`
    const known = this.known.get(key)
    if (known && Buffer.compare(known.bytes, update) === 0) return known.ranges
    if (this.known.size > 2_000) this.known.clear()
    const ranges = rangesOf(update)
    this.known.set(key, { bytes: update.slice(), ranges })
    return ranges
  }

  deliver(client: number, from: number, to: number): void {
    const typist = this.typists.get(client)
    if (!typist) return
    const now = performance.now()
    for (let clock = from; clock < to; clock++) {
      const sent = typist.whenSent(clock)
      if (sent < this.countFrom) continue
      this.delivered += 1
      this.latency.add(now - sent)
    }
  }

  /** Everybody has everything that the others of their room have typed, and our server has said so. */
  isDrained(): boolean {
    const typed = new Map<string, Typist[]>()
    for (const { room, typist } of this.clients) {
      if (typist) typed.set(room, [...(typed.get(room) ?? []), typist])
    }
    return this.clients.every(
      (one) =>
        (typed.get(one.room) ?? []).every(
          (typist) => typist === one.typist || (one.seen.get(typist.client) ?? 0) >= typist.clock,
        ) &&
        (!this.target.acknowledges || one.acked >= one.frames),
    )
  }

  get bytesIn(): number {
    return this.clients.reduce((sum, { line }) => sum + (line?.bytesIn ?? 0), 0)
  }

  /** Whoever was closed on, which nobody should have been. */
  get lost(): number {
    return this.clients.filter(({ line }) => line?.closed).length
  }

  close(): void {
    for (const { line } of this.clients) line?.destroy()
  }
}

export const unpack = (packed: Uint8Array): Uint8Array => new Uint8Array(inflateRawSync(packed))

/**
 * What a newcomer gets of a room, as one update.
 *
 * @param waitMs some answer before their storage has
 */
export async function readState(target: Target, room: string, waitMs = 0): Promise<Uint8Array> {
  const fleet = new Fleet(target)
  fleet.keepsState = true
  await fleet.join([room])
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  fleet.close()
  return Y.mergeUpdates(fleet.clients.flatMap(({ state }) => state))
}

/** Poll until something is so. */
export async function until(what: string, isSo: () => boolean, ms: number): Promise<void> {
  const deadline = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
