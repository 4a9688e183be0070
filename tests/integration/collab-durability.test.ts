import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { inflateRawSync } from 'node:zlib'
import { Binary, ObjectId } from 'mongodb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { KEEP_ROWS_MS, KEPT_COPY_MS } from '../../server/collab/limits'
import { openStore } from '../../server/collab/persistence'
import { keepSnapshot } from '../../server/collab/persistence-snapshot'
import type { RoomAddress } from '../../server/ports'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  createRawClient,
  firstText,
  heardOf,
  logOf,
  newId,
  rawWithDoc,
  textOf,
  type,
  until,
} from '../fixtures/collab'
import { heavyWork } from '../fixtures/heavy'
import { freshDatabase } from '../setup/database'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

describe('durability', () => {
  it('C4 keeps everything acknowledged when the process is killed in the middle', {
    timeout: 60_000,
  }, async () => {
    const { uri } = freshDatabase()
    const world = await createCollabWorld({ uri })
    const at = await world.room()
    for (let round = 0; round < 2; round++) {
      const server = await startProcess(uri, at)
      const acknowledged = await typeUntilKilled(server, at, round)
      expect(acknowledged.length).toBeGreaterThan(0)
      const again = await startProcess(uri, at)
      const fresh = new Y.Doc()
      const provider = providerOf(again.port, at, fresh)
      await until('synced', () => provider.synced)
      for (const word of acknowledged) expect(textOf(fresh)).toContain(word)
      provider.destroy()
      again.child.kill('SIGKILL')
    }
  })

  it('C7 closes a room with a damaged row instead of showing it empty', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    await type(world, at, ['one ', 'two '])
    const row = (await logOf(world, at))[1]
    const bytes = Buffer.from(row?.u.value() ?? [])
    const bent = Buffer.from(bytes)
    bent[bent.length - 3] = (bent[bent.length - 3] ?? 0) ^ 1
    const store = openStore(world.db)
    const put = (u: Buffer) =>
      store.log.updateOne({ _id: row?._id }, { $set: { u: new Binary(u) } })
    await put(bent)
    const other = await createCollabWorld({ uri: world.uri })
    other.rooms.set(at.room, at)
    const visitor = await other.raw(at, other.person())
    await until('closed', () => visitor.closed() !== undefined)
    expect(visitor.closed()?.code).toBe(1013)
    expect(heardOf(visitor, 'step2')).toEqual([])
    await expect(other.collab.live.read(at)).rejects.toMatchObject({ code: 'document_unavailable' })
    await put(bytes)
    expect((await other.collab.live.read(at)).blocks.en[0]?.text).toBe('two one Hello')
  })

  it('C7 closes a room with a missing row, and one that was never seeded', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    // Nothing builds upon a deletion: without its row the rest still fits together.
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc).delete(0, 2)))
    await until('stored', () => acked(client) === 1)
    client.send(client.change(() => firstText(client.doc, 'ru').insert(0, '!')))
    await until('stored', () => acked(client) === 2)
    const [, row] = await logOf(world, at)
    await openStore(world.db).log.deleteOne({ _id: row?._id })
    const other = await createCollabWorld({ uri: world.uri })
    await expect(other.collab.live.read(at)).rejects.toMatchObject({ code: 'document_unavailable' })
    const nowhere = { partnership: newId(), room: newId() }
    await expect(other.collab.live.read(nowhere)).rejects.toMatchObject({
      code: 'document_unavailable',
    })
  })

  it('C11 seeds once, and refuses to seed with other content', async () => {
    const world = await createCollabWorld()
    const at = { partnership: newId(), room: newId() }
    const bytes = Y.encodeStateAsUpdate(bilingual([p('u1', 'First')]))
    await world.collab.live.seed(at, bytes)
    await world.collab.live.seed(at, bytes)
    expect((await world.collab.live.read(at)).blocks.en.map(({ text }) => text)).toEqual(['First'])
    const other = Y.encodeStateAsUpdate(bilingual([p('u1', 'Second')]))
    await expect(world.collab.live.seed(at, other)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('C32 keeps a copy before most of a document is removed', async () => {
    const world = await createCollabWorld()
    const long = 'A long protocol. '.repeat(200)
    const at = await world.room(bilingual([p('u1', long)]))
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc).delete(10, long.length - 10)))
    await until('acknowledged', () => acked(client) === 1)
    const store = openStore(world.db)
    const kept = await store.snapshots.findOne({ kept: 'mass-delete' })
    const chunk = await store.chunks.findOne({})
    const copy = new Y.Doc()
    Y.applyUpdate(copy, inflateRawSync(chunk?.data.value() ?? ''))
    expect(kept?._id.seq).toBe(1)
    expect(textOf(copy)).toContain(long)
  })

  it('C32 keeps a copy before most of the text in one language is removed', async () => {
    const world = await createCollabWorld()
    const long = 'A long protocol. '.repeat(200)
    const at = await world.room(bilingual([p('u1', long)], [p('u1', long.repeat(2))]))
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc, 'en').delete(0, long.length)))
    await until('acknowledged', () => acked(client) === 1)
    expect(await openStore(world.db).snapshots.countDocuments({ kept: 'mass-delete' })).toBe(1)
  })

  it('C32 keeps one copy in ten minutes, in whichever process, also after a reload', async () => {
    const world = await createCollabWorld()
    const long = 'A long protocol. '.repeat(200)
    const at = await world.room(bilingual([p('u1', long)]))
    const store = openStore(world.db)
    const copies = () => store.snapshots.countDocuments({ kept: 'mass-delete' })
    const removeMost = async (where: CollabWorld) => {
      where.rooms.set(at.room, at)
      const client = await rawWithDoc(where, at, where.person())
      client.send(client.change(() => firstText(client.doc).insert(0, long)))
      const { length } = firstText(client.doc)
      client.send(client.change(() => firstText(client.doc).delete(10, length - 10)))
      await until('acknowledged', () => acked(client) === 2)
    }
    await removeMost(world)
    await removeMost(world)
    expect(await copies()).toBe(1)
    const other = await createCollabWorld({ uri: world.uri })
    await removeMost(other)
    expect(await copies()).toBe(1)
    // A copy that is ten minutes old protects no more.
    await store.snapshots.updateOne(
      { kept: 'mass-delete' },
      { $set: { at: new Date(Date.now() - KEPT_COPY_MS) } },
    )
    await removeMost(await createCollabWorld({ uri: world.uri }))
    expect(await copies()).toBe(2)
  })

  it('C32 has the newest ten copies of a room, and leaves other rooms alone', async () => {
    const world = await createCollabWorld()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    const [at, elsewhere] = [await world.room(), await world.room()]
    const bytes = Y.encodeStateAsUpdate(bilingual([p('u1', 'Hello')]))
    const start = Date.now()
    const keep = (where: RoomAddress, i: number) =>
      keepSnapshot(
        store,
        heavy,
        { at: where, gen: 0, seq: 1 },
        bytes,
        new Date(start + i * KEPT_COPY_MS),
      )
    await keep(elsewhere, 0)
    for (let i = 0; i < 13; i++) await keep(at, i)
    const kept = await store.snapshots.find({ '_id.room': new ObjectId(at.room) }).toArray()
    const times = kept.map((row) => row.at.getTime()).sort((a, b) => a - b)
    expect(times).toEqual(Array.from({ length: 10 }, (_, i) => start + (i + 3) * KEPT_COPY_MS))
    expect(await store.snapshots.countDocuments()).toBe(11)
    expect(await store.chunks.countDocuments()).toBe(11)
  })

  it('C42 shows nobody what the database refuses, and reads the document again', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const who = world.person()
    const writer = await rawWithDoc(world, at, who)
    const reader = await rawWithDoc(world, at, world.person('read'))
    const validate = (validator: object) => world.db.command({ collMod: 'collab_log', validator })
    await validate({ never: { $exists: true } })
    writer.send(writer.change(() => firstText(writer.doc).insert(0, 'refused ')))
    await until('closed', () => writer.closed() !== undefined && reader.closed() !== undefined)
    expect([writer.closed()?.code, reader.closed()?.code]).toEqual([1013, 1013])
    expect(acked(writer)).toBe(0)
    expect(heardOf(reader, 'update')).toEqual([])
    await validate({})
    const again = await rawWithDoc(world, at, who)
    expect(textOf(again.doc)).toBe('Hello')
    again.send(Y.encodeStateAsUpdate(writer.doc), 1)
    await until('stored after all', () => acked(again) === 1)
  })

  it('C36 takes the next number when another process took this one, and shows what that one stored', async () => {
    const a = await createCollabWorld()
    const b = await createCollabWorld({ uri: a.uri })
    const at = await a.room()
    b.rooms.set(at.room, at)
    const [inA, inB] = [await rawWithDoc(a, at, a.person()), await rawWithDoc(b, at, b.person())]
    inA.send(inA.change(() => firstText(inA.doc).insert(0, 'A ')))
    await until('A is stored', () => acked(inA) === 1)
    inB.send(inB.change(() => firstText(inB.doc).insert(0, 'B ')))
    await until('B is stored', () => acked(inB) === 1)
    for (const { payload } of heardOf(inB, 'update')) Y.applyUpdate(inB.doc, payload)
    expect(textOf(inB.doc)).toContain('A ')
    expect(textOf(inB.doc)).toContain('B ')
    expect((await logOf(a, at)).map(({ _id }) => _id)).toMatchObject([
      { seq: 1 },
      { seq: 2 },
      { seq: 3 },
    ])
  })

  it('C77 reads a document again whose place in the log it has not known for long', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const now = Date.now
    const asleep = vi.spyOn(Date, 'now').mockImplementation(() => now() + KEEP_ROWS_MS)
    client.send(client.change(() => firstText(client.doc).insert(0, 'after long sleep ')))
    await until('closed', () => client.closed() !== undefined)
    asleep.mockRestore()
    expect(client.closed()?.code).toBe(1013)
    expect(acked(client)).toBe(0)
    expect(await logOf(world, at)).toHaveLength(1)
  })

  it('C37 stores and acknowledges what it has before it closes with 1012', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc).insert(0, 'last ')))
    await until('received', () => world.collab.stats().flushes > 0 || acked(client) > 0)
    await world.collab.close()
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(1012)
    expect(acked(client)).toBe(1)
    const late = await world.raw(at, world.person())
    expect(late.status).toBe(503)
  })
})

type Server = { child: ChildProcess; port: number }

async function startProcess(uri: string, at: RoomAddress): Promise<Server> {
  const script = new URL('../fixtures/collab-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, MONGO: uri, PARTNERSHIP: at.partnership },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanUp.push(() => child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  return { child, port: Number(String(line)) }
}

function providerOf(port: number, at: RoomAddress, doc: Y.Doc) {
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie: `as=${newId()}` } })
    }
  }
  return new WebsocketProvider(`ws://127.0.0.1:${port}/collab`, at.room, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
}

/** Types until some words are acknowledged, then kills the server; returns the acknowledged ones. */
async function typeUntilKilled({ child, port }: Server, at: RoomAddress, round: number) {
  const client = await createRawClient(`ws://127.0.0.1:${port}/collab`, at, newId())
  const words: string[] = []
  for (let i = 0; client.closed() === undefined; i++) {
    const word = `|${round}:${i}|`
    words.push(word)
    client.send(client.change(() => firstText(client.doc).insert(0, word)))
    if (acked(client) >= 5 + round * 20) child.kill('SIGKILL')
    await new Promise((done) => setTimeout(done, 1))
  }
  return words.slice(0, acked(client))
}
