import { randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Failpoint } from '../../server/collab/failpoints'
import { CHUNK_BYTES } from '../../server/collab/limits'
import { keyOf, openStore, type Store, toBinary } from '../../server/collab/persistence'
import { loadRoom, type RoomParts } from '../../server/collab/persistence-load'
import { unpackNow } from '../../server/collab/persistence-packed'
import { ORPHAN_MS } from '../../server/collab/persistence-remove'
import { compactRoom, keepSnapshot } from '../../server/collab/persistence-snapshot'
import { sha256 } from '../../server/collab/sha256'
import type { RoomAddress } from '../../server/ports'
import { SCHEMA_VERSION } from '../../shared/editor/content'
import { bilingual, p } from '../fixtures/bilingual'
import { ageRows, createCollabWorld, newId, textOf, type } from '../fixtures/collab'
import { bundledCompactor, endOf, startedCompactor } from '../fixtures/compactors'
import { heavyWork } from '../fixtures/heavy'

const silent = pino({ level: 'silent' })
const COMPACTION = [
  'rebuilt',
  'verified',
  'chunks-written',
  'manifest-written',
  'head-moved',
  'log-cut',
] as const satisfies readonly Failpoint[]

/** The document as the database alone gives it. */
async function rebuilt(store: Store, at: RoomAddress): Promise<string> {
  const { doc } = await loadRoom(store, at, silent)
  const state = Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('hex')
  return `${textOf(doc)} ${state}`
}

/** Chunks that no manifest has. */
async function orphansOf(store: Store): Promise<number> {
  const [chunks, manifests] = await Promise.all([
    store.chunks.find({}, { projection: { _id: 1 } }).toArray(),
    store.snapshots.find({}, { projection: { _id: 1 } }).toArray(),
  ])
  const names = new Set(manifests.map(({ _id }) => `${_id.room}.${_id.seq}.${_id.node}`))
  return chunks.filter(({ _id }) => !names.has(`${_id.room}.${_id.seq}.${_id.node}`)).length
}

describe('stored snapshots', { timeout: 60_000 }, () => {
  it('C51 are packed: what newcomers are given as it is', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one ', 'two '])
    const made = await compactRoom(store, heavy, at, silent, new Date())
    const manifest = await store.snapshots.findOne({})
    const chunk = await store.chunks.findOne({})
    const bytes = new Uint8Array(chunk?.data.value() ?? [])
    expect(manifest).toMatchObject({ v: 3, chunks: 1, bytes: bytes.length, sha256: sha256(bytes) })
    expect(made).toEqual({ seq: 3, packed: bytes })
    const update = new Uint8Array(inflateRawSync(bytes))
    expect(manifest?.unpacked).toBe(update.length)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    expect(textOf(doc)).toBe('two one Hello')
    expect(new Uint8Array(manifest?.sv.value() ?? [])).toEqual(Y.encodeStateVector(doc))
  })

  it('C51 are handed out before the document is rebuilt, with the rows that follow', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one '])
    const made = await compactRoom(store, heavy, at, silent, new Date())
    await type(world, at, ['two ', 'three '])
    const early: RoomParts[] = []
    const loading = loadRoom(store, at, silent, (parts) => early.push(parts))
    const loaded = await loading
    expect(early).toHaveLength(1)
    expect(early[0]).toMatchObject({ base: 2, stored: { v: 3, bytes: made?.packed } })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, unpackNow({ v: 3, bytes: made?.packed ?? new Uint8Array() }))
    for (const { update } of early[0]?.rows ?? []) Y.applyUpdate(doc, update)
    expect(textOf(doc)).toBe(textOf(loaded.doc))
    expect(loaded.packed).toEqual({ bytes: made?.packed, seq: 2 })
    expect(loaded.tail.map(({ seq }) => seq)).toEqual([3, 4])
    expect([loaded.base, loaded.seq, loaded.rows]).toEqual([2, 4, 2])
  })

  it('C51 of version 2 are read and built upon', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one ', 'two '])
    const before = await rebuilt(store, at)
    const { doc } = await loadRoom(store, at, silent)
    const bytes = Y.encodeStateAsUpdateV2(doc)
    const _id = { ...keyOf(at), gen: 1, seq: 3, node: 'aabbccddeeff' }
    await store.chunks.insertOne({ _id: { ..._id, i: 0 }, data: toBinary(bytes) })
    await store.snapshots.insertOne({
      _id,
      v: 2,
      chunks: 1,
      sv: toBinary(Y.encodeStateVector(doc)),
      dsHash: sha256(Y.encodeSnapshot(Y.snapshot(doc))),
      sha256: sha256(bytes),
      bytes: bytes.length,
      schemaVersion: SCHEMA_VERSION,
      at: new Date(),
    })
    await store.rooms.updateOne({ _id: _id.room }, { $set: { snapSeq: 3 } })
    await store.log.deleteMany({})
    expect(await rebuilt(store, at)).toBe(before)
    expect((await loadRoom(store, at, silent)).packed).toBeNull()
    const other = await createCollabWorld({ uri: world.uri })
    other.rooms.set(at.room, at)
    await type(other, at, ['three '])
    const after = await rebuilt(store, at)
    expect(after).toContain('three two one Hello')
    expect(await compactRoom(store, heavy, at, silent, new Date())).toMatchObject({ seq: 4 })
    expect(await rebuilt(store, at)).toBe(after)
    expect((await loadRoom(store, at, silent)).packed?.seq).toBe(4)
  })

  it('C51 are stored in pieces of 4 MB, and not used if one is missing', async () => {
    const world = await createCollabWorld()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    // Random, so that packing does not make it small.
    const noise = randomBytes(5_300_000).toString('base64')
    const at = await world.room(bilingual([p('u1', noise)]))
    await type(world, at, ['one '])
    const before = await rebuilt(store, at)
    await compactRoom(store, heavy, at, silent, new Date())
    const chunks = await store.chunks.find().sort({ _id: 1 }).toArray()
    expect(chunks.map(({ data }) => data.length() === CHUNK_BYTES)).toEqual([true, false])
    const loaded = await loadRoom(store, at, silent)
    expect(loaded.base).toBe(2)
    expect(await rebuilt(store, at)).toBe(before)
    await store.chunks.deleteOne({ '_id.i': 1 } as object)
    expect((await loadRoom(store, at, silent)).base).toBe(0)
    expect(await rebuilt(store, at)).toBe(before)
  })

  it('C51 that are damaged are passed over before anything is handed out', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, heavy] = [openStore(world.db), heavyWork()]
    await type(world, at, ['one '])
    await compactRoom(store, heavy, at, silent, new Date())
    const before = await rebuilt(store, at)
    await store.snapshots.updateOne({}, { $set: { sha256: 'other' } })
    const early: RoomParts[] = []
    expect((await loadRoom(store, at, silent, (parts) => early.push(parts))).base).toBe(0)
    expect(early.map(({ base, stored }) => [base, stored])).toEqual([[0, null]])
    expect(await rebuilt(store, at)).toBe(before)
  })
})

