import * as Y from 'yjs'
import type { Language } from '../languages'
import {
  type Block,
  BODY_ROOT,
  LEDGER_ROOT,
  type Ledger,
  type LedgerEntry,
  type LiveContent,
} from './content'
import { readDocJson } from './doc-json'
import { isTextblock } from './grammar-shape'

/**
 * The paragraph-like nodes of one body, in reading order, straight from the Yjs types. Empty blocks
 * are included. A block whose identity has not been given yet has `''` for it.
 */
export function readBlocks(fragment: Y.XmlFragment): Block[] {
  return fragment.toArray().flatMap((child) => blocksUnder(child, blocksOf))
}

/** Reads a body again and again while it is edited: only what changed is read anew. */
export type BlockReader = {
  /** An unchanged body is the same array as before, an unchanged paragraph of it the same object. */
  read(): readonly Block[]
  /** Stop listening to the body. */
  destroy(): void
}

/**
 * A reader for live use: a keystroke in a body of 1,000 units costs one block and one array, not a
 * walk of the document.
 */
export function createBlockReader(fragment: Y.XmlFragment): BlockReader {
  const known = new WeakMap<object, readonly Block[]>()
  let whole: readonly Block[] | undefined

  const forget = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
    whole = undefined
    for (const { target } of events) {
      let type: Y.AbstractType<unknown> | null = target
      while (type !== null && type !== fragment) {
        known.delete(type)
        type = type.parent
      }
    }
  }
  fragment.observeDeep(forget)

  const cached = (element: Y.XmlElement): readonly Block[] => {
    const before = known.get(element)
    if (before) return before
    const blocks = blocksOf(element, cached)
    known.set(element, blocks)
    return blocks
  }

  return {
    read() {
      whole ??= fragment.toArray().flatMap((child) => blocksUnder(child, cached))
      return whole
    },
    destroy: () => fragment.unobserveDeep(forget),
  }
}

/** The committed content of a document: both bodies as JSON and as blocks, and the ledger. */
export function readContent(doc: Y.Doc): LiveContent {
  const body = (lang: Language) => doc.getXmlFragment(BODY_ROOT[lang])
  return {
    body: { en: readDocJson(body('en')), ru: readDocJson(body('ru')) },
    blocks: { en: readBlocks(body('en')), ru: readBlocks(body('ru')) },
    ledger: readLedger(doc),
  }
}

/** The ledger as plain data; a row that is not one is left out. Unchanged rows are the same objects. */
export function readLedger(doc: Y.Doc): Ledger {
  const ledger: Record<string, LedgerEntry> = {}
  for (const [key, value] of doc.getMap(LEDGER_ROOT)) {
    if (isLedgerEntry(value)) ledger[key] = value
  }
  return ledger
}

const ENTRY_TEXTS = ['src', 'tgt', 'srcText', 'tgtText', 'by', 'at'] as const

function isLedgerEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false
  const row = new Map<string, unknown>(Object.entries(value))
  const state = row.get('state')
  return (
    (state === 'translated' || state === 'reviewed') &&
    ENTRY_TEXTS.every((name) => typeof row.get(name) === 'string')
  )
}

type ReadElement = (element: Y.XmlElement) => readonly Block[]

function blocksUnder(child: unknown, read: ReadElement): readonly Block[] {
  return child instanceof Y.XmlElement ? read(child) : []
}

/** What an element says about the blocks below it; the outermost list, callout or table wins. */
const WITHIN: Readonly<Record<string, Exclude<Block['within'], 'body'>>> = {
  bulletList: 'list',
  orderedList: 'list',
  callout: 'callout',
  table: 'table',
}

function blocksOf(element: Y.XmlElement, read: ReadElement = blocksOf): readonly Block[] {
  if (isTextblock(element.nodeName)) return [textblockOf(element)]
  const inside = element.toArray().flatMap((child) => blocksUnder(child, read))
  const within = WITHIN[element.nodeName]
  if (!within) return inside
  const first = inside[0]?.unit ?? ''
  return inside.map((block) => ({
    ...block,
    within,
    ...(within === 'table' ? { table: first } : { container: first }),
  }))
}

function textblockOf(element: Y.XmlElement): Block {
  const attrs = new Map<string, unknown>(Object.entries(element.getAttributes()))
  const word = (name: string) => {
    const value = attrs.get(name)
    return typeof value === 'string' ? value : ''
  }
  const block: Block = {
    uid: word('uid'),
    unit: word('unit'),
    kind: element.nodeName === 'heading' ? 'heading' : 'paragraph',
    text: element.toArray().map(textOf).join(''),
    within: 'body',
  }
  const level = attrs.get('level')
  if (block.kind === 'heading') block.level = typeof level === 'number' ? level : 2
  return block
}

function textOf(child: unknown): string {
  // `XmlText.toString` writes its marks as tags; the plain text is its parent class's.
  if (child instanceof Y.XmlText) return Y.Text.prototype.toString.call(child)
  return child instanceof Y.XmlElement && child.nodeName === 'hardBreak' ? '\n' : ''
}
