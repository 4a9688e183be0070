import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import type { ClientSession } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { PIECE_BYTES } from '../../server/adapters/mongo-storage'
import { createWorld, type World } from '../setup/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

async function readAll(key: string, range?: { start: number; end: number }): Promise<Buffer> {
  return Buffer.concat(await world.storage.read(key, range).toArray())
}

/** Bytes that differ everywhere, so that a piece in the wrong place shows. */
function bytesOf(length: number, seed: number): Buffer {
  const block = createHash('sha512').update(String(seed)).digest()
  const all = Buffer.alloc(length, block)
  for (let at = 0; at + 4 <= length; at += 1_000) all.writeUInt32LE((at ^ seed) >>> 0, at)
  return all
}

describe('storage', () => {
  it('reads back any sequence of appends and cuts, under any range', async () => {
    // doubles would nearly all lie beside nought
    const part = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)
    const step = fc.record({
      // a part of what is there is written anew, as after an answer that was lost
      back: part,
      length: fc.oneof(fc.nat(2_000), fc.nat(PIECE_BYTES * 2 + 10)),
      asStream: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(part, part), { maxLength: 4 }),
        async (steps, ranges) => {
          const key = randomUUID()
          let expected = Buffer.alloc(0)
          for (const [index, { back, length, asStream }] of steps.entries()) {
            const offset =
              back < 0.6 ? expected.length : Math.floor(expected.length * (back - 0.6) * 2.5)
            const added = bytesOf(length, index + 1)
            const body = asStream ? Readable.from(partsOf(added), { objectMode: false }) : added
            const end = await world.storage.append(key, offset, body)
            expected = Buffer.concat([expected.subarray(0, offset), added])
            expect(end).toBe(expected.length)
          }
          if (expected.length > 0) expect((await readAll(key)).equals(expected)).toBe(true)
          for (const [a, b] of ranges) {
            if (expected.length === 0) continue
            const [start, end] = [a, b]
              .map((part) => Math.min(expected.length - 1, Math.floor(part * expected.length)))
              .sort((x, y) => x - y)
            if (start === undefined || end === undefined) continue
            const found = await readAll(key, { start, end })
            expect(found.equals(expected.subarray(start, end + 1))).toBe(true)
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  it.each([
    ['bytes', () => new Uint8Array()],
    ['a stream', () => Readable.from([], { objectMode: false })],
  ])('ends where nothing is written anew, as %s', async (_as, nothing) => {
    const key = randomUUID()
    await world.storage.append(key, 0, Buffer.from('ab'))
    expect(await world.storage.append(key, 1, nothing())).toBe(1)
    expect(String(await readAll(key))).toBe('a')
  })

  it('keeps pieces small, however much comes at once', async () => {
    const key = randomUUID()
    await world.storage.append(key, 0, randomBytes(3 * PIECE_BYTES + 1))
    const pieces = await world.db.collection('file_pieces').find({ '_id.f': key }).toArray()
    expect(pieces.length).toBe(4)
    expect(Math.max(...pieces.map(({ n }) => n))).toBeLessThanOrEqual(PIECE_BYTES)
  })

  it('refuses to leave a gap', async () => {
    const key = randomUUID()
    await world.storage.append(key, 0, randomBytes(10))
    await expect(world.storage.append(key, 11, randomBytes(1))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await readAll(key)).toHaveLength(10)
  })

  it('changes nothing for a writer that its fence keeps out', async () => {
    const key = randomUUID()
    await world.storage.append(key, 0, randomBytes(600_000))
    const before = await readAll(key)
    const late = world.storage.append(key, 100, randomBytes(10), () =>
      Promise.reject(new Error('another one writes')),
    )
    await expect(late).rejects.toThrow('another one writes')
    expect((await readAll(key)).equals(before)).toBe(true)
  })

  it('changes bytes and what their fence writes together or not at all', async () => {
    const key = randomUUID()
    const fences = world.db.collection<{ _id: string }>('test_fences')
    const fence = async (session: ClientSession) =>
      void (await fences.updateOne({ _id: key }, { $set: { _id: key } }, { session, upsert: true }))
    await expect(world.storage.append(key, 9, randomBytes(1), fence)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await fences.countDocuments({ _id: key })).toBe(0)
    await world.storage.append(key, 0, randomBytes(1), fence)
    expect(await fences.countDocuments({ _id: key })).toBe(1)
  })

  it('says that a file is damaged instead of reading around the hole', async () => {
    const key = randomUUID()
    await world.storage.append(key, 0, randomBytes(3 * PIECE_BYTES))
    await world.db.collection('file_pieces').deleteOne({ '_id.f': key, '_id.at': PIECE_BYTES })
    await expect(readAll(key)).rejects.toThrow(/gap/)
  })

  it('removes a file and no other one', async () => {
    const [gone, kept] = [randomUUID(), randomUUID()]
    for (const key of [gone, kept]) await world.storage.append(key, 0, randomBytes(300_000))
    await world.storage.remove(gone)
    await expect(readAll(gone)).rejects.toMatchObject({ code: 'not_found' })
    expect(await readAll(kept)).toHaveLength(300_000)
  })

  it('reads ahead no further than the reader goes', async () => {
    const key = randomUUID()
    await world.storage.append(key, 0, randomBytes(20 * PIECE_BYTES))
    const reading = world.storage.read(key)
    await new Promise((resolve) => reading.once('readable', resolve))
    expect(reading.readableLength).toBeLessThanOrEqual(2 * PIECE_BYTES)
    reading.destroy()
  })
})

function* partsOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000)
}
