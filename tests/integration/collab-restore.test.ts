import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check'
import { decodeUpdate } from '../../server/collab/decode'
import { openStore } from '../../server/collab/persistence'
import { readBlocks, readContent } from '../../shared/editor/blocks'
import { BODY_ROOT } from '../../shared/editor/content'
import { repair } from '../../shared/editor/repair'
import { restoreContent } from '../../shared/editor/restore'
import { LANGUAGES } from '../../shared/languages'
import { bilingual, callout, exchange, h, list, p, replicaOf, table } from '../fixtures/bilingual'
import {
  acked,
  createCollabWorld,
  firstText,
  heardOf,
  logOf,
  newId,
  rawWithDoc,
  textOf,
  until,
} from '../fixtures/collab'
import { doOne, edit, paragraphOf, textsOf } from '../fixtures/random-edits'

/** From sources the thread that packs the copy is compiled first. */
const PATIENCE_MS = 30_000

/** The text with its marks: one run or two beside each other that are marked alike are the same. */
const bodies = (doc: Y.Doc) =>
  LANGUAGES.map((lang) =>
    JSON.stringify(doc.getXmlFragment(BODY_ROOT[lang]).toArray().map(shapeOf)),
  )

function shapeOf(node: unknown): unknown {
  if (node instanceof Y.XmlElement) {
    return [node.nodeName, node.getAttributes(), node.toArray().map(shapeOf)]
  }
  if (!(node instanceof Y.XmlText)) return null
  const runs: { text: string; marks: string }[] = []
  for (const { insert, attributes = {} } of node.toDelta()) {
    const marks = JSON.stringify(Object.entries(attributes).toSorted())
    const last = runs.at(-1)
    if (last?.marks === marks) last.text += insert
    else runs.push({ text: String(insert), marks })
  }
  return runs
}

const sample = () =>
  bilingual(
    [
      h('h', 'Antibiotics'),
      p('a', 'Give amoxicillin 50 mg/kg every 8 hours 💊 by mouth'),
      p('b', 'Stop after seven days'),
      list(
        [p('l1', 'Weigh the child')],
        [p('l2', 'Ask about allergies')],
        [p('l3', 'Write it down')],
      ),
      callout('warning', p('c', 'Not with penicillin allergy')),
      table([p('t1', 'Drug'), p('t2', 'Dose')], [p('t3', 'Amoxicillin'), p('t4', '50')]),
    ],
    [h('h', 'Антибиотики'), p('a', 'Амоксициллин 50 мг/кг каждые 8 часов'), p('b', 'Семь дней')],
  )

const updatesOf = (doc: Y.Doc, change: () => void): Uint8Array[] => {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => updates.push(update)
  doc.on('update', collect)
  change()
  doc.off('update', collect)
  return updates
}

