import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { HEAVY_BYTES } from '../../server/collab/limits'
import { openStore } from '../../server/collab/persistence'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  firstText,
  frame,
  heardOf,
  type Raw,
  rawWithDoc,
  readHeard,
  textOf,
  until,
} from '../fixtures/collab'
import { createTestRelays } from '../fixtures/test-relay'

const EMPTY = Uint8Array.of(0)

/** A world with a large document that has been stored, compacted and has left memory. */
async function createStored(options: Parameters<typeof createCollabWorld>[0] = {}) {
  const world = await createCollabWorld({ timings: { idleMs: 30 }, ...options })
  const blocks = Array.from({ length: 200 }, (_, i) => p(`u${i}`, `Paragraph ${i}. `.repeat(12)))
  const at = await world.room(bilingual(blocks))
  const writer = await rawWithDoc(world, at, world.person())
  writer.send(writer.change(() => firstText(writer.doc).insert(0, 'before ')))
  await until('stored', () => acked(writer) === 1)
  writer.socket.close()
  const { snapshots } = openStore(world.db)
  await until('compacted', async () => (await snapshots.countDocuments()) > 0, 15_000)
  await until('left memory', () => world.collab.stats().rooms === 0)
  return { world, at }
}

async function ask(world: CollabWorld, at: Parameters<CollabWorld['raw']>[0]): Promise<Raw> {
  const raw = await world.raw(at, world.person(), '?ack=1&packed=1')
  raw.socket.send(frame.sync(0, EMPTY))
  await until('answered', () => heardOf(raw, 'step2').length > 0)
  return raw
}

/** Everything heard of the text, in the order in which it came. */
function docOf(raw: Raw): Y.Doc {
  const doc = new Y.Doc()
  for (const heard of raw.heard.map(readHeard)) {
    if (heard.kind === 'packed') Y.applyUpdate(doc, new Uint8Array(inflateRawSync(heard.payload)))
    else if (heard.kind === 'step2' || heard.kind === 'update') Y.applyUpdate(doc, heard.payload)
  }
  expect(doc.store.pendingStructs).toBeNull()
  return doc
}

const snapshotOf = (doc: Y.Doc) => Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('hex')

describe('the packed state', () => {
  it('C75 is the whole document, and what is written later follows it', async () => {
    const { world, at } = await createStored()
    const cold = await ask(world, at)
    expect(
      cold.heard
        .map(readHeard)
        .map(({ kind }) => kind)
        .slice(0, 2),
    ).toEqual(['packed', 'step2'])
    const writer = await rawWithDoc(world, at, world.person())
    expect(snapshotOf(docOf(cold))).toBe(snapshotOf(writer.doc))
    for (const word of ['one ', 'two ']) {
      writer.send(writer.change(() => firstText(writer.doc).insert(0, word)))
    }
    await until('stored', () => acked(writer) === 2)
    const warm = await ask(world, at)
    expect(heardOf(warm, 'packed')).toHaveLength(1)
    await until('all came', () => snapshotOf(docOf(cold)) === snapshotOf(writer.doc))
    expect(snapshotOf(docOf(warm))).toBe(snapshotOf(writer.doc))
    expect(textOf(docOf(warm))).toContain('two one before')
  })

  it('C75 is for those who ask for it, and have nothing yet', async () => {
    const { world, at } = await createStored()
    const stock = await rawWithDoc(world, at, world.person())
    expect(heardOf(stock, 'packed')).toEqual([])
    const back = await world.raw(at, world.person(), '?ack=1&packed=1')
    back.socket.send(frame.sync(0, Y.encodeStateVector(stock.doc)))
    await until('answered', () => heardOf(back, 'step2').length > 0)
    expect(heardOf(back, 'packed')).toEqual([])
  })

  it('C75 is not given of a document that cannot be rebuilt', async () => {
    const { world, at } = await createStored()
    const { snapshots, chunks, log } = openStore(world.db)
    await chunks.deleteMany({})
    await log.deleteMany({ '_id.seq': 1 })
    expect(await snapshots.countDocuments()).toBe(1)
    const raw = await world.raw(at, world.person(), '?ack=1&packed=1')
    raw.socket.send(frame.sync(0, EMPTY))
    await until('closed', () => raw.closed() !== undefined)
    expect(raw.closed()?.code).toBe(1013)
    expect([...heardOf(raw, 'packed'), ...heardOf(raw, 'step2')]).toEqual([])
  })
})

