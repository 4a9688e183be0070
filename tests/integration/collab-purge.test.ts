import fc from 'fast-check'
import { ObjectId } from 'mongodb'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openStore } from '../../server/collab/persistence'
import type { RoomAddress } from '../../server/ports'
import { deriveUnits } from '../../shared/editor/alignment'
import type { DocJson, LiveContent } from '../../shared/editor/content'
import { redactContent } from '../../shared/editor/redact'
import { LANGUAGES } from '../../shared/languages'
import { bilingual, p } from '../fixtures/bilingual'
import {
  acked,
  type CollabWorld,
  createCollabWorld,
  firstText,
  heardOf,
  newId,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'
import { AFTER, PASSAGE, placesOf, SECRET, storedBefore, withSecret } from '../fixtures/purges'
import { doOne, edit, wholeAt } from '../fixtures/random-edits'

async function secretRoom(world: CollabWorld): Promise<RoomAddress> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, withSecret())
  return world.room(doc)
}

const headOf = (world: CollabWorld, { room }: RoomAddress) =>
  openStore(world.db).rooms.findOne({ _id: new ObjectId(room) })

describe('a purge', { timeout: 60_000 }, () => {
  it('C79 takes a passage out of the text and of what the ledger remembers, and nothing else', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const before = await world.collab.live.read(at)

    expect(await world.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 2, generation: 2 })

    const after = await world.collab.live.read(at)
    expect(after.blocks.ru.map(({ text }) => text)).toEqual(['Привет', AFTER])
    expect(after.blocks.en).toEqual(before.blocks.en)
    expect(after.body.en).toEqual(before.body.en)
    expect(after.ledger['u1|en>ru']).toEqual(before.ledger['u1|en>ru'])
    expect(after.ledger['u2|en>ru']).toMatchObject({ tgtText: AFTER, state: 'reviewed' })
    expect(deriveUnits(after.blocks, after.ledger).map(({ state }) => state)).toEqual([
      'reviewed',
      'reviewed',
    ])
    const reader = await rawWithDoc(world, at, world.person('read'))
    expect(reader.doc.getMap('meta').toJSON()).toEqual({ schemaVersion: 1, generation: 2 })
  })

  it('C79 leaves exactly the passages out, whatever the document holds', async () => {
    const world = await createCollabWorld()
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 12 }), fc.nat(60), async (edits, place) => {
        const doc = bilingual([p('u1', 'every dose mg')], [p('u1', `до Ж ${SECRET} после`)])
        for (const one of edits) doOne(doc, one)
        const text = firstText(doc, 'en')
        text.insert(wholeAt(text, place), SECRET)
        const at = await world.room(doc)
        const before = await world.collab.live.read(at)
        const passages = [PASSAGE, { lang: 'en' as const, text: SECRET }]
        const expected = redactContent(before, passages)

        const { removed, generation } = await world.collab.live.purge(at, passages)

        const after = await world.collab.live.read(at)
        expect(removed).toBe(expected.removed)
        expect(generation).toBe(2)
        expect(after.body).toEqual(expected.body)
        expect(JSON.stringify(after)).not.toContain(SECRET)
        const plain = new RegExp(SECRET.replaceAll(' ', '\\s+').replaceAll('.', '\\.'), 'g')
        for (const lang of LANGUAGES) {
          const texts = before.blocks[lang].map(({ text }) => text.replace(plain, '[…]'))
          expect(after.blocks[lang].map(({ text }) => text)).toEqual(texts)
          for (const [i, node] of (before.body[lang].content ?? []).entries()) {
            if (plainOf(node).search(plain) < 0) expect(after.body[lang].content?.[i]).toEqual(node)
          }
        }
        const uids = (content: typeof after) =>
          content.blocks.ru.map(({ uid, unit }) => [uid, unit])
        expect(uids(after)).toEqual(uids(before))
      }),
      { numRuns: 25 },
    )
  })

  it('C79 finds a passage only where it is meant, and has nothing to do a second time', async () => {
    const world = await createCollabWorld()
    const at = await world.room(
      bilingual([p('u1', 'Ann here'), p('u2', 'Ann there')], [p('u1', 'Анна')]),
    )
    const texts = async () => (await world.collab.live.read(at)).blocks.en.map(({ text }) => text)

    await world.collab.live.purge(at, [{ lang: 'en', unit: 'u2', text: 'Ann' }])
    expect(await texts()).toEqual(['Ann here', '[…] there'])

    const again = [{ lang: 'en' as const, uid: 'u2', text: 'Ann' }]
    expect(await world.collab.live.purge(at, again)).toEqual({ removed: 0, generation: 2 })
    expect((await headOf(world, at))?.gen).toBe(2)
  })

  it('C81 leaves its bytes in no collection, packed or not', async () => {
    const world = await createCollabWorld({ timings: { idleMs: 1_000 } })
    const at = await secretRoom(world)
    // a copy that was kept, a snapshot, rows; the room stays between two steps of the purge
    const client = await rawWithDoc(world, at, world.person())
    for (let i = 1; i <= 3; i++) {
      client.send(client.change(() => firstText(client.doc, 'ru').insert(0, `${SECRET} `)))
      await until('acknowledged', () => acked(client) === i)
    }
    client.socket.close()
    await until('compacted', async () => (await headOf(world, at))?.snapSeq === 4, 20_000)
    expect(new Set(await placesOf(world.db, SECRET))).toEqual(new Set(['collab_log', 'packed']))

    const { removed } = await world.collab.live.purge(at, [PASSAGE])

    expect(removed).toBe(5)
    expect(await placesOf(world.db, SECRET)).toEqual([])
    expect(await storedBefore(world.db, at, 2)).toEqual({ rows: 0, snapshots: 0, chunks: 0 })
  })

  it('C81 destroys what was typed and deleted again before anybody asked', async () => {
    const world = await createCollabWorld()
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc, 'ru').insert(0, SECRET)))
    client.send(client.change(() => firstText(client.doc, 'ru').delete(0, SECRET.length)))
    await until('acknowledged', () => acked(client) === 2)

    expect(await world.collab.live.purge(at, [PASSAGE])).toEqual({ removed: 0, generation: 2 })

    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C87 keeps no copy of an earlier generation, and restores none', async () => {
    const world = await createCollabWorld()
    const words = 'long words '.repeat(300)
    const at = await world.room(bilingual([p('u1', words)], [p('u1', SECRET)]))
    const client = await rawWithDoc(world, at, world.person())
    client.send(client.change(() => firstText(client.doc).delete(0, words.length)))
    await until('acknowledged', () => acked(client) === 1)
    const [copy] = await world.collab.live.copies(at)
    expect(copy).toBeDefined()

    await world.collab.live.purge(at, [PASSAGE])

    expect(await world.collab.live.copies(at)).toEqual([])
    const restoring = world.collab.live.restore(at, copy?.id ?? '')
    await expect(restoring).rejects.toMatchObject({ code: 'not_found' })
  })

  it('C86 has the document noted anew, as of its first row', async () => {
    const noted: [number, number, string][] = []
    const world = await createCollabWorld({
      onSettled: (_at, { blocks }, _by, { gen, seq }) => {
        noted.push([gen, seq, blocks.ru.map(({ text }) => text).join(' ')])
      },
    })
    const at = await secretRoom(world)

    await world.collab.live.purge(at, [PASSAGE])

    expect(noted.at(-1)).toEqual([2, 1, `Привет ${AFTER}`])
    expect(await openStore(world.db).purges.find().toArray()).toMatchObject([{ noted: true }])
  })
})

