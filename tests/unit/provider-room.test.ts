import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import {
  PAUSE_MS,
  PIECE_BYTES,
  PIECES_AT_ONCE,
} from '../../app/features/editor/provider/counting-socket'
import {
  createProtocolRoom,
  type ProtocolRoom,
  type RoomRefusal,
} from '../../app/features/editor/provider/protocol-room'
import { BYTES_BURST, BYTES_PER_SECOND } from '../../server/collab/limits'
import {
  FakeSocket,
  fakeWorld,
  MemoryShelf,
  MemoryStore,
  settle,
  socket,
  textOf,
  write,
} from './provider-fakes'

/** What is cut into pieces on a busy machine. */
const PATIENCE = { timeout: 10_000 }

const rooms: ProtocolRoom[] = []
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.destroy()))
})

/** Every piece has left, the last one too. */
const allSent = (doc: Y.Doc) =>
  vi.waitFor(() => expect(textOf(socket().received)).toEqual(textOf(doc)), PATIENCE)

async function enter(store = new MemoryStore(), world = fakeWorld()) {
  const shelf = new MemoryShelf()
  const room = createProtocolRoom({
    protocolId: '65a0000000000000000000aa',
    userId: '65b0000000000000000000bb',
    caret: true,
    world,
    store: () => store,
    shelf,
  })
  rooms.push(room)
  const refusals: RoomRefusal[] = []
  room.on('refused', (refusal) => refusals.push(refusal))
  await room.getSnapshot().loaded
  await settle()
  return {
    room,
    world,
    store,
    shelf,
    refusals,
    doc: room.getSnapshot().doc,
    status: () => room.getSnapshot().status.getSnapshot(),
    /** Would the browser ask before leaving? */
    warns: () => {
      const event = new Event('beforeunload', { cancelable: true })
      if (world.events instanceof EventTarget) world.events.dispatchEvent(event)
      return event.defaultPrevented
    },
  }
}

/** A store whose transactions complete when told. */
function held() {
  const store = new MemoryStore()
  const waiting: (() => void)[] = []
  store.gate = () => new Promise((resolve) => waiting.push(resolve))
  const release = async () => {
    for (const go of waiting.splice(0)) go()
    await settle()
  }
  return { store, release }
}

