import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { BrowserWorld } from '../../app/features/editor/provider/browser-world'
import {
  createProtocolRoom,
  type RoomRefusal,
} from '../../app/features/editor/provider/protocol-room'
import type { SyncKey } from '../../app/features/editor/provider/sync-status'
import { systemTimers } from '../../app/features/editor/provider/timers'
import { unpackHere } from '../../app/features/editor/provider/unpack'
import { startEmbeddedMongo } from '../../server/adapters/embedded-mongo'
import { readConfig } from '../../server/config'
import type { RoomAddress } from '../../server/ports'
import type { Actor } from '../../shared/actor'
import { readBlocks } from '../../shared/editor/blocks'
import { BODY_ROOT } from '../../shared/editor/content'
import {
  type CollabWorld,
  createCollabWorld,
  firstText,
  type Person,
  textOf,
  until,
} from '../fixtures/collab'
import { createWorld, type World } from '../setup/world'
import { MemoryShelf, MemoryStore } from '../unit/provider-fakes'

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

/** This process as a browser: real sockets and time, the storage in memory. */
function enter(
  origin: string,
  protocolId: string,
  who: { userId: string; cookie: string; caret?: boolean },
  store = new MemoryStore(),
) {
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie: who.cookie, origin } })
    }
  }
  const asked: string[] = []
  const events = new EventTarget()
  const world: BrowserWorld = {
    origin,
    socketOrigin: origin.replace('http', 'ws'),
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    fetch: (address, init) => {
      asked.push(String(address))
      return fetch(address, { ...init, headers: { cookie: who.cookie } })
    },
    events,
    isHidden: () => false,
    saveData: false,
    timers: systemTimers,
    random: () => 0,
    unpack: unpackHere(),
  }
  const shelf = new MemoryShelf()
  const room = createProtocolRoom({
    protocolId,
    userId: who.userId,
    caret: who.caret ?? true,
    world,
    store: () => store,
    shelf,
  })
  ending.push(() => room.destroy())
  const refusals: RoomRefusal[] = []
  room.on('refused', (refusal) => refusals.push(refusal))
  const status = () => room.getSnapshot().status.getSnapshot()
  const seen: SyncKey[] = []
  room.getSnapshot().status.subscribe(() => seen.push(status().key))
  return {
    room,
    status,
    seen,
    refusals,
    shelf,
    store,
    asked,
    doc: () => room.getSnapshot().doc,
    text: () => textOf(room.getSnapshot().doc),
    is: (key: SyncKey, ms?: number) => until(`${key}`, () => status().key === key, ms),
    /** What the browser says when the cable is pulled or back. */
    says: (event: 'online' | 'offline') => events.dispatchEvent(new Event(event)),
  }
}

const enterAlone = (world: CollabWorld, at: RoomAddress, who: Person, store?: MemoryStore) =>
  enter(
    world.base.replace('ws', 'http').replace('/collab', ''),
    at.room,
    { userId: who.userId, cookie: `as=${who.userId}`, caret: who.may === 'write' },
    store,
  )

async function enterHouse(world: World, protocolId: string, actor: Actor, store?: MemoryStore) {
  const { origin } = await world.serve()
  const cookie = await world.cookie(actor)
  return enter(origin, protocolId, { userId: actor.userId, cookie }, store)
}

/** A database that this test may stop without stopping the others. */
async function ownMongo() {
  const dataDir = await mkdtemp(join(tmpdir(), 'twinward-provider-'))
  ending.push(() => rm(dataDir, { recursive: true, force: true }))
  const { database } = readConfig({ ...process.env, MONGODB_URI: '', DATA_DIR: dataDir })
  if (database.kind !== 'embedded') throw new Error('a mongod of our own was expected')
  const mongo = await startEmbeddedMongo({ ...database })
  ending.push(() => {
    process.kill(mongo.pid, 'SIGCONT')
    return mongo.stop()
  })
  const uri = new URL(mongo.uri)
  uri.pathname = '/provider'
  return { pid: mongo.pid, uri: uri.href }
}

/** Pastes so many paragraphs of about 1 kB behind the text, at once. */
function paste(doc: Y.Doc, count: number): string[] {
  const words = Array.from({ length: count }, (_, i) => `${i} ${'слово '.repeat(95)}`.trim())
  const body = doc.getXmlFragment(BODY_ROOT.en)
  const pasted = words.map((text, i) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.setAttribute('uid', `pasted-${i}`)
    paragraph.setAttribute('unit', `pasted-${i}`)
    paragraph.insert(0, [new Y.XmlText(text)])
    return paragraph
  })
  body.insert(body.length, pasted)
  return words
}

