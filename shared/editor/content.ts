import type { Language } from '../languages'

/** ProseMirror JSON, as `node.toJSON()` gives it. */
export type DocJson = {
  type: string
  attrs?: Record<string, unknown>
  content?: DocJson[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}

/** A paragraph-like node of one language, with its identity and its alignment key. */
export type Block = {
  uid: string
  /** Shared by its counterparts in the other languages; several blocks of one language may carry it. */
  unit: string
  kind: 'paragraph' | 'heading'
  /** Heading level 2 or 3; undefined for paragraphs. */
  level?: number | undefined
  /** Plain text, hard breaks as "\n". Not normalised. */
  text: string
  /** Where it stands. */
  within: 'body' | 'list' | 'callout' | 'table'
  /** For table cells: which table (the unit of its first cell), so that a table is one row of the page. */
  table?: string | undefined
  /** For blocks of a list or callout: which one (the unit of its first block), so that it is one clause. */
  container?: string | undefined
}

/** When a unit's two texts were last said to agree, and by whom. Written by the server alone. */
export type LedgerEntry = {
  /** SHA-256 (hex) of the normalised source and target texts at that moment. */
  src: string
  tgt: string
  srcText: string
  tgtText: string
  state: 'translated' | 'reviewed'
  /** User id, and the name as it was, so that history reads without a look-up. */
  by: string
  /** UTC, ISO-8601. */
  at: string
}

/** Key of the ledger: `unit|en>ru`. */
export type LedgerKey = `${string}|${Language}>${Language}`
export type Ledger = Readonly<Record<string, LedgerEntry>>

/** The committed content of a bilingual document. */
export type LiveContent = {
  body: Record<Language, DocJson>
  blocks: Record<Language, readonly Block[]>
  ledger: Ledger
}

/** Names of the shared roots of the Y.Doc; clients may write only the bodies. */
export const BODY_ROOT = { en: 'body:en', ru: 'body:ru' } as const satisfies Record<
  Language,
  string
>
export const LEDGER_ROOT = 'ledger'
export const META_ROOT = 'meta'

/** Version of the grammar below; a client with an older one is asked to reload. */
export const SCHEMA_VERSION = 1
