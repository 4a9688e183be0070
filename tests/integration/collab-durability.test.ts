import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Binary, ObjectId } from 'mongodb'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { openStore } from '../../server/collab/persistence'
import { compactRoom } from '../../server/collab/persistence-snapshot'
import type { RoomAddress } from '../../server/ports'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  createRawClient,
  firstText,
  heardOf,
  newId,
  rawWithDoc,
  stateOf,
  textOf,
  until,
} from '../fixtures/collab'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { freshDatabase } from '../setup/database'

const silent = pino({ level: 'silent' })
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

/** A world whose wire to the database the test holds in its hand. */
async function worldOnAWire() {
  const { uri } = freshDatabase()
  const { hostname, port, pathname } = new URL(uri)
  const wire = await createTcpProxy(hostname, Number(port))
  cleanUp.push(() => wire.close())
  const own = `mongodb://127.0.0.1:${wire.port}${pathname}?directConnection=true&serverSelectionTimeoutMS=500&connectTimeoutMS=500`
  const world = await createCollabWorld({ uri: own, timings: { retryMs: 100, closeMs: 500 } })
  return { world, wire }
}

const logOf = (world: CollabWorld, { room }: RoomAddress) =>
  openStore(world.db)
    .log.find({ '_id.room': new ObjectId(room) })
    .sort({ _id: 1 })
    .toArray()

async function type(world: CollabWorld, at: RoomAddress, words: readonly string[]) {
  const client = await rawWithDoc(world, at, world.person())
  for (const [i, word] of words.entries()) {
    client.send(client.change(() => firstText(client.doc).insert(0, word)))
    await until('acknowledged', () => acked(client) === i + 1)
  }
  client.socket.close()
  await until('closed', () => client.closed() !== undefined)
}

describe('durability', () => {
  it('C2 acknowledges nothing and shows nothing while the database is away', async () => {
    const { world, wire } = await worldOnAWire()
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

  it('C3 writes the same row again when the answer was lost, and stores it once', async () => {
    const { world, wire } = await worldOnAWire()
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

  it('C4 keeps everything acknowledged when the process is killed in the middle', {
    timeout: 60_000,
  }, async () => {
    const { uri } = freshDatabase()
    const world = await createCollabWorld({ uri })
    const at = await world.room()
    for (let round = 0; round < 3; round++) {
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
    await type(world, at, ['one ', 'two '])
    const [, row] = await logOf(world, at)
    await openStore(world.db).log.deleteOne({ _id: row?._id })
    const other = await createCollabWorld({ uri: world.uri })
    await expect(other.collab.live.read(at)).rejects.toMatchObject({ code: 'document_unavailable' })
    const nowhere = { partnership: newId(), room: newId() }
    await expect(other.collab.live.read(nowhere)).rejects.toMatchObject({
      code: 'document_unavailable',
    })
  })

  it('C8 falls back to the snapshot before a damaged one', async () => {
    const world = await createCollabWorld({ timings: { idleMs: 3_000 } })
    const at = await world.room()
    const store = openStore(world.db)
    await type(world, at, ['one ', 'two '])
    await compactRoom(store, at, silent, new Date())
    await type(world, at, ['three '])
    await compactRoom(store, at, silent, new Date())
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
    const store = openStore(world.db)
    await type(world, at, ['one ', 'two '])
    const before = await stateOf(world, at)
    expect(await compactRoom(store, at, silent, new Date())).toBe(3)
    expect(await logOf(world, at)).toHaveLength(3)
    expect(await compactRoom(store, at, silent, new Date())).toBeUndefined()
    await type(world, at, ['three '])
    expect(await compactRoom(store, at, silent, new Date())).toBe(4)
    expect((await logOf(world, at)).map(({ _id }) => _id)).toMatchObject([{ seq: 4 }])
    await type(world, at, ['four '])
    expect(await compactRoom(store, at, silent, new Date())).toBe(5)
    expect(await store.snapshots.countDocuments()).toBe(2)
    const other = await createCollabWorld({ uri: world.uri })
    other.rooms.set(at.room, at)
    expect(await stateOf(other, at)).toBe(await stateOf(world, at))
    expect(before).not.toBe(await stateOf(other, at))
  })

  it('C9 does not compact a damaged log', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    await type(world, at, ['one ', 'two '])
    const store = openStore(world.db)
    await store.log.updateOne({ '_id.seq': 2 } as object, { $set: { sha256: 'other' } })
    expect(await compactRoom(store, at, silent, new Date())).toBeUndefined()
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
    Y.applyUpdateV2(copy, new Uint8Array(chunk?.data.value() ?? []))
    expect(kept?._id.seq).toBe(1)
    expect(textOf(copy)).toContain(long)
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