const blocksIn = (doc: Y.Doc) =>
  readBlocks(doc.getXmlFragment(BODY_ROOT.en)).map(({ text }) => text)

const committed = async (world: CollabWorld, at: RoomAddress) =>
  (await world.collab.live.read(at)).blocks.en.map(({ text }) => text).join()

describe('the line to the sync server', () => {
  it('says saved when the words are in the log', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const anna = enterAlone(world, at, world.person())
    await anna.is('saved')
    expect(anna.text()).toBe('Hello')
    firstText(anna.doc()).insert(5, ', Saratov')
    expect(anna.status()).toMatchObject({ key: 'saving', pending: 1 })
    await anna.is('saved')
    expect(await world.db.collection('collab_log').countDocuments()).toBe(2)
    expect(await committed(world, at)).toBe('Hello, Saratov')
  })

  it('does not say saved while the database stands still', async () => {
    const mongo = await ownMongo()
    const world = await createCollabWorld({ uri: mongo.uri })
    ending.push(() => world.close())
    const at = await world.room()
    const anna = enterAlone(world, at, world.person())
    await anna.is('saved')

    process.kill(mongo.pid, 'SIGSTOP')
    anna.seen.length = 0
    for (const word of ['one ', 'two ', 'three ']) firstText(anna.doc()).insert(0, word)
    await until('said', () => anna.seen.includes('saving'))
    // so that it could have said more
    await new Promise((done) => setTimeout(done, 1_000))
    expect(anna.seen).not.toContain('saved')
    expect(anna.status()).toMatchObject({ key: 'saving', pending: 1 })

    process.kill(mongo.pid, 'SIGCONT')
    await anna.is('saved', 15_000)
    expect(await committed(world, at)).toBe('three two one Hello')
  })

  it('brings what was written offline, and what others wrote meanwhile', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [anna, priya] = [world.person(), world.person()].map((who) => enterAlone(world, at, who))
    if (!anna || !priya) throw new Error('two people')
    await anna.is('saved')
    await priya.is('saved')

    anna.says('offline')
    expect(anna.status()).toMatchObject({ key: 'offline', pending: 0 })
    firstText(anna.doc()).insert(5, ' A')
    firstText(anna.doc()).delete(0, 1)
    firstText(priya.doc()).insert(0, 'B ')
    await priya.is('saved')

    await anna.is('saved')
    await until('both have both', () => anna.text() === 'B ello A' && priya.text() === anna.text())
    expect(await committed(world, at)).toBe('B ello A')
  })

  it('brings what was written offline in an earlier visit', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const who = world.person()
    const store = new MemoryStore()
    const before = enterAlone(world, at, who, store)
    await before.is('saved')
    who.signedIn = false
    before.says('offline')
    firstText(before.doc()).insert(5, ', still here')
    await before.is('offline')
    await before.room.destroy()

    who.signedIn = true
    const after = enterAlone(world, at, who, store)
    await after.is('saved')
    expect(await committed(world, at)).toBe('Hello, still here')
  })

  it('loses nothing when the sync server is cut off again and again under typing', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const anna = enterAlone(world, at, world.person())
    const priya = enterAlone(world, at, world.person())
    await anna.is('saved')
    await priya.is('saved')
    for (let i = 0; i < 60; i++) {
      firstText(anna.doc()).insert(0, `a${i} `)
      firstText(priya.doc()).insert(0, `b${i} `)
      if (i % 7 === 3) anna.says('offline')
      if (i % 11 === 5) priya.says('offline')
      if (i % 5 === 0) await new Promise((done) => setTimeout(done, 60))
    }
    await until(
      'both saved and equal',
      () =>
        anna.status().key === 'saved' &&
        priya.status().key === 'saved' &&
        anna.text() === priya.text(),
      15_000,
    )
    const words = (await committed(world, at)).split(' ')
    for (let i = 0; i < 60; i++) expect(words).toEqual(expect.arrayContaining([`a${i}`, `b${i}`]))
    expect(words).toHaveLength(121)
  })

  it('brings a paste of 1.5 MB, whole and once', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const anna = enterAlone(world, at, world.person())
    const priya = enterAlone(world, at, world.person())
    await anna.is('saved')
    await priya.is('saved')
    const words = paste(anna.doc(), 1_500)
    expect(anna.status()).toMatchObject({ key: 'saving', pending: 1 })
    firstText(anna.doc()).insert(0, 'Typed on. ')
    await anna.is('saved', 40_000)
    await until('the other has it', () => blocksIn(priya.doc()).length === words.length + 1, 40_000)
    expect(blocksIn(priya.doc())).toEqual(['Typed on. Hello', ...words])
    expect((await world.collab.live.read(at)).blocks.en.map(({ text }) => text)).toEqual([
      'Typed on. Hello',
      ...words,
    ])
    expect(anna.refusals).toEqual([])
  }, 90_000)

  it('brings what is too much for one frame, written offline and partly known', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const who = world.person()
    const store = new MemoryStore()
    const before = enterAlone(world, at, who, store)
    await before.is('saved')
    who.signedIn = false
    before.says('offline')
    const words = paste(before.doc(), 1_200)
    firstText(before.doc()).delete(0, 4)
    await before.is('offline')
    await before.room.destroy()

    who.signedIn = true
    const after = enterAlone(world, at, who, store)
    await after.is('saved', 40_000)
    expect(blocksIn(after.doc())).toEqual(['o', ...words])
    expect((await world.collab.live.read(at)).blocks.en.map(({ text }) => text)).toEqual([
      'o',
      ...words,
    ])
    expect(after.refusals).toEqual([])
  }, 90_000)

  it('rescues the words of a refused frame and opens afresh', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const anna = enterAlone(world, at, world.person())
    await anna.is('saved')
    anna.doc().transact(() => {
      const box = new Y.XmlElement('script')
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('words nobody else has')])
      anna.doc().getXmlFragment(BODY_ROOT.en).push([paragraph, box])
    })
    await until('refused', () => anna.refusals.length > 0)
    expect(anna.refusals).toMatchObject([
      {
        reason: 'document_rules',
        final: false,
        rescue: { text: { en: 'words nobody else has', ru: '' } },
      },
    ])
    expect(anna.shelf.kept).toHaveLength(1)
    expect([anna.store.dropped, anna.store.rows]).toEqual([true, []])
    await anna.room.reopen()
    await anna.is('saved')
    expect(anna.text()).toBe('Hello')
    firstText(anna.doc()).insert(5, '!')
    await anna.is('saved')
    expect(await committed(world, at)).toBe('Hello!')
  })

  it('is a quiet line for a reader: saved, no loop, nothing changed', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const reader = enterAlone(world, at, world.person('read'))
    await reader.is('saved')
    const writer = enterAlone(world, at, world.person())
    await writer.is('saved')
    firstText(writer.doc()).delete(0, 1)
    await until('the reader sees it', () => reader.text() === 'ello')
    reader.says('offline')
    await reader.is('saved')
    expect(reader.seen.filter((key) => key === 'refused')).toEqual([])
    expect(world.collab.stats().sockets).toBe(2)
    expect(await world.db.collection('collab_log').countDocuments()).toBe(2)
  })

  it('rescues the unsent words of somebody who may only read now', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const who = world.person()
    const anna = enterAlone(world, at, who)
    await anna.is('saved')
    anna.says('offline')
    firstText(anna.doc()).insert(5, ' again')
    who.may = 'read'
    await until('refused', () => anna.refusals.length > 0)
    expect(anna.refusals).toMatchObject([
      { reason: 'forbidden', final: false, rescue: { text: { en: 'Hello again', ru: '' } } },
    ])
    await anna.room.reopen()
    await anna.is('saved')
    expect(anna.text()).toBe('Hello')
    expect(anna.refusals).toHaveLength(1)
  })
})

