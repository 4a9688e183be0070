import * as Y from 'yjs'

/** Nothing in one document is missing in the other: what was written, what was deleted, what it says. */
export function isSameContent(one: Y.Doc, other: Y.Doc): boolean {
  return (
    !other.store.pendingStructs &&
    !other.store.pendingDs &&
    Buffer.from(Y.encodeStateVector(one)).equals(Y.encodeStateVector(other)) &&
    Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other)) &&
    asText(one) === asText(other)
  )
}

/** Every root, whatever it is, in a form that can be compared. */
function asText(doc: Y.Doc): string {
  const roots = [...doc.share.keys()].sort()
  return JSON.stringify(
    roots.map((root) => [root, rootAsText(doc, root)]),
    inOrder,
  )
}

/** The order of keys is that of integration, and says nothing. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function rootAsText(doc: Y.Doc, root: string): unknown {
  return root.startsWith('body:')
    ? doc.getXmlFragment(root).toArray().map(nodeAsText)
    : doc.getMap(root).toJSON()
}

function nodeAsText(node: unknown): unknown {
  if (node instanceof Y.XmlText) return node.toDelta()
  if (!(node instanceof Y.XmlElement)) return String(node)
  return [node.nodeName, node.getAttributes(), node.toArray().map(nodeAsText)]
}
