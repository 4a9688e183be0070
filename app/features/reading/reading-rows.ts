import { countUnits, deriveUnits, pageRows } from '../../../shared/editor/alignment'
import type { DocJson, LiveContent } from '../../../shared/editor/content'
import { LANGUAGES, type Language } from '../../../shared/languages'
import type { UnitCounts } from '../../../shared/views'
import { countAttention, type DriftNote, type RowKind, viewRows } from '../editor/seam/row-view'
import type { SeamFace } from '../editor/seam/seam-face'

/** A paragraph, heading or whole table of one language, and the box it stands in. */
export type Piece = {
  node: DocJson
  /** Lists around it, outermost first; `item` counts within the innermost one, from 1. */
  list?: { ordered: boolean; depth: number; item: number; start: number }
  /** The kind of the callout around it, and whether it is its first paragraph. */
  callout?: { kind: string; isFirst: boolean }
}

/** One row as the server renders it: only what its reader sees. */
export type ReadingRow = {
  key: string
  number: string | null
  kind: RowKind
  face: SeamFace | null
  text: Record<Language, readonly Piece[]>
  notes: Record<Language, readonly DriftNote[]>
  missingIn: Language | null
  /** There was a text there once, and it was removed. */
  isRemoved: boolean
  /** For links to a paragraph, and the threads about it. */
  units: readonly string[]
}

export type Reading = {
  rows: readonly ReadingRow[]
  counts: UnitCounts
  /** Rows of each language that somebody has to attend to, for the tabs of a phone. */
  todo: Record<Language, number>
}

/** The committed text, ready to be shown row by row in both languages. */
export function toReading({ blocks, body, ledger }: LiveContent): Reading {
  const statuses = deriveUnits(blocks, ledger)
  const pieces = { en: piecesOf(body.en), ru: piecesOf(body.ru) }
  const views = viewRows(pageRows(blocks), statuses)
  const rows = views.map((row): ReadingRow => {
    const text = (lang: Language) => {
      const found = row.blocks[lang].map((block) => pieces[lang].get(block.uid))
      return [...new Set(found)].filter((piece) => piece !== undefined)
    }
    const { key, number, kind, face, notes, missingIn } = row
    const isRemoved = row.state === 'extra'
    const both = { en: text('en'), ru: text('ru') }
    const units = row.units.map(({ unit }) => unit)
    return { key, number, kind, face, text: both, notes, missingIn, isRemoved, units }
  })
  const shown = rows.filter((row) => row.face !== null || LANGUAGES.some((l) => row.text[l].length))
  return { rows: shown, counts: countUnits(statuses), todo: countAttention(views) }
}

/** Pieces by the uids of the blocks in them; all cells of a table lead to the same piece. */
function piecesOf(body: DocJson): Map<string, Piece> {
  const pieces = new Map<string, Piece>()
  const put = (node: DocJson, piece: Piece) => {
    const uid = node.attrs?.uid
    if (typeof uid === 'string' && !pieces.has(uid)) pieces.set(uid, piece)
  }
  const walk = (node: DocJson, around: Omit<Piece, 'node'>) => {
    if (isTextblock(node)) {
      put(node, { node, ...around })
    } else if (node.type === 'table') {
      const piece = { node }
      for (const cell of textblocksIn(node)) put(cell, piece)
    } else if (node.type === 'callout') {
      const kind = typeof node.attrs?.kind === 'string' ? node.attrs.kind : 'warning'
      node.content?.forEach((child, place) => {
        walk(child, { callout: { kind, isFirst: place === 0 } })
      })
    } else if (node.type === 'bulletList' || node.type === 'orderedList') {
      const ordered = node.type === 'orderedList'
      const start = typeof node.attrs?.start === 'number' ? node.attrs.start : 1
      const depth = (around.list?.depth ?? 0) + 1
      node.content?.forEach((item, index) => {
        item.content?.forEach((child, place) => {
          // later paragraphs of an item carry no marker of their own
          const list = { ordered, depth, item: place === 0 ? index + 1 : 0, start }
          walk(child, { list })
        })
      })
    } else {
      for (const child of node.content ?? []) walk(child, around)
    }
  }
  walk(body, {})
  return pieces
}

const isTextblock = (node: DocJson) => node.type === 'paragraph' || node.type === 'heading'

function textblocksIn(node: DocJson): DocJson[] {
  if (isTextblock(node)) return [node]
  return (node.content ?? []).flatMap(textblocksIn)
}