describe('restoring an older text', { timeout: 60_000 }, () => {
  it('C54 makes the bodies what they were, whatever happened since; again it finds nothing to do', () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 25 }),
        fc.array(edit, { maxLength: 25 }),
        (early, late) => {
          const doc = sample()
          for (const one of early) doc.transact(() => doOne(doc, one))
          const wanted = Y.encodeStateAsUpdate(doc)
          const before = bodies(doc)
          const ledger = JSON.stringify(readContent(doc).ledger)
          for (const one of late) doc.transact(() => doOne(doc, one))
          const isSame = bodies(doc).join() === before.join()
          const changed = restoreContent(doc, wanted)
          expect(bodies(doc)).toEqual(before)
          if (!isSame) expect(changed).toBe(true)
          expect(updatesOf(doc, () => expect(restoreContent(doc, wanted)).toBe(false))).toEqual([])
          expect(JSON.stringify(readContent(doc).ledger)).toBe(ledger)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('C54 leaves a document that others can go on writing', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), edit, edit, (late, one, two) => {
        const doc = sample()
        const wanted = Y.encodeStateAsUpdate(doc)
        for (const each of late) doc.transact(() => doOne(doc, each))
        const client = replicaOf(doc)
        // Written before the restore is known, and after.
        const concurrent = updatesOf(client, () => client.transact(() => doOne(client, one)))
        restoreContent(doc, wanted)
        repair(doc)
        Y.applyUpdate(client, Y.encodeStateAsUpdate(doc))
        const later = updatesOf(client, () => client.transact(() => doOne(client, two)))
        for (const update of [...concurrent, ...later]) {
          const decoded = decodeUpdate(update)
          if (!decoded) throw new Error('a gap')
          const verdict = checkUpdate(decoded, doc, {
            user: 'a',
            write: true,
            ownerOf: () => undefined,
          })
          expect(verdict.kind).not.toBe('gap')
          Y.applyUpdate(doc, update)
        }
        exchange(doc, client)
        expect(bodies(client)).toEqual(bodies(doc))
      }),
      { numRuns: 100 },
    )
  })

  it('C54 keeps what others type meanwhile into blocks that stay', () => {
    const doc = sample()
    const wanted = Y.encodeStateAsUpdate(doc)
    const [, text] = textsOf(doc)
    text?.insert(5, 'much more ')
    const root = doc.getXmlFragment(BODY_ROOT.en)
    doc.transact(() => {
      root.delete(2, 1)
      root.insert(0, [paragraphOf('New')])
    })
    const client = replicaOf(doc)
    const theirs = textsOf(client)[2]
    theirs?.insert(String(theirs).indexOf('every'), 'about ')
    expect(String(theirs)).toContain('much more amoxicillin 50 mg/kg about every')
    restoreContent(doc, wanted)
    exchange(doc, client)
    const blocks = readBlocks(client.getXmlFragment(BODY_ROOT.en))
    expect(bodies(client)).toEqual(bodies(doc))
    expect(blocks.map(({ uid }) => uid)).toEqual(
      readBlocks(sample().getXmlFragment(BODY_ROOT.en)).map(({ uid }) => uid),
    )
    expect(blocks[1]?.text).toBe('Give amoxicillin 50 mg/kg about every 8 hours 💊 by mouth')
  })

  it('C54 writes only what differs', () => {
    const doc = sample()
    const wanted = Y.encodeStateAsUpdate(doc)
    textsOf(doc)[1]?.delete(5, 11)
    const updates = updatesOf(doc, () => restoreContent(doc, wanted))
    expect(Y.mergeUpdates(updates).length).toBeLessThan(50)
  })

  it('C55 lists the copies of a document and restores one for everybody who has it open', async () => {
    const world = await createCollabWorld()
    const long = 'A long protocol. '.repeat(200)
    const at = await world.room(bilingual([p('u1', long), p('u2', 'Second')]))
    const writer = await rawWithDoc(world, at, world.person())
    const reader = await rawWithDoc(world, at, world.person())
    expect(await world.collab.live.copies(at)).toEqual([])
    writer.send(writer.change(() => firstText(writer.doc).delete(0, long.length)))
    await until('acknowledged', () => acked(writer) === 1, PATIENCE_MS)
    const [copy, ...others] = await world.collab.live.copies(at)
    expect(others).toEqual([])
    expect(copy?.bytes).toBeGreaterThan(long.length)
    expect(copy?.at.getTime()).toBeGreaterThan(Date.now() - 60_000)
    await world.collab.live.restore(at, copy?.id ?? '')
    await until('shown', () => {
      for (const { payload } of heardOf(reader, 'update')) Y.applyUpdate(reader.doc, payload)
      return textOf(reader.doc).startsWith(long)
    })
    expect(textOf(reader.doc)).toBe(`${long}Second`)
    // It is one more row of the log, not another document.
    expect((await logOf(world, at)).map(({ _id }) => _id.seq)).toEqual([1, 2, 3])
    for (const { payload } of heardOf(writer, 'update')) Y.applyUpdate(writer.doc, payload)
    writer.send(
      writer.change((doc) => {
        firstText(doc).insert(0, 'Again: ')
      }),
    )
    await until('acknowledged', () => acked(writer) === 2, PATIENCE_MS)
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe(`Again: ${long}`)
  })

  it('C55 does not know what is no copy of that document, and refuses a damaged one', async () => {
    const world = await createCollabWorld()
    const long = 'A long protocol. '.repeat(200)
    const [at, elsewhere] = [await world.room(bilingual([p('u1', long)])), await world.room()]
    const writer = await rawWithDoc(world, at, world.person())
    writer.send(writer.change(() => firstText(writer.doc).delete(0, long.length)))
    await until('acknowledged', () => acked(writer) === 1, PATIENCE_MS)
    const [copy] = await world.collab.live.copies(at)
    for (const [where, id] of [
      [elsewhere, copy?.id ?? ''],
      [at, '1.1.abc'],
      [at, newId()],
      [at, ''],
    ] as const) {
      await expect(world.collab.live.restore(where, id)).rejects.toMatchObject({
        code: 'not_found',
      })
    }
    await openStore(world.db).chunks.deleteMany({})
    await expect(world.collab.live.restore(at, copy?.id ?? '')).rejects.toMatchObject({
      code: 'document_unavailable',
    })
    expect((await world.collab.live.read(at)).blocks.en[0]?.text).toBe('')
  })
})
