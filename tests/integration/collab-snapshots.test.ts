import { Binary } from 'mongodb'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../server/collab/persistence'
import { compactRoom } from '../../server/collab/persistence-snapshot'
import {
  acked,
  ageRows,
  createCollabWorld,
  firstText,
  logOf,
  rawWithDoc,
  stateOf,
  textOf,
  type,
  until,
} from '../fixtures/collab'
import { heavyWork } from '../fixtures/heavy'

const silent = pino({ level: 'silent' })

describe('snapshots', { timeout: 60_000 }, () => {
  it('C8 falls back to the snapshot before a damaged one', async () => {
    const world = await createCollabWorld({ timings: { idleMs: 3_000 } })
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one ', 'two '])
    await compactRoom(store, heavy, at, silent, new Date())
    await type(world, at, ['three '])
    await compactRoom(store, heavy, at, silent, new Date())
    await type(world, at, ['four '])
    const before = await stateOf(world, at)
    const newest = await store.snapshots.find().sort({ '_id.seq': -1 }).next()
    await store.chunks.updateOne({ '_id.seq': newest?._id.seq } as object, {
      $set: { data: new Binary(Buffer.from('bent')) },
    })
    const other = await createCollabWorld({ uri: world.uri })
    other.rooms.set(at.room, at)
    expect(await stateOf(other, at)).toBe(before)
  })

  it('C9 compacts to an equal document and keeps one snapshot behind', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one ', 'two '])
    const before = await stateOf(world, at)
    expect(await compactRoom(store, heavy, at, silent, new Date())).toMatchObject({ seq: 3 })
    expect(await logOf(world, at)).toHaveLength(3)
    expect(await compactRoom(store, heavy, at, silent, new Date())).toBeUndefined()
    await type(world, at, ['three '])
    await ageRows(world, at)
    expect(await compactRoom(store, heavy, at, silent, new Date())).toMatchObject({ seq: 4 })
    expect((await logOf(world, at)).map(({ _id }) => _id)).toMatchObject([{ seq: 4 }])
    await type(world, at, ['four '])
    expect(await compactRoom(store, heavy, at, silent, new Date())).toMatchObject({ seq: 5 })
    expect(await store.snapshots.countDocuments()).toBe(2)
    const other = await createCollabWorld({ uri: world.uri })
    other.rooms.set(at.room, at)
    expect(await stateOf(other, at)).toBe(await stateOf(world, at))
    expect(before).not.toBe(await stateOf(other, at))
  })

  it('C77 leaves young rows in the log, so that who lags behind collides with them', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    for (const words of [['one '], ['two '], ['three ']]) {
      await type(world, at, words)
      await compactRoom(store, heavy, at, silent, new Date())
    }
    expect((await logOf(world, at)).map(({ _id }) => _id.seq)).toEqual([1, 2, 3, 4])
    await ageRows(world, at)
    await type(world, at, ['four '])
    await compactRoom(store, heavy, at, silent, new Date())
    expect((await logOf(world, at)).map(({ _id }) => _id.seq)).toEqual([5])
  })

  it('C9 does not compact a damaged log', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    await type(world, at, ['one ', 'two '])
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await store.log.updateOne({ '_id.seq': 2 } as object, { $set: { sha256: 'other' } })
    expect(await compactRoom(store, heavy, at, silent, new Date())).toBeUndefined()
    expect(await store.snapshots.countDocuments()).toBe(0)
  })

  it('C10 lets an idle room leave memory, compacts it and brings it back the same', async () => {
    const world = await createCollabWorld({ timings: { idleMs: 30 } })
    const at = await world.room()
    await type(world, at, ['one '])
    await until('out of memory', () => world.collab.stats().rooms === 0)
    const store = openStore(world.db)
    await until('compacted', async () => (await store.snapshots.countDocuments()) === 1)
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('one Hello')
    expect(world.settled.at(-1)?.content.blocks.en[0]?.text).toBe('one Hello')
  })

  it('C10 finds everything again when people come and go faster than it is saved', async () => {
    const world = await createCollabWorld({ timings: { idleMs: 1 } })
    const at = await world.room()
    for (let i = 0; i < 15; i++) {
      const client = await rawWithDoc(world, at, world.person())
      expect(textOf(client.doc)).toContain('.'.repeat(i))
      client.send(client.change(() => firstText(client.doc).insert(0, '.')))
      await until('acknowledged', () => acked(client) === 1)
      client.socket.close()
      await new Promise((done) => setTimeout(done, i % 4))
    }
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('...............Hello')
  })
})
