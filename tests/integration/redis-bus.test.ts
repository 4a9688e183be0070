import { describe, expect, it } from 'vitest'
import { createRedisBus } from '../../server/adapters/redis-bus'
import type { BusEvents } from '../../shared/events'
import { until } from '../fixtures/collab'
import { connectTo, isRedisMissing, startRedis } from '../fixtures/redis'
import type { RedisServer } from '../fixtures/redis-server'
import { closeAfterTest } from '../setup/closing'

/** Longer than the longest pause between two attempts to connect. */
const BACK_MS = 8_000

type Fact = BusEvents['unread:changed']
const factOf = (threadId: string): Fact => ({ partnershipId: 'p', threadId, userIds: ['u'] })

/** A process with a bus, and the threads it heard of. */
async function openProcess(redis: RedisServer) {
  const own = connectTo(redis)
  const bus = createRedisBus(own.connection, own.log)
  closeAfterTest(() => bus.close())
  const heard: string[] = []
  bus.subscribe('unread:changed', ({ threadId }) => void heard.push(threadId))
  const say = (threadId: string) => bus.publish('unread:changed', factOf(threadId))
  return { ...own, bus, heard, say }
}

type Process = Awaited<ReturnType<typeof openProcess>>

/** Until what each says is heard by the other; then as if nothing had been said. */
async function standing(redis: RedisServer, a: Process, b: Process) {
  const knock = async (from: Process, to: Process, word: string) => {
    const isHeard = () => {
      from.say(word)
      return to.heard.includes(word)
    }
    await until('the line stands', isHeard, BACK_MS)
    // those before it have come with it
    from.say(`${word}, the last time`)
    await until('heard', () => to.heard.includes(`${word}, the last time`))
  }
  await knock(a, b, 'a knocks')
  await knock(b, a, 'b knocks')
  for (const { heard } of [a, b]) heard.length = 0
  return { redis, a, b }
}

async function openTwo() {
  const redis = await startRedis()
  return standing(redis, await openProcess(redis), await openProcess(redis))
}

describe.skipIf(isRedisMissing)('facts between processes', () => {
  it('everybody hears a fact once, whoever says it, in the order it was said', async () => {
    const { a, b } = await openTwo()
    const words = Array.from({ length: 100 }, (_, i) => `t${i}`)
    for (const word of words) a.say(word)
    await until('heard', () => b.heard.length >= 100 && a.heard.length >= 100)
    b.say('end')
    await until('heard', () => a.heard.includes('end') && b.heard.includes('end'))
    expect(a.heard).toEqual([...words, 'end'])
    expect(b.heard).toEqual([...words, 'end'])
  })

  it('what is for this process alone stays here', async () => {
    const { a, b } = await openTwo()
    a.bus.publishHere('unread:changed', factOf('here'))
    a.say('everywhere')
    await until('heard', () => b.heard.length > 0 && a.heard.length === 2)
    expect([a.heard, b.heard]).toEqual([['here', 'everywhere'], ['everywhere']])
  })

  it('own hearers are served without Redis, which is found when it comes', async () => {
    const redis = await startRedis()
    await redis.kill()
    const [a, b] = [await openProcess(redis), await openProcess(redis)]
    a.say('alone')
    await until('heard', () => a.heard.length === 1)
    await redis.restart()
    await standing(redis, a, b)
    expect(a.lines.map(({ level }) => level)).toEqual([40, 30])
  })

  it('goes on where it was after the line broke, and with what is there after a flush', async () => {
    const { redis, a, b } = await openTwo()
    a.say('before')
    await until('heard', () => b.heard.includes('before'))
    await redis.say('CLIENT KILL TYPE normal SKIPME yes')
    await standing(redis, a, b)
    await redis.flush()
    await standing(redis, a, b)
    await redis.restart()
    await standing(redis, a, b)
    a.say('after')
    await until('heard', () => b.heard.includes('after'))
    expect(b.heard).toEqual(['after'])
  })

  it('passes over what it does not know', async () => {
    const { a, b } = await openTwo()
    const fact = JSON.stringify(factOf('no'))
    for (const entry of [
      'not JSON',
      'null',
      `{"v":2,"from":"x","event":"unread:changed","fact":${fact}}`,
      `{"v":1,"from":"x","event":"toString","fact":${fact}}`,
      `{"v":1,"from":"x","event":"thread:forgotten","fact":${fact}}`,
      '{"v":1,"from":"x","event":"unread:changed","fact":[]}',
    ]) {
      await a.connection.commands.xadd('tw:bus', '*', 'm', entry)
    }
    a.say('yes')
    await until('heard', () => b.heard.length > 0)
    expect(b.heard).toEqual(['yes'])
  })

  it('says once that Redis refuses, and goes on when it does not', async () => {
    const { redis, a, b } = await openTwo()
    await redis.say('DEL tw:bus')
    await redis.say('SET tw:bus taken')
    const told = () => a.lines.filter(({ msg }) => msg === 'Redis takes nothing for tw:bus')
    for (let i = 0; i < 20; i++) {
      a.say('lost')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await until('told', () => told().length > 0)
    expect(told()).toHaveLength(1)
    await redis.say('DEL tw:bus')
    await standing(redis, a, b)
  })

  it('leaves nothing in Redis for long', async () => {
    const { redis } = await openTwo()
    const seconds = Number((await redis.say('TTL tw:bus')).slice(1))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(120)
  })
})
