import { Fleet } from '../clients/fleet'
import { placesOf } from '../clients/typing'
import { Inspector } from '../inspector'
import { CpuMeter, residentKb } from '../processes'
import { firstContent } from '../seed'
import type { Target } from '../servers/target'
import { demand, type Figures, keepsDocuments, passesMessages, type Scenario } from './scenario'
import { drain, typeEvenly } from './typing'

const TYPING = { perSecond: 5, seconds: 2 }
const SETTLE_MS = 3_000
/** Rooms that are opened before anything is measured: the first of everything loads code. */
const FIRST_ROOMS = 10

const idleMsOf = (quick: boolean) => (quick ? 2_000 : 30_000)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Memory as the system sees it, once what is garbage has been collected. */
async function collected(target: Target, inspector: Inspector): Promise<number> {
  for (let n = 0; n < 3; n++) {
    await inspector.call('HeapProfiler.collectGarbage')
    await pause(300)
  }
  return residentKb(target.pid)
}

/** @returns the rooms that are still closed */
async function joinFirst(fleet: Fleet, rooms: readonly string[]): Promise<string[]> {
  const first = rooms.slice(0, FIRST_ROOMS)
  await fleet.join([...first, ...first])
  return rooms.slice(FIRST_ROOMS)
}

/** Memory of a server with documents open, two people in each. */
export const memory: Scenario = {
  name: 'memory',
  title: ({ quick }) =>
    `${roomsOf(quick, 500)} rooms x 2 people; resident memory over that of the idle server, after a garbage collection, per pair`,
  includes: keepsDocuments,
  columns: { 'KB/pair': 1, 'KB/pair after typing': 1, 'idle server MB': 1 },
  ratios: ['KB/pair', 'KB/pair after typing'],

  async measure(contestant, { quick }) {
    const rooms = roomsOf(quick, 500)
    const seed = firstContent()
    const stage = await contestant.prepare({ rooms, sockets: rooms * 2, seed })
    try {
      const target = await stage.start()
      const inspector = await Inspector.open(target.pid, target.inspectPort)
      const fleet = new Fleet(target)
      const idleKb = await collected(target, inspector)
      const others = await joinFirst(fleet, stage.rooms)
      const before = await collected(target, inspector)
      await fleet.join([...others, ...others])
      const places = placesOf(seed)
      const late = fleet.clients.slice(FIRST_ROOMS * 2)
      for (const [n, client] of late.entries()) {
        fleet.assign(client, n < others.length ? 0 : 1, places)
      }
      await pause(SETTLE_MS)
      const opened = await collected(target, inspector)
      await typeEvenly(late, TYPING.perSecond, TYPING.seconds)
      await drain(fleet)
      await pause(SETTLE_MS)
      const typed = await collected(target, inspector)
      demand(fleet.lost === 0, `${fleet.lost} sockets were closed`)
      fleet.close()
      inspector.close()
      return {
        'KB/pair': (opened - before) / others.length,
        'KB/pair after typing': (typed - before) / others.length,
        'idle server MB': idleKb / 1_024,
      }
    } finally {
      await stage.clear()
    }
  },
}

/** Sockets that nobody uses: what they hold, and what they cost. */
export const idle: Scenario = {
  name: 'idle',
  title: ({ quick }) =>
    `${roomsOf(quick, 1_000) * 2} sockets in ${roomsOf(quick, 1_000)} rooms, silent for ${idleMsOf(quick) / 1_000} s`,
  includes: passesMessages,
  columns: {
    'KB/socket': 1,
    'KB/socket collected': 1,
    'connect us': 0,
    'idle CPU %': 2,
    'idle +db %': 2,
  },
  ratios: ['KB/socket', 'KB/socket collected'],

  async measure(contestant, { quick }): Promise<Figures> {
    const rooms = roomsOf(quick, 1_000)
    const stage = await contestant.prepare({ rooms, sockets: rooms * 2, seed: firstContent() })
    try {
      const target = await stage.start()
      const database = target.databasePid === null ? [] : [target.databasePid]
      const fleet = new Fleet(target)
      const others = await joinFirst(fleet, stage.rooms)
      await pause(SETTLE_MS)
      const inspector = await Inspector.open(target.pid, target.inspectPort)
      const empty = residentKb(target.pid)
      const emptyCollected = await collected(target, inspector)
      const connecting = new CpuMeter([target.pid])
      await fleet.join([...others, ...others])
      const connectMs = connecting.read([target.pid])
      await pause(SETTLE_MS)
      const full = residentKb(target.pid)
      const [cpu, databaseCpu] = [new CpuMeter([target.pid]), new CpuMeter(database)]
      const idleMs = idleMsOf(quick)
      await pause(idleMs)
      const [used, databaseUsed] = [cpu.read([target.pid]), databaseCpu.read(database)]
      demand(fleet.lost === 0, `${fleet.lost} sockets were closed`)
      const withSockets = await collected(target, inspector)
      fleet.close()
      inspector.close()
      const sockets = others.length * 2
      return {
        'KB/socket': (full - empty) / sockets,
        'KB/socket collected': (withSockets - emptyCollected) / sockets,
        'connect us': (connectMs * 1_000) / sockets,
        'idle CPU %': (used / idleMs) * 100,
        'idle +db %': ((used + databaseUsed) / idleMs) * 100,
      }
    } finally {
      await stage.clear()
    }
  },
}

const roomsOf = (quick: boolean, full: number) => (quick ? full / 5 : full)
