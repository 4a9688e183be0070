import { MongoClient } from 'mongodb'
import mongoose, { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { AccessChange } from '../../models/access-change'
import { Membership } from '../../models/membership'
import { watchAccess } from '../../server/adapters/access-watch'
import { createMemoryBus } from '../../server/adapters/memory-bus'
import { createRedisBus } from '../../server/adapters/redis-bus'
import { readBearer } from '../../server/auth/sessions'
import { changeAccess } from '../../server/services/access-changes'
import type { Actor } from '../../shared/actor'
import type { BusEvents } from '../../shared/events'
import { until } from '../fixtures/collab'
import { connectTo, isRedisMissing, startRedis } from '../fixtures/redis'
import type { RedisServer } from '../fixtures/redis-server'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { closeAfterTest } from '../setup/closing'
import { connect, opened } from '../setup/sockets'
import { createWorld, type World } from '../setup/world'

/** Longest until access that ended on one process has ended on the others, milliseconds. */
const WITH_REDIS_MS = 2_000
const ALONE_MS = 5_000
/** As good as never. */
const NEVER_MS = 3_600_000

type How = { redis?: RedisServer; lookMs?: number }

/** One of several processes on one database; `toldOf` is what its doors heard of somebody's access. */
async function startProcess({ redis, lookMs }: How) {
  const joined = redis && connectTo(redis)
  const redisBus = joined && createRedisBus(joined.connection, joined.log)
  if (redisBus) closeAfterTest(() => redisBus.close())
  const world = await createWorld(redisBus && { bus: redisBus })
  const watch = watchAccess(world, lookMs)
  closeAfterTest(() => watch.close())
  const told: BusEvents['access:changed'][] = []
  closeAfterTest(world.bus.subscribe('access:changed', (fact) => void told.push(fact)))
  const toldOf = (actor: Actor) => told.filter(({ userId }) => userId === actor.userId)
  return { ...world, ...(await world.serve()), toldOf }
}

type Process = Awaited<ReturnType<typeof startProcess>>

async function twoProcesses(how: How = {}) {
  const [a, b] = [await startProcess(how), await startProcess(how)]
  const editor = await a.member('editor')
  return { a, b, editor, protocol: await a.protocol() }
}

/** Two processes, and what one says on the bus the other hears. */
async function twoOnRedis(lookMs?: number) {
  const redis = await startRedis()
  const both = await twoProcesses({ redis, ...(lookMs === undefined ? {} : { lookMs }) })
  const { a, b } = both
  let isHeard = false
  closeAfterTest(
    b.bus.subscribe('unread:changed', () => {
      isHeard = true
    }),
  )
  const knock = () => {
    a.bus.publish('unread:changed', { partnershipId: 'p', threadId: 't', userIds: [] })
    return isHeard
  }
  await until('the line stands', knock, 8_000)
  return { redis, ...both }
}

/** Somebody at work on a process: with a live document, and with a page. */
async function workOn(on: Process, home: World, actor: Actor, protocol: string) {
  const cookie = await home.cookie(actor)
  const url = `${on.origin.replace('http', 'ws')}/collab/${protocol}?ack=1`
  const document = new WebSocket(url, { headers: { cookie, origin: on.origin } })
  closeAfterTest(() => document.terminate())
  let closed: number | undefined
  document.on('close', (code) => {
    closed = code
  })
  await new Promise((resolve, reject) => document.on('open', resolve).on('error', reject))
  const page = connect(on.origin, cookie)
  expect(await opened(page)).toBe('connected')
  const bearer = await readBearer({ headers: { cookie } }, home.clock.now())
  if (!bearer) throw new Error('no session')
  return {
    actor: bearer.actor,
    closed: () => closed,
    ended: (withinMs: number) =>
      until('ended', () => closed !== undefined && page.disconnected, withinMs),
    isEnded: () => closed !== undefined || page.disconnected,
  }
}

describe('access that ends on one process', () => {
  it('ends on the others by the database alone', async () => {
    const { a, b, editor, protocol } = await twoProcesses()
    const work = await workOn(b, a, editor, protocol)
    await a.remove(editor)
    await work.ended(ALONE_MS)
    expect(work.closed()).toBe(4410)
  })

  it('ends one session on the others by the database alone, and no other session', async () => {
    const { a, b, editor, protocol } = await twoProcesses()
    const [here, elsewhere] = [
      await workOn(b, a, editor, protocol),
      await workOn(b, a, editor, protocol),
    ]
    await a.services.accounts.signOut(here.actor)
    await here.ended(ALONE_MS)
    expect(here.closed()).toBe(4401)
    expect(elsewhere.isEnded()).toBe(false)
  })

  it.skipIf(isRedisMissing)('ends on the others by Redis alone', async () => {
    const { a, b, editor, protocol } = await twoOnRedis(NEVER_MS)
    const [here, elsewhere] = [
      await workOn(b, a, editor, protocol),
      await workOn(b, a, editor, protocol),
    ]
    await a.services.accounts.signOut(here.actor)
    await here.ended(WITH_REDIS_MS)
    expect(elsewhere.isEnded()).toBe(false)
    await a.remove(editor)
    await elsewhere.ended(WITH_REDIS_MS)
    expect(elsewhere.closed()).toBe(4410)
  })

  it.skipIf(isRedisMissing)('ends on the others while Redis is gone', async () => {
    const { redis, a, b, editor, protocol } = await twoOnRedis()
    const work = await workOn(b, a, editor, protocol)
    await redis.kill()
    await a.remove(editor)
    await work.ended(ALONE_MS)
    expect(work.closed()).toBe(4410)
  })

  it.skipIf(isRedisMissing)('is told of once, though it can be heard of twice', async () => {
    const { a, b, editor } = await twoOnRedis(100)
    const changes = 5
    for (let i = 0; i < changes; i++) await a.setRole(editor, i % 2 === 0 ? 'viewer' : 'editor')
    const namesOn = ({ toldOf }: Process) => toldOf(editor).map(({ change }) => change)
    await until('told', () => [a, b].every((each) => namesOn(each).length >= changes))
    await untilLooked(6, 100)
    expect(new Set(namesOn(a)).size).toBe(changes)
    expect(new Set(namesOn(b))).toEqual(new Set(namesOn(a)))
    for (const each of [a, b]) {
      // on a machine out of breath the database may be quicker than the bus, which is no harm
      expect(namesOn(each).length).toBeLessThan(2 * changes)
    }
  })
})

describe('the word of it', () => {
  it('is neither written nor said when the change is not made', async () => {
    const { a, b, editor } = await twoProcesses({ lookMs: 20 })
    const at = { userId: editor.userId, partnershipId: a.partnershipId }
    const failing = changeAccess(a, at, async (session) => {
      const who = { user: editor.userId }
      await Membership.updateOne(who, { $set: { status: 'removed' } }, { session })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await Membership.countDocuments({ user: editor.userId, status: 'active' })).toBe(1)
    expect(await AccessChange.countDocuments({ user: editor.userId })).toBe(0)
    await untilLooked(3, 20)
    expect([a.toldOf(editor), b.toldOf(editor)]).toEqual([[], []])
  })

  it('is found though it was written a minute before it could be seen', async () => {
    const { b, editor } = await twoProcesses({ lookMs: 20 })
    await untilLooked(3, 20)
    const _id = new Types.ObjectId()
    await AccessChange.create({
      _id,
      at: new Date(Date.now() - 60_000),
      kind: 'access',
      user: editor.userId,
    })
    await until('told', () => b.toldOf(editor).length > 0)
    await untilLooked(3, 20)
    expect(b.toldOf(editor)).toEqual([{ userId: editor.userId, change: String(_id) }])
  })

  it('is found after the database was away', async () => {
    const world = await createWorld()
    const { host, port, name } = mongoose.connection
    const proxy = await createTcpProxy(host, port)
    closeAfterTest(() => proxy.close())
    const uri = `mongodb://127.0.0.1:${proxy.port}/${name}?directConnection=true`
    const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 300 }).connect()
    closeAfterTest(() => client.close())
    const bus = createMemoryBus((error) => Promise.reject(error))
    const told: BusEvents['access:changed'][] = []
    bus.subscribe('access:changed', (fact) => void told.push(fact))
    const watch = watchAccess({ db: client.db(), bus, log: world.log }, 20)
    closeAfterTest(() => watch.close())
    const editor = await world.member('editor')
    const isToldOf = (count: number) =>
      until('told', () => told.filter(({ userId }) => userId === editor.userId).length === count)
    await world.setRole(editor, 'viewer')
    await isToldOf(1)
    proxy.set('refuse')
    await world.setRole(editor, 'editor')
    await untilLooked(3, 400)
    proxy.set('through')
    await isToldOf(2)
  })

  it('is looked for by an index', async () => {
    await createWorld()
    const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] })
    const isNew = { $and: [{ $gt: ['$at', ago(90_000)] }, { $lt: ['$at', ago(300)] }] }
    const plan = await AccessChange.collection.find({ $expr: isNew }).sort({ at: 1 }).explain()
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).toContain('"IXSCAN"')
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).not.toContain('[MinKey')
  })
})

/** Long enough for so many looks, and for what is too young for the first of them. */
function untilLooked(times: number, lookMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300 + times * (lookMs + 30)))
}
