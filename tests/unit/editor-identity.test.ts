// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Move } from '../../shared/editor/move-block'
import { bilingual, callout, h, lines, list, p, table } from '../fixtures/bilingual'
import {
  caretIn,
  closeEditors,
  copyHtml,
  openEditor,
  pasteHtml,
  press,
  pressEnter,
  shown,
} from '../fixtures/editors'

afterEach(closeEditors)

/** The structure rules of docs/bilingual-document.md, each on a real editor. */
describe('splitting a block', () => {
  it('keeps the first half and makes the second a new block of the same unit', () => {
    const doc = bilingual([p('a', 'One two'), p('b', 'Next')])
    const editor = openEditor(doc)
    caretIn(editor, 'a', 4)

    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One ', 'n1/a two', 'b/b Next'])
    expect(lines(doc)).toEqual(shown(editor))
  })

  it('gives the empty block after the end a new unit', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Next')]))
    caretIn(editor, 'a', -1)

    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One', 'n1/n2 ', 'b/b Next'])
  })

  it('gives the empty block before the beginning a new unit and leaves the text what it was', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Next')]))
    caretIn(editor, 'b', 0)

    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One', 'n1/n2 ', 'b/b Next'])
  })

  it('gives the second of two empty blocks a new unit', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('e')]))
    caretIn(editor, 'e')

    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One', 'e/e ', 'n1/n2 '])
  })

  it('does the same for headings', () => {
    const editor = openEditor(bilingual([h('a', 'Head line'), p('b', 'Next')]))
    caretIn(editor, 'a', -1)
    pressEnter(editor)
    caretIn(editor, 'a', 5)
    pressEnter(editor)
    caretIn(editor, 'a', 0)
    pressEnter(editor)

    expect(shown(editor)).toEqual(['n5/n6 ', 'a/a Head ', 'n3/a line', 'n1/n2 ', 'b/b Next'])
  })

  it('does the same for list items', () => {
    const editor = openEditor(bilingual([list([p('a', 'One two')], [p('b', 'Next')])]))
    caretIn(editor, 'a', 4)
    pressEnter(editor)
    caretIn(editor, 'b', -1)
    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One ', 'n1/a two', 'b/b Next', 'n3/n4 '])
  })

  it('inherits the unit when a selection is replaced by the split', () => {
    const editor = openEditor(bilingual([p('a', 'One two three')]))
    caretIn(editor, 'a', 4)
    const { from } = editor.state.selection
    editor.commands.setTextSelection({ from, to: from + 4 })

    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a One ', 'n1/a three'])
  })

  it('keeps marks that were about to be typed', () => {
    const editor = openEditor(bilingual([p('a', 'One')]))
    caretIn(editor, 'a', -1)
    editor.commands.toggleBold()

    pressEnter(editor)

    expect(editor.isActive('bold')).toBe(true)
  })
})

describe('joining blocks', () => {
  it('keeps the block in front', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Next')]))
    caretIn(editor, 'b', 0)

    press(editor, 'Backspace')

    expect(shown(editor)).toEqual(['a/a OneNext'])
  })

  it('restores both ids on undo', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Next')]))
    caretIn(editor, 'b', 0)
    press(editor, 'Backspace')

    editor.commands.undo()

    expect(shown(editor)).toEqual(['a/a One', 'b/b Next'])
  })
})

