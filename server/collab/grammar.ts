import type { ContentMatch, NodeType } from '@tiptap/pm/model'
import { isSafeHref } from '../../shared/editor/safe-href'
import { CALLOUT_KINDS, protocolSchema } from '../../shared/editor/schema'
import type { Content } from './decode'
import { MAX_TREE_DEPTH } from './limits'
import { Refusal } from './refusal'

/**
 * What the one grammar allows inside the Yjs types, as the binding writes it: a node is an XmlElement
 * named like it, its attributes are the element's, text is an XmlText whose formats are the marks.
 */

/** Where content stands: a root fragment, an element by its name, or a text. */
export type Holder = { root: string; name: string; depth: number }

export const ROOT_HOLDER = '#root'
export const TEXT_HOLDER = '#text'
/** A shared type that no protocol has; nothing may be written into it. */
export const FOREIGN_HOLDER = '#foreign'

type ValueRule = (value: unknown) => boolean

const isIdentity: ValueRule = (v) => typeof v === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(v)
const isWhole =
  (least: number, most: number): ValueRule =>
  (v) =>
    typeof v === 'number' && Number.isInteger(v) && v >= least && v <= most
const isOneOf =
  (...words: readonly unknown[]): ValueRule =>
  (v) =>
    words.includes(v)
const isShortText: ValueRule = (v) => typeof v === 'string' && v.length <= 200

/** Rules of attribute values, by `node.attribute` or `attribute`; one without a rule is refused. */
const ATTRIBUTE_RULES: Readonly<Record<string, ValueRule>> = {
  uid: isIdentity,
  unit: isIdentity,
  level: isOneOf(2, 3),
  kind: isOneOf(...CALLOUT_KINDS),
  start: isWhole(0, 1_000_000),
  'orderedList.type': isOneOf('1', 'a', 'A', 'i', 'I'),
  colspan: isWhole(1, 100),
  rowspan: isWhole(1, 100),
  colwidth: (v) => Array.isArray(v) && v.length <= 100 && v.every(isWhole(0, 10_000)),
  align: isOneOf('left', 'center', 'right'),
}

const MARK_RULES: Readonly<Record<string, ValueRule>> = {
  'link.href': (v) => typeof v === 'string' && isSafeHref(v),
  'link.target': isOneOf('_blank', '_self'),
  'link.rel': isShortText,
  'link.class': isShortText,
  'link.title': isShortText,
}

/** Attributes that may be null, because that is their default. */
function isNullable(attrs: Readonly<Record<string, { default?: unknown }>>, name: string): boolean {
  return attrs[name]?.default === null
}

/** Every node type that can stand directly inside another, in any position. */
function childrenOf(type: NodeType): ReadonlySet<string> {
  const names = new Set<string>()
  const seen = new Set<ContentMatch>()
  const walk = (match: ContentMatch) => {
    if (seen.has(match)) return
    seen.add(match)
    for (let i = 0; i < match.edgeCount; i++) {
      const edge = match.edge(i)
      names.add(edge.type.name)
      walk(edge.next)
    }
  }
  walk(type.contentMatch)
  return names
}

const CHILDREN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.values(protocolSchema.nodes).map((type) => [
    type === protocolSchema.topNodeType ? ROOT_HOLDER : type.name,
    childrenOf(type),
  ]),
)

/** Attributes and marks of the schema for which nobody has written a rule; a test keeps it empty. */
export function attributesWithoutRule(): string[] {
  const missing: string[] = []
  for (const type of Object.values(protocolSchema.nodes)) {
    for (const name of Object.keys(type.spec.attrs ?? {})) {
      if (!attributeRule(type.name, name)) missing.push(`${type.name}.${name}`)
    }
  }
  for (const type of Object.values(protocolSchema.marks)) {
    for (const name of Object.keys(type.spec.attrs ?? {})) {
      if (!own(MARK_RULES, `${type.name}.${name}`)) missing.push(`${type.name}.${name}`)
    }
  }
  return missing
}

/**
 * May this content stand there? Deleted content may stand anywhere: it has no shape any more.
 *
 * @param sub the attribute's name if it is written as one
 * @throws Refusal `document_rules`, or `frame_policy` for trees nested too deep
 */
export function checkContent(content: Content, holder: Holder, sub: string | null): void {
  if (content.kind === 'gone' || content.kind === 'deleted') return
  if (holder.depth >= MAX_TREE_DEPTH) throw new Refusal('frame_policy', 'nested too deep')
  if (sub !== null) checkAttribute(content, holder, sub)
  else if (content.kind === 'format') checkFormat(content.key, content.value, holder)
  else if (!isChild(content, holder)) throw broken(`${content.kind} in ${holder.name}`)
}

function isChild(content: Content, holder: Holder): boolean {
  const children = CHILDREN.get(holder.name)
  if (content.kind === 'text') return holder.name === TEXT_HOLDER
  if (content.kind === 'xml-text') return children?.has('text') ?? false
  return content.kind === 'element' && content.name !== 'text' && !!children?.has(content.name)
}

function checkAttribute(content: Content, holder: Holder, name: string): void {
  const attrs = own(protocolSchema.nodes, holder.name)?.spec.attrs
  if (!attrs || !own(attrs, name)) throw broken('unknown attribute')
  if (content.kind !== 'values' || content.values.length !== 1) throw broken('no attribute value')
  const value = content.values[0]
  if (value === null && isNullable(attrs, name)) return
  if (!attributeRule(holder.name, name)?.(value)) throw broken(`value of ${holder.name}.${name}`)
}

function checkFormat(key: string, value: unknown, holder: Holder): void {
  if (holder.name !== TEXT_HOLDER) throw broken('mark outside text')
  const mark = own(protocolSchema.marks, key)
  if (!mark) throw broken('unknown mark')
  if (value === null) return
  if (typeof value !== 'object' || Array.isArray(value)) throw broken(`value of ${key}`)
  const attrs = mark.spec.attrs ?? {}
  for (const [name, given] of Object.entries(value)) {
    if (!own(attrs, name)) throw broken(`unknown attribute of ${key}`)
    if (given === null && isNullable(attrs, name) && name !== 'href') continue
    if (!own(MARK_RULES, `${key}.${name}`)?.(given)) throw broken(`value of ${key}.${name}`)
  }
  if (own(attrs, 'href') && !Object.hasOwn(value, 'href')) throw broken('link without address')
}

function attributeRule(node: string, name: string): ValueRule | undefined {
  return own(ATTRIBUTE_RULES, `${node}.${name}`) ?? own(ATTRIBUTE_RULES, name)
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function broken(detail: string): Refusal {
  return new Refusal('document_rules', detail)
}
