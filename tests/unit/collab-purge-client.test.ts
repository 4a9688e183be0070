import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  createProtocolRoom,
  type ProtocolRoom,
  type RoomRefusal,
} from '../../app/features/editor/provider/protocol-room'
import {
  FakeSocket,
  fakeWorld,
  MemoryShelf,
  MemoryStore,
  settle,
  socket,
  write,
} from './provider-fakes'

const PROTOCOL = '65a0000000000000000000aa'
const USER = '65b0000000000000000000bb'
const rooms: ProtocolRoom[] = []
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.destroy()))
})

/** A page with the document open, and the copies it opens on its device, by generation. */
async function enter(first = new MemoryStore()) {
  const world = fakeWorld()
  const shelf = new MemoryShelf()
  const stores: [number, MemoryStore][] = []
  const room = createProtocolRoom({
    protocolId: PROTOCOL,
    userId: USER,
    caret: true,
    world,
    store: ({ generation }) => {
      const store = stores.length === 0 ? first : new MemoryStore()
      stores.push([generation, store])
      return store
    },
    shelf,
  })
  rooms.push(room)
  const refusals: RoomRefusal[] = []
  room.on('refused', (refusal) => {
    refusals.push(refusal)
    // as the page does
    if (!refusal.final) void room.reopen()
  })
  await room.getSnapshot().loaded
  await settle()
  const warns = () => {
    const event = new Event('beforeunload', { cancelable: true })
    if (world.events instanceof EventTarget) world.events.dispatchEvent(event)
    return event.defaultPrevented
  }
  return { room, world, shelf, stores, refusals, doc: room.getSnapshot().doc, warns }
}

/** What the server has: a paragraph of somebody else's that names a patient. */
function server(generation: number, text: string): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap('meta').set('generation', generation)
  write(doc, text)
  return doc
}

const textIn = (doc: Y.Doc) => doc.getXmlFragment('body:en').toString()

describe('a page whose document was cleaned', () => {
  it('C88 drops document and copy, and opens afresh by itself with a copy of its own', async () => {
    const { room, stores, refusals, doc } = await enter()
    socket().openAndAsk(server(1, 'Sidorov misses doses'))
    socket().ack(1)
    await settle()
    expect(stores[0]?.[1].rows).not.toEqual([])

    socket().end(4412, 'document_cleaned 3')
    await settle()

    expect(refusals).toEqual([
      { reason: 'document_cleaned', rescue: null, isStored: true, final: false },
    ])
    const [[, old] = [], [generation, fresh] = []] = stores
    expect([old?.dropped, old?.rows, generation]).toEqual([true, [], 3])
    const open = room.getSnapshot()
    expect(open.doc).not.toBe(doc)
    await open.loaded
    await settle()
    expect(FakeSocket.all).toHaveLength(2)
    socket().openAndAsk(server(3, '[…] misses doses'))
    expect(textIn(open.doc)).not.toContain('Sidorov')
    expect(textIn(socket().received)).toBe('')
    await settle()
    expect(JSON.stringify([...(fresh?.rows ?? [])])).not.toContain('Sidorov')
  })

  it('C88 offers what this person typed and had not saved, in the window and nowhere else', async () => {
    const { shelf, refusals, doc, warns } = await enter()
    socket().openAndAsk(server(1, 'Sidorov misses doses'))
    socket().ack(1)
    await settle()
    write(doc, 'my own paragraph')
    const [first] = doc.getXmlFragment('body:en').toArray()
    const theirs = first instanceof Y.XmlElement ? first.get(0) : undefined
    if (theirs instanceof Y.XmlText) {
      theirs.insert(theirs.length, ' of mine')
      theirs.insert(0, 'words ')
    }
    await shelf.put({
      id: 'earlier',
      userId: USER,
      protocolId: PROTOCOL,
      reason: 'document_rules',
      at: 1,
      bytes: new Uint8Array(),
      text: { en: 'Sidorov', ru: '' },
    })

    socket().end(4412)
    await settle()

    expect(refusals).toMatchObject([{ reason: 'document_cleaned', isStored: false, final: false }])
    const { text, bytes } = refusals[0]?.rescue ?? expect.fail()
    expect(text).toEqual({ en: 'words … of mine\n\nmy own paragraph', ru: '' })
    expect(bytes).toHaveLength(0)
    // nothing of it is kept on the device; the browser asks before the window is closed
    expect(shelf.kept).toEqual([])
    expect(warns()).toBe(true)
  })

  it('C88 says which generation it holds, also when it comes back with a copy from before', async () => {
    const store = new MemoryStore()
    const before = await enter(store)
    socket().openAndAsk(server(1, 'Sidorov misses doses'))
    socket().ack(1)
    write(before.doc, 'typed offline')
    await settle()
    await before.room.destroy()

    const { refusals, stores } = await enter(store)
    expect(new URL(socket().url).searchParams.get('gen')).toBe('1')
    socket().open()
    socket().end(4412, 'document_cleaned 2')
    await settle()

    expect(socket().url).not.toContain('gen=1')
    expect(store.rows).toEqual([])
    expect(refusals[0]?.rescue?.text.en).toBe('typed offline')
    expect(stores.map(([generation]) => generation)).toEqual([1, 2])
  })

  it('C88 holds no generation before it holds a document', async () => {
    await enter()
    expect(socket().url).not.toContain('gen=')
  })

  it('C88 treats a frame that is refused so in the same way', async () => {
    const { refusals, stores, doc } = await enter()
    socket().openAndAsk(server(1, 'Sidorov'))
    write(doc, 'mine')
    socket().refuse(2, 'document_cleaned')
    await settle()
    expect(refusals).toMatchObject([{ rescue: { text: { en: 'mine' } }, isStored: false }])
    expect(stores.map(([generation]) => generation)).toEqual([1, 2])
  })
})
