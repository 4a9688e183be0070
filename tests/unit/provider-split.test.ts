import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { PIECE_BYTES } from '../../app/features/editor/provider/counting-socket'
import { splitUpdate } from '../../app/features/editor/provider/split-update'
import { checkUpdate } from '../../server/collab/check'
import { decodeUpdate } from '../../server/collab/decode'
import { HEAVY_BYTES } from '../../server/collab/limits'
import { BODY_ROOT } from '../../shared/editor/content'
import { repair } from '../../shared/editor/repair'
import { bilingual, p } from '../fixtures/bilingual'
import { runs } from '../setup/runs'

const SMALL = 4_096

/** A paragraph as the editor's binding puts it into a body: text first, then its ids. */
function paragraph(text: string, id: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.setAttribute('uid', id)
  element.setAttribute('unit', id)
  element.insert(0, [new Y.XmlText(text)])
  return element
}

const bodyOf = (doc: Y.Doc) => doc.getXmlFragment(BODY_ROOT.en)

function textIn(doc: Y.Doc, index: number): Y.XmlText {
  const element = bodyOf(doc).get(index)
  const text = element instanceof Y.XmlElement ? element.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error(`no text at ${index}`)
  return text
}

/** The place itself, or the one before it where it lies within a character: no editor cuts there. */
function edge(text: Y.XmlText, at: number): number {
  const plain = text
    .toDelta()
    .map(({ insert }: { insert: string }) => insert)
    .join('')
  return /[\uDC00-\uDFFF]/.test(plain.charAt(at)) ? at - 1 : at
}

function replica(...docs: Y.Doc[]): Y.Doc {
  const doc = new Y.Doc()
  for (const each of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(each))
  return doc
}

/** What one change to a document is as an update. */
function changed(doc: Y.Doc, change: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  const updates: Uint8Array[] = []
  const hear = (update: Uint8Array) => updates.push(update)
  doc.on('update', hear)
  doc.transact(change)
  doc.off('update', hear)
  return updates[0] ?? Y.encodeStateAsUpdate(doc, before)
}

/** Each piece goes through the server's own check, then into its document. */
function takeAll(server: Y.Doc, pieces: readonly Uint8Array[], look = () => {}): void {
  const author = { user: 'me', write: true, ownerOf: () => undefined }
  for (const piece of pieces) {
    const decoded = decodeUpdate(piece)
    expect(decoded && checkUpdate(decoded, server, author).kind).not.toBe('gap')
    Y.applyUpdate(server, piece)
    expect(server.store.pendingStructs).toBeNull()
    expect(server.store.pendingDs).toBeNull()
    look()
  }
}

const snapshotOf = (doc: Y.Doc) => Y.encodeSnapshot(Y.snapshot(doc))

