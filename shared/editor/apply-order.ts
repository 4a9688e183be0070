import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { type Language, otherLanguage } from '../languages'
import { isTextblock } from './grammar-shape'
import type { Move } from './move-block'
import { movedKeys } from './order'

/** Whole siblings of one parent that go to another place in it, in positions before the move. */
export type OrderMove = { from: number; to: number; insertAt: number }

/** What holds things that have an order of their own, to which one of them can be moved. */
const KEEPS_ORDER = new Set(['doc', 'bulletList', 'orderedList', 'callout'])

/**
 * Where a unit's blocks go in one language so that they stand as in the other: after the counterpart of
 * the nearest unit before it that stands in the same order in both. The innermost list item or block of
 * a callout goes within its list or callout if that is enough, else the whole top-level block goes.
 *
 * @param side the language in which something is moved
 * @returns null if the unit stands in the same order already, or no move of its blocks alone can help
 */
export function planOrder(
  docs: Record<Language, Node>,
  unit: string,
  side: Language,
): OrderMove | null {
  const movedWith = (order: readonly string[]) =>
    side === 'en'
      ? movedKeys(order, distinct(unitsIn(docs.ru)))
      : movedKeys(distinct(unitsIn(docs.en)), order)
  const before = movedWith(distinct(unitsIn(docs[side])))
  if (!before.has(unit)) return null

  const doc = docs[side]
  const model = distinct(unitsIn(docs[otherLanguage(side)]))
  const here = new Set(unitsIn(doc))
  const anchor = model
    .slice(0, model.indexOf(unit))
    .findLast((each) => here.has(each) && !before.has(each))

  for (const { parent, start } of parentsOf(doc, unit)) {
    const move = moveWithin(parent, start, unit, anchor)
    if (!move) continue
    const after = movedWith(distinct(unitsAfter(parent, doc, move, start)))
    if (!after.has(unit) && after.size < before.size) return move
  }
  return null
}

/** The stretch that loses concurrent typing in a move: all that changes places, for the move guard. */
export function stretchOf(doc: Node, { from, to, insertAt }: OrderMove): Move {
  const stretch = { from: Math.min(from, insertAt), to: Math.max(to, insertAt) }
  const uids: string[] = []
  doc.nodesBetween(stretch.from, stretch.to, (node) => {
    const { uid } = node.attrs
    if (typeof uid === 'string') uids.push(uid)
  })
  return { ...stretch, uids }
}

/** Carry a planned move out as one edit: the nodes travel as they are, ids and all. */
export function applyOrder(state: EditorState, { from, to, insertAt }: OrderMove): Transaction {
  const { content } = state.doc.slice(from, to)
  const tr = state.tr.delete(from, to)
  return tr.insert(tr.mapping.map(insertAt), content)
}

type Parent = { parent: Node; start: number }

/** What the unit's first block stands in and could be moved within, the innermost first. */
function parentsOf(doc: Node, unit: string): Parent[] {
  let found = -1
  doc.descendants((node, pos) => {
    if (found < 0 && isTextblock(node.type.name) && node.attrs.unit === unit) found = pos
    return found < 0
  })
  if (found < 0) return []
  const $pos = doc.resolve(found)
  const parents: Parent[] = []
  for (let depth = $pos.depth; depth >= 0; depth--) {
    const parent = $pos.node(depth)
    if (KEEPS_ORDER.has(parent.type.name)) parents.push({ parent, start: $pos.start(depth) })
  }
  return parents
}

function moveWithin(
  parent: Node,
  start: number,
  unit: string,
  anchor: string | undefined,
): OrderMove | null {
  let from = -1
  let to = -1
  let insertAt = start
  let isOneRun = true
  parent.forEach((child, offset) => {
    const units = unitsIn(child)
    const at = start + offset
    const end = at + child.nodeSize
    if (units.includes(unit)) {
      if (from < 0) from = at
      else if (to !== at) isOneRun = false
      to = end
    }
    if (anchor !== undefined && units.includes(anchor)) insertAt = end
  })
  if (from < 0 || !isOneRun || (insertAt >= from && insertAt <= to)) return null
  return { from, to, insertAt }
}

/** Units in the order that they would have after a move. */
function unitsAfter(parent: Node, doc: Node, { from, to, insertAt }: OrderMove, start: number) {
  const placed: { units: string[]; at: number }[] = []
  parent.forEach((child, offset) => {
    const at = start + offset
    const moves = at >= from && at < to
    // between what ends at that position and what begins there
    placed.push({ units: unitsIn(child), at: moves ? insertAt - 0.5 : at })
  })
  const inside = placed.sort((a, b) => a.at - b.at).flatMap(({ units }) => units)
  const old = unitsIn(parent)
  const all = unitsIn(doc)
  const first = unitsIn(doc.cut(0, start)).length
  return [...all.slice(0, first), ...inside, ...all.slice(first + old.length)]
}

const distinct = (units: readonly string[]) => [...new Set(units)]

/** The units of all blocks in a node, itself included, in order. */
function unitsIn(node: Node): string[] {
  const units: string[] = []
  const take = (each: Node) => {
    const { unit } = each.attrs
    if (isTextblock(each.type.name) && typeof unit === 'string' && unit !== '') units.push(unit)
    return !isTextblock(each.type.name)
  }
  if (take(node)) node.descendants(take)
  return units
}
