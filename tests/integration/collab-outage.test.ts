import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  acked,
  firstText,
  frame,
  heardOf,
  logOf,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'
import { createWorldOnAWire } from '../fixtures/collab-wire'

/** After an outage the driver may need this long to notice, milliseconds. */
const BACK_MS = 12_000

// side by side: each has a database and a wire of its own, and most of the time is the driver's patience
describe.concurrent('while the database is away', () => {
  it('C2 acknowledges nothing and shows nothing while the database is away', async () => {
    const { world, wire } = await createWorldOnAWire()
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    const reader = await rawWithDoc(world, at, world.person('read'))
    wire.set('refuse')
    writer.send(writer.change(() => firstText(writer.doc).insert(0, 'kept ')))
    await new Promise((done) => setTimeout(done, 700))
    expect(acked(writer)).toBe(0)
    expect(heardOf(reader, 'update')).toEqual([])
    expect(writer.closed()).toBeUndefined()
    wire.set('through')
    await until('acknowledged', () => acked(writer) === 1, 10_000)
    await until('shown', () => heardOf(reader, 'update').length === 1)
  })

  it('C2 pushes back when too much waits for the database', async () => {
    const { world, wire } = await createWorldOnAWire()
    const at = await world.room()
    const writers: Awaited<ReturnType<typeof rawWithDoc>>[] = []
    for (let i = 0; i < 4; i++) writers.push(await rawWithDoc(world, at, world.person()))
    wire.set('refuse')
    for (const writer of writers) {
      for (let i = 0; i < 3; i++) {
        writer.send(writer.change(() => firstText(writer.doc).insert(0, 'x'.repeat(900_000))))
      }
    }
    await until('pushed back', () => writers.some((writer) => writer.closed()), 15_000)
    expect(writers.flatMap((writer) => writer.closed()?.code ?? [])[0]).toBe(1013)
    expect(writers.map(acked)).toEqual([0, 0, 0, 0])
  })

  it('C3 writes the same row again when the answer was lost, and stores it once', async () => {
    const { world, wire } = await createWorldOnAWire()
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    wire.set('lose-answers')
    writer.send(writer.change(() => firstText(writer.doc).insert(0, 'once ')))
    await new Promise((done) => setTimeout(done, 300))
    expect(acked(writer)).toBe(0)
    wire.set('through')
    await until('acknowledged', () => acked(writer) === 1, 10_000)
    const rows = await logOf(world, at)
    expect(rows.map(({ _id }) => _id)).toMatchObject([{ seq: 1 }, { seq: 2 }])
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('once Hello')
  })

  it('C6 gives a newcomer nothing that is not durable', async () => {
    const { world, wire } = await createWorldOnAWire()
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    const newcomer = await world.raw(at, world.person('read'))
    wire.set('refuse')
    writer.send(writer.change(() => firstText(writer.doc).insert(0, 'kept ')))
    await until('in flight', () => world.collab.stats().flushes === 1)
    newcomer.socket.send(frame.sync(0, Y.encodeStateVector(new Y.Doc())))
    await new Promise((done) => setTimeout(done, 300))
    expect(heardOf(newcomer, 'step2')).toEqual([])
    wire.set('through')
    await until('answered', () => heardOf(newcomer, 'step2').length === 1, BACK_MS)
    const doc = new Y.Doc()
    for (const { payload } of heardOf(newcomer, 'step2')) Y.applyUpdate(doc, payload)
    expect(textOf(doc)).toBe('kept Hello')
  })

  it('C10 keeps a room that nobody is in until it is stored, and newcomers wait', async () => {
    const { world, wire, past } = await createWorldOnAWire(20)
    const at = await world.room()
    const writer = await rawWithDoc(world, at, world.person())
    wire.set('refuse')
    writer.send(writer.change(() => firstText(writer.doc).insert(0, 'kept ')))
    await until('in flight', () => world.collab.stats().flushes === 1)
    writer.socket.close()
    await until('left', () => world.collab.stats().sockets === 0)
    await new Promise((done) => setTimeout(done, 200))
    const newcomer = rawWithDoc(world, at, world.person('read'))
    newcomer.catch(() => {})
    wire.set('through')
    await until('stored', async () => (await logOf(past, at)).length === 2, BACK_MS)
    const { doc } = await rawWithDoc(world, at, world.person('read'))
    expect(textOf(doc)).toBe('kept Hello')
  })

  it('C34 does not answer an edit of the server before it is durable', async () => {
    const { world, wire } = await createWorldOnAWire()
    const at = await world.room()
    await world.collab.live.read(at)
    wire.set('refuse')
    let isAnswered = false
    const edit = world.collab.live.edit(at, (doc) => firstText(doc).insert(0, 'kept '))
    edit.then(() => {
      isAnswered = true
    })
    await new Promise((done) => setTimeout(done, 300))
    expect(isAnswered).toBe(false)
    wire.set('through')
    await until('answered', () => isAnswered, BACK_MS)
    expect(await logOf(world, at)).toHaveLength(2)
  })
})
