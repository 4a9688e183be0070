import * as decoding from 'lib0/decoding'
import { body } from '../clients/dialect'
import { type Client, Fleet, until } from '../clients/fleet'
import { Histogram } from '../clients/histogram'
import { cost } from '../meter'
import { firstContent } from '../seed'
import { demand, passesMessages, type Scenario } from './scenario'

const PEOPLE = 50
const PER_SECOND = 5
const FIRST_CLIENT = 5_000_000

const timesOf = (quick: boolean) => (quick ? { warmUp: 1, seconds: 1 } : { warmUp: 2, seconds: 5 })

/** Everybody in a room moves their caret; everybody else sees where it is. */
export const awareness: Scenario = {
  name: 'awareness',
  title: ({ quick }) =>
    `one room, ${PEOPLE} people, each moves a caret ${PER_SECOND} times a second, ${timesOf(quick).seconds} s; per move and other person`,
  includes: passesMessages,
  columns: { 'CPU us': 2, 'p50 ms': 2, 'p99 ms': 1, 'seen %': 1 },
  ratios: ['CPU us'],

  async measure(contestant, { quick, profiling }) {
    const { warmUp, seconds } = timesOf(quick)
    const stage = await contestant.prepare({ rooms: 1, sockets: PEOPLE, seed: firstContent() })
    try {
      const target = await stage.start()
      const fleet = new Fleet(target)
      await fleet.join(Array.from({ length: PEOPLE }, () => stage.rooms[0] ?? ''))
      const carets = new Carets(fleet)
      await carets.move(warmUp)
      const before = carets.moves
      const spent = await cost(target, profiling, async () => {
        carets.startCounting()
        await carets.move(seconds)
        await until('the last moves are seen', () => carets.isDrained(), 20_000)
      })
      demand(fleet.lost === 0, `${fleet.lost} sockets were closed`)
      const moves = (carets.moves - before) * (PEOPLE - 1)
      fleet.close()
      return {
        'CPU us': (spent.server * 1_000) / moves,
        'p50 ms': carets.latency.percentile(0.5),
        'p99 ms': carets.latency.percentile(0.99),
        'seen %': (carets.seen / moves) * 100,
      }
    } finally {
      await stage.clear()
    }
  },
}

/** Whose caret moved when, and who has seen it. */
class Carets {
  moves = 0
  seen = 0
  latency = new Histogram()
  private countFrom: number[] = []
  private readonly sentAt: number[][]
  /** By reader and author, the last clock seen. */
  private readonly last: Int32Array[]
  private readonly clocks: number[]

  constructor(private readonly fleet: Fleet) {
    this.sentAt = fleet.clients.map(() => [])
    this.clocks = fleet.clients.map(() => 0)
    this.last = fleet.clients.map(() => new Int32Array(fleet.clients.length))
    for (const [n, client] of fleet.clients.entries()) {
      client.onHeard = (heard) => {
        if (heard.kind === 'awareness') this.hear(n, heard.payload)
      }
    }
  }

  startCounting(): void {
    this.countFrom = [...this.clocks]
  }

  async move(seconds: number): Promise<void> {
    const { clients } = this.fleet
    const total = clients.length * PER_SECOND * seconds
    const began = performance.now()
    for (let sent = 0; sent < total; ) {
      const due = Math.ceil(((performance.now() - began) / 1_000) * PER_SECOND * clients.length)
      for (; sent < Math.min(total, due); sent++) this.moveOne(sent % clients.length)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  isDrained(): boolean {
    return this.last.every((row, reader) =>
      row.every((clock, author) => author === reader || clock >= (this.clocks[author] ?? 0)),
    )
  }

  private moveOne(n: number): void {
    const client = this.fleet.clients[n] as Client
    const clock = (this.clocks[n] ?? 0) + 1
    this.clocks[n] = clock
    this.sentAt[n]?.push(performance.now())
    this.moves += 1
    const place = {
      type: { client: 1, clock: 4 },
      item: { client: 1, clock: 40 + clock },
      assoc: 0,
    }
    const state = {
      user: { name: `Person ${n}`, color: '#335577' },
      cursor: { anchor: place, head: place },
    }
    const { dialect } = this.fleet.target
    client.line?.send(dialect.frame(client.room, body.awareness(FIRST_CLIENT + n, clock, state)))
  }

  /** Later moves stand for the earlier ones that a server has left out. */
  private hear(reader: number, update: Uint8Array): void {
    const decoder = decoding.createDecoder(update)
    const now = performance.now()
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const author = decoding.readVarUint(decoder) - FIRST_CLIENT
      const clock = decoding.readVarUint(decoder)
      decoding.readVarUint8Array(decoder)
      const row = this.last[reader]
      if (author < 0 || author === reader || !row || author >= row.length) continue
      if (clock <= (row[author] ?? 0)) continue
      row[author] = clock
      if (this.countFrom.length === 0) continue
      // what was made before the window is none of it
      if (clock <= (this.countFrom[author] ?? 0)) continue
      this.seen += 1
      this.latency.add(now - (this.sentAt[author]?.[clock - 1] ?? now))
    }
  }
}
