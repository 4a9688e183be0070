import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import { repair } from '../../shared/editor/repair'
import { protocolSchema } from '../../shared/editor/schema'
import { LANGUAGES } from '../../shared/languages'
import {
  bilingual,
  blocksOf,
  callout,
  exchange,
  lines,
  list,
  p,
  replicaOf,
  table,
} from '../fixtures/bilingual'
import { runs } from '../setup/runs'

function countingIds() {
  let count = 0
  return () => `s${++count}`
}

function element(
  name: string,
  children: (Y.XmlElement | Y.XmlText)[] = [],
  attrs: Record<string, string> = {},
) {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attrs)) made.setAttribute(key, value)
  made.insert(0, children)
  return made
}

const para = (text: string, uid: string, unit = uid) =>
  element('paragraph', [new Y.XmlText(text)], { uid, unit })

/** Puts nodes into an empty body, repairs, and gives what the editor would show. */
function repaired(...nodes: (Y.XmlElement | Y.XmlText)[]) {
  const doc = new Y.Doc()
  doc.getXmlFragment('body:en').insert(0, nodes)
  repair(doc, countingIds())
  const node = checked(doc, 'body:en')
  return { doc, node, lines: lines(doc) }
}

/** The body as another client's binding builds it, checked by the grammar; it deletes nothing. */
function checked(doc: Y.Doc, root: string) {
  const client = replicaOf(doc)
  const before = Y.encodeStateAsUpdate(client)
  const node = yXmlFragmentToProseMirrorRootNode(client.getXmlFragment(root), protocolSchema)
  node.check()
  expect(Y.encodeStateAsUpdate(client)).toEqual(before)
  return node
}

