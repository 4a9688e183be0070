import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate, type Verdict } from '../../server/collab/check'
import { decodeUpdate, type Id, type Struct } from '../../server/collab/decode'
import { momentNow, spentSince } from '../../server/collab/heavy-clock'
import { MAX_AUTHORS } from '../../server/collab/limits'
import { placeStructs } from '../../server/collab/placement'
import { Refusal } from '../../server/collab/refusal'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, p, replicaOf } from '../fixtures/bilingual'
import { firstText } from '../fixtures/collab'
import { runs } from '../setup/runs'

function verdictOf(bytes: Uint8Array, doc: Y.Doc, write = true): Verdict | string {
  try {
    const update = decodeUpdate(bytes)
    const author = { user: 'u', write, ownerOf: () => undefined }
    return update ? checkUpdate(update, doc, author) : 'gap'
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

/** One letter at the beginning of a text, by each of `count` authors. */
function letters(count: number, doc: Y.Doc): Uint8Array {
  const { client, clock } = firstText(doc)._item?.id ?? { client: 0, clock: 0 }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, count)
  for (let i = 0; i < count; i++) {
    for (const n of [1, 1_000 + i, 0]) encoding.writeVarUint(encoder, n)
    encoding.writeUint8(encoder, 4)
    for (const n of [0, client, clock]) encoding.writeVarUint(encoder, n)
    encoding.writeVarString(encoder, 'x')
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** An update of deletions alone: authors, each with ranges of `[clock, length]`. */
function deletions(...authors: [client: number, ranges: [number, number][]][]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const n of [0, authors.length]) encoding.writeVarUint(encoder, n)
  for (const [client, ranges] of authors) {
    for (const n of [client, ranges.length, ...ranges.flat()]) encoding.writeVarUint(encoder, n)
  }
  return encoding.toUint8Array(encoder)
}

function struct(client: number, clock: number, origin: Id | null): Struct {
  return {
    client,
    clock,
    length: 1,
    origin,
    rightOrigin: null,
    parentRoot: origin ? null : BODY_ROOT.en,
    parentId: null,
    parentSub: null,
    content: { kind: 'text', text: 'x' },
  }
}

describe('the work that a frame may cause', () => {
  it('C19 places authors who all wait for one in about linear time', { timeout: 120_000 }, () => {
    // Everybody waits for the last struct of author 1, who goes on in turns with author 2.
    const turns = 15_000
    const end = { client: 1, clock: turns - 1 }
    const groups = new Map<number, Struct[]>()
    const one = Array.from({ length: turns }, (_, i) =>
      struct(1, i, i === 0 ? null : { client: 2, clock: i - 1 }),
    )
    const two = Array.from({ length: turns }, (_, i) => struct(2, i, { client: 1, clock: i }))
    groups.set(1, one).set(2, two)
    for (let client = 3; client < 30_000; client++) groups.set(client, [struct(client, 0, end)])
    const started = momentNow()
    const placed = placeStructs(groups, new Y.Doc())
    expect(spentSince(started)).toBeLessThan(3_000)
    expect(placed).toHaveLength(2 * turns + 29_997)
  })

  it('C19 takes new structs of a thousand authors in a frame, not of more', () => {
    const doc = bilingual([p('a', 'One')])
    expect(verdictOf(letters(MAX_AUTHORS, doc), doc)).toMatchObject({ structs: MAX_AUTHORS })
    expect(verdictOf(letters(MAX_AUTHORS + 1, doc), doc)).toBe('frame_policy')
  })

  it('C19 lets a frame repeat what is known, whoever wrote it', () => {
    const doc = bilingual([p('a', 'One')])
    for (let i = 0; i <= MAX_AUTHORS; i++) {
      doc.clientID = 1_000 + i
      firstText(doc).insert(0, 'x')
    }
    expect(verdictOf(Y.encodeStateAsUpdate(doc), doc)).toEqual({ kind: 'nothing' })
  })

  it('C21 refuses a reader before it looks where anything belongs', () => {
    const circle = new Uint8Array([2, 1, 8, 0, 0x84, 9, 0, 1, 97, 1, 9, 0, 0x84, 8, 0, 1, 98, 0])
    const doc = bilingual([p('a', 'One')])
    expect(verdictOf(circle, doc, false)).toBe('forbidden')
    expect(verdictOf(letters(MAX_AUTHORS + 1, doc), doc, false)).toBe('forbidden')
  })

  it('C18 refuses deletions that overlap, go back or name an author twice', () => {
    const doc = bilingual([p('a', 'A long text')])
    const { client, clock } = firstText(doc)._first?.id ?? { client: 0, clock: 0 }
    const bad = [
      deletions([client, Array.from({ length: 1_000 }, () => [clock, 5])]),
      deletions([
        client,
        [
          [clock, 5],
          [clock + 4, 2],
        ],
      ]),
      deletions([
        client,
        [
          [clock + 4, 2],
          [clock, 2],
        ],
      ]),
      deletions([client, [[clock, 2]]], [client, [[clock + 4, 2]]]),
    ]
    for (const bytes of bad) expect(verdictOf(bytes, doc)).toBe('malformed_frame')
    const touching = deletions([
      client,
      [
        [clock, 2],
        [clock + 2, 2],
      ],
    ])
    expect(verdictOf(touching, doc)).toMatchObject({
      kind: 'change',
      removes: new Map([['body:en', 4]]),
    })
  })

  it('C18 reads every delete set that Yjs writes', { timeout: 60_000 }, () => {
    const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
    const step = fc.record({ by: fc.nat(2), what: fc.nat(7), where, pick: fc.nat() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = bilingual([p('a', 'One and more'), p('b', 'Two')])
        const heard: Uint8Array[] = []
        const docs = [1, 2, 3].map((client) => {
          const doc = replicaOf(server)
          doc.clientID = client
          doc.on('update', (update: Uint8Array) => heard.push(update))
          return { doc, undo: new Y.UndoManager(doc.getXmlFragment(BODY_ROOT.en)) }
        })
        for (const { by, what, where, pick } of steps) {
          const [mine, other] = [docs[by], docs[(by + 1) % 3]]
          if (mine && other) act(what, where, mine, other.doc, heard[pick % heard.length])
        }
        const whole = docs.map(({ doc }) => Y.encodeStateAsUpdate(doc))
        const written = [
          ...heard,
          ...whole,
          ...docs.map(({ doc }) => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))),
          ...heard.map((update) => Y.diffUpdate(update, Y.encodeStateVector(server))),
          Y.mergeUpdates([...heard, ...whole]),
          Y.mergeUpdates([...heard].reverse()),
          Y.convertUpdateFormatV2ToV1(Y.mergeUpdatesV2(heard.map(Y.convertUpdateFormatV1ToV2))),
        ]
        for (const update of written) expect(() => decodeUpdate(update)).not.toThrow()
      }),
      runs(300),
    )
  })
})

