import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { BrowserWorld } from '../../app/features/editor/provider/browser-world'
import {
  createProtocolRoom,
  type RoomRefusal,
} from '../../app/features/editor/provider/protocol-room'
import { systemTimers } from '../../app/features/editor/provider/timers'
import { unpackHere } from '../../app/features/editor/provider/unpack'
import type { RoomAddress } from '../../server/ports'
import {
  type CollabWorld,
  createCollabWorld,
  firstText,
  type Person,
  textOf,
  until,
} from '../fixtures/collab'
import { AFTER, PASSAGE, placesOf, SECRET, withSecret } from '../fixtures/purges'
import { closeAfterTest } from '../setup/closing'
import { MemoryShelf, MemoryStore } from '../unit/provider-fakes'

/** The page's own client on a real socket; its device is in memory, a copy for each generation. */
function enter(world: CollabWorld, at: RoomAddress, who: Person, store = new MemoryStore()) {
  const cookie = `as=${who.userId}`
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie } })
    }
  }
  const browser: BrowserWorld = {
    origin: world.base.replace('ws', 'http').replace('/collab', ''),
    socketOrigin: world.base.replace('/collab', ''),
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    fetch: () => Promise.reject(new TypeError('nobody is asked')),
    events: new EventTarget(),
    isHidden: () => false,
    saveData: false,
    timers: systemTimers,
    random: () => 0,
    unpack: unpackHere(),
  }
  const stores = new Map<number, MemoryStore>()
  const room = createProtocolRoom({
    protocolId: at.room,
    userId: who.userId,
    caret: who.may === 'write',
    world: browser,
    store: ({ generation }) => {
      const made = stores.size === 0 ? store : new MemoryStore()
      stores.set(generation, made)
      return made
    },
    shelf: new MemoryShelf(),
  })
  closeAfterTest(() => room.destroy())
  const refusals: RoomRefusal[] = []
  room.on('refused', (refusal) => {
    refusals.push(refusal)
    void room.reopen()
  })
  return {
    room,
    stores,
    refusals,
    doc: () => room.getSnapshot().doc,
    text: () => textOf(room.getSnapshot().doc, 'ru'),
    saved: () =>
      until('saved', () => room.getSnapshot().status.getSnapshot().key === 'saved', 8_000),
  }
}

async function secretRoom(world: CollabWorld): Promise<RoomAddress> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, withSecret())
  return world.room(doc)
}

describe('the page’s client at a purge', () => {
  it('C89 opens afresh by itself, writers and readers alike, and writes on', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const writer = enter(world, at, world.person())
    const reader = enter(world, at, world.person('read'))
    await until('both see it', () => [writer, reader].every((one) => one.text().includes(SECRET)))

    await world.collab.live.purge(at, [PASSAGE])

    await until('both see it without', () =>
      [writer, reader].every((one) => one.text() === `Привет${AFTER}`),
    )
    expect(writer.refusals).toMatchObject([{ reason: 'document_cleaned', rescue: null }])
    await writer.saved()
    firstText(writer.doc()).insert(0, 'after ')
    await until('the reader sees it', () => textOf(reader.doc()).startsWith('after Hello'))
    expect([...writer.stores.keys()]).toEqual([1, 2])
    expect(writer.stores.get(1)?.dropped).toBe(true)
    const kept = [...writer.stores.values()].flatMap(({ rows }) => rows)
    expect(kept.some(({ update }) => Buffer.from(update).includes(SECRET))).toBe(false)
  })

  it('C89 brings nothing back that a device had kept from before, and offers its own words', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const who = world.person()
    const store = new MemoryStore()
    const before = enter(world, at, who, store)
    await until('seen', () => before.text().includes(SECRET))
    await before.saved()
    who.signedIn = false
    // the line is gone; what is typed stays on the device
    await before.room.destroy()
    const offline = new Y.Doc()
    for (const { update } of store.rows) Y.applyUpdate(offline, update)
    offline.on('update', (update) => void store.append({ update, changes: 1, edits: 1 }))
    firstText(offline, 'ru').insert(0, 'offline ')
    await world.collab.live.purge(at, [PASSAGE])
    const state = await world.collab.live.read(at)

    who.signedIn = true
    const after = enter(world, at, who, store)
    await until('opened afresh', () => after.text() === `Привет${AFTER}`)

    expect(after.refusals).toMatchObject([
      { reason: 'document_cleaned', isStored: false, rescue: { text: { en: '', ru: 'offline' } } },
    ])
    expect(store.rows).toEqual([])
    expect(await world.collab.live.read(at)).toEqual(state)
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })
})