describe('createProtocolRoom', () => {
  it('reads the device before it opens the line, and sends what was written offline', async () => {
    const store = new MemoryStore()
    const first = await enter(store)
    write(first.doc, 'offline words')
    await settle()
    await first.room.destroy()

    const second = await enter(store)
    expect(textOf(second.doc)).toEqual(['offline words'])
    expect(second.status().pending).toBe(1)
    socket().openAndAsk()
    expect(textOf(socket().received)).toEqual(['offline words'])
    expect(second.status().key).toBe('saving')
    socket().ack(1)
    expect(second.status()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('opens no line before the device has been read', async () => {
    const store = new MemoryStore()
    const opened = { go: () => {} }
    const open = store.open.bind(store)
    store.open = async () => {
      await new Promise<void>((resolve) => {
        opened.go = resolve
      })
      return open()
    }
    const entering = enter(store)
    await settle()
    expect(FakeSocket.all).toHaveLength(0)
    opened.go()
    await entering
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('does not wait for a device that never answers', async () => {
    const store = new MemoryStore()
    store.open = () => new Promise(() => {})
    const world = fakeWorld()
    const entering = enter(store, world)
    await settle()
    world.timers.pass(4_000)
    const { status, doc } = await entering
    socket().openAndAsk()
    socket().end(1006)
    write(doc, 'word')
    expect(status().key).toBe('unkept')
  })

  it('says kept only when the device’s transaction has completed', async () => {
    const { store, release } = held()
    const { doc, status, warns } = await enter(store)
    socket().end(1006)
    write(doc, 'word')
    await settle()
    expect([status().key, warns()]).toEqual(['saving', true])
    await release()
    expect([status().key, status().pending, warns()]).toEqual(['offline', 1, false])
  })

  it('does not call kept what was written while the device was still being read', async () => {
    const { store, release } = held()
    const opened = { go: () => {} }
    const open = store.open.bind(store)
    store.open = async () => {
      await new Promise<void>((resolve) => {
        opened.go = resolve
      })
      return open()
    }
    const world = fakeWorld()
    const room = createProtocolRoom({
      protocolId: '65a0000000000000000000aa',
      userId: '65b0000000000000000000bb',
      caret: true,
      world,
      store: () => store,
      shelf: new MemoryShelf(),
    })
    rooms.push(room)
    const { doc, loaded, status } = room.getSnapshot()
    write(doc, 'early')
    opened.go()
    await loaded
    socket().end(1006)
    expect(status.getSnapshot().key).toBe('saving')
    await release()
    expect(status.getSnapshot()).toMatchObject({ key: 'offline', pending: 1 })
  })

  it('stores together what arrives while a transaction is under way', async () => {
    const { store, release } = held()
    const { doc } = await enter(store)
    for (const word of ['a', 'b', 'c', 'd']) write(doc, word)
    await release()
    await release()
    expect(store.rows.map(({ changes }) => changes)).toEqual([1, 3])
    expect(textOf(store.document)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('works without a device that keeps, and says so', async () => {
    const store = new MemoryStore()
    store.refusesToOpen = true
    const { doc, status, warns } = await enter(store)
    socket().openAndAsk()
    socket().ack(1)
    write(doc, 'word')
    expect([status().key, warns()]).toEqual(['saving', true])
    socket().ack(2)
    expect([status().key, warns()]).toEqual(['saved', false])
    socket().end(1006)
    write(doc, 'word')
    expect([status().key, warns()]).toEqual(['unkept', true])
  })

  it('stores everything again after the device had failed', async () => {
    const store = new MemoryStore()
    const { doc, status, world } = await enter(store)
    socket().end(1006)
    store.gate = async () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    write(doc, 'lost once')
    await settle()
    expect(status().key).toBe('unkept')
    store.gate = undefined
    write(doc, 'and this')
    await settle()
    expect(status().key).toBe('unkept')
    world.timers.pass(5_000)
    await settle()
    expect(status()).toMatchObject({ key: 'offline', pending: 1 })
    expect(store.rows).toMatchObject([{ changes: 2, edits: 1 }])
    expect(textOf(store.document)).toEqual(['lost once', 'and this'])
  })

  it('remembers on the device what the server has', async () => {
    const store = new MemoryStore()
    const { doc, world, room } = await enter(store)
    socket().openAndAsk()
    write(doc, 'one')
    await settle()
    socket().ack(2)
    write(doc, 'two')
    await settle()
    world.timers.pass(1_000)
    await room.destroy()
    expect((await store.open()).unsaved.map(({ changes }) => changes)).toEqual([1])
  })

  it('remembers so also what an earlier visit had left, once its answer is committed', async () => {
    const store = new MemoryStore()
    const first = await enter(store)
    write(first.doc, 'offline words')
    await settle()
    await first.room.destroy()

    const second = await enter(store)
    socket().openAndAsk()
    second.world.timers.pass(1_000)
    await settle()
    expect((await store.open()).unsaved).toHaveLength(1)
    socket().ack(1)
    await second.room.destroy()
    expect((await store.open()).unsaved).toEqual([])
    expect((await enter(store)).status().pending).toBe(0)
  })

  it('keeps on the device what came from the server, without calling it one’s own', async () => {
    const store = new MemoryStore()
    const { room, status } = await enter(store)
    const server = new Y.Doc()
    write(server, 'from far')
    socket().openAndAsk(server)
    socket().ack(1)
    await settle()
    expect(textOf(store.document)).toEqual(['from far'])
    expect(status()).toMatchObject({ key: 'saved', pending: 0 })
    await room.destroy()
    expect((await store.open()).unsaved).toEqual([])
  })

  it('rescues the words of a refused frame, forgets the copy and opens afresh', async () => {
    const store = new MemoryStore()
    const { room, doc, refusals, shelf, status } = await enter(store)
    const server = new Y.Doc()
    write(server, 'untouched')
    socket().openAndAsk(server)
    socket().ack(1)
    write(doc, 'my English')
    write(doc, 'мои слова', 'body:ru')
    socket().refuse(2, 'document_rules')
    await settle()
    expect(refusals).toMatchObject([
      {
        reason: 'document_rules',
        final: false,
        isStored: true,
        rescue: { text: { en: 'my English', ru: 'мои слова' } },
      },
    ])
    expect(shelf.kept).toHaveLength(1)
    expect(store.dropped).toBe(true)
    expect(status().key).toBe('refused')

    let heard = 0
    room.subscribe(() => heard++)
    await room.reopen()
    expect(heard).toBe(1)
    const fresh = room.getSnapshot()
    expect(fresh.doc).not.toBe(doc)
    await fresh.loaded
    socket().openAndAsk(server)
    expect(textOf(fresh.doc)).toEqual(['untouched'])
    expect(textOf(fresh.doc, 'body:ru')).toEqual([])
    socket().ack(1)
    expect(status()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('gives rescued bytes that bring the words into another document', async () => {
    const { doc, refusals } = await enter()
    socket().openAndAsk()
    write(doc, 'words')
    socket().end(1009)
    await settle()
    const other = new Y.Doc()
    Y.applyUpdate(other, refusals[0]?.rescue?.bytes ?? new Uint8Array([0, 0]))
    expect(textOf(other)).toEqual(['words'])
  })

  it('rescues also what was typed while the rescue was being stored', async () => {
    const { doc, refusals, shelf } = await enter()
    socket().openAndAsk()
    write(doc, 'one')
    const put = shelf.put.bind(shelf)
    shelf.put = async (rescued) => {
      shelf.put = put
      write(doc, 'two')
      await put(rescued)
    }
    socket().refuse(2, 'document_rules')
    await settle()
    expect(refusals.map(({ rescue }) => rescue?.text.en)).toEqual(['one\n\ntwo'])
    expect(shelf.kept.at(-1)?.text.en).toBe('one\n\ntwo')
    expect(new Set(shelf.kept.map(({ id }) => id)).size).toBe(1)
  })

  it('rescues only what was not committed', async () => {
    const { doc, refusals } = await enter()
    socket().openAndAsk()
    write(doc, 'committed')
    socket().ack(2)
    write(doc, 'refused')
    socket().end(4422)
    await settle()
    expect(refusals[0]?.rescue?.text).toEqual({ en: 'refused', ru: '' })
  })

  it('rescues also what another tab left on the device, and nothing that the server has', async () => {
    const store = new MemoryStore()
    const a = await enter(store)
    const toA = socket()
    const b = await enter(store)
    const toB = socket()
    toA.openAndAsk()
    toB.openAndAsk()
    write(a.doc, 'committed from tab A')
    toB.update(Y.encodeStateAsUpdate(a.doc))
    toA.end(1006)
    write(a.doc, 'typed in tab A without a line')
    await settle()
    await a.room.destroy()
    write(b.doc, 'typed in tab B')
    toB.end(4422)
    await settle()
    const rescued = b.refusals[0]?.rescue?.text.en.split('\n\n')
    expect(rescued?.sort()).toEqual(['typed in tab A without a line', 'typed in tab B'])
  })

  it('rescues unsaved words of an earlier visit when access has ended meanwhile', async () => {
    const store = new MemoryStore()
    const first = await enter(store)
    write(first.doc, 'before')
    await settle()
    await first.room.destroy()

    const gone = async () => new Response(JSON.stringify({ code: 'not_found' }), { status: 404 })
    const { refusals } = await enter(store, fakeWorld(gone))
    socket().end(1006)
    await settle()
    expect(refusals).toMatchObject([
      { reason: 'not_found', final: true, rescue: { text: { en: 'before', ru: '' } } },
    ])
    expect(store.dropped).toBe(true)
  })

  it('forgets the copy and has nothing to rescue when access ends with everything committed', async () => {
    const { refusals, store, doc, room } = await enter()
    socket().openAndAsk()
    write(doc, 'word')
    socket().ack(2)
    socket().end(4410)
    await settle()
    expect(refusals).toEqual([
      { reason: 'access_ended', rescue: null, isStored: true, final: true },
    ])
    expect(store.dropped).toBe(true)
    expect(textOf(room.getSnapshot().doc)).toEqual(['word'])
  })

  it.each([
    [4401, 'unauthenticated', false],
    [4426, 'outdated_editor', true],
  ])('keeps document and copy after %i', async (code, reason, final) => {
    const { refusals, store, doc, room, status } = await enter()
    socket().openAndAsk()
    write(doc, 'word')
    await settle()
    socket().end(code)
    expect(refusals).toEqual([{ reason, rescue: null, isStored: true, final }])
    expect(store.dropped).toBe(false)
    await room.reopen()
    expect(room.getSnapshot().doc).toBe(doc)
    socket().openAndAsk()
    socket().ack(1)
    expect(status().key).toBe('saved')
  })

  it('warns before leaving while a rescue is nowhere but in the page', async () => {
    const { shelf, doc, refusals, warns, room } = await enter()
    shelf.isFull = true
    socket().openAndAsk()
    write(doc, 'words')
    socket().end(4422)
    await settle()
    expect(refusals).toMatchObject([{ isStored: false }])
    await room.reopen()
    await settle()
    expect(warns()).toBe(true)
    const rescue = refusals[0]?.rescue
    if (rescue) await room.discard(rescue)
    expect(warns()).toBe(false)
  })

  it('sends a large paste in pieces and is saved with the last', async () => {
    const { room, doc, status } = await enter()
    socket().openAndAsk()
    socket().ack(1)
    const before = socket().sent.length
    doc.transact(() => {
      for (let i = 0; i < 400; i++) write(doc, `${i} ${'слово '.repeat(200)}`)
    }, 'editor')
    // the keys struck meanwhile wait behind it
    write(doc, 'typed on')
    expect(socket().sent).toHaveLength(before)
    await allSent(doc)
    const pieces = socket().sent.slice(before, -1)
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) expect(piece.length).toBeLessThan(65_536)
    expect(textOf(socket().received)).toEqual(textOf(doc))
    socket().ack(pieces.length)
    expect(room.getSnapshot().ownChanges).toBe(2)
    expect(status()).toMatchObject({ key: 'saving', pending: 1 })
    socket().ack(1 + pieces.length)
    expect(status()).toMatchObject({ key: 'saving', pending: 1 })
    socket().ack(2 + pieces.length)
    expect(status()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('answers after a long time away in pieces: a step 2, then updates', async () => {
    const { doc } = await enter()
    for (let i = 0; i < 400; i++) write(doc, `${i} ${'слово '.repeat(200)}`)
    socket().openAndAsk()
    await allSent(doc)
    const counted = socket().kinds.filter((kind) => kind === 'step2' || kind === 'update')
    expect(counted[0]).toBe('step2')
    expect(counted.length).toBeGreaterThan(2)
    expect(counted.slice(1).every((kind) => kind === 'update')).toBe(true)
    expect(textOf(socket().received)).toEqual(textOf(doc))
  })

  it('sends what is very large no faster than the server takes it', async () => {
    const bytes = PIECES_AT_ONCE * PIECE_BYTES
    expect(bytes).toBeLessThan(BYTES_BURST)
    expect((PIECE_BYTES * 1_000) / PAUSE_MS).toBeLessThan(BYTES_PER_SECOND)
    const { doc, world } = await enter()
    socket().openAndAsk()
    const before = socket().sent.length
    write(doc, 'x'.repeat(bytes * 1.1))
    await vi.waitFor(() => expect(socket().sent).toHaveLength(before + PIECES_AT_ONCE), PATIENCE)
    for (let i = 1; i <= 3; i++) {
      await settle()
      expect(socket().sent).toHaveLength(before + PIECES_AT_ONCE + i - 1)
      world.timers.pass(PAUSE_MS)
    }
    await settle()
    expect(socket().sent).toHaveLength(before + PIECES_AT_ONCE + 3)
    // a line that is lost meanwhile gets nothing more
    const last = socket()
    last.end(1006)
    world.timers.pass(PAUSE_MS)
    await settle()
    expect(last.sent).toHaveLength(before + PIECES_AT_ONCE + 3)
  })

  it('counts nothing of a paste whose line was lost while it was being cut', async () => {
    const { doc, status, world } = await enter()
    socket().openAndAsk()
    socket().ack(1)
    const before = socket()
    const sent = before.sent.length
    write(doc, 'x'.repeat(300_000))
    before.end(1006)
    await settle()
    world.timers.pass(1_000)
    socket().openAndAsk()
    await allSent(doc)
    expect(before.sent).toHaveLength(sent)
    const frames = socket().kinds.filter((kind) => kind === 'step2' || kind === 'update').length
    socket().ack(frames - 1)
    expect(status().key).toBe('saving')
    socket().ack(frames)
    expect(status()).toMatchObject({ key: 'saved', pending: 0 })
    expect(textOf(socket().received)).toEqual(textOf(doc))
  })

  it('leaves no socket, timer or warning behind, and stores what waited', async () => {
    const { store, release } = held()
    const { room, doc, world, warns } = await enter(store)
    socket().openAndAsk()
    write(doc, 'one')
    write(doc, 'two')
    const leaving = room.destroy()
    expect(socket().readyState).toBe(FakeSocket.CLOSED)
    await release()
    await release()
    await leaving
    expect(textOf(store.document)).toEqual(['one', 'two'])
    expect([store.closed, world.timers.open, warns()]).toEqual([true, 0, false])
  })
})
