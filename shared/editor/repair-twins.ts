import * as Y from 'yjs'
import { isTextblock } from './grammar-shape'

/**
 * Take out the second of two nodes that are the same in everything: kind, text and marks, and each
 * `uid` and `unit` in them, with some text.
 *
 * Why this is no loss: a `uid` is made for one block, and a copy that a person makes gets another one
 * at once. Two nodes with the same uids are therefore one node that two people moved at the same time,
 * a move being a deletion and an insertion. While their texts are the same, either copy is the whole
 * truth; once they differ both stay, and people decide. Empty ones stay too: they cost nothing.
 *
 * @returns whether anything was removed
 */
export function removeTwins(body: Y.XmlFragment): boolean {
  if (!hasDoubledUid(body)) return false
  const seen = new Set<string>()
  let changed = false
  const visit = (parent: Y.XmlFragment) => {
    for (let index = 0; index < parent.length; index++) {
      const child: unknown = parent.get(index)
      if (!(child instanceof Y.XmlElement)) continue
      const likeness = likenessOf(child)
      if (likeness !== undefined && seen.has(likeness)) {
        parent.delete(index, 1)
        index--
        changed = true
        continue
      }
      if (likeness !== undefined) seen.add(likeness)
      // A table is one thing: its cells cannot go one by one.
      if (!isTextblock(child.nodeName) && child.nodeName !== 'table') visit(child)
    }
  }
  visit(body)
  return changed
}

function hasDoubledUid(body: Y.XmlFragment): boolean {
  const seen = new Set<string>()
  const visit = (parent: Y.XmlFragment): boolean =>
    parent.toArray().some((child) => {
      if (!(child instanceof Y.XmlElement)) return false
      if (!isTextblock(child.nodeName)) return visit(child)
      const uid = child.getAttribute('uid')
      if (typeof uid !== 'string') return false
      const isDouble = seen.has(uid)
      seen.add(uid)
      return isDouble
    })
  return visit(body)
}

/** All that a node says, as a string; undefined without text, or with a block that has no ids. */
function likenessOf(element: Y.XmlElement): string | undefined {
  let hasText = false
  let hasIds = true
  const write = (node: unknown): unknown => {
    if (node instanceof Y.XmlText) {
      const delta: unknown[] = node.toDelta()
      hasText ||= delta.length > 0
      return delta
    }
    if (!(node instanceof Y.XmlElement)) return null
    const attrs = Object.entries(node.getAttributes()).sort(([a], [b]) => (a < b ? -1 : 1))
    if (isTextblock(node.nodeName) && !(node.getAttribute('uid') && node.getAttribute('unit')))
      hasIds = false
    return [node.nodeName, attrs, node.toArray().map(write)]
  }
  const likeness = JSON.stringify(write(element))
  return hasText && hasIds ? likeness : undefined
}
