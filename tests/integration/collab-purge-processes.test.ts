import { ObjectId } from 'mongodb'
import pino from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Failpoint } from '../../server/collab/failpoints'
import { createHeavyWork } from '../../server/collab/heavy-work'
import { openStore } from '../../server/collab/persistence'
import { beginAnew, shred } from '../../server/collab/persistence-generation'
import { keepSnapshot, keptCopies } from '../../server/collab/persistence-snapshot'
import type { RoomAddress } from '../../server/ports'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  firstText,
  heardOf,
  logOf,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'
import { bundledPurger, endOf, startedCompactor } from '../fixtures/compactors'
import { AFTER, PASSAGE, placesOf, SECRET, storedBefore, withSecret } from '../fixtures/purges'
import { createTestRelays } from '../fixtures/test-relay'
import { createDatabaseOfWorlds } from '../fixtures/two-worlds'
import { closeAfterTest } from '../setup/closing'

async function secretRoom(...worlds: CollabWorld[]): Promise<RoomAddress> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, withSecret())
  const [first] = worlds
  if (!first) throw new Error('no world')
  const at = await first.room(doc)
  for (const world of worlds) world.rooms.set(at.room, at)
  return at
}

/** As if whoever began it had died a while ago. */
const leave = (world: CollabWorld, ms = 120_000) =>
  openStore(world.db).purges.updateMany({}, { $set: { at: new Date(Date.now() - ms) } })

describe('a purge beside another process', () => {
  for (const how of ['with a relay', 'without one'] as const) {
    it(`C82 ends the document there within two seconds, ${how}`, async () => {
      const relays = how === 'with a relay' ? createTestRelays() : null
      const [one, two] = await createDatabaseOfWorlds(relays, { lookMs: relays ? 60_000 : 200 })
      const at = await secretRoom(one, two)
      const there = await rawWithDoc(two, at, two.person())
      const reader = await rawWithDoc(two, at, two.person('read'))

      await one.collab.live.purge(at, [PASSAGE])

      await until('closed', () => Boolean(there.closed() && reader.closed()), 2_000)
      expect(there.closed()).toEqual({ code: 4412, reason: 'document_cleaned 2' })
      expect(reader.closed()).toEqual({ code: 4412, reason: 'document_cleaned 2' })
      const fresh = await rawWithDoc(two, at, two.person(), '?ack=1&gen=2')
      expect(textOf(fresh.doc, 'ru')).toContain(AFTER)
      expect((await two.collab.live.read(at)).blocks.ru[1]?.text).toBe(AFTER)
    })
  }

  it('C80 stores nothing in the old generation, however far a process lags behind', async () => {
    const [one, two] = await createDatabaseOfWorlds(null, { lookMs: 600_000 })
    const at = await secretRoom(one, two)
    const there = await rawWithDoc(two, at, two.person())
    // rows that the other process has not read when the generation ends
    const here = await rawWithDoc(one, at, one.person())
    for (let i = 1; i <= 3; i++) {
      here.send(here.change(() => firstText(here.doc).insert(0, `kept${i} `)))
      await until('acknowledged', () => acked(here) === i)
    }
    await one.collab.live.purge(at, [PASSAGE])

    there.send(there.change(() => firstText(there.doc, 'ru').insert(0, `${SECRET} again`)))

    await until('closed', () => there.closed() !== undefined)
    expect(there.closed()?.code).toBe(4412)
    expect(acked(there)).toBe(0)
    expect(await placesOf(one.db, SECRET)).toEqual([])
    const { blocks } = await two.collab.live.read(at)
    expect(blocks.en[0]?.text).toBe('kept3 kept2 kept1 Hello')
    expect((await logOf(one, at)).filter(({ _id, seal }) => _id.gen === 1 && !seal)).toEqual([])
  })

  it('C80 loses nothing that either process acknowledged while it went on', async () => {
    const [one, two] = await createDatabaseOfWorlds(createTestRelays(), { lookMs: 100 })
    const at = await secretRoom(one, two)
    const writers = [
      await rawWithDoc(one, at, one.person()),
      await rawWithDoc(two, at, two.person()),
    ]
    const typing = writers.map(async (writer, who) => {
      for (let i = 0; writer.closed() === undefined && i < 2_000; i++) {
        writer.send(writer.change(() => firstText(writer.doc).insert(0, `<${who}.${i}>`)))
        // a few at once, so that neither process is kept from its turn
        await until('turn', () => acked(writer) > i - 3 || writer.closed() !== undefined, 40_000)
      }
    })
    await until('both write', () => writers.every((writer) => acked(writer) > 5), 40_000)

    await two.collab.live.purge(at, [PASSAGE])

    await Promise.all(typing)
    const text = (await one.collab.live.read(at)).blocks.en[0]?.text ?? ''
    for (const [who, writer] of writers.entries()) {
      expect(writer.closed()?.code).toBe(4412)
      for (let i = 0; i < acked(writer); i++) expect(text).toContain(`<${who}.${i}>`)
    }
    expect(await placesOf(one.db, SECRET)).toEqual([])
  }, 40_000)

  it('C80 does two purges of two processes at once, each whole', async () => {
    const [one, two] = await createDatabaseOfWorlds(createTestRelays(), { lookMs: 100 })
    const at = await secretRoom(one, two)

    await Promise.all([
      one.collab.live.purge(at, [PASSAGE]),
      two.collab.live.purge(at, [{ lang: 'en', text: 'Hello' }]),
    ])

    for (const world of [one, two]) {
      const { blocks } = await world.collab.live.read(at)
      expect(blocks.ru[1]?.text).toBe(AFTER)
      expect(blocks.en[0]?.text).toBe('[…]')
    }
    expect(await placesOf(one.db, SECRET)).toEqual([])
  })

  it('C85 finishes what was ended and not begun, for whoever opens it next', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const { log, rooms } = openStore(world.db)
    // ended, and whoever ended it has died
    await log.insertOne({
      _id: {
        p: new ObjectId(at.partnership),
        room: new ObjectId(at.room),
        gen: 1,
        seq: 2,
      },
      v: 1,
      epoch: 1,
      u: (await log.findOne())?.u ?? expect.fail(),
      by: [],
      sha256: 'sealed',
      at: new Date(),
      seal: true,
    })
    expect((await world.collab.live.read(at)).blocks.ru[0]?.text).toBe('Привет')
    const client = await rawWithDoc(world, at, world.person(), '?ack=1&gen=2')
    expect((await rooms.findOne())?.gen).toBe(2)
    expect(heardOf(client, 'denied')).toEqual([])
  }, 15_000)

  it('C85 begins a generation once, however many begin it', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const store = openStore(world.db)
    const log = { error: () => {} } as never
    const begin = () => beginAnew(store, at, 1, log, new Date())
    await Promise.all([begin(), begin(), begin()])
    const rows = await logOf(world, at)
    expect(rows.map(({ _id: { gen, seq }, seal }) => [gen, seq, seal ?? false])).toEqual([
      [1, 1, false],
      [1, 2, true],
      [2, 1, false],
    ])
    const key = { p: new ObjectId(at.partnership), room: new ObjectId(at.room) }
    await Promise.all([shred(store, key, 2), shred(store, key, 2)])
    expect((await world.collab.live.read(at)).blocks.ru).toHaveLength(2)
  })

  it('C87 neither lists nor restores a copy that a slow process kept afterwards, and destroys it', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const old = Y.encodeStateAsUpdate((await rawWithDoc(world, at, world.person())).doc)
    await world.collab.live.purge(at, [PASSAGE])
    const store = openStore(world.db)
    const heavy = createHeavyWork(pino({ level: 'silent' }))
    closeAfterTest(() => heavy.close())
    await keepSnapshot(store, heavy, { at, gen: 1, seq: 1 }, old, new Date())
    const [late] = await keptCopies(store, at, 1)
    expect(new Set(await placesOf(world.db, SECRET))).toEqual(new Set(['packed']))

    expect(await world.collab.live.copies(at)).toEqual([])
    const restoring = world.collab.live.restore(at, `1.1.${late?._id.node}`)
    await expect(restoring).rejects.toMatchObject({ code: 'not_found' })
    await leave(world)
    await world.collab.finishPurges()
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C81 is not undone by seeding it again, whenever that comes', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await world.collab.live.purge(at, [PASSAGE])
    await world.collab.live.seed(at, withSecret())
    await openStore(world.db).log.deleteMany({ '_id.gen': 1 })
    await world.collab.live.seed(at, withSecret())
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C81 forgets the numbers of the old generation when nobody can lag behind any more', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await world.collab.live.purge(at, [PASSAGE])
    await leave(world)
    await world.collab.finishPurges()
    expect((await logOf(world, at)).filter(({ _id }) => _id.gen === 1)).toHaveLength(3)
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    await openStore(world.db).purges.updateMany({}, { $set: { switchedAt: longAgo } })

    await world.collab.finishPurges()

    expect((await logOf(world, at)).filter(({ _id }) => _id.gen === 1)).toEqual([])
    expect(await openStore(world.db).purges.countDocuments()).toBe(0)
    expect((await world.collab.live.read(at)).blocks.ru[1]?.text).toBe(AFTER)
  })
})

