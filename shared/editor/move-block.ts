import type { Node } from '@tiptap/pm/model'
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'

/** Two neighbouring stretches of a document that change places. */
export type Move = {
  /** Of both together, in document positions. */
  from: number
  to: number
  /** Uids of the blocks in either. */
  uids: readonly string[]
}

/**
 * Move the top-level block with the caret, or the list item, past its neighbour. Its nodes travel as
 * they are, so ids and the alignment stay.
 *
 * @param mayMove asked before anything changes; a refusal is the same as having nowhere to go
 * @param apply false to ask only whether it can be done
 */
export function moveBlock(
  state: EditorState,
  tr: Transaction,
  direction: 'up' | 'down',
  mayMove: (move: Move) => boolean,
  apply: boolean,
): boolean {
  const { $from, $to, anchor, head } = state.selection
  const depth = movedDepth($from)
  if (depth === 0 || $to.depth < depth) return false

  const parent = $from.node(depth - 1)
  const first = $from.index(depth - 1)
  // a selection over several siblings moves them together
  const last = $to.node(depth - 1) === parent ? $to.index(depth - 1) : first
  const neighbour = direction === 'up' ? first - 1 : last + 1
  if (neighbour < 0 || neighbour >= parent.childCount) return false

  const start = $from.start(depth - 1)
  const place = (index: number) => {
    let pos = start
    for (let i = 0; i < index; i++) pos += parent.child(i).nodeSize
    return pos
  }
  const from = place(Math.min(first, neighbour))
  const to = place(Math.max(last, neighbour) + 1)
  if (
    !mayMove({
      from,
      to,
      uids: uidsOf(parent, Math.min(first, neighbour), Math.max(last, neighbour)),
    })
  )
    return false
  if (!apply) return true

  // The neighbour goes round the moved blocks: their own positions, and the caret in them, only shift.
  const other = parent.child(neighbour)
  const otherPos = place(neighbour)
  const shift = direction === 'up' ? -other.nodeSize : other.nodeSize
  tr.delete(otherPos, otherPos + other.nodeSize)
  tr.insert(direction === 'up' ? to - other.nodeSize : from, other)
  if (state.selection instanceof TextSelection) {
    tr.setSelection(TextSelection.create(tr.doc, anchor + shift, head + shift))
  } else {
    tr.setSelection(Selection.near(tr.doc.resolve($from.pos + shift)))
  }
  tr.scrollIntoView()
  return true
}

/** The innermost list item, else the top-level block. */
function movedDepth($pos: EditorState['selection']['$from']): number {
  for (let depth = $pos.depth; depth > 1; depth--) {
    if ($pos.node(depth).type.name === 'listItem') return depth
    if ($pos.node(depth).type.name === 'table') break
  }
  return Math.min($pos.depth, 1)
}

function uidsOf(parent: Node, first: number, last: number): string[] {
  const uids: string[] = []
  for (let index = first; index <= last; index++) {
    const child = parent.child(index)
    const take = (node: Node) => {
      const { uid } = node.attrs
      if (typeof uid === 'string') uids.push(uid)
    }
    take(child)
    child.descendants(take)
  }
  return uids
}