describe('moving a block', () => {
  const moves = [
    { key: 'ArrowUp', from: 'b', expected: ['b/b Two', 'a/a One', 'c/c Three'] },
    { key: 'ArrowDown', from: 'b', expected: ['a/a One', 'c/c Three', 'b/b Two'] },
    { key: 'ArrowUp', from: 'a', expected: ['a/a One', 'b/b Two', 'c/c Three'] },
    { key: 'ArrowDown', from: 'c', expected: ['a/a One', 'b/b Two', 'c/c Three'] },
  ]
  for (const { key, from, expected } of moves) {
    it(`takes ids and caret along with Alt+${key} from ${from}`, () => {
      const doc = bilingual([p('a', 'One'), p('b', 'Two'), p('c', 'Three')])
      const editor = openEditor(doc)
      caretIn(editor, from, 1)

      press(editor, key, { altKey: true })

      expect(shown(editor)).toEqual(expected)
      expect(lines(doc)).toEqual(expected)
      expect(editor.state.selection.$from.parent.attrs.uid).toBe(from)
      expect(editor.state.selection.$from.parentOffset).toBe(1)
    })
  }

  it('moves an item within its list', () => {
    const editor = openEditor(
      bilingual([p('x', 'Intro'), list([p('a', 'One')], [p('b', 'Two'), list([p('c', 'Sub')])])]),
    )
    caretIn(editor, 'b')

    editor.commands.moveBlock('up')

    expect(shown(editor)).toEqual(['x/x Intro', 'b/b Two', 'c/c Sub', 'a/a One'])
  })

  it('moves a table as a whole', () => {
    const editor = openEditor(
      bilingual([p('x', 'Intro'), table([p('t1', 'Drug'), p('t2', 'Dose')])]),
    )
    caretIn(editor, 't2')

    editor.commands.moveBlock('up')

    expect(shown(editor)).toEqual(['t1/t1 Drug', 't2/t2 Dose', 'x/x Intro'])
  })

  it('does not move when it may not', () => {
    const asked: Move[] = []
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Two')]), 'en', {
      mayMove: (move) => asked.push(move) === 0,
    })
    caretIn(editor, 'b')

    expect(editor.commands.moveBlock('up')).toBe(false)
    expect(asked).toEqual([{ from: 0, to: 10, uids: ['a', 'b'] }])
    expect(shown(editor)).toEqual(['a/a One', 'b/b Two'])
  })
})

describe('copies', () => {
  it('makes a pasted copy a new unit', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Two'), p('e')]))
    const html = copyHtml(editor, 1, 9)
    caretIn(editor, 'e')

    pasteHtml(editor, html)

    expect(uidsAreDistinct(editor)).toBe(true)
    expect(shown(editor).slice(0, 2)).toEqual(['a/a One', 'b/b Two'])
    expect(units(editor).slice(2)).not.toContain('a')
    expect(units(editor).slice(2)).not.toContain('b')
  })

  it('makes a copy inserted in front of its original the new one', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Two')]))

    editor.commands.insertContentAt(0, p('b', 'Two'))

    expect(shown(editor)).toEqual(['n1/n2 Two', 'a/a One', 'b/b Two'])
  })

  it('keeps ids put there on purpose', () => {
    const editor = openEditor(bilingual([p('a', 'One')]))

    editor.commands.insertContentAt(editor.state.doc.content.size, p('other', '', 'fresh'))

    expect(shown(editor)).toEqual(['a/a One', 'fresh/other '])
  })

  it('lets a block that was cut come back as itself', () => {
    const editor = openEditor(bilingual([p('a', 'One'), h('b', 'Two'), p('c', 'Three')]))
    editor.commands.deleteRange({ from: 5, to: 10 })
    expect(shown(editor)).toEqual(['a/a One', 'c/c Three'])
    caretIn(editor, 'c', -1)
    pressEnter(editor)

    pasteHtml(
      editor,
      '<h2 data-uid="b" data-unit="b">Two</h2><p data-uid="z" data-unit="z">Foreign</p>',
    )

    expect(shown(editor).slice(0, 3)).toEqual(['a/a One', 'c/c Three', 'b/b Two'])
    expect(units(editor)).not.toContain('z')
  })

  it('pairs nothing that is pasted from the other language', () => {
    const doc = bilingual([p('a', 'One'), p('b', 'Two')], [p('a', 'Раз', 'ra'), h('b', 'Два')])
    const editor = openEditor(doc)
    caretIn(editor, 'b', -1)
    pressEnter(editor)
    editor.commands.insertContent('x')

    pasteHtml(
      editor,
      '<p data-uid="ra" data-unit="a">Раз</p><h2 data-uid="b9" data-unit="b">Два</h2>',
    )

    expect(units(editor).filter((unit) => unit === 'a' || unit === 'b')).toEqual(['a', 'b'])
  })

  it('leaves an empty block what it is when text is pasted into it', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('e')]))
    caretIn(editor, 'e')

    pasteHtml(editor, '<h2 data-uid="r1" data-unit="r1">Заголовок</h2>')

    expect(units(editor)).toEqual(['a', 'e'])
  })

  it('keeps ids when a block is dragged to another place', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Two'), p('c', 'Three')]))
    const { state, view } = editor
    const moved = state.doc.child(0)
    const tr = state.tr.delete(0, moved.nodeSize)

    view.dispatch(tr.insert(tr.doc.content.size, moved).setMeta('uiEvent', 'drop'))

    expect(shown(editor)).toEqual(['b/b Two', 'c/c Three', 'a/a One'])
  })
})

