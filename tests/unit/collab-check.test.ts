// @vitest-environment jsdom
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate, type Verdict } from '../../server/collab/check'
import { decodeUpdate } from '../../server/collab/decode'
import { attributesWithoutRule } from '../../server/collab/grammar'
import { Refusal } from '../../server/collab/refusal'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, callout, h, list, p, replicaOf, table } from '../fixtures/bilingual'
import { closeEditors, openEditor, press, pressEnter } from '../fixtures/editors'
import { runs } from '../setup/runs'

afterEach(closeEditors)

const anyone = { user: 'u', write: true, ownerOf: () => undefined }

function verdictOf(bytes: Uint8Array, doc: Y.Doc): Verdict['kind'] | string {
  try {
    const update = decodeUpdate(bytes)
    return update ? checkUpdate(update, doc, anyone).kind : 'gap'
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

/** What a person may do in the editor, by number. */
const ACTIONS: readonly ((editor: ReturnType<typeof openEditor>) => unknown)[] = [
  (editor) => editor.commands.insertContent('text '),
  (editor) => editor.commands.insertContent('ё🙂'),
  (editor) => pressEnter(editor),
  (editor) => press(editor, 'Backspace'),
  (editor) => press(editor, 'Tab'),
  (editor) => editor.commands.toggleBold(),
  (editor) => editor.chain().selectAll().toggleItalic().run(),
  (editor) => editor.chain().selectAll().setLink({ href: 'https://who.int/' }).run(),
  (editor) => editor.chain().selectAll().unsetLink().run(),
  (editor) => editor.commands.toggleBulletList(),
  (editor) => editor.commands.toggleOrderedList(),
  (editor) => editor.commands.toggleHeading({ level: 2 }),
  (editor) => editor.commands.toggleHeading({ level: 3 }),
  (editor) => editor.commands.setHardBreak(),
  (editor) => editor.commands.insertTable({ rows: 2, cols: 2, withHeaderRow: true }),
  (editor) => editor.commands.addColumnAfter(),
  (editor) => editor.commands.deleteRow(),
  (editor) => editor.commands.mergeCells(),
  (editor) => editor.commands.undo(),
  (editor) => editor.commands.redo(),
  (editor) => editor.chain().selectAll().deleteSelection().run(),
]

/** Nobody's caret stands within a character, which may be two units of text. */
function placeCaret(editor: ReturnType<typeof openEditor>, at: number): void {
  editor.commands.setTextSelection(at)
  const { from, $from } = editor.state.selection
  if (/[\ud800-\udbff]$/.test($from.nodeBefore?.text ?? ''))
    editor.commands.setTextSelection(from - 1)
}

describe('checking updates', () => {
  it('C14 knows a rule for every attribute of the grammar', () => {
    expect(attributesWithoutRule()).toEqual([])
  })

  it('C14 takes everything the editor does', { timeout: 60_000 }, () => {
    const step = fc.tuple(fc.nat(ACTIONS.length - 1), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const server = bilingual([
          p('a', 'One'),
          h('b', 'Two'),
          list([p('c', 'Three')], [p('d', 'Four')]),
          callout('warning', p('e', 'Five')),
          table([p('f', 'Six'), p('g', 'Seven')], [p('i', 'Eight'), p('j', 'Nine')]),
        ])
        const doc = replicaOf(server)
        doc.on('update', (update: Uint8Array) => {
          expect(['change', 'nothing']).toContain(verdictOf(update, server))
          Y.applyUpdate(server, update)
          expect(server.store.pendingStructs).toBeNull()
        })
        const editor = openEditor(doc)
        for (const [action, where] of steps) {
          placeCaret(editor, Math.floor(where * editor.state.doc.content.size))
          ACTIONS[action]?.(editor)
        }
        expect(verdictOf(Y.encodeStateAsUpdate(doc), server)).toBe('nothing')
        expect(server.getXmlFragment(BODY_ROOT.en).toString()).toBe(
          doc.getXmlFragment(BODY_ROOT.en).toString(),
        )
        closeEditors()
      }),
      runs(60),
    )
  })

  it('C18 reads updates as Yjs does', () => {
    const doc = bilingual([p('a', 'One'), table([p('b', 'Two')])])
    const text = doc.getXmlFragment(BODY_ROOT.en).get(0)
    if (text instanceof Y.XmlElement) text.setAttribute('uid', 'z')
    const bytes = Y.encodeStateAsUpdate(doc)
    const ours = decodeUpdate(bytes)
    const theirs = Y.decodeUpdate(bytes)
    const all = ours?.groups.flatMap(({ structs }) => structs) ?? []
    expect(all.map(({ client, clock, length }) => [client, clock, length])).toEqual(
      theirs.structs.map(({ id, length }) => [id.client, id.clock, length]),
    )
    expect(ours?.deletes.length).toBe([...theirs.ds.clients.values()].flat().length)
  })

  it('C18 refuses arbitrary and bent bytes without any other error, and never lets Yjs fail', () => {
    const doc = bilingual([p('a', 'One'), list([p('b', 'Two')]), table([p('c', 'Three')])])
    const editor = replicaOf(doc)
    editor.clientID = 7
    const fresh: Uint8Array[] = []
    editor.on('update', (update: Uint8Array) => fresh.push(update))
    const block = editor.getXmlFragment(BODY_ROOT.en).get(0)
    const inner = block instanceof Y.XmlElement ? block.get(0) : null
    if (inner instanceof Y.XmlText) {
      inner.insert(1, 'new🙂')
      inner.format(0, 2, { bold: {} })
      inner.delete(2, 1)
    }
    editor.getXmlFragment(BODY_ROOT.en).insert(1, [new Y.XmlElement('paragraph')])
    const valid = [Y.mergeUpdates(fresh), ...fresh, Y.encodeStateAsUpdate(editor)]
    const bent = fc
      .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
      .map(([bytes, bends]) => {
        const copy = bytes.slice()
        for (const [at, byte] of bends) copy[at % copy.length] = byte
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), bent), (bytes) => {
        if (verdictOf(bytes, doc) !== 'change') return
        const victim = replicaOf(doc)
        const news = Y.diffUpdate(bytes, Y.encodeStateVector(victim))
        Y.applyUpdate(victim, news)
        expect(victim.store.pendingStructs).toBeNull()
        expect(victim.store.pendingDs).toBeNull()
      }),
      runs(20_000),
    )
  }, 60_000)

  it('C16 calls structs that need one another in a circle a gap', () => {
    // Two clients' first structs, each with the other's as its origin.
    const bytes = new Uint8Array([2, 1, 8, 0, 0x84, 9, 0, 1, 97, 1, 9, 0, 0x84, 8, 0, 1, 98, 0])
    expect(verdictOf(bytes, bilingual([p('a', 'One')]))).toBe('gap')
  })

  it('C16 calls a deletion of what is not there a gap', () => {
    const bytes = new Uint8Array([0, 1, 9, 1, 0, 3])
    expect(verdictOf(bytes, bilingual([p('a', 'One')]))).toBe('gap')
  })
})
