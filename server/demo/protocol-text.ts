import type { DocJson, LedgerEntry } from '../../shared/editor/content'
import { ledgerKey } from '../../shared/editor/ledger'
import { unitHash } from '../../shared/editor/unit-hash'
import { LANGUAGES, type Language, otherLanguage } from '../../shared/languages'
import type { DemoProtocol, Line, LineState } from './content/types'
import { plainText, toInline } from './inline-text'

export type ProtocolText = {
  bodies: Record<Language, DocJson>
  ledger: Record<string, LedgerEntry>
}

/** What is written of a demonstration text: a protocol's, or a workshop's notes. */
type Written = Pick<DemoProtocol, 'key' | 'source' | 'lines'>

/** Who marked the lines, and the time of the first mark; later ones follow by minutes. */
export type Marking = { translatedBy: string; reviewedBy: string; at: Date }

/** A paragraph-like unit of both languages; `row` and `column` for the cells of a table. */
type Unit = { id: string; texts: Record<Language, string | null>; state: LineState | undefined }

/**
 * The two bodies and the ledger of a demonstration protocol; equal input gives equal output, so that
 * its first content has fixed bytes.
 *
 * @throws Error if the cells of a table row do not pair
 */
export function writeText(protocol: Written, marking: Marking): ProtocolText {
  const lines = protocol.lines.map((line, index) => ({
    line,
    units: unitsOf(protocol, line, index),
  }))
  const bodyOf = (lang: Language): DocJson => ({ type: 'doc', content: blocksOf(lines, lang) })
  const units = lines.flatMap((each) => each.units)
  return {
    bodies: { en: bodyOf('en'), ru: bodyOf('ru') },
    ledger: ledgerOf(units, protocol.source, marking),
  }
}

/**
 * What a unit says in each language, without marks.
 *
 * @param asMarked as it read before it drifted
 * @returns undefined if the protocol has no such unit
 */
export function textsOfUnit(
  protocol: Written,
  id: string,
  asMarked: boolean,
): Record<Language, string | null> | undefined {
  const units = protocol.lines.flatMap((line, index) => unitsOf(protocol, line, index))
  const unit = units.find((each) => each.id === id)
  if (!unit) return undefined
  const texts = asMarked ? { ...unit.texts, ...earlier(unit.state) } : unit.texts
  return { en: texts.en && plainText(texts.en), ru: texts.ru && plainText(texts.ru) }
}

function unitsOf({ key }: Written, line: Line, index: number): Unit[] {
  const [kind, en, ru, state] = line
  const id = `${key}-${String(index + 1).padStart(2, '0')}`
  if (kind !== 'th' && kind !== 'tr') return [{ id, texts: { en, ru }, state }]
  const cells = { en: en?.split(' | ') ?? [], ru: ru?.split(' | ') ?? [] }
  if (cells.en.length !== cells.ru.length) throw new Error(`The cells of ${id} do not pair.`)
  return cells.en.map((text, column) => ({
    id: `${id}-${column + 1}`,
    texts: { en: text, ru: cells.ru[column] ?? null },
    state,
  }))
}

type WrittenLine = { line: Line; units: readonly Unit[] }

/** The nodes of one language; neighbouring list lines and table lines share their list and table. */
function blocksOf(lines: readonly WrittenLine[], lang: Language): DocJson[] {
  const blocks: DocJson[] = []
  let open: { type: string; content: DocJson[] } | undefined
  for (const { line, units } of lines) {
    const [kind] = line
    const texts = units.flatMap((unit) => textblockOf(unit, lang, kind))
    const container = CONTAINERS[kind]
    if (!container) open = undefined
    const [first] = texts
    if (!first) continue
    if (!container) {
      blocks.push(isCallout(kind) ? { type: 'callout', attrs: { kind }, content: texts } : first)
      continue
    }
    if (open?.type !== container) {
      open = { type: container, content: [] }
      blocks.push(open)
    }
    open.content.push(partOf(kind, texts))
  }
  return blocks
}

const CONTAINERS: Readonly<Partial<Record<Line[0], string>>> = {
  li: 'bulletList',
  ol: 'orderedList',
  th: 'table',
  tr: 'table',
}

function isCallout(kind: Line[0]): boolean {
  return kind === 'note' || kind === 'warning' || kind === 'contraindication'
}

function partOf(kind: Line[0], texts: readonly DocJson[]): DocJson {
  if (kind === 'li' || kind === 'ol') return { type: 'listItem', content: [...texts] }
  const type = kind === 'th' ? 'tableHeader' : 'tableCell'
  return { type: 'tableRow', content: texts.map((text) => ({ type, content: [text] })) }
}

function textblockOf(unit: Unit, lang: Language, kind: Line[0]): DocJson[] {
  const text = unit.texts[lang]
  if (text === null) return []
  const identity = { uid: `${unit.id}-${lang}`, unit: unit.id }
  const content = toInline(text)
  if (kind === 'h2') return [{ type: 'heading', attrs: { level: 2, ...identity }, content }]
  if (kind === 'h3') return [{ type: 'heading', attrs: { level: 3, ...identity }, content }]
  return [{ type: 'paragraph', attrs: identity, content }]
}

/** From one mark to the next, and from the translation to its review. */
const MARK_STEP_MS = 97_000
const REVIEW_AFTER_MS = 20 * 3_600_000

function ledgerOf(units: readonly Unit[], source: Language, marking: Marking) {
  const ledger: Record<string, LedgerEntry> = {}
  for (const [index, { id, texts, state }] of units.entries()) {
    if (state === 'draft' || texts.en === null || texts.ru === null) continue
    const from = driftOf(state) ?? source
    const to = otherLanguage(from)
    const was = { en: plainText(texts.en), ru: plainText(texts.ru), ...earlier(state) }
    const reviewed = state === 'reviewed'
    const at = marking.at.getTime() + index * MARK_STEP_MS + (reviewed ? REVIEW_AFTER_MS : 0)
    ledger[ledgerKey(id, from, to)] = {
      src: unitHash([was[from]]),
      tgt: unitHash([was[to]]),
      srcText: was[from],
      tgtText: was[to],
      state: reviewed ? 'reviewed' : 'translated',
      by: reviewed ? marking.reviewedBy : marking.translatedBy,
      at: new Date(at).toISOString(),
    }
  }
  return ledger
}

/** The language that changed after the mark: the other one has to follow, so it is the source. */
function driftOf(state: LineState | undefined): Language | undefined {
  return LANGUAGES.find((lang) => earlier(state)[lang] !== undefined)
}

function earlier(state: LineState | undefined): Partial<Record<Language, string>> {
  if (typeof state !== 'object') return {}
  return 'enWas' in state ? { en: state.enWas } : { ru: state.ruWas }
}
