import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryBus } from '../../server/adapters/memory-bus'
import { connectRedis } from '../../server/adapters/redis-connection'
import { openSocketCluster } from '../../server/realtime/cluster'
import {
  both,
  hereFor,
  lineOf,
  openCluster,
  openPage,
  openThread,
  post,
  SEEN_MS,
} from '../fixtures/cluster-people'
import { startSocketNode } from '../fixtures/cluster-sockets'
import { startRedis } from '../fixtures/redis'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { closeAfterTest } from '../setup/closing'
import { next } from '../setup/sockets'
import { createWorld } from '../setup/world'

describe('without Redis', () => {
  it('a process starts, serves its own people, and finds the others when Redis comes', async () => {
    const redis = await startRedis()
    const proxy = await createTcpProxy('127.0.0.1', redis.port)
    closeAfterTest(proxy.close)
    proxy.set('refuse')
    const world = await createWorld()
    const [author, reader] = [await world.member('editor', 'a'), await world.member('editor', 'b')]
    const threadId = await openThread(world, author)
    const away = `redis://127.0.0.1:${proxy.port}`
    const [one, two] = [await startSocketNode(world, away), await startSocketNode(world, away)]
    const [mine, theirs] = [await lineOf(world, one, author), await lineOf(world, two, reader)]
    const [here, there] = [hereFor(mine), hereFor(theirs)]
    for (const line of [mine, theirs]) {
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    await vi.waitFor(() => {
      expect(here.ids).toEqual([author.userId])
      expect(there.ids).toEqual([reader.userId])
    }, SEEN_MS)
    proxy.set('through')
    await vi.waitFor(() => {
      expect(here.ids).toEqual(both(author, reader))
      expect(there.ids).toEqual(both(author, reader))
    }, SEEN_MS)
  })

  it.each(['killed', 'frozen'])(
    'that was %s, people of one process hear each other, and all do after its return',
    async (how) => {
      const { redis, world, one, two, author, reader, threadId } = await openCluster()
      const third = await world.member('reviewer', 'b')
      const [mine, theirs] = [await lineOf(world, one, author), await lineOf(world, two, reader)]
      const here = hereFor(mine)
      for (const line of [mine, theirs]) {
        await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
      }
      await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
      if (how === 'killed') await redis.kill()
      else redis.pause()
      const near = await lineOf(world, one, third)
      const typing = next(mine, 'thread:typing')
      await near.emitWithAck('thread:join', { threadId, afterRev: 0 })
      await vi.waitFor(() => expect(here.ids).toEqual(both(author, third)), SEEN_MS)
      near.emit('thread:typing', { threadId })
      expect((await typing).person.id).toBe(third.userId)
      const posted = next(mine, 'reply:posted')
      await post(world, author, threadId, 'Second.')
      await posted
      if (how === 'killed') await redis.restart()
      else redis.resume()
      await vi.waitFor(
        () => expect(here.ids).toEqual([author, reader, third].map(({ userId }) => userId).sort()),
        SEEN_MS,
      )
      const across = next(theirs, 'thread:typing')
      const saying = setInterval(() => near.emit('thread:typing', { threadId }), 200)
      closeAfterTest(() => clearInterval(saying))
      expect((await across).person.id).toBe(third.userId)
    },
  )

  it('a page has what was posted on another process, though its own could not hear of it', async () => {
    const { redis, world, author, reader, threadId } = await openCluster()
    // a bus that hears nothing of the others, as theirs is without Redis
    const deaf = await startSocketNode(world, redis.url, {
      bus: createMemoryBus((error) => Promise.reject(error)),
    })
    const page = await openPage(world, deaf.origin, reader, threadId)
    const seen: boolean[] = []
    page.line.watch((connected) => seen.push(connected))
    await vi.waitFor(() => expect(page.arrivals).toEqual(['First.']), SEEN_MS)
    await redis.kill()
    await post(world, author, threadId, 'Second.')
    await vi.waitFor(() => expect(page.arrivals).toEqual(['First.', 'Second.']), 10_000)
    await redis.restart()
    const asked = page.joined.mock.calls.length
    await vi.waitFor(() => expect(page.joined.mock.calls.length).toBeGreaterThan(asked), 10_000)
    expect(page.arrivals).toEqual(['First.', 'Second.'])
    // who shows a partnership asks for its lists again
    expect(seen.slice(-2)).toEqual([false, true])
  })

  it('a process ends in time, and leaves no line to Redis behind', async () => {
    const { redis, one, two } = await openCluster()
    const lines = async () => (await redis.say('CLIENT LIST')).split('id=').length - 1
    await vi.waitFor(async () => expect(await lines()).toBe(9), SEEN_MS)
    await one.close()
    await vi.waitFor(async () => expect(await lines()).toBe(5), SEEN_MS)
    await redis.kill()
    await two.close()
  })
})

describe('what comes from another process', () => {
  it.each([
    ['nothing', null],
    ['a kind that this one does not know', { kind: 'later', from: randomUUID() }],
    [
      'people of a room that is none',
      { kind: 'room', from: randomUUID(), rev: 1, room: '__proto__', people: [] },
    ],
    [
      'people that are none',
      {
        kind: 'rooms',
        from: randomUUID(),
        rev: 1,
        rooms: [[`thread:${'f'.repeat(24)}`, [{ id: 1 }]]],
      },
    ],
  ])('is passed over when it is %s', async (_what, message) => {
    const { redis, world, one, author, threadId } = await openCluster()
    const mine = await lineOf(world, one, author)
    await mine.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const connection = connectRedis(redis.url, world.log)
    const cluster = openSocketCluster(connection, { log: world.log })
    const other = new Server(createServer(), { adapter: cluster.adapter })
    closeAfterTest(async () => {
      await other.close()
      cluster.close()
      await connection.close()
    })
    const person = { id: 'f'.repeat(24), name: { given: 'Other', family: 'Tester' }, tone: 'b' }
    const told = next(mine, 'thread:here', ({ people }) => people.length === 2)
    const from = randomUUID()
    const good = {
      kind: 'rooms',
      from,
      rev: 1,
      rooms: [[`thread:${threadId}`, [{ ...person, secret: 'not for anybody' }]]],
    }
    // the line to Redis may not be there yet
    const saying = setInterval(() => {
      other.serverSideEmit('presence', message)
      other.serverSideEmit('presence', good)
    }, 100)
    closeAfterTest(() => clearInterval(saying))
    expect((await told).people).toContainEqual(person)
  })
})
