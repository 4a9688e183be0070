// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { deriveUnits } from '../../shared/editor/alignment'
import { readContent } from '../../shared/editor/blocks'
import { writeMark } from '../../shared/editor/ledger'
import { repair } from '../../shared/editor/repair'
import { unitHash } from '../../shared/editor/unit-hash'
import { bilingual, blocksOf, exchange, lines, p, replicaOf } from '../fixtures/bilingual'
import {
  caretIn,
  closeEditors,
  countingIds,
  openEditor,
  pause,
  press,
  pressEnter,
  shown,
} from '../fixtures/editors'

afterEach(closeEditors)

/** Two people on replicas of one document, exchanging only when told to. */
function twoPeople(doc: Y.Doc) {
  const docs = { a: replicaOf(doc), b: replicaOf(doc), server: replicaOf(doc) }
  const a = openEditor(docs.a, 'en', { newId: countingIds('a') })
  const b = openEditor(docs.b, 'en', { newId: countingIds('b') })
  return {
    a,
    b,
    docs,
    meet: () => exchange(docs.a, docs.b, docs.server),
    /** As the sync server does it: merge, repair, send both on. */
    meetAndRepair: () => {
      exchange(docs.server, docs.a)
      exchange(docs.server, docs.b)
      repair(docs.server, countingIds('s'))
      exchange(docs.a, docs.b, docs.server)
    },
  }
}

