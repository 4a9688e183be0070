import { body } from '../clients/dialect'
import { Client, Fleet, readState, until } from '../clients/fleet'
import { type Trace, writeTrace } from '../clients/trace'
import { textsOf } from '../clients/typing'
import { cost } from '../meter'
import { CpuMeter } from '../processes'
import type { Stage, Target } from '../servers/target'
import { demand, type Figures, keepsDocuments, type Scenario, type Size } from './scenario'

const FEED_MS = 120_000
/** Updates on their way while the trace is fed. */
const AHEAD = 200
/** Servers store late: this long after the last update at least, and until they rest. */
const STORING_MS = 3_000
const RESTING_MS = 90_000
/** Less CPU than this in a second is rest, ms. */
const REST = 20
const OPENINGS = 3
const CONTENT_MS = 30_000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const shareOf = (quick: boolean) => (quick ? 0.1 : 1)
const traces = new Map<number, Trace>()

function traceOf(quick: boolean): Trace {
  const share = shareOf(quick)
  const known = traces.get(share) ?? writeTrace(share)
  traces.set(share, known)
  return known
}

/** A long document that nobody has open: from dialling to the last character. */
export const cold: Scenario = {
  name: 'cold',
  title({ quick }) {
    const { updates, text, stateBytes } = traceOf(quick)
    return `a synthetic trace of ${updates.length} updates fed, the server stopped and started; ${text.length} characters, state ${stateBytes} bytes; middle of ${OPENINGS} openings`
  },
  // a relay has nothing to open
  includes: keepsDocuments,
  columns: { 'content ms': 1, 'CPU ms': 1, '+db ms': 1, 'bytes on wire': 0, 'feed s': 1 },
  ratios: ['content ms', '+db ms', 'bytes on wire'],

  async measure(contestant, size) {
    const trace = traceOf(size.quick)
    const stage = await contestant.prepare({ rooms: 1, sockets: 10, seed: trace.seed })
    try {
      const target = await stage.start()
      const fed = await feed(target, stage.rooms[0] ?? '', trace)
      await rest(target)
      await stage.stop()
      const openings: Figures[] = []
      for (let n = 0; n < OPENINGS; n++) openings.push(await open(stage, trace, size))
      openings.sort((a, b) => (a['content ms'] ?? 0) - (b['content ms'] ?? 0))
      return { ...openings[Math.floor(OPENINGS / 2)], 'feed s': fed }
    } finally {
      await stage.clear()
    }
  },
}

/** @returns seconds until another client had all of it */
async function feed(target: Target, room: string, trace: Trace): Promise<number> {
  const fleet = new Fleet(target)
  await fleet.join([room, room])
  const [writer, reader] = fleet.clients as [Client, Client]
  const began = performance.now()
  const clocks = [0]
  for (const update of trace.updates) {
    const [range] = fleet.rangesOf(update).filter(([client]) => client === trace.author)
    clocks.push(range ? range[2] : (clocks.at(-1) ?? 0))
  }
  for (let sent = 0; sent < trace.updates.length; ) {
    const until = Math.min(trace.updates.length, sent + AHEAD)
    writer.line?.together(() => {
      for (; sent < until; sent++) {
        const update = trace.updates[sent]
        if (update) writer.line?.send(target.dialect.frame(room, body.update(update)))
      }
    })
    await hasSeen(reader, trace.author, clocks[sent] ?? 0, FEED_MS)
  }
  const took = (performance.now() - began) / 1_000
  demand(fleet.lost === 0, 'closed while the trace was fed')
  const texts = textsOf(await readState(target, room))
  demand(texts.join('\n') === trace.text, `${target.name} has another text than was fed`)
  fleet.close()
  return took
}

/** A server says nothing of what it has yet to store, but that keeps it busy. */
async function rest({ pid }: Target): Promise<void> {
  const deadline = performance.now() + RESTING_MS
  await pause(STORING_MS)
  for (let quiet = 0; quiet < 2 && performance.now() < deadline; ) {
    const meter = new CpuMeter([pid])
    await pause(1_000)
    quiet = meter.read([pid]) < REST ? quiet + 1 : 0
  }
}

function hasSeen(reader: Client, author: number, clock: number, ms: number): Promise<void> {
  return until(
    `clock ${clock} is seen`,
    () => (reader.seen.get(author) ?? 0) >= clock || Boolean(reader.line?.closed),
    ms,
  )
}

async function open(stage: Stage, trace: Trace, { profiling }: Size): Promise<Figures> {
  const target = await stage.start()
  const fleet = new Fleet(target)
  const client = new Client(fleet, stage.rooms[0] ?? '', 0)
  fleet.clients.push(client)
  let content = Number.NaN
  const spent = await cost(target, profiling, async () => {
    const began = performance.now()
    const complete = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the content did not come')), CONTENT_MS)
      client.onHeard = () => {
        if ((client.seen.get(trace.author) ?? 0) < trace.clock) return
        clearTimeout(late)
        content = performance.now() - began
        resolve()
      }
    })
    await Promise.all([client.join(), complete])
    // what is sent, or worked on, after the content
    await pause(500)
  })
  const texts = textsOf(await readState(target, stage.rooms[0] ?? ''))
  demand(texts.join('\n') === trace.text, `${target.name} opened another text than was fed`)
  const bytes = fleet.bytesIn
  fleet.close()
  await stage.kill()
  return {
    'content ms': content,
    'CPU ms': spent.server,
    '+db ms': spent.server + spent.database,
    'bytes on wire': bytes,
  }
}
