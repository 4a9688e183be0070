import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  createCollabWorld,
  firstText,
  frame,
  heardOf,
  rawWithDoc,
  until,
} from '../fixtures/collab'
import { numbers } from '../fixtures/collab-editor'
import { masked, openTcp, VIOLATIONS } from '../fixtures/raw-socket'

const world = await createCollabWorld()

describe('limits of a socket', () => {
  it('C27 refuses text frames and messages of an unknown type (rows 13, 21, 53)', async () => {
    const at = await world.room()
    for (const sent of [
      '{"a":1}',
      new Uint8Array([4]),
      new Uint8Array([2, 0, 0]),
      new Uint8Array([127]),
      numbers(2 ** 31),
      numbers(Number.MAX_SAFE_INTEGER),
    ]) {
      const client = await world.raw(at, world.person())
      client.socket.send(sent)
      await until('closed', () => client.closed() !== undefined)
      expect(client.closed()?.code).toBe(1003)
    }
  })

  it('C27 refuses a frame that is too large (row 16)', async () => {
    const at = await world.room()
    const client = await world.raw(at, world.person())
    client.socket.send(new Uint8Array(1_100_000))
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(1009)
  })

  it.each(VIOLATIONS)('C27 outlives %s', async (_what, code, bytes) => {
    const at = await world.room()
    const line = await openTcp(world.base, at.room, world.person().userId)
    line.socket.write(Buffer.from(bytes))
    await until('ended', () => line.isOver())
    expect(line.closeCode()).toBe(code)
    const next = await rawWithDoc(world, at, world.person())
    expect(next.closed()).toBeUndefined()
  })

  it('C27 puts 3,000 fragments together, and answers 500 pings in one go (row 17)', async () => {
    const at = await world.room()
    const line = await openTcp(world.base, at.room, world.person().userId)
    line.socket.write(Buffer.concat(Array.from({ length: 500 }, () => masked(0x89))))
    await until('answered', () => line.count(0x8a) > 0)
    line.socket.destroy()
    const watcher = await rawWithDoc(world, at, world.person())
    const talker = await rawWithDoc(world, at, world.person())
    const said = frame.awareness({
      client: talker.doc.clientID,
      clock: 1,
      state: JSON.stringify({ a: 'x'.repeat(2_980) }),
    })
    for (const [i, byte] of said.entries()) {
      talker.socket.send(Uint8Array.of(byte), { binary: true, fin: i === said.length - 1 })
    }
    await until('heard', () => heardOf(watcher, 'awareness').length > 0)
    expect(talker.closed()).toBeUndefined()
  })

  it('C40 ends a socket that sends half a frame and is silent then (row 18)', async () => {
    const own = await createCollabWorld({ timings: { pingMs: 30, deadMs: 600, sweepMs: 20 } })
    const at = await own.room()
    const line = await openTcp(own.base, at.room, own.person().userId)
    line.socket.write(Buffer.from([0x82, 0xfe, 1]))
    await until('gone', () => line.isOver())
    expect(own.collab.stats().ended).toEqual({ dead: 1 })
  })

  it('C27 does not speak of compression, however a client asks (row 54)', async () => {
    const at = await world.room()
    const ask = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n'
    const line = await openTcp(world.base, at.room, world.person().userId, ask)
    expect(line.head().toLowerCase()).not.toContain('sec-websocket-extensions')
    line.socket.destroy()
  })

  it('C28 ends a socket that sends too many bytes', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const flood = frame.awareness({
      client: 1,
      clock: 1,
      state: JSON.stringify('x'.repeat(900_000)),
    })
    client.socket.on('error', () => {})
    const other = await rawWithDoc(world, at, world.person())
    client.socket.send(frame.awareness({ client: client.doc.clientID, clock: 1, state: '{}' }))
    for (let i = 0; i < 8; i++) client.socket.send(flood)
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4429)
    expect(other.closed()).toBeUndefined()
  })

  it('C28 ends a socket that asks for the state again and again (rows 23, 25)', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const ask = frame.sync(0, Y.encodeStateVector(new Y.Doc()))
    for (let i = 0; i < 12; i++) client.socket.send(ask)
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4429)
    expect(heardOf(client, 'step2').length).toBeLessThanOrEqual(10)
  })

  it('C40 ends sockets that are dead', async () => {
    const own = await createCollabWorld({ timings: { pingMs: 30, deadMs: 600, sweepMs: 20 } })
    const at = await own.room()
    const dead = await own.raw(at, own.person())
    const alive = await own.raw(at, own.person())
    dead.socket.pause()
    await until('one is gone', () => own.collab.stats().sockets === 1)
    expect(own.collab.stats().ended).toEqual({ dead: 1 })
    expect(alive.closed()).toBeUndefined()
  })

  it('C40 ends sockets that do not read (row 19)', { timeout: 60_000 }, async () => {
    const own = await createCollabWorld({ timings: { slowReaderMs: 200, sweepMs: 20 } })
    const at = await own.room(bilingual([p('u1', 'Long. '.repeat(200_000))]))
    const slow = await own.raw(at, own.person('read'))
    slow.socket.pause()
    const ask = frame.sync(0, Y.encodeStateVector(new Y.Doc()))
    for (let i = 0; i < 10; i++) slow.socket.send(ask)
    await until('gone', () => own.collab.stats().ended.slow_reader === 1, 20_000)
    const next = await rawWithDoc(own, at, own.person())
    expect(next.closed()).toBeUndefined()
  })

  it('C41 refuses growth of a full document, and nothing else (row 49)', {
    timeout: 60_000,
  }, async () => {
    const at = await world.room(bilingual([p('u1', 'Long. '.repeat(1_747_000))]))
    const grower = await rawWithDoc(world, at, world.person())
    grower.send(grower.change(() => firstText(grower.doc).insert(0, 'x'.repeat(10_000))))
    await until('closed', () => grower.closed() !== undefined)
    expect(grower.closed()?.code).toBe(4413)
    const tidier = await rawWithDoc(world, at, world.person())
    tidier.send(tidier.change(() => firstText(tidier.doc).delete(0, 100)))
    await until('stored', () => acked(tidier) === 1, 15_000)
    expect(tidier.doc.getXmlFragment(BODY_ROOT.en).length).toBe(1)
  })

  it('C78 acknowledges who writes on now and then, and all of it in the end', async () => {
    const world = await createCollabWorld({ timings: { ackMs: 300 } })
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    for (let i = 0; i < 20; i++) {
      client.send(client.change(() => firstText(client.doc).insert(0, 'x')))
      await new Promise((done) => setTimeout(done, 10))
    }
    await until('all of it', () => acked(client) === 20)
    expect(heardOf(client, 'ack').length).toBeLessThan(10)
    client.send(client.change(() => firstText(client.doc).insert(0, 'last')))
    client.send(client.change(() => firstText(client.doc).insert(0, 'words')))
    client.socket.send('no frame')
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(1003)
  })
})
