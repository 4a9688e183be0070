import { describe, expect, it } from 'vitest'
import { createRedisRelay } from '../../server/adapters/redis-relay'
import {
  acked,
  createCollabWorld,
  firstText,
  rawWithDoc,
  stateOf,
  textOf,
  until,
} from '../fixtures/collab'
import { connectTo, isRedisMissing, startRedis } from '../fixtures/redis'
import type { RedisServer } from '../fixtures/redis-server'
import { closeAfterTest } from '../setup/closing'

/** Longest until an edit on one process is seen on another, milliseconds: with Redis, and without. */
const QUICK_MS = 1_000
const HEALED_MS = 3_000
/** Longer than the longest pause between two attempts to connect, besides. */
const BACK_MS = 8_000

async function startProcess(redis: RedisServer, uri?: string) {
  const { connection, log } = connectTo(redis)
  const relay = createRedisRelay(connection, log)
  closeAfterTest(() => relay.close())
  const world = await createCollabWorld({ relay, ...(uri ? { uri } : {}) })
  await until('connected', () => connection.commands.status === 'ready')
  return world
}

/** Somebody on each of two processes, in one document. */
async function openTwo() {
  const redis = await startRedis()
  const a = await startProcess(redis)
  const b = await startProcess(redis, a.uri)
  const at = await a.room()
  b.rooms.set(at.room, at)
  const [anna, boris] = [await rawWithDoc(a, at, a.person()), b.join(at, b.person())]
  await until('in', () => boris.provider.synced)
  let typed = 0
  /** Anna types a word; it takes so long until Boris sees it. */
  async function crossing(withinMs: number): Promise<void> {
    const word = `w${++typed} `
    anna.send(anna.change(() => firstText(anna.doc).insert(0, word)))
    await until('stored', () => acked(anna) === typed)
    await until(`“${word}” crossed`, () => textOf(boris.doc).includes(word), withinMs)
  }
  return { redis, a, b, at, crossing }
}

describe.skipIf(isRedisMissing)('one document on two processes', () => {
  it('an edit crosses at once', async () => {
    const { a, b, at, crossing } = await openTwo()
    await crossing(HEALED_MS)
    for (let i = 0; i < 20; i++) await crossing(QUICK_MS)
    expect(await stateOf(a, at)).toBe(await stateOf(b, at))
  })

  it.each<[string, (redis: RedisServer) => unknown, (redis: RedisServer) => unknown]>([
    ['is killed', (redis) => redis.kill(), (redis) => redis.restart()],
    ['stands still', (redis) => redis.pause(), (redis) => redis.resume()],
    ['is flushed', (redis) => redis.flush(), () => {}],
    ['is cut off at its end', (redis) => redis.say('XTRIM tw:rooms MAXLEN 0'), () => {}],
  ])(
    'an edit crosses by the log when Redis %s, and at once afterwards',
    async (_what, strike, heal) => {
      const { redis, a, b, at, crossing } = await openTwo()
      await crossing(HEALED_MS)
      await strike(redis)
      for (let i = 0; i < 3; i++) await crossing(HEALED_MS)
      await heal(redis)
      const since = performance.now()
      while (performance.now() - since < BACK_MS) {
        await crossing(HEALED_MS)
        if (await isQuick(() => crossing(QUICK_MS))) break
      }
      for (let i = 0; i < 5; i++) await crossing(QUICK_MS)
      expect(await stateOf(a, at)).toBe(await stateOf(b, at))
    },
  )
})

async function isQuick(cross: () => Promise<void>): Promise<boolean> {
  const began = performance.now()
  await cross().catch(() => {})
  return performance.now() - began < QUICK_MS
}
