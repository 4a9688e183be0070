import { type Client, type Fleet, readState, until } from '../clients/fleet'
import { letter, textsOf } from '../clients/typing'
import type { Cost } from '../meter'
import type { Target } from '../servers/target'
import { demand, type Figures } from './scenario'

const DRAIN_MS = 90_000

/**
 * Open loop: everybody types at an even pace, each at their own moment of the interval, whatever the
 * server does.
 *
 * @param perSecond characters of one writer
 */
export async function typeEvenly(
  writers: readonly Client[],
  perSecond: number,
  seconds: number,
): Promise<void> {
  const interval = 1_000 / perSecond
  const total = Math.round(writers.length * perSecond * seconds)
  const began = performance.now()
  // the same order every time; neighbours in a room do not type at the same moment
  const order = writers.map((_, n) => (n * 7_919) % writers.length)
  for (let sent = 0; sent < total; ) {
    const now = performance.now()
    const due = Math.min(total, Math.ceil(((now - began) / interval) * writers.length))
    for (; sent < due; sent++) writers[order[sent % writers.length] ?? 0]?.type(now)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Closed loop: every writer keeps so many characters on their way to `observer`. */
export async function typeAhead(
  writers: readonly Client[],
  observer: Client,
  inFlight: number,
  seconds: number,
): Promise<void> {
  const fill = () => {
    const now = performance.now()
    for (const writer of writers) {
      const typist = writer.typist
      if (!typist) continue
      const missing = inFlight - (typist.clock - (observer.seen.get(typist.client) ?? 0))
      if (missing <= 0) continue
      writer.line?.together(() => {
        for (let n = 0; n < missing; n++) writer.type(now)
      })
    }
  }
  observer.onSeen = fill
  fill()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  observer.onSeen = () => {}
}

export function drain(fleet: Fleet): Promise<void> {
  return until('everybody has everything', () => fleet.isDrained(), DRAIN_MS)
}

/** Does a newcomer find every character, in the paragraph and the order in which it was typed? */
export async function checkContent(
  target: Target,
  fleet: Fleet,
  rooms: readonly string[],
  seed: Uint8Array,
): Promise<void> {
  demand(fleet.gaps === 0, `${fleet.gaps} updates came before what they build upon`)
  demand(fleet.lost === 0, `${fleet.lost} sockets were closed`)
  if (!target.dialect.syncs) return
  for (const room of rooms) {
    const texts = textsOf(seed)
    for (const { room: at, typist, paragraph } of fleet.clients) {
      if (at !== room || !typist) continue
      const typed = Array.from({ length: typist.clock }, (_, n) => letter(n)).join('')
      texts[paragraph] += typed
    }
    const found = textsOf(await readState(target, room))
    demand(found.join('\n') === texts.join('\n'), `${target.name} has another text than was typed`)
  }
}

/** CPU by what was delivered, and how long that took. */
export function figuresOf(cost: Cost, count: number, fleet: Fleet): Figures {
  return {
    'CPU us': (cost.server * 1_000) / count,
    '+db us': ((cost.server + cost.database) * 1_000) / count,
    'p50 ms': fleet.latency.percentile(0.5),
    'p99 ms': fleet.latency.percentile(0.99),
  }
}
