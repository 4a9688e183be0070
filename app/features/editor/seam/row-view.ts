import type { UnitState, UnitStatus } from '../../../../shared/editor/alignment'
import type { Block } from '../../../../shared/editor/content'
import { changedWords, type DriftPart, excerpt } from '../../../../shared/editor/drift'
import type { Row } from '../../../../shared/editor/page-rows'
import { LANGUAGES, type Language, otherLanguage } from '../../../../shared/languages'
import type { SeamFace } from './seam-face'

/** What a column says under its text: the other language changed since the two were said to agree. */
export type DriftNote = {
  unit: string
  changed: Language
  parts: readonly DriftPart[]
}

/** What kind of block a row shows: its spacing and its mark in the seam follow from it. */
export type RowKind = 'heading2' | 'heading3' | 'paragraph' | 'list' | 'callout' | 'table'

/** One row of the page as people see it: text on both banks, the state between them. */
export type RowView = {
  key: string
  number: string | null
  kind: RowKind
  /** Null when there is no text in either language. */
  face: SeamFace | null
  /** The state that the face stands for: the most urgent of its units'. */
  state: UnitState | null
  units: readonly UnitStatus[]
  blocks: Record<Language, readonly Block[]>
  notes: Record<Language, readonly DriftNote[]>
  /** The language that has no text of this row yet. */
  missingIn: Language | null
  /** Two views of a row with the same signature look the same. */
  signature: string
}

/** Most urgent first: the order in which a row of several units takes its state from them. */
const URGENCY: readonly UnitState[] = [
  'duplicate',
  'both-changed',
  'source-changed',
  'target-changed',
  'extra',
  'missing',
  'order-differs',
  'draft',
  'in-sync',
  'reviewed',
]

const FACE_OF = {
  duplicate: 'check',
  'both-changed': 'drifted',
  'source-changed': 'drifted',
  'target-changed': 'drifted',
  extra: 'missing',
  missing: 'missing',
  'order-differs': 'check',
  draft: 'check',
  'in-sync': 'in-sync',
  reviewed: 'reviewed',
} as const satisfies Record<UnitState, SeamFace>

/**
 * The rows of the page with their states. Rows that look as they did are the same objects as in
 * `before`, so that a keystroke draws one row anew.
 */
export function viewRows(
  rows: readonly Row[],
  statuses: readonly UnitStatus[],
  before?: ReadonlyMap<string, RowView>,
): RowView[] {
  const byUnit = new Map(statuses.map((status) => [status.unit, status]))
  return rows.map((row) => {
    const units = row.units.flatMap((unit) => withText(byUnit.get(unit)))
    const signature = signatureOf(row, units)
    const known = before?.get(row.key)
    return known?.signature === signature ? known : viewRow(row, units, signature)
  })
}

/** Does somebody have something to do here? What F8 stops at. */
export function needsWork(row: Pick<RowView, 'face'>): boolean {
  return row.face === 'drifted' || row.face === 'missing' || row.face === 'check'
}

/** How many rows of a language somebody has to attend to, for the tabs of a phone. */
export function countAttention(rows: readonly RowView[]): Record<Language, number> {
  const count = (lang: Language) =>
    rows.filter((row) => row.units.some((unit) => unit.needsAttention.includes(lang))).length
  return { en: count('en'), ru: count('ru') }
}

/** Units of a row whose texts can be marked as agreeing: both are there, and no mark holds. */
export function markableUnits(row: Pick<RowView, 'units'>): UnitStatus[] {
  return row.units.filter(
    ({ state, hash }) =>
      hash.en !== null && hash.ru !== null && (state === 'draft' || FACE_OF[state] === 'drifted'),
  )
}

function viewRow(row: Row, units: readonly UnitStatus[], signature: string): RowView {
  const state = URGENCY.find((each) => units.some((unit) => unit.state === each)) ?? null
  return {
    key: row.key,
    number: row.number,
    kind: kindOf(row.en[0] ?? row.ru[0]),
    face: state && FACE_OF[state],
    state,
    units,
    blocks: { en: row.en, ru: row.ru },
    notes: { en: notesFor('en', units), ru: notesFor('ru', units) },
    missingIn:
      LANGUAGES.find((lang) => units.length > 0 && units.every((u) => u.hash[lang] === null)) ??
      null,
    signature,
  }
}

const withText = (status: UnitStatus | undefined): UnitStatus[] =>
  status && (status.hash.en !== null || status.hash.ru !== null) ? [status] : []

function notesFor(lang: Language, units: readonly UnitStatus[]): DriftNote[] {
  const changed = otherLanguage(lang)
  return units.flatMap((status) => {
    const { entry, from, state, unit } = status
    if (!entry || FACE_OF[state] !== 'drifted' || !status.needsAttention.includes(lang)) return []
    const then = from === changed ? entry.srcText : entry.tgtText
    const parts = excerpt(changedWords(then, status.text[changed], changed))
    return [{ unit, changed, parts }]
  })
}

function kindOf(block: Block | undefined): RowKind {
  if (block?.kind === 'heading') return block.level === 3 ? 'heading3' : 'heading2'
  return !block || block.within === 'body' ? 'paragraph' : block.within
}

function signatureOf(row: Row, units: readonly UnitStatus[]): string {
  const uids = (lang: Language) => row[lang].map((block) => block.uid).join()
  return [
    row.number,
    kindOf(row.en[0] ?? row.ru[0]),
    uids('en'),
    uids('ru'),
    ...units.map(({ unit, state, hash, entry }) =>
      [unit, state, hash.en, hash.ru, entry?.at, entry?.state].join(),
    ),
  ].join('|')
}
