import { ObjectId } from 'mongodb'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createCopies } from '../../server/collab/copies'
import { keyOf, openStore } from '../../server/collab/persistence'
import { beginAnew } from '../../server/collab/persistence-generation'
import type { RoomAddress } from '../../server/ports'
import { redactContent } from '../../shared/editor/redact'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  firstText,
  logOf,
  rawWithDoc,
  until,
} from '../fixtures/collab'
import { AFTER, PASSAGE, placesOf, SECRET, storedBefore, withSecret } from '../fixtures/purges'
import { createDatabaseOfWorlds } from '../fixtures/two-worlds'

const silent = pino({ level: 'silent' })

async function secretRoom(...[first, ...others]: CollabWorld[]): Promise<RoomAddress> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, withSecret())
  const at = (await first?.room(doc)) ?? expect.fail()
  for (const world of others) world.rooms.set(at.room, at)
  return at
}

const headOf = ({ db }: CollabWorld, { room }: RoomAddress) =>
  openStore(db).rooms.findOne({ _id: new ObjectId(room) })

/** As if an editor had written with each of them. */
async function takeClients({ db }: CollabWorld, at: RoomAddress): Promise<void> {
  const user = new ObjectId()
  const ids = Array.from({ length: 1_001 }, (_, i) => i + 2)
  await openStore(db).clients.insertMany(
    ids.map((client) => ({ _id: { ...keyOf(at), client }, user })),
  )
}

/** As if a purge had been begun two minutes ago by a process that died. */
const leaveRow = ({ db }: CollabWorld, at: RoomAddress, edited?: true) =>
  openStore(db).purges.insertOne({
    _id: { ...keyOf(at), gen: 1 },
    at: new Date(Date.now() - 120_000),
    ...(edited && { edited }),
  })

describe('a purge of a document that somebody does not want purged', () => {
  it('C85 begins anew whatever client ids its editors have taken', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await takeClients(world, at)

    expect(await world.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 2, generation: 2 })

    expect((await world.collab.live.read(at)).blocks.ru[1]?.text).toBe(AFTER)
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C85 opens one that had ended and not begun, whatever client ids are taken', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await takeClients(world, at)
    const { log } = openStore(world.db)
    const [first = expect.fail()] = await logOf(world, at)
    const _id = { ...keyOf(at), gen: 1, seq: 2 }
    await log.insertOne({ ...first, _id, by: [], sha256: 'sealed', seal: true })

    expect((await world.collab.live.read(at)).blocks.ru[0]?.text).toBe('Привет')
    expect((await headOf(world, at))?.gen).toBe(2)
  }, 15_000)

  it('C85 ends nothing that cannot begin anew', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const impossible = () => {
      throw new RangeError('not by the grammar')
    }

    const beginning = beginAnew(openStore(world.db), at, 1, silent, new Date(), impossible)

    await expect(beginning).rejects.toThrow(RangeError)
    expect((await logOf(world, at)).map(({ seal }) => seal)).toEqual([undefined])
    await world.collab.live.edit(at, (doc) => firstText(doc).insert(0, 'still '))
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('still Hello')
  })

  it('C85 leaves a document alone whose purge died before the passages were out', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await leaveRow(world, at)
    await world.collab.finishPurges()
    expect((await headOf(world, at))?.gen).toBe(1)
    expect(await openStore(world.db).purges.countDocuments()).toBe(0)

    await leaveRow(world, at, true)
    await world.collab.finishPurges()
    expect((await headOf(world, at))?.gen).toBe(2)
  })

  it('C81 does not answer while something cannot be destroyed', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    // the database lets nobody empty the first row
    const emptied = { '_id.gen': 1, '_id.seq': 1, seal: true }
    await world.db.command({ collMod: 'collab_log', validator: { $nor: [emptied] } })
    await expect(world.collab.live.purge(at, [PASSAGE])).rejects.toThrow()
    expect(await placesOf(world.db, SECRET)).not.toEqual([])

    await world.db.command({ collMod: 'collab_log', validator: {} })
    expect(await world.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 0, generation: 2 })
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C81 destroys what another purge has left before it answers', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await leaveRow(world, at, true)
    // its process died when the next generation was the document
    await beginAnew(openStore(world.db), at, 1, silent, new Date(), (content) =>
      redactContent(content, [PASSAGE]),
    )
    expect(await placesOf(world.db, SECRET)).not.toEqual([])

    expect(await world.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 0, generation: 2 })

    expect(await placesOf(world.db, SECRET)).toEqual([])
    expect((await storedBefore(world.db, at, 2)).rows).toBe(0)
  })

  it('C81 finds what another process has just stored, although nobody told of it', async () => {
    const [one, two] = await createDatabaseOfWorlds(null, { lookMs: 600_000 })
    const at = await one.room()
    two.rooms.set(at.room, at)
    await two.collab.live.read(at)
    await one.collab.live.edit(at, (doc) => firstText(doc, 'ru').insert(0, SECRET))

    expect(await two.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 1, generation: 2 })

    expect(await placesOf(one.db, SECRET)).toEqual([])
  })

  it('C87 restores no copy that was read before the document began anew', async () => {
    const world = await createCollabWorld()
    const words = 'long words '.repeat(300)
    const at = await world.room(bilingual([p('u1', words)], [p('u1', SECRET)]))
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc).delete(0, words.length)))
    await until('acknowledged', () => acked(client) === 1)
    const { live } = world.collab
    const [copy = expect.fail()] = await live.copies(at)
    // the edit waits for the purge, and comes upon the next generation
    const { restore } = createCopies(openStore(world.db), async (_at, change) => {
      const { generation } = await live.purge(at, [PASSAGE])
      await live.edit(at, (doc) => change(doc, generation))
    })

    await expect(restore(at, copy.id)).rejects.toMatchObject({ code: 'not_found' })

    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C79 tells of itself before anything is done, once, and not where nothing is', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const told: [number, number | undefined][] = []
    const tell = async (found: number) => {
      told.push([found, (await headOf(world, at))?.gen])
    }
    const refuse = () => Promise.reject(new Error('not now'))
    await expect(world.collab.live.purge(at, [PASSAGE], refuse)).rejects.toThrow('not now')
    expect((await world.collab.live.read(at)).blocks.ru[1]?.text).toContain(SECRET)
    expect(await openStore(world.db).purges.countDocuments()).toBe(0)

    await world.collab.live.purge(at, [PASSAGE], tell)
    await world.collab.live.purge(at, [PASSAGE], tell)

    expect(told).toEqual([[2, 1]])
  })
})
