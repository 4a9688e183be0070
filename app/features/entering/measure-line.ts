import { MEASURE_BYTES } from '../../../shared/guests'
import { kbpsOf, type LineMeasured } from './line-verdict'

/** A line that has not answered by then carries nothing, milliseconds. */
const LONGEST_MS = 40_000
const SOCKET_MS = 8_000
const PINGS = 3

/**
 * Measure the line to our own server by real requests.
 *
 * @param address of the page that answers with bytes and takes some
 * @param saver with fewer bytes, for who pays for each
 * @throws when nothing comes through
 */
export async function measureLine(address: string, saver: boolean): Promise<LineMeasured> {
  const signal = AbortSignal.timeout(LONGEST_MS)
  const ask = async (search: string, init: RequestInit = {}) => {
    const began = performance.now()
    const answer = await fetch(`${address}${search}`, { cache: 'no-store', signal, ...init })
    const { byteLength } = await answer.arrayBuffer()
    if (!answer.ok) throw new Error(String(answer.status))
    return { ms: performance.now() - began, bytes: byteLength }
  }
  const pings: number[] = []
  // the first one opens the connection
  for (let n = 0; n <= PINGS; n++) pings.push((await ask('?bytes=none')).ms)
  const latencyMs = Math.min(...pings.slice(1))
  const down = await ask(saver ? '?bytes=few' : '?bytes=many')
  const sent = await ask('', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: crypto.getRandomValues(new Uint8Array(MEASURE_BYTES.few)),
  })
  return {
    latencyMs: Math.round(latencyMs),
    downKbps: kbpsOf(down.bytes, down.ms, latencyMs),
    upKbps: kbpsOf(MEASURE_BYTES.few, sent.ms, latencyMs),
    socket: await opensSocket(),
  }
}

function opensSocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const path = '/socket.io/?EIO=4&transport=websocket'
    const socket = new WebSocket(`${scheme}://${location.host}${path}`)
    const done = (opens: boolean) => {
      clearTimeout(timer)
      socket.close()
      resolve(opens)
    }
    const timer = setTimeout(() => done(false), SOCKET_MS)
    socket.addEventListener('open', () => done(true))
    socket.addEventListener('error', () => done(false))
  })
}