describe('a process that is killed in a purge', () => {
  let script = ''
  beforeAll(async () => {
    script = await bundledPurger()
  }, 30_000)

  const FAILPOINTS: Failpoint[] = [
    'purge-noted',
    'purge-redacted',
    'purge-sealed',
    'purge-rebuilt',
    'purge-switched',
    'purge-hollowed',
    'purge-shredded',
  ]
  for (const failpoint of FAILPOINTS) {
    it(`C85 leaves nothing that the others do not finish, after ${failpoint}`, async () => {
      const world = await createCollabWorld()
      const at = await secretRoom(world)
      const client = await rawWithDoc(world, at, world.person())
      client.send(client.change(() => firstText(client.doc).insert(0, 'kept ')))
      await until('acknowledged', () => acked(client) === 1)
      const child = await startedCompactor(script, world.uri, at, failpoint)
      expect(await endOf(child)).toBe('SIGKILL')

      await leave(world)
      await world.collab.finishPurges()
      // whoever had asked for it asks again
      const { generation } = await world.collab.live.purge(at, [PASSAGE])

      expect(generation).toBeGreaterThanOrEqual(2)
      await until('closed', () => client.closed() !== undefined, 12_000)
      expect(client.closed()?.code).toBe(4412)
      const { blocks } = await world.collab.live.read(at)
      expect(blocks.en[0]?.text).toBe('kept Hello')
      expect(blocks.ru[1]?.text).toBe(AFTER)
      expect(await placesOf(world.db, SECRET)).toEqual([])
      expect(await storedBefore(world.db, at, generation)).toEqual({
        rows: 0,
        snapshots: 0,
        chunks: 0,
      })
    }, 30_000)
  }
})
