import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/actor'
import type { BusEvents } from '../../shared/events'
import { acting, liveWorkshop } from '../fixtures/live-workshop'
import type { FromListeners, ToListeners } from '../fixtures/room-listeners'
import { createWorld, type World } from '../setup/world'

const PEOPLE = 300
const ACTIVE = 20
const SECONDS = 30
/** Each of those who are active does something so often, milliseconds. */
const EVERY_MS = 6_000
const MINUTES = SECONDS / 60

/** A fact of the room, and when it was told after the beginning, milliseconds. */
type Told = { at: number; fact: { workshopId: string; item: unknown } }

async function listeners() {
  const child: ChildProcess = fork('tests/fixtures/room-listeners.ts', {
    execArgv: ['--import', 'tsx'],
  })
  return {
    async ask(message: ToListeners): Promise<FromListeners> {
      child.send(message)
      const [answer] = await once(child, 'message')
      return answer
    },
    end: () => child.send({ do: 'end' } satisfies ToListeners),
  }
}

/** CPU of this process, which serves and nothing else, in milliseconds, while something is done. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** One thing that an active participant does: mostly talk, sometimes vote for a question. */
async function doSomething(world: World, actor: Actor, id: string, n: number, item: string) {
  const text = `Пациент пропускает вечерний приём, когда работает в ночь; что вы делаете? (${n})`
  const act =
    n % 4 === 0 ? acting('upvote', { item, on: n % 8 === 0 }) : acting('say', { text, lang: 'ru' })
  await world.services.workshopRoom.act(actor, id, act)
}

async function measureRoom() {
  const world = await createWorld()
  const { origin } = await world.serve()
  const facilitator = await world.member('coordinator')
  const row = await liveWorkshop(world, facilitator)
  const id = String(row._id)
  const people: Actor[] = []
  for (let at = 0; at < PEOPLE; at += 20) {
    people.push(...(await Promise.all(Array.from({ length: 20 }, () => world.member('viewer')))))
  }
  const cookies = await Promise.all(people.map((each) => world.cookie(each)))
  const crowd = await listeners()
  const question = acting('ask', { text: 'Why?', lang: 'en' })
  const asked = await world.services.workshopRoom.act(facilitator, id, question)
  const joining = await cpuOf(() => crowd.ask({ do: 'connect', origin, cookies, workshopId: id }))
  // who is there has been told by then
  await wait(16_000)
  const before = await crowd.ask({ do: 'count' })
  const told: Told[] = []
  const begun = performance.now()
  const end = world.bus.subscribe('workshop:item', (fact: BusEvents['workshop:item']) => {
    const { workshopId, item } = fact
    told.push({ at: performance.now() - begun, fact: { workshopId, item } })
  })
  const doings: Promise<unknown>[] = []
  const late: number[] = []
  const cpu = await cpuOf(async () => {
    const step = EVERY_MS / ACTIVE
    for (let n = 0; n * step < SECONDS * 1_000; n++) {
      await wait(Math.max(0, begun + n * step - performance.now()))
      const sent = performance.now()
      const actor = people[n % ACTIVE] as Actor
      const done = doSomething(world, actor, id, n, asked.item?.id ?? '')
      doings.push(done.then(() => late.push(performance.now() - sent)))
    }
    await Promise.all(doings)
    await wait(500)
  })
  end()
  const after = await crowd.ask({ do: 'count' })
  crowd.end()
  late.sort((a, b) => a - b)
  const heard = after.facts - before.facts
  return { cpu, joining, bytes: after.bytes - before.bytes, heard, told, late }
}

/** The same facts at the same times, from a room that stores nothing and asks nobody. */
async function measureBare(told: readonly Told[]) {
  const server = createServer()
  const io = new Server(server, { perMessageDeflate: false, serveClient: false })
  io.on('connection', (socket) => void socket.join('room'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const crowd = await listeners()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const cookies = Array.from({ length: PEOPLE }, () => '')
  const joining = await cpuOf(() => crowd.ask({ do: 'connect', origin, cookies, workshopId: null }))
  const before = await crowd.ask({ do: 'count' })
  const begun = performance.now()
  const cpu = await cpuOf(async () => {
    for (const { at, fact } of told) {
      await wait(Math.max(0, begun + at - performance.now()))
      io.to('room').emit('workshop:item', fact)
    }
    await wait(Math.max(0, begun + SECONDS * 1_000 + 500 - performance.now()))
  })
  const after = await crowd.ask({ do: 'count' })
  crowd.end()
  await io.close()
  return { cpu, joining, bytes: after.bytes - before.bytes, heard: after.facts - before.facts }
}

describe(`a room of ${PEOPLE} with ${ACTIVE} active`, () => {
  it('beside a bare Socket.IO room that passes on the same', async () => {
    const ours = await measureRoom()
    const bare = await measureBare(ours.told)
    expect(ours.heard).toBe(ours.told.length * PEOPLE)
    expect(bare.heard).toBe(ours.heard)
    const each = (sum: number) => sum / PEOPLE / MINUTES
    const line = (name: string, one: number, other: number, digits: number) => ({
      [name]: {
        ours: one.toFixed(digits),
        bare: other.toFixed(digits),
        ratio: (one / other).toFixed(2),
      },
    })
    console.table({
      ...line('CPU ms per participant and minute', each(ours.cpu), each(bare.cpu), 2),
      ...line('bytes per participant and minute', each(ours.bytes), each(bare.bytes), 0),
      ...line('CPU ms to come in', ours.joining / PEOPLE, bare.joining / PEOPLE, 2),
      ...line('CPU, share of one core', ours.cpu / SECONDS / 1_000, bare.cpu / SECONDS / 1_000, 3),
    })
    const at = (share: number) => ours.late[Math.floor(ours.late.length * share)]?.toFixed(0)
    console.log(`acts: ${ours.late.length}, facts: ${ours.told.length}`)
    console.log(`ms until an act is stored, median ${at(0.5)}, 99th percentile ${at(0.99)}`)
    const bytes = ours.bytes / ours.heard
    console.log(`bytes of one fact on one line, with everything else: ${bytes.toFixed(0)}`)
  })
})