describe('repair', () => {
  it('changes nothing in a sound document', () => {
    const doc = bilingual([p('a', 'One'), list([p('l', 'Item')]), table([p('t', 'Cell')])])
    const before = Y.encodeStateAsUpdate(doc)

    expect(repair(doc)).toBe(false)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })

  it('gives an empty body a paragraph', () => {
    const doc = new Y.Doc()
    expect(repair(doc, countingIds())).toBe(true)
    expect([lines(doc, 'en'), lines(doc, 'ru')]).toEqual([['s1/s2 '], ['s3/s4 ']])
  })

  it('gives a later block of the same uid another one and leaves its unit', () => {
    expect(repaired(para('One', 'a'), para('Two', 'b'), para('Other', 'a')).lines).toEqual([
      'a/a One',
      'b/b Two',
      's1/a Other',
    ])
  })

  it('takes out the second of two blocks that are the same in everything', () => {
    expect(repaired(para('One', 'a'), para('Two', 'b'), para('One', 'a')).lines).toEqual([
      'a/a One',
      'b/b Two',
    ])
  })

  it('keeps both when they differ in unit, in marks or have no text', () => {
    const bold = para('', 'a')
    const text = new Y.XmlText()
    text.insert(0, 'One', { bold: {} })
    bold.insert(1, [text])
    expect(repaired(para('One', 'a'), para('One', 'a', 'z'), bold).lines).toHaveLength(3)
    expect(repaired(para('', 'a'), para('', 'a')).lines).toEqual(['a/a ', 's1/a '])
  })

  it('takes out a whole list item or table that two people moved', () => {
    const item = () => element('listItem', [para('Item', 'i')])
    expect(
      repaired(
        element('bulletList', [item()]),
        element('orderedList', [item(), element('listItem', [para('B', 'b')])]),
      ).lines,
    ).toEqual(['i/i Item', 'b/b B'])
    const whole = () =>
      element('table', [
        element('tableRow', [
          element('tableCell', [para('x', 't1')]),
          element('tableCell', [para('y', 't2')]),
        ]),
      ])
    expect(repaired(whole(), para('One', 'a'), whole()).lines).toEqual([
      't1/t1 x',
      't2/t2 y',
      'a/a One',
    ])
  })

  it('removes containers without content and fills cells', () => {
    const { node } = repaired(
      element('callout'),
      element('bulletList', [element('listItem')]),
      element('orderedList'),
      element('table', [element('tableRow')]),
      element('table', [element('tableRow', [element('tableCell')]), element('tableRow')]),
    )
    expect(node.childCount).toBe(1)
    expect(node.child(0).type.name).toBe('table')
    expect(node.child(0).childCount).toBe(1)
  })

  it('puts a paragraph in front of a nested list that lost its own', () => {
    const nested = element('bulletList', [element('listItem', [para('Deep', 'd')])])
    expect(repaired(element('bulletList', [element('listItem', [nested])])).lines).toEqual([
      's1/s2 ',
      'd/d Deep',
    ])
  })

  it('keeps loose text as a paragraph and drops what the grammar does not know', () => {
    expect(repaired(new Y.XmlText('Loose'), element('script'), para('One', 'a')).lines).toEqual([
      's1/s2 Loose',
      'a/a One',
    ])
  })

  it('evens the rows of a table after one person added a row and another a column', () => {
    const doc = bilingual([table([p('t1', 'a'), p('t2', 'b')], [p('t3', 'c'), p('t4', 'd')])])
    const [one, two] = [replicaOf(doc), replicaOf(doc)]
    const tableOf = (of: Y.Doc) => {
      const found = of.getXmlFragment('body:en').get(0)
      if (!(found instanceof Y.XmlElement)) throw new Error('no table')
      return found
    }
    tableOf(one).insert(2, [
      element('tableRow', [
        element('tableCell', [para('e', 't5')]),
        element('tableCell', [para('f', 't6')]),
      ]),
    ])
    for (const row of tableOf(two).toArray()) {
      if (row instanceof Y.XmlElement)
        row.insert(2, [element('tableCell', [para('new', `c${row.length}${Math.random()}`)])])
    }
    exchange(one, two)

    repair(one, countingIds())

    const rows = checked(one, 'body:en').child(0)
    expect(Array.from({ length: rows.childCount }, (_, i) => rows.child(i).childCount)).toEqual([
      3, 3, 3,
    ])
  })

  it('cuts a cell that spans more rows than there are', () => {
    const doc = bilingual([
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              { type: 'tableCell', attrs: { rowspan: 3 }, content: [p('t1', 'a')] },
              { type: 'tableCell', attrs: { colspan: 2 }, content: [p('t2', 'b')] },
            ],
          },
          { type: 'tableRow', content: [{ type: 'tableCell', content: [p('t3', 'c')] }] },
        ],
      },
    ])
    expect(repair(doc, countingIds())).toBe(true)

    const rows = checked(doc, 'body:en').child(0)
    expect(rows.child(0).child(0).attrs.rowspan).toBe(2)
    expect(rows.child(1).childCount).toBe(2)
    expect(repair(doc)).toBe(false)
  })

  /** Edits as people's editors make them: each leaves that person's own copy valid. */
  const operation = fc.record({
    who: fc.nat({ max: 2 }),
    kind: fc.constantFrom('delete', 'copy', 'move', 'type', 'split', 'meet'),
    at: fc.nat({ max: 40 }),
    to: fc.nat({ max: 40 }),
  })

  it('leaves a valid document with distinct ids after any concurrent edits, in one pass, and loses no word', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 25 }), (operations) => {
        const origin = bilingual([
          p('a', 'alpha'),
          list([p('l1', 'lima'), list([p('l2', 'mike')])], [p('l3', 'november')]),
          callout('note', p('c1', 'charlie'), p('c2', 'delta')),
          table([p('t1', 'tango'), p('t2', 'uniform')], [p('t3', 'victor'), p('t4', 'whiskey')]),
        ])
        const docs = [replicaOf(origin), replicaOf(origin), replicaOf(origin)]
        let count = 0
        for (const { who, kind, at, to } of operations) {
          const doc = docs[who]
          if (kind === 'meet' || !doc) exchange(...docs)
          else edit(doc, kind, at, to, () => `w${++count}`)
        }
        exchange(...docs)
        const [server, ...others] = docs
        if (!server) throw new Error('no server')
        const words = wordsIn(server)

        repair(server, () => `s${++count}`)
        exchange(...docs)

        for (const lang of LANGUAGES) {
          checked(server, BODY_ROOT[lang])
          const blocks = blocksOf(server)[lang]
          const uids = blocks.map(({ uid }) => uid)
          expect(new Set(uids).size).toBe(uids.length)
          expect(blocks.every(({ uid, unit }) => uid && unit)).toBe(true)
        }
        expect(wordsIn(server)).toEqual(words)
        expect(repair(server)).toBe(false)
        for (const other of others) expect(lines(other)).toEqual(lines(server))
      }),
      runs(100),
    )
  })
})

function wordsIn(doc: Y.Doc): string[] {
  return [...new Set(blocksOf(doc).en.flatMap(({ text }) => text.match(/[a-z0-9]+/g) ?? []))].sort()
}

/** Any element of a body, in order. */
function elementsIn(parent: Y.XmlFragment): Y.XmlElement[] {
  return parent
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlElement ? [child, ...elementsIn(child)] : []))
}

function edit(doc: Y.Doc, kind: string, at: number, to: number, newWord: () => string) {
  const elements = elementsIn(doc.getXmlFragment('body:en')).filter(
    (e) => e.nodeName !== 'hardBreak',
  )
  const target = elements[at % Math.max(elements.length, 1)]
  const { parent } = target ?? {}
  if (!target || !(parent instanceof Y.XmlFragment)) return
  const index = parent.toArray().indexOf(target)
  if (kind === 'delete') {
    // An editor never leaves a container or a body empty by itself; two of them together can.
    if (parent.length > 1) parent.delete(index, 1)
  } else if (kind === 'copy' || kind === 'move') {
    const sibling = to % (parent.length + 1)
    const copy = target.clone()
    parent.insert(sibling, [copy])
    if (kind === 'move') parent.delete(sibling <= index ? index + 1 : index, 1)
  } else if (target.nodeName === 'paragraph') {
    if (kind === 'type') target.insert(0, [new Y.XmlText(`${newWord()} `)])
    else parent.insert(index + 1, [para(`${newWord()} `, newWord(), target.getAttribute('unit'))])
  }
}