describe('what a compaction leaves behind', { timeout: 60_000 }, () => {
  it('C52 goes with the next one when it is an hour old: pieces without a manifest', async () => {
    const world = await createCollabWorld()
    const [at, elsewhere] = [await world.room(), await world.room()]
    const [store, heavy] = [openStore(world.db), heavyWork()]
    const now = Date.now()
    const piece = (where: RoomAddress, seq: number, age: number | null) =>
      store.chunks.insertOne({
        _id: { ...keyOf(where), gen: 1, seq, node: newId(), i: 0 },
        data: toBinary(Uint8Array.of(1)),
        ...(age !== null && { at: new Date(now - age) }),
      })
    await piece(at, 1, ORPHAN_MS * 2)
    await piece(at, 7, ORPHAN_MS + 1_000)
    await piece(at, 2, ORPHAN_MS / 2)
    // An earlier version of this server may be writing it at this moment.
    await piece(at, 2, null)
    await piece(elsewhere, 1, ORPHAN_MS * 2)
    const kept = { at, gen: 1, seq: 1 }
    const state = Y.encodeStateAsUpdate(bilingual([p('u1', 'Kept')]))
    await keepSnapshot(store, heavy, kept, state, new Date(now - ORPHAN_MS * 2))
    await type(world, at, ['one '])
    await compactRoom(store, heavy, at, silent, new Date(now))
    expect(await orphansOf(store)).toBe(3)
    expect(await store.chunks.countDocuments()).toBe(5)
    expect(await world.collab.live.copies(at)).toHaveLength(1)
  })

  it('C52 is nothing where two processes compact at once: one of them wins', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const [store, one, two] = [openStore(world.db), heavyWork(), heavyWork()]
    for (const word of ['a ', 'b ', 'c ', 'd ']) {
      await type(world, at, [word, word])
      const before = await rebuilt(store, at)
      await Promise.all([
        compactRoom(store, one, at, silent, new Date()),
        compactRoom(store, two, at, silent, new Date()),
        compactRoom(store, one, at, silent, new Date()),
      ])
      expect(await rebuilt(store, at)).toBe(before)
      expect(await store.snapshots.countDocuments()).toBeLessThanOrEqual(2)
      expect(await orphansOf(store)).toBe(0)
    }
    const head = await store.rooms.findOne({ _id: keyOf(at).room })
    expect(head?.snapSeq).toBe(9)
  })

  it('C53 is a document that rebuilds the same, at whichever step a process is killed', {
    timeout: 120_000,
  }, async () => {
    const script = await bundledCompactor()
    const world = await createCollabWorld()
    const store = openStore(world.db)
    const heavy = heavyWork()
    const killed = await Promise.all(
      COMPACTION.map(async (failpoint) => {
        const at = await world.room()
        await type(world, at, ['one ', 'two '])
        await compactRoom(store, heavy, at, silent, new Date())
        await type(world, at, ['three '])
        await compactRoom(store, heavy, at, silent, new Date())
        await type(world, at, ['four '])
        const before = await rebuilt(store, at)

        await ageRows(world, at)
        const alone = await startedCompactor(script, world.uri, at, failpoint)
        const end = await endOf(alone)
        expect(await rebuilt(store, at)).toBe(before)

        // The next time another process does the same at the same moment.
        await type(world, at, ['five '])
        const then = await rebuilt(store, at)
        const again = await startedCompactor(script, world.uri, at, failpoint)
        await Promise.all([endOf(again), compactRoom(store, heavy, at, silent, new Date())])
        expect(await rebuilt(store, at)).toBe(then)

        await type(world, at, ['six '])
        const last = await rebuilt(store, at)
        const later = new Date(Date.now() + ORPHAN_MS * 2)
        expect(await compactRoom(store, heavy, at, silent, later)).toMatchObject({ seq: 7 })
        expect(await rebuilt(store, at)).toBe(last)
        expect(last).toContain('six five four three two one Hello')
        return end
      }),
    )
    expect(killed).toEqual(COMPACTION.map(() => 'SIGKILL'))
    expect(await orphansOf(store)).toBe(0)
    expect(await store.snapshots.countDocuments()).toBeLessThanOrEqual(COMPACTION.length * 3)
    expect((await loadRoom(store, await anyRoom(store), silent)).packed).not.toBeNull()
  })
})

async function anyRoom(store: Store): Promise<RoomAddress> {
  const head = await store.rooms.findOne({})
  return { partnership: String(head?.p), room: String(head?._id) }
}
