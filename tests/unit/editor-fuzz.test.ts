// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { repair } from '../../shared/editor/repair'
import {
  bilingual,
  blocksOf,
  callout,
  exchange,
  h,
  lines,
  list,
  p,
  replicaOf,
  table,
} from '../fixtures/bilingual'
import {
  closeEditors,
  countingIds,
  openEditor,
  press,
  pressEnter,
  shown,
} from '../fixtures/editors'

afterEach(closeEditors)

const action = fc.record({
  who: fc.nat({ max: 1 }),
  what: fc.constantFrom(
    'type',
    'enter',
    'backspace',
    'delete',
    'up',
    'down',
    'cut',
    'list',
    'undo',
    'redo',
    'meet',
  ),
  at: fc.nat({ max: 200 }),
  length: fc.nat({ max: 12 }),
})

describe('two editors on one document', () => {
  it('show the same sound text after whatever they did at once', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 18 }), (actions) => {
        const server = bilingual([
          h('h', 'Head line'),
          p('a', 'One two three'),
          list([p('l1', 'Item one')], [p('l2', 'Item two')]),
          callout('warning', p('c', 'Do not')),
          table([p('t1', 'Drug'), p('t2', 'Dose')]),
          p('z', 'The end'),
        ])
        const docs = [replicaOf(server), replicaOf(server)] as const
        const editors = [
          openEditor(docs[0], 'en', { newId: countingIds('a') }),
          openEditor(docs[1], 'en', { newId: countingIds('b') }),
        ] as const
        const newId = countingIds('s')
        const meet = () => {
          for (const doc of docs) exchange(server, doc)
          repair(server, newId)
          for (const doc of docs) exchange(server, doc)
        }
        try {
          for (const step of actions) {
            if (step.what === 'meet') meet()
            else act(editors[step.who === 0 ? 0 : 1], step.what, step.at, step.length)
          }
          meet()
          // What the binding itself wrote while it took the others' changes in comes round as well.
          meet()

          for (const editor of editors) {
            editor.state.doc.check()
            expect(shown(editor)).toEqual(lines(server))
          }
          const uids = blocksOf(server).en.map(({ uid }) => uid)
          expect(new Set(uids).size).toBe(uids.length)
        } finally {
          closeEditors()
        }
      }),
      { numRuns: 30 },
    )
  }, 60_000)
})

function act(editor: Editor, what: string, at: number, length: number) {
  const { size } = editor.state.doc.content
  const from = Math.min(1 + (at % size), size)
  const to = what === 'delete' || what === 'cut' ? Math.min(from + length, size) : from
  const { doc, tr } = editor.state
  editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))))
  if (what === 'type') editor.commands.insertContent('x y')
  else if (what === 'enter') pressEnter(editor)
  else if (what === 'backspace') press(editor, 'Backspace')
  else if (what === 'delete' || what === 'cut') editor.commands.deleteSelection()
  else if (what === 'up') editor.commands.moveBlock('up')
  else if (what === 'down') editor.commands.moveBlock('down')
  else if (what === 'list') editor.commands.toggleBulletList()
  else if (what === 'undo') editor.commands.undo()
  else editor.commands.redo()
}