type Writer = { doc: Y.Doc; undo: Y.UndoManager }

/** What may happen to a real document, by number. */
function act(what: number, where: number, mine: Writer, other: Y.Doc, update?: Uint8Array): void {
  const body = mine.doc.getXmlFragment(BODY_ROOT.en)
  const block = body.get(Math.floor(where * body.length))
  const text = block instanceof Y.XmlElement ? block.get(0) : undefined
  const at = text instanceof Y.XmlText ? Math.floor(where * text.length) : 0
  if (what === 0) body.insert(0, [paragraph()])
  else if (what === 1 && body.length > 0) body.delete(Math.floor(where * body.length), 1)
  else if (what === 2 && text instanceof Y.XmlText) text.insert(at, 'word')
  else if (what === 3 && text instanceof Y.XmlText) text.delete(at, text.length > at ? 1 : 0)
  else if (what === 4) mine.undo.undo()
  else if (what === 5) Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(other))
  else if (what === 6 && update) Y.applyUpdate(mine.doc, update)
  else if (what === 7 && text instanceof Y.XmlText) {
    // Backwards, overlapping with what is gone, in one transaction.
    mine.doc.transact(() => {
      for (let i = text.length - 1; i > 0; i -= 2) text.delete(i, 1)
      text.format(0, text.length, { bold: {} })
      text.insert(0, 'new')
      text.delete(0, 2)
    })
  }
}

function paragraph(): Y.XmlElement {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText('A paragraph')])
  return block
}