describe('the packed state of a document that another process is writing in', () => {
  it('C75 misses nothing that is told while the document is put together', async () => {
    const relays = createTestRelays()
    const { world, at } = await createStored({ relay: relays.relay('one') })
    const writer = await rawWithDoc(world, at, world.person())
    for (let round = 0; round < 6; round++) {
      const two = await createCollabWorld({ uri: world.uri, relay: relays.relay(`two ${round}`) })
      two.rooms.set(at.room, at)
      const asked = ask(two, at)
      for (let i = 0; i < 25; i++) {
        writer.send(writer.change(() => firstText(writer.doc).insert(0, `${round}:${i} `)))
        await new Promise((done) => setTimeout(done, 2))
      }
      const cold = await asked
      await until('all came', () => snapshotOf(docOf(cold)) === snapshotOf(writer.doc))
      cold.socket.terminate()
    }
  })

  it('C70 takes in what somebody brings along from another process, whose words are not here yet', async () => {
    const relays = createTestRelays()
    const timings = { lookMs: 60_000 }
    const one = await createCollabWorld({ relay: relays.relay('one'), timings })
    const two = await createCollabWorld({ uri: one.uri, relay: relays.relay('two'), timings })
    const at = await one.room()
    two.rooms.set(at.room, at)
    const here = await rawWithDoc(two, at, two.person())
    relays.treat(() => {})
    const other = await rawWithDoc(one, at, one.person())
    other.send(other.change(() => firstText(other.doc).insert(0, 'told to nobody ')))
    await until('stored', () => acked(other) === 1)
    const moved = await two.raw(at, two.person())
    moved.socket.send(frame.sync(1, Y.encodeStateAsUpdate(other.doc)))
    await until('acknowledged', () => acked(moved) === 1 || moved.closed() !== undefined)
    expect(moved.closed()).toBeUndefined()
    await until('shown', () => textOf(docOf(here)).includes('told to nobody'))
  })
})

describe('large frames', () => {
  it('C56 are tried in another thread, and what follows them waits its turn', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    const large = 'long '.repeat(HEAVY_BYTES / 4)
    client.send(client.change(() => firstText(client.doc).insert(0, large)))
    client.send(client.change(() => firstText(client.doc).insert(0, 'after ')))
    await until('both stored', () => acked(client) === 2, 15_000)
    const fresh = await rawWithDoc(world, at, world.person())
    expect(textOf(fresh.doc).startsWith(`after ${large}`)).toBe(true)
  })

  it('C76 end a socket whose frames take too much of the main thread', async () => {
    const world = await createCollabWorld({ timings: { cpuPerSecond: 1, cpuBurst: 100 } })
    const at = await world.room()
    const greedy = await rawWithDoc(world, at, world.person())
    const calm = await rawWithDoc(world, at, world.person())
    // joining costs the calm one a few milliseconds, on a busy machine some tens
    for (let i = 0; i < 5_000 && !greedy.closed(); i++) {
      greedy.send(greedy.change(() => firstText(greedy.doc).insert(0, 'much '.repeat(2_000))))
      if (i % 50 === 0) await new Promise((next) => setTimeout(next, 5))
    }
    await until('ended', () => greedy.closed() !== undefined)
    expect(greedy.closed()?.code).toBe(4429)
    expect(calm.closed()).toBeUndefined()
  })
})
