import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { createRedisBus } from '../../server/adapters/redis-bus'
import { connectRedis } from '../../server/adapters/redis-connection'
import {
  both,
  hereFor,
  lineOf,
  openCluster,
  openPage,
  openThread,
  post,
  QUIET_MS,
  SEEN_MS,
} from '../fixtures/cluster-people'
import { HEARTBEAT, startSocketNode } from '../fixtures/cluster-sockets'
import { startRedis } from '../fixtures/redis'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { closeAfterTest } from '../setup/closing'
import { type Client, listenTo, next } from '../setup/sockets'
import { createWorld } from '../setup/world'

describe('people on several processes', () => {
  it('see each other come and go, in a partnership and in a thread, each person once', async () => {
    const { world, one, two, author, reader, threadId } = await openCluster()
    const { partnershipId } = world
    const mine = await lineOf(world, one, author)
    // the same person on both processes is still one
    const tabs = [await lineOf(world, one, reader), await lineOf(world, two, reader)]
    const here = hereFor(mine)
    const inPartnership = next(mine, 'partnership:here', ({ people }) => people.length === 2)
    for (const line of [mine, ...tabs]) {
      await line.emitWithAck('partnership:join', { partnershipId })
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    expect((await inPartnership).people.map(({ id }) => id)).toEqual(both(author, reader))
    await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
    const far = hereFor(tabs[1] as Client)
    await tabs[0]?.emitWithAck('thread:leave', { threadId })
    await wait(QUIET_MS)
    await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
    mine.disconnect()
    await vi.waitFor(() => expect(far.ids).toEqual([reader.userId]), SEEN_MS)
  })

  it('are told to who comes later to the other process', async () => {
    const { world, one, two, author, reader, threadId } = await openCluster()
    const early = await lineOf(world, one, author)
    const told = next(early, 'thread:here')
    await early.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await told
    const late = await lineOf(world, two, reader)
    const here = hereFor(late)
    await late.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
  })

  it('are told to a process that starts later', async () => {
    const { redis, world, one, author, reader, threadId } = await openCluster()
    const early = await lineOf(world, one, author)
    const told = next(early, 'thread:here')
    await early.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await told
    const third = await startSocketNode(world, redis.url)
    const late = await lineOf(world, third, reader)
    const here = hereFor(late)
    await late.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
  })

  it('see each other write', async () => {
    const { world, one, two, author, reader, threadId } = await openCluster()
    const [writing, watching] = [await lineOf(world, one, author), await lineOf(world, two, reader)]
    for (const line of [writing, watching]) {
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    const typing = next(watching, 'thread:typing')
    writing.emit('thread:typing', { threadId })
    expect((await typing).person.id).toBe(author.userId)
  })

  it('are each told of a fact once', async () => {
    const { world, one, two, author, reader, threadId } = await openCluster()
    const lines = [
      await lineOf(world, one, author),
      await lineOf(world, one, reader),
      await lineOf(world, two, author),
      await lineOf(world, two, reader),
    ]
    for (const line of lines) {
      await line.emitWithAck('partnership:join', { partnershipId: world.partnershipId })
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    const heard = lines.map(listenTo)
    const reply = await post(world, author, threadId, 'Second.')
    const posted = () => heard.map((each) => each.filter(([event]) => event === 'reply:posted'))
    await vi.waitFor(() => expect(posted().flat()).toHaveLength(4), SEEN_MS)
    await wait(QUIET_MS)
    expect(posted()).toEqual(lines.map(() => [['reply:posted', reply]]))
    const told = heard.map((each) => each.filter(([event]) => event === 'thread:changed').length)
    expect(told).toEqual([1, 1, 1, 1])
  })

  it('are each told once by the bus between the processes, the publisher’s own people too', async () => {
    const { redis, world, author, reader, threadId } = await openCluster()
    const nodes = []
    for (let n = 0; n < 2; n++) {
      const connection = connectRedis(redis.url, world.log)
      const bus = createRedisBus(connection, world.log)
      closeAfterTest(() => connection.close())
      closeAfterTest(() => bus.close())
      nodes.push({ bus, ...(await startSocketNode(world, redis.url, { bus })) })
    }
    const [near, far] = nodes
    if (!near || !far) throw new Error('two processes')
    const lines = [await lineOf(world, near, author), await lineOf(world, far, reader)]
    for (const line of lines) await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const heard = lines.map(listenTo)
    const reply = await post(world, author, threadId, 'Second.')
    const posted = () => heard.map((each) => each.filter(([event]) => event === 'reply:posted'))
    // the reader of the bus may not be there yet, so it is said until it is heard; each saying is one fact
    let said = 0
    await vi.waitFor(async () => {
      near.bus.publish('reply:posted', reply)
      said += 1
      await wait(100)
      expect(posted()[1]).not.toEqual([])
    }, SEEN_MS)
    const before = posted()[1]?.length ?? 0
    near.bus.publish('reply:posted', reply)
    await vi.waitFor(() => expect(posted()[1]).toHaveLength(before + 1), SEEN_MS)
    await wait(QUIET_MS)
    expect(posted().map((each) => each.length)).toEqual([said + 1, before + 1])
  })

  it('are all hung up on when their access ends, wherever they are', async () => {
    const { world, one, two, reader, threadId } = await openCluster()
    const lines = [await lineOf(world, one, reader), await lineOf(world, two, reader)]
    for (const line of lines) await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const ended = lines.map((line) => new Promise((resolve) => line.on('disconnect', resolve)))
    await world.remove(reader)
    expect(await Promise.all(ended)).toEqual(['io server disconnect', 'io server disconnect'])
  })
})

describe('a process that goes', () => {
  it('takes its people with it at once when it is stopped, and nobody else', async () => {
    const patient = { ...HEARTBEAT, goneAfterMs: 60_000 }
    const { world, one, two, author, reader, threadId } = await openCluster(patient)
    const [mine, theirs] = [await lineOf(world, one, author), await lineOf(world, two, reader)]
    const here = hereFor(mine)
    for (const line of [mine, theirs]) {
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    await vi.waitFor(() => expect(here.ids).toEqual(both(author, reader)), SEEN_MS)
    const ended = once(theirs as never, 'disconnect')
    await two.close()
    await ended
    await vi.waitFor(() => expect(here.ids).toEqual([author.userId]), SEEN_MS)
    expect(mine.connected).toBe(true)
  })

  it('loses its people after a while of silence, and has them back when it speaks again', async () => {
    const redis = await startRedis()
    const proxy = await createTcpProxy('127.0.0.1', redis.port)
    closeAfterTest(proxy.close)
    const world = await createWorld()
    const [author, reader] = [await world.member('editor', 'a'), await world.member('editor', 'b')]
    const threadId = await openThread(world, author)
    const one = await startSocketNode(world, redis.url)
    const two = await startSocketNode(world, `redis://127.0.0.1:${proxy.port}`)
    const [mine, theirs] = [await lineOf(world, one, author), await lineOf(world, two, reader)]
    const [here, there] = [hereFor(mine), hereFor(theirs)]
    for (const line of [mine, theirs]) {
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    const seeEachOther = () => {
      expect(here.ids).toEqual(both(author, reader))
      expect(there.ids).toEqual(both(author, reader))
    }
    await vi.waitFor(seeEachOther, SEEN_MS)
    proxy.set('refuse')
    await vi.waitFor(() => {
      expect(here.ids).toEqual([author.userId])
      expect(there.ids).toEqual([reader.userId])
    }, 4 * HEARTBEAT.goneAfterMs)
    proxy.set('through')
    await vi.waitFor(seeEachOther, 5_000)
  })
})

describe('a page whose process is gone', () => {
  /** Behind a fixed address: first the one process, after its end the other. */
  async function openSwitched() {
    const { redis, world, one, author, reader, threadId } = await openCluster()
    const first = await createTcpProxy('127.0.0.1', one.port)
    const { port } = first
    const page = await openPage(world, `http://127.0.0.1:${port}`, reader, threadId)
    await vi.waitFor(() => expect(page.joined).toHaveBeenCalledTimes(1), SEEN_MS)
    /** The one dies without a word; its people call the same address and get the other. */
    const switchOver = async () => {
      const second = await startSocketNode(world, redis.url, { port })
      closeAfterTest(second.close)
    }
    return { world, author, reader, threadId, page, first, switchOver }
  }

  it('has everything that was posted meanwhile, once, from the other one', async () => {
    const { world, author, threadId, page, first, switchOver } = await openSwitched()
    await post(world, author, threadId, 'Second.')
    await vi.waitFor(() => expect(page.arrivals).toEqual(['First.', 'Second.']), SEEN_MS)
    first.close()
    await vi.waitFor(() => expect(page.line.connected).toBe(false), SEEN_MS)
    const missed = ['Third.', 'Fourth.']
    for (const text of missed) await post(world, author, threadId, text)
    await switchOver()
    await vi.waitFor(() => expect(page.joined).toHaveBeenCalledTimes(2), 10_000)
    await post(world, author, threadId, 'Fifth.')
    await vi.waitFor(() => expect(page.arrivals).toContain('Fifth.'), SEEN_MS)
    await wait(QUIET_MS)
    expect(page.arrivals).toEqual(['First.', 'Second.', ...missed, 'Fifth.'])
  })

  it('gets nothing when its reader was removed meanwhile', async () => {
    const { world, author, reader, threadId, page, first, switchOver } = await openSwitched()
    first.close()
    await vi.waitFor(() => expect(page.line.connected).toBe(false), SEEN_MS)
    await post(world, author, threadId, 'Not for them.')
    await world.remove(reader)
    await switchOver()
    await vi.waitFor(() => expect(page.refused).toHaveBeenCalledWith('not_found'), 10_000)
    await post(world, author, threadId, 'Nor this.')
    await wait(QUIET_MS)
    expect(page.arrivals).toEqual(['First.'])
  })
})
