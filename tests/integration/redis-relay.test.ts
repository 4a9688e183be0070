import { describe, expect, it, vi } from 'vitest'
import { createRedisRelay } from '../../server/adapters/redis-relay'
import type { RoomMessage } from '../../server/ports'
import { until } from '../fixtures/collab'
import { connectTo, isRedisMissing, startRedis } from '../fixtures/redis'
import type { RedisServer } from '../fixtures/redis-server'
import { closeAfterTest } from '../setup/closing'

/** Longer than the longest pause between two attempts to connect. */
const BACK_MS = 8_000

/** The number of a row that ends what was said to be heard. */
const LAST = 1_000_000

/** A process that has joined the others. */
async function openProcess(redis: RedisServer) {
  const own = connectTo(redis)
  const relay = createRedisRelay(own.connection, own.log)
  closeAfterTest(() => relay.close())
  return { ...own, relay }
}

async function openTwo() {
  const redis = await startRedis()
  const [a, b] = [await openProcess(redis), await openProcess(redis)]
  await until('connected', () =>
    [a, b].every(({ connection }) => connection.commands.status === 'ready'),
  )
  return { redis, a, b }
}

type Process = Awaited<ReturnType<typeof openProcess>>

/** What a process hears of a room, once it hears at all. */
async function hearing(listener: Process, speaker: Process, room: string) {
  const heard: RoomMessage[] = []
  listener.relay.listen(room, (message) => heard.push(message))
  await hears(heard, speaker, room)
  return heard
}

/** Ask until it is heard, and forget it. */
async function hears(heard: RoomMessage[], speaker: Process, room: string) {
  await until(
    'the line stands',
    () => {
      speaker.relay.send(room, { kind: 'presence-asked' })
      return heard.length > 0
    },
    BACK_MS,
  )
  // those before it have come with it
  speaker.relay.send(room, rowOf(LAST))
  await until('heard', () => heard.some((said) => said.kind === 'row' && said.seq === LAST))
  heard.length = 0
}

const rowOf = (seq: number, update: Uint8Array | null = Uint8Array.of(1, 2, 3)): RoomMessage => ({
  kind: 'row',
  gen: 1,
  epoch: 1,
  seq,
  update,
  by: [{ user: 'anna', clients: [7], frames: 2 }],
  at: new Date('2026-03-01T10:00:00Z'),
})