describe('clients during a purge', () => {
  it('C80 ends everybody with 4412, and loses nothing that was acknowledged', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const writers = await Promise.all([1, 2].map(() => rawWithDoc(world, at, world.person())))
    const reader = await rawWithDoc(world, at, world.person('read'))
    const typing = writers.map(async (writer, who) => {
      for (let i = 0; writer.closed() === undefined && i < 2_000; i++) {
        writer.send(writer.change(() => firstText(writer.doc).insert(0, `<${who}.${i}>`)))
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    await until('both write', () => writers.every((writer) => acked(writer) > 5))

    const { removed } = await world.collab.live.purge(at, [PASSAGE])

    expect(removed).toBe(2)
    await until('all closed', () => [...writers, reader].every((one) => one.closed()))
    await Promise.all(typing)
    for (const one of [...writers, reader]) {
      expect(one.closed()).toEqual({ code: 4412, reason: 'document_cleaned 2' })
      expect(heardOf(one, 'denied')).toEqual([{ kind: 'denied', code: 'document_cleaned' }])
    }
    const { blocks } = await world.collab.live.read(at)
    const text = blocks.en[0]?.text ?? ''
    for (const [who, writer] of writers.entries()) {
      for (let i = 0; i < acked(writer); i++) expect(text).toContain(`<${who}.${i}>`)
    }
    expect(blocks.ru[1]?.text).toBe(AFTER)
  })

  it('C80 does two purges at once, each whole', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)

    const purged = await Promise.all([
      world.collab.live.purge(at, [PASSAGE]),
      world.collab.live.purge(at, [{ lang: 'en', text: 'Hello' }]),
    ])

    expect(purged.map(({ removed }) => removed)).toEqual([2, 2])
    const { blocks } = await world.collab.live.read(at)
    expect(blocks.ru[1]?.text).toBe(AFTER)
    expect(blocks.en[0]?.text).toBe('[…]')
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C83 refuses a client that holds another generation before it is told or asked anything', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await world.collab.live.purge(at, [PASSAGE])
    for (const who of [world.person(), world.person('read')]) {
      const client = await world.raw(at, who, '?ack=1&gen=1')
      await until('closed', () => client.closed() !== undefined)
      expect(client.closed()).toEqual({ code: 4412, reason: 'document_cleaned 2' })
      expect(heardOf(client, 'step1')).toEqual([])
      expect(heardOf(client, 'step2')).toEqual([])
    }
    const fresh = await rawWithDoc(world, at, world.person(), '?ack=1&gen=2')
    expect(textOf(fresh.doc, 'ru')).toBe(`Привет${AFTER}`)
  })

  it('C84 takes nothing of client ids of an earlier generation, whoever brings it', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    const person = world.person()
    const old = await rawWithDoc(world, at, person, '')
    old.send(old.change(() => firstText(old.doc).insert(0, 'mine ')))
    await until('stored', async () =>
      textOf((await rawWithDoc(world, at, person)).doc).includes('mine'),
    )
    await world.collab.live.purge(at, [PASSAGE])
    const state = await world.collab.live.read(at)

    for (const who of [person, world.person(), world.person('read')]) {
      const back = await rawWithDoc(world, at, who, '')
      back.send(Y.encodeStateAsUpdate(old.doc), 1)
      await until('closed', () => back.closed() !== undefined)
      expect(back.closed()?.code).toBe(4412)
    }
    // its next words too: they build upon what is not there any more
    const next = await rawWithDoc(world, at, person, '')
    next.send(old.change(() => firstText(old.doc).insert(0, 'more ')))
    await until('refused', () => next.closed() !== undefined)
    expect(next.closed()?.code).toBe(4412)
    expect(await world.collab.live.read(at)).toEqual(state)
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C84 takes nothing of them in a frame that is tried on a copy first, either', async () => {
    const world = await createCollabWorld()
    const long = 'words and words '.repeat(6_000)
    const at = await world.room(bilingual([p('u1', long)], [p('u1', SECRET)]))
    const old = await rawWithDoc(world, at, world.person(), '')
    await world.collab.live.purge(at, [PASSAGE])
    const back = await rawWithDoc(world, at, world.person(), '')
    back.send(Y.encodeStateAsUpdate(old.doc), 1)
    await until('closed', () => back.closed() !== undefined)
    expect(back.closed()?.code).toBe(4412)
    expect(await placesOf(world.db, SECRET)).toEqual([])
  })

  it('C84 lets a stock client come back that holds nothing', async () => {
    const world = await createCollabWorld()
    const at = await secretRoom(world)
    await world.collab.live.purge(at, [PASSAGE])
    const client = world.join(at, world.person())
    await until('synced', () => client.text('ru').includes(AFTER))
    firstText(client.doc).insert(0, 'new ')
    await until('stored', async () =>
      readContentText(await world.collab.live.read(at)).includes('new Hello'),
    )
  })

  it('C79 throws where there is no such document, and leaves no trace', async () => {
    const world = await createCollabWorld()
    const nowhere = { partnership: newId(), room: newId() }
    const purging = world.collab.live.purge(nowhere, [PASSAGE])
    await expect(purging).rejects.toMatchObject({ code: 'document_unavailable' })
    expect(await openStore(world.db).purges.countDocuments()).toBe(0)
  })
})

const plainOf = ({ text, content }: DocJson): string =>
  text ?? (content ?? []).map(plainOf).join('')

const readContentText = ({ blocks }: LiveContent) => blocks.en.map(({ text }) => text).join(' ')