/** Scenarios in which released bindings of Yjs fail (docs/bilingual-document.md, known limits). */
describe('the editor binding', () => {
  it('undoes a split at the end of the document without falling out of step', () => {
    const doc = bilingual([p('a', 'One'), p('b', 'The last paragraph of all')])
    const editor = openEditor(doc)
    caretIn(editor, 'b', -1)
    editor.commands.insertContent('!')
    pause(editor)
    pressEnter(editor)
    expect(shown(editor)).toHaveLength(3)

    editor.commands.undo()

    expect(shown(editor)).toEqual(['a/a One', 'b/b The last paragraph of all!'])
    expect(lines(doc)).toEqual(shown(editor))

    editor.commands.undo()

    expect(shown(editor)).toEqual(['a/a One', 'b/b The last paragraph of all'])
    expect(lines(doc)).toEqual(shown(editor))
  })

  it('restores ids when a split in mid-text is undone and done again', () => {
    const doc = bilingual([p('a', 'One two'), p('b', 'Next')])
    const editor = openEditor(doc)
    caretIn(editor, 'a', 4)
    pressEnter(editor)

    editor.commands.undo()
    expect(shown(editor)).toEqual(['a/a One two', 'b/b Next'])
    editor.commands.redo()

    expect(shown(editor)).toEqual(['a/a One ', 'n1/a two', 'b/b Next'])
    expect(lines(doc)).toEqual(shown(editor))
  })

  it('undoes ids together with the change that made them necessary, in one step', () => {
    const doc = bilingual([p('a', 'One'), p('b', 'Two')])
    const editor = openEditor(doc)
    editor.commands.insertContentAt(editor.state.doc.content.size, p('b', 'Two'))
    expect(shown(editor)).toEqual(['a/a One', 'b/b Two', 'n1/n2 Two'])

    editor.commands.undo()

    expect(shown(editor)).toEqual(['a/a One', 'b/b Two'])
  })

  it('undoes in one language without touching the other or the ledger', () => {
    const doc = bilingual([p('a', 'One')], [p('a', 'Раз')])
    const en = openEditor(doc, 'en')
    const ru = openEditor(doc, 'ru')
    caretIn(en, 'a', -1)
    en.commands.insertContent(' more')
    caretIn(ru, 'a', -1)
    ru.commands.insertContent(' ещё')
    doc.transact(() =>
      writeMark(doc, {
        unit: 'a',
        from: 'en',
        to: 'ru',
        state: 'translated',
        by: 'u',
        at: '2008-01-01T00:00:00.000Z',
        expectedSrc: unitHash(['One more']),
        expectedTgt: unitHash(['Раз ещё']),
      }),
    )
    const { ledger } = readContent(doc)

    en.commands.undo()

    expect(lines(doc, 'en')).toEqual(['a/a One'])
    expect(lines(doc, 'ru')).toEqual(['a/a Раз ещё'])
    expect(readContent(doc).ledger).toEqual(ledger)
    expect(deriveUnits(blocksOf(doc), ledger).map(({ state }) => state)).toEqual(['source-changed'])
    en.commands.redo()
    expect(deriveUnits(blocksOf(doc), ledger).map(({ state }) => state)).toEqual(['in-sync'])
  })

  it('keeps the words of both when two people split a block at once', () => {
    const { a, b, docs, meetAndRepair } = twoPeople(bilingual([p('a', 'One two three four')]))
    caretIn(a, 'a', 4)
    caretIn(b, 'a', 8)
    pressEnter(a)
    pressEnter(b)

    meetAndRepair()

    expect(shown(a)).toEqual(shown(b))
    expect(lines(docs.server)).toEqual(shown(a))
    const text = shown(a).join(' ')
    for (const word of ['One', 'two', 'three', 'four']) expect(text).toContain(word)
    expectDistinctUids(docs.server)
    expect(new Set(blocksOf(docs.server).en.map(({ unit }) => unit))).toEqual(new Set(['a']))
  })

  it('leaves one block when two people move it to the same place at once', () => {
    const { a, b, docs, meetAndRepair } = twoPeople(
      bilingual([p('a', 'One'), p('b', 'Two'), p('c', 'Third para.')]),
    )
    for (const editor of [a, b]) {
      caretIn(editor, 'c')
      press(editor, 'ArrowUp', { altKey: true })
    }

    meetAndRepair()

    expect(shown(a)).toEqual(['a/a One', 'c/c Third para.', 'b/b Two'])
    expect(shown(b)).toEqual(shown(a))
    expect(lines(docs.server)).toEqual(shown(a))
  })

  it('leaves each text whole and once when two people move a block to different places', () => {
    const { a, b, docs, meetAndRepair } = twoPeople(
      bilingual([p('a', 'One'), p('b', 'Two'), p('c', 'Third para.'), p('d', 'Four')]),
    )
    caretIn(a, 'b')
    press(a, 'ArrowUp', { altKey: true })
    caretIn(b, 'b')
    press(b, 'ArrowDown', { altKey: true })
    press(b, 'ArrowDown', { altKey: true })

    meetAndRepair()

    expect(shown(b)).toEqual(shown(a))
    expect([...shown(a)].sort()).toEqual(['a/a One', 'b/b Two', 'c/c Third para.', 'd/d Four'])
    expectDistinctUids(docs.server)
  })

  // The binding writes anew whichever of two exchanged neighbours stood first: hence `mayMove`.
  const typedWhileMoved = [
    { typedIn: 'b', key: 'ArrowUp', expected: ['b/b Two typed', 'a/a One', 'c/c Three'] },
    { typedIn: 'a', key: 'ArrowUp', expected: ['b/b Two', 'a/a One', 'c/c Three'] },
    { typedIn: 'b', key: 'ArrowDown', expected: ['a/a One', 'c/c Three', 'b/b Two'] },
    { typedIn: 'c', key: 'ArrowDown', expected: ['a/a One', 'c/c Three typed', 'b/b Two'] },
  ]
  for (const { typedIn, key, expected } of typedWhileMoved) {
    it(`puts words typed into ${typedIn} while another person moves b by ${key} into no other block`, () => {
      const { a, b, docs, meetAndRepair } = twoPeople(
        bilingual([p('a', 'One'), p('b', 'Two'), p('c', 'Three')]),
      )
      caretIn(a, typedIn, -1)
      a.commands.insertContent(' typed')
      caretIn(b, 'b')
      press(b, key, { altKey: true })

      meetAndRepair()

      expect(shown(a)).toEqual(expected)
      expect(shown(b)).toEqual(expected)
      expect(lines(docs.server)).toEqual(expected)
    })
  }

  it('leaves a doubled uid from others to the server, which tells the copies apart', () => {
    const { a, b, docs, meet, meetAndRepair } = twoPeople(bilingual([p('a', 'One'), p('b', 'Two')]))
    a.commands.insertContentAt(0, p('x', 'From A', 'same'))
    b.commands.insertContentAt(b.state.doc.content.size, p('x', 'From B', 'same'))
    meet()
    expect(shown(a).filter((line) => line.startsWith('same/'))).toHaveLength(2)

    meetAndRepair()

    expect(shown(a)).toEqual(['same/x From A', 'a/a One', 'b/b Two', 's1/x From B'])
    expect(shown(b)).toEqual(shown(a))
    expectDistinctUids(docs.server)
  })

  it('writes nothing when a person opens a document without ids', () => {
    const doc = new Y.Doc()
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('No ids yet')])
    doc.getXmlFragment('body:en').insert(0, [paragraph])
    const before = Y.encodeStateVector(doc)
    const editor = openEditor(doc)
    expect(Y.encodeStateVector(doc)).toEqual(before)

    repair(doc, countingIds('s'))

    expect(shown(editor)).toEqual(['s1/s2 No ids yet'])
  })
})

function expectDistinctUids(doc: Y.Doc) {
  const uids = blocksOf(doc).en.map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(uids.length)
}