describe.skipIf(isRedisMissing)('rooms between processes', () => {
  it('what one says of a room, the other hears in order, and nobody of other rooms', async () => {
    const { a, b } = await openTwo()
    const heard = await hearing(b, a, 'room')
    const own = await hearing(a, b, 'room')
    const other = await hearing(b, a, 'other')
    const rows = Array.from({ length: 50 }, (_, i) => rowOf(i + 1))
    for (const row of rows) a.relay.send('room', row)
    b.relay.send('room', { kind: 'hash', gen: 1, seq: 50, hash: 'x' })
    await until('heard', () => heard.length === 50 && own.length > 0)
    expect(heard).toEqual(rows)
    expect(own).toEqual([{ kind: 'hash', gen: 1, seq: 50, hash: 'x' }])
    expect(other).toEqual([])
  })

  it('says who speaks, and nothing more to who has stopped listening', async () => {
    const { a, b } = await openTwo()
    const heard: string[] = []
    const stop = b.relay.listen('room', (_message, from) => heard.push(from))
    const still = await hearing(b, a, 'room')
    const [name] = heard
    expect(name).toBeTruthy()
    expect(new Set(heard)).toEqual(new Set([name]))
    stop()
    heard.length = 0
    a.relay.send('room', rowOf(1))
    await until('heard', () => still.length === 1)
    expect(heard).toEqual([])
  })

  it('names a large row without its update', async () => {
    const { a, b } = await openTwo()
    const heard = await hearing(b, a, 'room')
    a.relay.send('room', rowOf(1, new Uint8Array(262_144).fill(1)))
    a.relay.send('room', rowOf(2, new Uint8Array(262_145).fill(1)))
    await until('heard', () => heard.length === 2)
    const sizes = heard.map((row) => row.kind === 'row' && (row.update?.length ?? null))
    expect(sizes).toEqual([262_144, null])
    expect(heard[1]).toEqual(rowOf(2, null))
  })

  it('reads on after what makes no sense, and after a hearer that fails', async () => {
    const { redis, a, b } = await openTwo()
    const heard = await hearing(b, a, 'room')
    b.relay.listen('room', () => {
      throw new Error('no')
    })
    for (const junk of ['m junk', 'other field', 'm ""']) await redis.say(`XADD tw:rooms * ${junk}`)
    a.relay.send('room', rowOf(1))
    a.relay.send('room', rowOf(2))
    await until('heard', () => heard.length === 2)
  })

  it('does not read where no room is open, and reads again when one is', async () => {
    const { redis, a, b } = await openTwo()
    const waiting = async () => Number(/blocked_clients:(\d+)/.exec(await redis.say('INFO'))?.[1])
    expect(await waiting()).toBe(0)
    const stop = b.relay.listen('room', () => {})
    await until('waiting', async () => (await waiting()) === 1)
    stop()
    a.relay.send('elsewhere', rowOf(1))
    await until('at rest', async () => (await waiting()) === 0)
    await hearing(b, a, 'room')
  })

  it.each<[string, (redis: RedisServer) => Promise<unknown>]>([
    ['was flushed', (redis) => redis.flush()],
    ['was cut off at its end', (redis) => redis.say('XTRIM tw:rooms MAXLEN 0')],
    ['was killed and is back, empty', (redis) => redis.restart()],
    [
      'was replaced by one whose clock is behind',
      async (redis) => {
        await redis.say('XADD tw:rooms 9999999999999-0 m far')
        await new Promise((resolve) => setTimeout(resolve, 100))
        await redis.restart()
      },
    ],
    [
      'stood still',
      async (redis) => {
        redis.pause()
        await new Promise((resolve) => setTimeout(resolve, 500))
        redis.resume()
      },
    ],
  ])('goes on when Redis %s', async (_what, strike) => {
    const { redis, a, b } = await openTwo()
    const heard = await hearing(b, a, 'room')
    a.relay.send('room', rowOf(1))
    await until('heard', () => heard.length === 1)
    await strike(redis)
    heard.length = 0
    await hears(heard, a, 'room')
    a.relay.send('room', rowOf(2))
    await until('heard', () => heard.length === 1)
    expect(heard).toEqual([rowOf(2)])
  })

  it('starts and speaks without Redis, says so once, and finds it later', async () => {
    const redis = await startRedis()
    await redis.kill()
    const [a, b] = [await openProcess(redis), await openProcess(redis)]
    const heard: RoomMessage[] = []
    b.relay.listen('room', (message) => heard.push(message))
    for (let i = 0; i < 1_000; i++) a.relay.send('room', rowOf(i))
    await vi.waitFor(() => expect(a.lines).toHaveLength(1), BACK_MS)
    await redis.restart()
    await hears(heard, a, 'room')
    expect(a.lines.map(({ level, msg }) => [level, msg])).toEqual([
      [40, 'Redis is away: processes hear of one another through the database'],
      [30, 'Redis is back'],
    ])
  })

  it('keeps no more than some megabytes for a Redis that does not answer', async () => {
    const { redis, a, b } = await openTwo()
    const heard = await hearing(b, a, 'room')
    redis.pause()
    for (let i = 0; i < 200; i++) {
      a.relay.send('room', rowOf(i, new Uint8Array(200_000)))
      await new Promise(setImmediate)
    }
    redis.resume()
    await until('the last is heard', () => {
      a.relay.send('room', { kind: 'presence-asked' })
      return heard.some(({ kind }) => kind === 'presence-asked')
    })
    const rows = heard.filter(({ kind }) => kind === 'row').length
    // of 40 MB
    expect(rows * 200_000).toBeGreaterThan(4_000_000)
    expect(rows * 200_000).toBeLessThan(10_000_000)
  })
})
