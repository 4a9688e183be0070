import type { Editor } from '@tiptap/core'
import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import type { CalloutKind } from '../../../../shared/editor/schema'

/**
 * Box the paragraphs of the selection, change the kind of the box around them, or take it away (null).
 * The paragraphs stay who they are, so their translations stay aligned.
 *
 * @returns false where no box can stand: in a list or a table
 */
export function setCallout(editor: Editor, kind: CalloutKind | null): boolean {
  const { state, view } = editor
  const { $from, $to } = state.selection
  const { callout, paragraph } = state.schema.nodes
  if (!callout || !paragraph) return false

  const top = $from.node(1)
  const tr = state.tr
  if (top.type === callout) {
    const pos = $from.before(1)
    if (kind) tr.setNodeAttribute(pos, 'kind', kind)
    else tr.replaceWith(pos, pos + top.nodeSize, top.content)
    // unwrapped text begins one position earlier
    const { anchor, head } = state.selection
    if (!kind) tr.setSelection(TextSelection.create(tr.doc, anchor - 1, head - 1))
  } else {
    if (!kind) return false
    const first = $from.index(0)
    const last = $to.index(0)
    const inside: ProseMirrorNode[] = []
    for (let index = first; index <= last; index++) {
      const child = state.doc.child(index)
      if (child.type !== paragraph) return false
      inside.push(child)
    }
    const from = $from.before(1)
    const to = $to.after(1)
    tr.replaceWith(from, to, callout.create({ kind }, Fragment.from(inside)))
    const { anchor, head } = state.selection
    tr.setSelection(TextSelection.create(tr.doc, anchor + 1, head + 1))
  }
  view.dispatch(tr.scrollIntoView())
  view.focus()
  return true
}