describe('other changes', () => {
  it('keeps a block itself when it becomes a heading', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('b', 'Two')]))
    caretIn(editor, 'a')
    editor.commands.toggleHeading({ level: 3 })
    const { state, view } = editor
    const heading = state.schema.nodes.heading
    view.dispatch(state.tr.setNodeMarkup(5, heading, { level: 2 }))

    expect(shown(editor)).toEqual(['a/a One', 'b/b Two'])
    expect(editor.state.doc.child(1).type.name).toBe('heading')
  })

  it('keeps an empty block itself when typing turns it into a heading', () => {
    const editor = openEditor(bilingual([p('a', 'One'), p('e', '##')]))
    caretIn(editor, 'e', -1)
    const { from, to } = editor.state.selection

    editor.view.someProp(
      'handleTextInput',
      (handle) =>
        handle(editor.view, from, to, ' ', () => editor.state.tr.insertText(' ')) || undefined,
    )

    expect(editor.state.doc.child(1).type.name).toBe('heading')
    expect(shown(editor)).toEqual(['a/a One', 'e/e '])
  })

  it('keeps ids in a list that is made and unmade', () => {
    const editor = openEditor(bilingual([p('a', 'One'), callout('note', p('b', 'Two'))]))
    caretIn(editor, 'a')
    editor.commands.toggleBulletList()
    expect(shown(editor)).toEqual(['a/a One', 'b/b Two'])
    editor.commands.toggleBulletList()

    expect(shown(editor)).toEqual(['a/a One', 'b/b Two'])
  })

  it('gives the cells of a new table ids', () => {
    const doc = bilingual([p('a', 'One')])
    const editor = openEditor(doc)
    caretIn(editor, 'a', -1)

    editor.commands.insertTable({ rows: 2, cols: 2, withHeaderRow: true })
    editor.commands.addColumnAfter()

    expect(units(editor)).toHaveLength(7)
    expect(uidsAreDistinct(editor)).toBe(true)
    expect(lines(doc)).toEqual(shown(editor))
  })

  it('writes nothing in a read-only editor', () => {
    const doc = bilingual([p('a', 'One'), p('b', 'Two')])
    const editor = openEditor(doc, 'en', { editable: false })

    editor.view.dispatch(editor.state.tr.split(2))

    expect(lines(doc)).toEqual(['a/a O', 'a/a ne', 'b/b Two'])
  })

  it('leaves to the server what was wrong before', () => {
    const doc = bilingual([p('a', 'One'), p('b', 'Two', 'a')])
    const editor = openEditor(doc)
    caretIn(editor, 'a', 1)
    pressEnter(editor)

    expect(shown(editor)).toEqual(['a/a O', 'n1/a ne', 'a/b Two'])
  })
})

function units(editor: Editor): string[] {
  return shown(editor).map((line) => line.split(/[/ ]/)[1] ?? '')
}

function uidsAreDistinct(editor: Editor): boolean {
  const uids = shown(editor).map((line) => line.split('/')[0])
  return new Set(uids).size === uids.length && !uids.includes('null')
}
