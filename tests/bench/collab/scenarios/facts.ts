import { randomUUID } from 'node:crypto'
import { until } from '../clients/fleet'
import { Histogram } from '../clients/histogram'
import { Line } from '../clients/line'
import { cost } from '../meter'
import { firstContent } from '../seed'
import type { Target } from '../servers/target'
import { demand, type Scenario } from './scenario'

const READERS = 200
const PER_SECOND = 10
const JOINS_AT_ONCE = 20
const TEXT = 'The nurse calls on the day after a missed visit, and writes down what she was told. '

/** Socket.IO's packets: connect, event, event with an answer wanted, answer; Engine.IO's ping, pong. */
const CONNECT = '40'
const EVENT = '42'
const ASKED = '421'
const ANSWER = '431'
const PING = '2'
const PONG = '3'

const timesOf = (quick: boolean) => (quick ? { warmUp: 1, seconds: 1 } : { warmUp: 2, seconds: 6 })

/** A post in a discussion that many people have open. */
export const facts: Scenario = {
  name: 'facts',
  title: ({ quick }) =>
    `${READERS} readers of one thread, ${PER_SECOND} posts/s for ${timesOf(quick).seconds} s, per delivery; ours stores each post and says more than it, socket.io and relay only send`,
  includes: (contestant) => /^(?:ours|relay$|socket\.io$)/.test(contestant),
  columns: { 'CPU us': 2, '+db us': 2, 'p50 ms': 2, 'p99 ms': 1, bytes: 0 },
  ratios: ['CPU us', '+db us'],

  async measure(contestant, { quick, profiling }) {
    const { warmUp, seconds } = timesOf(quick)
    const stage = await contestant.prepare({ rooms: 1, sockets: READERS, seed: firstContent() })
    try {
      const target = await stage.start()
      const room = new Room(target, stage.rooms[0] ?? '')
      await room.join()
      await room.post(warmUp)
      const bytesBefore = room.bytesIn
      room.latency = new Histogram()
      const spent = await cost(target, profiling, () => room.post(seconds))
      const deliveries = room.latency.count
      demand(room.lost === 0, `${room.lost} sockets were closed`)
      const bytes = room.bytesIn - bytesBefore
      room.close()
      return {
        'CPU us': (spent.server * 1_000) / deliveries,
        '+db us': ((spent.server + spent.database) * 1_000) / deliveries,
        'p50 ms': room.latency.percentile(0.5),
        'p99 ms': room.latency.percentile(0.99),
        bytes: bytes / deliveries,
      }
    } finally {
      await stage.clear()
    }
  },
}

/** Readers of a thread, over Socket.IO or, at a relay, over nothing. */
class Room {
  latency = new Histogram()
  private readonly lines: Line[] = []
  private readonly sentAt = new Map<string, number>()
  private joined = 0
  private posts = 0

  constructor(
    private readonly target: Target,
    private readonly room: string,
  ) {}

  private get speaksSocketIo(): boolean {
    return this.target.name !== 'relay'
  }

  get bytesIn(): number {
    return this.lines.reduce((sum, { bytesIn }) => sum + bytesIn, 0)
  }

  get lost(): number {
    return this.lines.filter(({ closed }) => closed).length
  }

  async join(): Promise<void> {
    const path = this.speaksSocketIo ? '/socket.io/?EIO=4&transport=websocket' : `/${this.room}`
    // one more than readers: who posts at a relay does not hear it
    for (let n = 0; n <= READERS; n += JOINS_AT_ONCE) {
      const some = Array.from({ length: Math.min(JOINS_AT_ONCE, READERS + 1 - n) }, (_, k) =>
        Line.open(this.target.port, path, this.target.cookieOf((n + k) % READERS), (message, on) =>
          this.hear(message.toString(), on),
        ),
      )
      this.lines.push(...(await Promise.all(some)))
      if (this.speaksSocketIo) {
        await until('everybody joined', () => this.joined >= this.lines.length, 20_000)
      }
    }
  }

  async post(seconds: number): Promise<void> {
    const before = this.latency.count
    const total = PER_SECOND * seconds
    const began = performance.now()
    const asked: Promise<void>[] = []
    for (let n = 0; n < total; n++) {
      const wait = began + (n * 1_000) / PER_SECOND - performance.now()
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)))
      asked.push(this.postOne())
    }
    await Promise.all(asked)
    const expected = before + total * READERS
    await until('everybody read everything', () => this.latency.count >= expected, 20_000)
  }

  close(): void {
    for (const line of this.lines) line.destroy()
  }

  private async postOne(): Promise<void> {
    this.posts += 1
    const mark = `#${String(this.posts).padStart(6, '0')}`
    const text = `${TEXT}${mark}`
    this.sentAt.set(mark, performance.now())
    const [poster] = this.lines
    if (this.target.thread) await this.postToThread(text)
    else if (this.speaksSocketIo) {
      poster?.send(Line.text(`${EVENT}${JSON.stringify(['post', this.room, replyLike(text)])}`))
    } else poster?.send(Line.text(`${EVENT}${JSON.stringify(['reply:posted', replyLike(text)])}`))
  }

  private async postToThread(text: string): Promise<void> {
    const { port, thread, cookieOf } = this.target
    const origin = `http://127.0.0.1:${port}`
    // the readers post in turn: nobody may post more than once a second for long
    const cookie = cookieOf((this.posts * 10) % READERS)
    const answer = await fetch(`${origin}/api/v1/threads/${thread?.id}/replies`, {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ text, lang: 'en', clientKey: randomUUID() }),
    })
    demand(answer.ok, `a post was refused: ${answer.status}`)
    await answer.arrayBuffer()
  }

  private hear(message: string, line: Line): void {
    if (message === PING) line.send(Line.text(PONG))
    else if (message.startsWith('0')) line.send(Line.text(CONNECT))
    else if (message.startsWith(CONNECT)) this.enter(line)
    else if (message.startsWith(ANSWER)) this.joined += 1
    else if (message.includes('"reply:posted"') && line !== this.lines[0]) {
      const sent = this.sentAt.get(/#\d{6}/.exec(message)?.[0] ?? '')
      if (sent !== undefined) this.latency.add(performance.now() - sent)
    }
  }

  private enter(line: Line): void {
    const { thread } = this.target
    const asked = thread
      ? ['thread:join', { threadId: thread.id, afterRev: 0 }]
      : ['join', this.room]
    line.send(Line.text(`${ASKED}${JSON.stringify(asked)}`))
  }
}

/** As large as what our server says of a post. */
function replyLike(text: string): object {
  return {
    id: '0123456789abcdef01234567',
    partnershipId: '0123456789abcdef01234567',
    threadId: '0123456789abcdef01234567',
    seq: 12,
    rev: 12,
    author: { userId: '0123456789abcdef01234567', name: { given: 'Ann', family: 'Number 7' } },
    text,
    lang: 'en',
    postedAt: '2026-01-01T00:00:00.000Z',
    replyTo: null,
  }
}
