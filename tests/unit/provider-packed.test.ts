import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { inTurn } from '../../app/features/editor/provider/in-turn'
import { ProtocolProvider } from '../../app/features/editor/provider/protocol-provider'
import { unpacked } from '../../app/features/editor/provider/sync-frame'
import { SyncTracker } from '../../app/features/editor/provider/sync-status'
import { type Unpack, unpackHere } from '../../app/features/editor/provider/unpack'
import { MAX_UNPACKED_BYTES, MESSAGE_PACKED_STATE, MESSAGE_SYNC } from '../../shared/collab/wire'
import { runs } from '../setup/runs'
import { FakeSocket, fakeWorld, settle, socket, textOf, write } from './provider-fakes'

const unpack = unpackHere()
if (!unpack) throw new Error('this Node cannot inflate')

const packedFrame = (payload: Uint8Array) => (encoder: encoding.Encoder) => {
  encoding.writeVarUint(encoder, MESSAGE_PACKED_STATE)
  encoding.writeVarUint8Array(encoder, payload)
}
const bufferOf = (write: (encoder: encoding.Encoder) => void): ArrayBuffer =>
  new Uint8Array(encoding.encode(write)).buffer

/** What a frame stands for: the words in a packed one, or its own last byte. */
const saysOf = (frame: ArrayBuffer): number => new Uint8Array(frame).at(-1) ?? -1

const open: ProtocolProvider[] = []
afterEach(() => {
  for (const provider of open.splice(0)) {
    provider.destroy()
    provider.doc.destroy()
  }
})

function line(unpacks: { unpack?: Unpack | undefined } = { unpack }) {
  const world = { ...fakeWorld(), ...unpacks }
  const doc = new Y.Doc()
  const tracker = new SyncTracker(world.timers)
  const options = { protocolId: '65a0000000000000000000aa', userId: 'me', doc, tracker, world }
  const provider = new ProtocolProvider({ ...options, caret: true })
  open.push(provider)
  provider.connect()
  return { doc, tracker, provider, world }
}

function serverDoc(...words: string[]): Y.Doc {
  const doc = new Y.Doc()
  for (const word of words) write(doc, word)
  return doc
}

const pack = (doc: Y.Doc) => deflateRawSync(Y.encodeStateAsUpdate(doc))

/** Inflating happens in a thread: until it has been heard. */
const unpackedBy = (done: () => boolean) =>
  vi.waitFor(() => expect(done()).toBe(true), { timeout: 5_000, interval: 5 })

describe('a packed state', () => {
  it('is asked for where it can be unpacked', () => {
    line()
    expect(socket().url).toContain('ack=1&packed=1&v=')
    line({})
    expect(socket().url).not.toContain('packed')
  })

  it('is an update that comes before what follows it', async () => {
    const { doc, tracker } = line()
    const server = serverDoc('packed')
    const state = pack(server)
    const vector = Y.encodeStateVector(server)
    write(server, 'newer')
    socket().open()
    socket().receive(packedFrame(state))
    socket().receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(server, vector))
    })
    expect(textOf(doc)).toEqual([])
    await unpackedBy(() => tracker.getSnapshot().synced)
    expect(textOf(doc)).toEqual(['packed', 'newer'])
    expect(doc.store.pendingStructs).toBeNull()
    expect(socket().kinds).not.toContain('update')
  })

  it.each([
    ['cut short', (state: Uint8Array) => state.slice(0, -3)],
    ['not packed at all', () => new Uint8Array([6, 6, 6])],
  ])('that is %s closes the socket, and the next attempt asks for none', async (_name, damage) => {
    const { world } = line()
    socket().openAndAsk()
    const before = socket()
    before.receive(packedFrame(damage(pack(serverDoc('word'.repeat(50))))))
    await unpackedBy(() => before.readyState === FakeSocket.CLOSED)
    world.timers.pass(world.timers.next)
    expect(socket()).not.toBe(before)
    expect(socket().url).not.toContain('packed')
  })

  it('that leaves something missing is asked for again, not packed', async () => {
    const { world, doc, tracker } = line()
    const server = serverDoc('one')
    const vector = Y.encodeStateVector(server)
    write(server, 'two')
    socket().open()
    const before = socket()
    before.receive(packedFrame(deflateRawSync(Y.encodeStateAsUpdate(new Y.Doc()))))
    before.receive((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(server, vector))
    })
    await unpackedBy(() => before.readyState === FakeSocket.CLOSED)
    expect(tracker.getSnapshot().synced).toBe(false)
    world.timers.pass(world.timers.next)
    expect(socket().url).not.toContain('packed')
    socket().openAndAsk(server)
    expect(textOf(doc)).toEqual(['one', 'two'])
    expect(tracker.getSnapshot().synced).toBe(true)
  })

  it('is not unpacked beyond what a document can be', async () => {
    const bomb = deflateRawSync(new Uint8Array(MAX_UNPACKED_BYTES + 1))
    await expect(unpack(new Uint8Array(bomb))).rejects.toThrow('beyond')
    const most = await unpack(new Uint8Array(deflateRawSync(new Uint8Array(100_000))))
    expect(most).toEqual(new Uint8Array(100_000))
  })

  it('that comes too late for its socket is not heard', async () => {
    let answer = (_update: Uint8Array) => {}
    const { doc, world } = line({
      unpack: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    const server = serverDoc('late')
    socket().open()
    socket().receive(packedFrame(new Uint8Array([1])))
    socket().openAndAsk(server)
    await settle()
    socket().end(1006)
    answer(Y.encodeStateAsUpdate(server))
    await settle()
    expect(textOf(doc)).toEqual([])
    world.timers.pass(world.timers.next)
    expect(socket().url).toContain('packed=1')
  })

  it('leaves the order of everything as it came', async () => {
    const act = fc.constantFrom('plain', 'packed', 'packed', 'unpacked')
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const heard: number[] = []
        const inflating: (() => void)[] = []
        const slowly: Unpack = (packed) =>
          new Promise((resolve) => inflating.push(() => resolve(packed)))
        const take = inTurn<ArrayBuffer>(
          (frame) => unpacked(frame, slowly),
          (frame) => heard.push(saysOf(frame)),
          () => heard.push(-1),
        )
        let sent = 0
        for (const each of acts) {
          if (each === 'unpacked') inflating.shift()?.()
          else if (each === 'plain') take(new Uint8Array([MESSAGE_SYNC, 2, sent++]).buffer)
          else take(bufferOf(packedFrame(new Uint8Array([7, sent++]))))
          await settle()
          expect(inflating.length).toBeLessThanOrEqual(1)
          expect(heard).toEqual(heard.map((_, i) => i))
        }
        while (inflating.length > 0) {
          inflating.shift()?.()
          await settle()
        }
        expect(heard).toEqual(Array.from({ length: sent }, (_, i) => i))
      }),
      runs(200),
    )
  })
})