describe('splitUpdate', () => {
  it('makes pieces that the server need not try on a copy first', () => {
    expect(PIECE_BYTES).toBeLessThan(HEAVY_BYTES)
  })

  it('leaves a small update in one piece', () => {
    const doc = new Y.Doc()
    bodyOf(doc).insert(0, [paragraph('short', 'a')])
    expect(splitUpdate(Y.encodeStateAsUpdate(doc), PIECE_BYTES)).toHaveLength(1)
  })

  it('cuts a paste of many paragraphs between them, so that nothing looks unfinished', () => {
    const server = bilingual([p('u0', 'first')])
    const doc = replica(server)
    const pasted = Array.from({ length: 1_500 }, (_, i) =>
      paragraph('слово '.repeat(50), `u${i + 1}`),
    )
    const update = changed(doc, () => bodyOf(doc).insert(1, pasted))
    const pieces = splitUpdate(update, PIECE_BYTES)
    expect(pieces.length).toBeGreaterThan(update.length / PIECE_BYTES)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(PIECE_BYTES)
    takeAll(server, pieces, () => expect(repair(server)).toBe(false))
    expect(snapshotOf(server)).toEqual(snapshotOf(doc))
    expect(bodyOf(server).toJSON()).toBe(bodyOf(doc).toJSON())
  })

  it('cuts one text of more than a megabyte, never within a character', () => {
    const server = new Y.Doc()
    bodyOf(server).insert(0, [paragraph('x', 'u0')])
    const doc = replica(server)
    const update = changed(doc, () => textIn(doc, 0).insert(1, `y${'💉'.repeat(300_000)}`))
    const pieces = splitUpdate(update, PIECE_BYTES)
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(PIECE_BYTES)
    takeAll(server, pieces)
    expect(textIn(server, 0).toJSON()).toBe(textIn(doc, 0).toJSON())
    expect(snapshotOf(server)).toEqual(snapshotOf(doc))
  })

  it('lets the server’s repair see a moved paragraph never twice', () => {
    const server = bilingual([p('m', 'moves'), p('s', 'stays')])
    const doc = replica(server)
    doc.transact(() => bodyOf(doc).delete(0, 1))
    const filling = Array.from({ length: 40 }, (_, i) => paragraph('word '.repeat(60), `f${i}`))
    bodyOf(doc).insert(1, [paragraph('moves', 'm'), ...filling])
    const answer = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
    const pieces = splitUpdate(answer, SMALL)
    expect(pieces.length).toBeGreaterThan(2)
    takeAll(server, pieces, () => repair(server))
    expect(bodyOf(server).toJSON()).toContain('moves')
    expect(snapshotOf(server)).toEqual(snapshotOf(doc))
  })

  it('does not cut what says itself that something is missing', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 3; i++) bodyOf(doc).insert(0, [paragraph('word '.repeat(900), `u${i}`)])
    const [first, , third] = updates
    if (!first || !third) throw new Error('three updates')
    const holed = Y.mergeUpdates([first, third])
    expect(splitUpdate(holed, SMALL)).toEqual([holed])
  })

  it('is in order the whole, whoever wrote it and whatever was deleted', () => {
    const edit = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('block', 'text', 'text', 'delete', 'remove', 'format', 'meet'),
      at: fc.nat({ max: 30 }),
      size: fc.nat({ max: 900 }),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), fc.nat({ max: 20 }), (edits, known) => {
        const start = new Y.Doc()
        bodyOf(start).insert(0, [paragraph('start 💉', 'u')])
        const docs = [replica(start), replica(start), replica(start)]
        const server = replica(start)
        edits.forEach(({ who, what, at, size }, i) => {
          const doc = docs[who] ?? start
          const body = bodyOf(doc)
          const index = body.length === 0 ? 0 : at % body.length
          doc.transact(() => {
            if (what === 'meet') {
              const met = docs[(who + 1) % 3] ?? start
              Y.applyUpdate(doc, Y.encodeStateAsUpdate(met, Y.encodeStateVector(doc)))
            } else if (what === 'block') {
              body.insert(index, [
                paragraph('w'.repeat(size), `b${i}`),
                paragraph('я💉'.repeat(at), `c${i}`),
              ])
            } else if (body.length > 0) {
              const text = textIn(doc, index)
              const from = edge(text, text.length === 0 ? 0 : at % text.length)
              const length = edge(text, Math.min(from + size, text.length)) - from
              if (what === 'text') text.insert(from, 'д💉'.repeat(size))
              else if (what === 'remove') body.delete(index, 1)
              else if (length > 0 && what === 'delete') text.delete(from, length)
              else if (length > 0) text.format(from, length, { bold: {} })
            }
          })
          // the server has been told of some of it
          if (i < known) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
        })
        const all = replica(...docs)
        Y.applyUpdate(all, Y.encodeStateAsUpdate(server))
        const answer = Y.encodeStateAsUpdate(all, Y.encodeStateVector(server))
        const pieces = splitUpdate(answer, SMALL)
        for (const piece of pieces) expect(piece.length).toBeLessThan(2 * SMALL)
        const merged = replica(server)
        Y.applyUpdate(merged, Y.mergeUpdates(pieces))
        takeAll(server, pieces)
        // Yjs itself removes marks that format nothing any more after each transaction, so a
        // document that took the pieces one by one may have removed such a mark earlier
        for (const taken of [server, merged]) {
          const snapshot = Y.snapshot(taken)
          expect(Y.snapshotContainsUpdate(snapshot, answer)).toBe(true)
          expect(snapshot.sv).toEqual(Y.snapshot(all).sv)
          expect(bodyOf(taken).toJSON()).toBe(bodyOf(all).toJSON())
        }
      }),
      {
        ...runs(200),
        examples: [
          [
            [
              { who: 1, what: 'delete', at: 0, size: 1 },
              { who: 0, what: 'format', at: 0, size: 1 },
            ],
            0,
          ],
        ],
      },
    )
  })
})