describe('the line in the whole product', () => {
  it('stops when access is withdrawn, forgets the copy and does not knock again', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const anna = await enterHouse(world, await world.protocol(), editor)
    await anna.is('saved')
    const withdrawn = performance.now()
    await world.remove(editor)
    await until('refused', () => anna.refusals.length > 0)
    expect(performance.now() - withdrawn).toBeLessThan(2_000)
    expect(anna.refusals).toEqual([
      { reason: 'access_ended', rescue: null, isStored: true, final: true },
    ])
    expect(anna.store.dropped).toBe(true)
    await new Promise((done) => setTimeout(done, 700))
    expect([anna.status().key, anna.asked, world.collab.stats().sockets]).toEqual([
      'refused',
      [],
      0,
    ])
  })

  it('learns at the door why it stays shut', async () => {
    const world = await createWorld()
    const stranger = await world.stranger()
    const lost = await enterHouse(world, await world.protocol(), stranger)
    await until('refused', () => lost.refusals.length > 0)
    expect(lost.refusals).toMatchObject([{ reason: 'not_found', final: true }])
    expect(lost.asked).toHaveLength(1)
  })

  it('asks to sign in and keeps the words until then', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const protocolId = await world.protocol()
    const { origin } = await world.serve()
    const who = { userId: editor.userId, cookie: 'twinward_session=none' }
    const anna = enter(origin, protocolId, who)
    const body = anna.doc().getXmlFragment(BODY_ROOT.en)
    await until('refused', () => anna.refusals.length > 0)
    expect(anna.refusals).toMatchObject([{ reason: 'unauthenticated', final: false }])
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('written before signing in')])
    body.push([paragraph])
    who.cookie = await world.cookie(editor)
    await anna.room.reopen()
    await anna.is('saved')
    expect(anna.text()).toBe('written before signing in')
  })

  it('stops when the session ends elsewhere, with document and copy as they are', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const { origin } = await world.serve()
    const protocolId = await world.protocol()
    const cookie = await world.cookie(editor)
    const anna = enter(origin, protocolId, { userId: editor.userId, cookie })
    await anna.is('saved')
    const { readBearer } = await import('../../server/auth/sessions')
    const bearer = await readBearer({ headers: { cookie } }, new Date())
    if (!bearer) throw new Error('no session')
    world.bus.publish('session:ended', {
      sessionId: bearer.actor.sessionId,
      userId: editor.userId,
    })
    await until('refused', () => anna.refusals.length > 0)
    expect(anna.refusals).toMatchObject([{ reason: 'unauthenticated', rescue: null, final: false }])
    expect(anna.store.dropped).toBe(false)
  })

  it('gets a kept copy back from those who may, and from nobody else', async () => {
    const world = await createWorld()
    const protocolId = await world.protocol()
    const anna = await enterHouse(world, protocolId, await world.member('editor'))
    await anna.is('saved')
    const { listCopies, putBackCopy } = world.services.protocols
    const coordinator = await world.member('coordinator', 'b')
    expect((await listCopies(coordinator, protocolId)).copies).toEqual([])
    const words = paste(anna.doc(), 4)
    await anna.is('saved')
    const body = anna.doc().getXmlFragment(BODY_ROOT.en)
    body.delete(1, body.length - 1)
    await anna.is('saved')

    const viewer = await world.member('viewer')
    const { title, copies } = await listCopies(viewer, protocolId)
    expect(title.en).toBe('Missed doses')
    expect(copies).toMatchObject([{ recent: true }])
    const copy = copies[0]?.id ?? ''
    const refused = (code: string) => expect.objectContaining({ code })
    await expect(putBackCopy(viewer, protocolId, { copy })).rejects.toEqual(refused('forbidden'))
    const observer = await world.member('observer')
    await expect(listCopies(observer, protocolId)).rejects.toEqual(refused('forbidden'))
    const stranger = await world.stranger()
    await expect(listCopies(stranger, protocolId)).rejects.toEqual(refused('not_found'))
    await expect(putBackCopy(stranger, protocolId, { copy })).rejects.toEqual(refused('not_found'))
    await expect(putBackCopy(coordinator, protocolId, { copy: '1.1.a' })).rejects.toEqual(
      refused('not_found'),
    )

    await putBackCopy(coordinator, protocolId, { copy })
    await until('the text is back', () => blocksIn(anna.doc()).length === words.length + 1)
    expect(blocksIn(anna.doc()).slice(1)).toEqual(words)
    expect(anna.refusals).toEqual([])
    const foreign = await createWorld()
    await expect(listCopies(coordinator, protocolId, foreign.partnershipId)).rejects.toEqual(
      refused('not_found'),
    )
  })

  it('leaves nothing open on the server when the page is left', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const anna = await enterHouse(world, await world.protocol(), editor)
    await anna.is('saved')
    expect(world.collab.stats().sockets).toBe(1)
    await anna.room.destroy()
    await until('closed', () => world.collab.stats().sockets === 0)
    expect(anna.store.closed).toBe(true)
  })
})
