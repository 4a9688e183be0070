import { connect } from 'node:net'
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

const world = await createCollabWorld()

describe('limits of a socket', () => {
  it('C27 refuses text frames and messages of an unknown type', async () => {
    const at = await world.room()
    for (const sent of [
      '{"a":1}',
      new Uint8Array([4]),
      new Uint8Array([2, 0, 0]),
      new Uint8Array([127]),
    ]) {
      const client = await world.raw(at, world.person())
      client.socket.send(sent)
      await until('closed', () => client.closed() !== undefined)
      expect(client.closed()?.code).toBe(1003)
    }
  })

  it('C27 refuses a frame that is too large', async () => {
    const at = await world.room()
    const client = await world.raw(at, world.person())
    client.socket.send(new Uint8Array(1_100_000))
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(1009)
  })

  it.each<[string, number[]]>([
    ['a reserved bit', [0xc2, 0x80, 0, 0, 0, 0]],
    ['an unknown opcode', [0x8b, 0x80, 0, 0, 0, 0]],
    ['an unmasked frame', [0x82, 0x01, 0x00]],
    ['a close of one byte', [0x88, 0x81, 0, 0, 0, 0, 1]],
    [
      'a header announcing 2^63 bytes',
      [0x82, 0xff, 127, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0],
    ],
  ])('C27 outlives %s', async (_what, bytes) => {
    const at = await world.room()
    const who = world.person()
    const { hostname, port } = new URL(world.base)
    const socket = connect(Number(port), hostname)
    let isOver = false
    let heard = ''
    socket.on('close', () => {
      isOver = true
    })
    socket.on('data', (data) => {
      heard += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.write(
      `GET /collab/${at.room} HTTP/1.1\r\nHost: x\r\nCookie: as=${who.userId}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await until('upgraded', () => heard.includes('101'))
    socket.write(Buffer.from(bytes))
    await until('ended', () => isOver)
    const next = await rawWithDoc(world, at, world.person())
    expect(next.closed()).toBeUndefined()
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

  it('C28 ends a socket that asks for the state again and again', async () => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const ask = frame.sync(0, Y.encodeStateVector(new Y.Doc()))
    for (let i = 0; i < 12; i++) client.socket.send(ask)
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(4429)
    expect(heardOf(client, 'step2').length).toBeLessThanOrEqual(10)
  })

  it('C40 ends sockets that are dead', async () => {
    const own = await createCollabWorld({ timings: { pingMs: 30, deadMs: 150, sweepMs: 20 } })
    const at = await own.room()
    const dead = await own.raw(at, own.person())
    const alive = await own.raw(at, own.person())
    dead.socket.pause()
    await until('one is gone', () => own.collab.stats().sockets === 1)
    expect(own.collab.stats().ended).toEqual({ dead: 1 })
    expect(alive.closed()).toBeUndefined()
  })

  it('C40 ends sockets that do not read', { timeout: 60_000 }, async () => {
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

  it('C41 refuses growth of a full document, and nothing else', { timeout: 60_000 }, async () => {
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
})
