import type { Node } from '@tiptap/pm/model'
import type { NewBlockId } from './block-id'
import type { DocJson } from './content'
import { isTextblock } from './grammar-shape'

/** What to put where in the other language's body, as `insertContentAt` takes it. */
export type Counterpart = { pos: number; node: DocJson }

/**
 * The empty counterpart of a node: same kind, level, list, callout or table shape, and the same units,
 * so that it is aligned from the start; its blocks are new.
 */
export function counterpartOf(source: DocJson, newId: NewBlockId): DocJson {
  if (isTextblock(source.type)) {
    return { type: source.type, attrs: { ...source.attrs, uid: newId() } }
  }
  return {
    type: source.type,
    ...(source.attrs && { attrs: source.attrs }),
    ...(source.content && { content: source.content.map((child) => counterpartOf(child, newId)) }),
  }
}

/**
 * Where a top-level block belongs in the other body: after the block of the nearest preceding unit
 * that the other body has, else at its beginning.
 *
 * @param unitsBefore units in front of it in its own body, in order
 * @returns a position between top-level blocks
 */
export function placeCounterpart(target: Node, unitsBefore: readonly string[]): number {
  const ends = new Map<string, number>()
  target.forEach((child, offset) => {
    for (const unit of unitsUnder(child)) ends.set(unit, offset + child.nodeSize)
  })
  const nearest = unitsBefore.findLast((unit) => ends.has(unit))
  return (nearest !== undefined && ends.get(nearest)) || 0
}

/**
 * How to give a unit its place in the other language: an empty block of the same kind beside the
 * counterparts of its neighbours. Where the other body has nothing of the list, callout or table
 * around it, the whole of that comes along, so that both sides keep one shape.
 *
 * @returns null if the source has no such unit, the target has it already, or it is a cell of a row
 *   that stands in the target with other cells
 */
export function planCounterpart(
  source: Node,
  target: Node,
  unit: string,
  newId: NewBlockId,
): Counterpart | null {
  const present = new Set(unitsUnder(target))
  const path = pathTo(source, unit)
  if (!path || present.has(unit)) return null

  const level = path.findIndex(
    ({ node }) => !unitsUnder(node).some((inside) => present.has(inside)),
  )
  const missing = path[level]
  if (
    !missing ||
    missing.node.type.name === 'tableCell' ||
    missing.node.type.name === 'tableHeader'
  )
    return null
  const node = counterpartOf(toJson(missing.node), newId)
  const beside = level > 0 ? placeBeside(target, missing) : null
  if (beside !== null) return { pos: beside, node }

  // Its neighbours stand elsewhere there: as a list or callout of its own.
  const wrappers = path.slice(0, level).map((step) => step.node)
  const wrapped = wrappers.reduceRight<DocJson>((inner, wrapper) => {
    const { attrs, type } = wrapper
    const content =
      type.name === 'listItem' && inner.type !== 'paragraph'
        ? [{ type: 'paragraph' }, inner]
        : [inner]
    return { type: type.name, attrs: { ...attrs }, content }
  }, node)
  if (wrappers.some((wrapper) => wrapper.type.name === 'table')) return null
  return {
    pos: placeCounterpart(target, unitsBefore(source, unitsUnder(missing.node)[0])),
    node: wrapped,
  }
}

/** A node on the way from the body to a block, and where it stands in its parent. */
type Step = { node: Node; parent: Node; index: number }

function pathTo(parent: Node, unit: string): Step[] | undefined {
  for (let index = 0; index < parent.childCount; index++) {
    const node = parent.child(index)
    if (isTextblock(node.type.name)) {
      if (node.attrs.unit === unit) return [{ node, parent, index }]
      continue
    }
    const rest = pathTo(node, unit)
    if (rest) return [{ node, parent, index }, ...rest]
  }
  return undefined
}

/** Beside the counterpart of the nearest sibling, if that stands in a container of the same kind. */
function placeBeside(target: Node, { parent, index }: Step): number | null {
  for (let before = index - 1; before >= 0; before--) {
    const found = findSibling(target, parent.child(before), parent)
    if (found) return found.end
  }
  for (let after = index + 1; after < parent.childCount; after++) {
    const found = findSibling(target, parent.child(after), parent)
    if (found) return found.start
  }
  return null
}

function findSibling(target: Node, sibling: Node, parent: Node) {
  // A sibling's first unit is its own paragraph, later ones may be of lists nested in it.
  for (const unit of unitsUnder(sibling)) {
    let start = -1
    target.descendants((node, pos) => {
      if (start >= 0 || isTextblock(node.type.name)) {
        if (start < 0 && node.attrs.unit === unit) start = pos
        return false
      }
      return true
    })
    if (start < 0) continue
    const $pos = target.resolve(start + 1)
    for (let depth = $pos.depth; depth > 0; depth--) {
      // by name: the two editors have a schema each
      if ($pos.node(depth).type.name !== sibling.type.name) continue
      if ($pos.node(depth - 1).type.name !== parent.type.name) continue
      return { start: $pos.before(depth), end: $pos.after(depth) }
    }
  }
  return undefined
}

function unitsBefore(source: Node, unit: string | undefined): string[] {
  const units = unitsUnder(source)
  return units.slice(0, unit === undefined ? 0 : units.indexOf(unit))
}

function unitsUnder(node: Node): string[] {
  const units: string[] = []
  const take = (inner: Node) => {
    const { unit } = inner.attrs
    if (typeof unit === 'string' && unit !== '') units.push(unit)
  }
  take(node)
  node.descendants(take)
  return units
}

function toJson(node: Node): DocJson {
  return node.toJSON()
}
