import * as Y from 'yjs'
import type { DocJson } from './content'
import { CHILDREN_OF, isContainer, isTextblock } from './grammar-shape'
import { protocolSchema } from './schema'

/**
 * The ProseMirror JSON of a shared body: valid by the grammar whatever the body holds, with every
 * attribute present and marks in the schema's order, so that equal texts give equal JSON.
 *
 * Concurrent valid edits can leave an empty list or a row without cells until the server repairs
 * them; a reader must not fall over that, so such containers are left out and an empty body is one
 * empty paragraph. The body itself is not changed.
 */
export function readDocJson(fragment: Y.XmlFragment): DocJson {
  const content = childrenOf(fragment, 'doc')
  if (content.length === 0) content.push({ type: 'paragraph' })
  return protocolSchema.nodeFromJSON({ type: 'doc', content }).toJSON()
}

function childrenOf(parent: Y.XmlFragment, type: string): DocJson[] {
  const allowed = CHILDREN_OF[type] ?? []
  const found: DocJson[] = []
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      const text = inlineOf(child)
      if (text.length === 0) continue
      if (isTextblock(type)) found.push(...text)
      else if (allowed.includes('paragraph')) found.push({ type: 'paragraph', content: text })
    } else if (child instanceof Y.XmlElement && allowed.includes(child.nodeName)) {
      const node = nodeOf(child)
      if (node) found.push(node)
    }
  }
  return found
}

/** @returns undefined for a container with nothing in it */
function nodeOf(element: Y.XmlElement): DocJson | undefined {
  const type = element.nodeName
  const content = childrenOf(element, type)
  if (content.length === 0 && isContainer(type)) {
    if (type !== 'tableCell' && type !== 'tableHeader') return undefined
    content.push({ type: 'paragraph' })
  }
  if (type === 'listItem' && content[0]?.type !== 'paragraph')
    content.unshift({ type: 'paragraph' })
  return { type, attrs: attrsOf(element), ...(content.length > 0 && { content }) }
}

function attrsOf(element: Y.XmlElement): Record<string, unknown> {
  const known = protocolSchema.nodes[element.nodeName]?.spec.attrs ?? {}
  const attrs: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(element.getAttributes())) {
    if (name in known && value !== undefined) attrs[name] = value
  }
  return attrs
}

type Delta = { insert?: unknown; attributes?: Record<string, unknown> }

function inlineOf(text: Y.XmlText): DocJson[] {
  const nodes: DocJson[] = []
  const delta: Delta[] = text.toDelta()
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string' || insert === '') continue
    const marks = marksOf(attributes ?? {})
    nodes.push({ type: 'text', text: insert, ...(marks.length > 0 && { marks }) })
  }
  return nodes
}

function marksOf(attributes: Record<string, unknown>) {
  const marks: NonNullable<DocJson['marks']> = []
  for (const [key, value] of Object.entries(attributes)) {
    // The binding writes a mark that may overlap itself as `name--hash`.
    const type = key.replace(/--[a-zA-Z0-9+/=]{8}$/, '')
    if (!(type in protocolSchema.marks) || value === null) continue
    marks.push(isRecord(value) && Object.keys(value).length > 0 ? { type, attrs: value } : { type })
  }
  return marks
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
