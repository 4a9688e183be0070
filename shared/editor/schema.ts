import { type Extensions, getSchema, mergeAttributes, Node } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'
import { isSafeHref } from './safe-href'

/**
 * The one grammar of a protocol's text. The editor, the sync server and the reading view all use it;
 * a change to it is a new `SCHEMA_VERSION`.
 */

/** `uid` names one block; `unit` aligns it with its counterparts in the other languages. */
const identity = {
  uid: {
    default: null,
    keepOnSplit: true,
    parseHTML: (element: HTMLElement) => element.getAttribute('data-uid'),
    renderHTML: (attrs: Record<string, unknown>) => (attrs.uid ? { 'data-uid': attrs.uid } : {}),
  },
  unit: {
    default: null,
    keepOnSplit: true,
    parseHTML: (element: HTMLElement) => element.getAttribute('data-unit'),
    renderHTML: (attrs: Record<string, unknown>) => (attrs.unit ? { 'data-unit': attrs.unit } : {}),
  },
}

/** Nodes that carry `uid` and `unit`. */
export const UNIT_NODES = ['paragraph', 'heading'] as const

export const CALLOUT_KINDS = ['warning', 'contraindication', 'note'] as const
export type CalloutKind = (typeof CALLOUT_KINDS)[number]

/** A boxed warning, contraindication or note; its paragraphs are units of their own. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'paragraph+',
  defining: true,
  addAttributes() {
    return {
      kind: {
        default: 'warning',
        parseHTML: (element) => {
          const kind = element.getAttribute('data-callout')
          return (CALLOUT_KINDS as readonly (string | null)[]).includes(kind) ? kind : 'warning'
        },
        renderHTML: (attrs) => ({ 'data-callout': attrs.kind }),
      },
    }
  },
  parseHTML() {
    return [{ tag: 'aside[data-callout]' }]
  },
  renderHTML({ HTMLAttributes }) {
    // a note within the text, not a landmark of the page
    return ['aside', mergeAttributes({ role: 'note' }, HTMLAttributes), 0]
  },
})

/** Everything the text may hold, without behaviour: shortcuts, ids and collaboration are the editor's. */
export function grammarExtensions(): Extensions {
  return [
    Document.extend({ content: 'block+' }),
    Text,
    HardBreak,
    Paragraph.extend({
      addAttributes() {
        return identity
      },
    }),
    Heading.extend({
      addAttributes() {
        return { ...this.parent?.(), ...identity }
      },
    }).configure({ levels: [2, 3] }),
    BulletList,
    OrderedList,
    ListItem.extend({ content: 'paragraph (paragraph | bulletList | orderedList)*' }),
    Callout,
    Table.configure({ resizable: false }),
    TableRow,
    TableHeader.extend({ content: 'paragraph+' }),
    TableCell.extend({ content: 'paragraph+' }),
    Bold,
    Italic,
    Link.configure({
      openOnClick: false,
      autolink: false,
      linkOnPaste: true,
      HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null, class: null },
      isAllowedUri: (href) => isSafeHref(href ?? ''),
    }),
  ]
}

/** The ProseMirror schema of the grammar. */
export const protocolSchema = getSchema(grammarExtensions())
