import { LANGUAGES, type Language, otherLanguage } from '../languages'
import type { UnitCounts } from '../views'
import type { Block, Ledger, LedgerEntry } from './content'
import { movedKeys } from './order'
import { pageRows, unitsOf } from './page-rows'
import { normaliseUnitText, unitForm } from './unit-hash'

export { pageRows, type Row } from './page-rows'

export const UNIT_STATES = [
  'missing',
  'draft',
  'in-sync',
  'reviewed',
  'source-changed',
  'target-changed',
  'both-changed',
  'extra',
  'order-differs',
  'duplicate',
] as const
export type UnitState = (typeof UNIT_STATES)[number]

/** How the two texts of a unit stand to one another. Derived, never stored. */
export type UnitStatus = {
  unit: string
  state: UnitState
  /** Direction of its ledger entry. */
  from?: Language
  to?: Language
  /** The language that has no text of it (`missing`, `extra`). */
  missingIn?: Language
  /** The columns that show the badge: where somebody may have to do something. */
  needsAttention: readonly Language[]
  /** Its place differs between the languages, whatever else is true of it. */
  moved: boolean
  /** Of the normalised text; null where there is none. */
  hash: Record<Language, string | null>
  /** As written, blocks joined by one space. */
  text: Record<Language, string>
  entry?: LedgerEntry
}

/**
 * The state of every unit, in page order: a pure function of the two bodies and the ledger, so that
 * every browser and the server come to the same answer. Undoing an edit clears its drift by itself.
 */
export function deriveUnits(
  blocks: Record<Language, readonly Block[]>,
  ledger: Ledger,
): UnitStatus[] {
  const groups = { en: groupByUnit(blocks.en), ru: groupByUnit(blocks.ru) }
  const moved = movedKeys(unitsOf(blocks.en), unitsOf(blocks.ru))
  const order = new Set(pageRows(blocks).flatMap((row) => row.units))
  return [...order].map((unit) =>
    statusOf(
      unit,
      { en: groups.en.get(unit) ?? [], ru: groups.ru.get(unit) ?? [] },
      entryOf(unit, ledger),
      moved.has(unit),
    ),
  )
}

/** How a protocol's units stand, for lists and the page's head. Units without any text do not count. */
export function countUnits(units: readonly UnitStatus[]): UnitCounts {
  const counts = { units: 0, inSync: 0, reviewed: 0, drifted: 0, missing: 0, draft: 0 }
  for (const unit of units) {
    if (unit.hash.en === null && unit.hash.ru === null) continue
    counts.units++
    counts[COUNTED_AS[unit.state === 'order-differs' ? calmState(unit.entry) : unit.state]]++
    if (unit.entry?.state === 'reviewed' && isCalm(unit.state)) counts.reviewed++
  }
  return counts
}

const COUNTED_AS = {
  missing: 'missing',
  extra: 'missing',
  draft: 'draft',
  'in-sync': 'inSync',
  reviewed: 'inSync',
  'source-changed': 'drifted',
  'target-changed': 'drifted',
  'both-changed': 'drifted',
  duplicate: 'drifted',
} as const satisfies Record<Exclude<UnitState, 'order-differs'>, keyof UnitCounts>

const isCalm = (state: UnitState) =>
  state === 'in-sync' || state === 'reviewed' || state === 'order-differs'

/** Both texts are as the entry has them, or there is no entry. */
const calmState = (entry: LedgerEntry | undefined) =>
  entry === undefined ? 'draft' : entry.state === 'reviewed' ? 'reviewed' : 'in-sync'

type Groups = Record<Language, readonly Block[]>
type Mark = { from: Language; to: Language; entry: LedgerEntry }

function statusOf(unit: string, group: Groups, mark: Mark | undefined, moved: boolean): UnitStatus {
  const hashOf = (lang: Language) => {
    if (group[lang].length === 0) return null
    const form = unitForm(group[lang].map((block) => block.text))
    return form.normalised === '' ? null : form.hash
  }
  const textOf = (lang: Language) =>
    group[lang]
      .map((block) => block.text)
      .join(' ')
      .trim()
  const hash = { en: hashOf('en'), ru: hashOf('ru') }
  return {
    unit,
    ...judge(group, hash, mark, moved),
    ...mark,
    moved,
    hash,
    text: { en: textOf('en'), ru: textOf('ru') },
  }
}

function judge(
  group: Groups,
  hash: Record<Language, string | null>,
  mark: Mark | undefined,
  moved: boolean,
): Pick<UnitStatus, 'state' | 'needsAttention' | 'missingIn'> {
  const doubled = LANGUAGES.filter((lang) => hasDouble(group[lang]))
  if (doubled.length > 0) return { state: 'duplicate', needsAttention: doubled }

  const absent = LANGUAGES.filter((lang) => hash[lang] === null)
  if (absent.length === 2) return { state: 'draft', needsAttention: [] }
  const [missingIn] = absent
  if (missingIn) {
    // Once marked, one side going away is a change that the other side has not followed.
    if (mark) return { state: 'extra', missingIn, needsAttention: [otherLanguage(missingIn)] }
    return { state: 'missing', missingIn, needsAttention: [missingIn] }
  }

  if (mark) {
    const { from, to, entry } = mark
    const changed = { src: hash[from] !== entry.src, tgt: hash[to] !== entry.tgt }
    if (changed.src && changed.tgt) return { state: 'both-changed', needsAttention: [from, to] }
    if (changed.src) return { state: 'source-changed', needsAttention: [to] }
    if (changed.tgt) return { state: 'target-changed', needsAttention: [from] }
  }
  if (moved) return { state: 'order-differs', needsAttention: mark ? [mark.to] : [...LANGUAGES] }
  return { state: calmState(mark?.entry), needsAttention: [] }
}

/** Two blocks of one unit that say the same: the trace of two people moving or splitting it at once. */
function hasDouble(blocks: readonly Block[]): boolean {
  if (blocks.length < 2) return false
  const texts = blocks.map((block) => normaliseUnitText(block.text)).filter((text) => text !== '')
  return new Set(texts).size < texts.length
}

/** The later of the two directions, though only one should be there; ties by the name of the language. */
function entryOf(unit: string, ledger: Ledger): Mark | undefined {
  let found: Mark | undefined
  for (const from of LANGUAGES) {
    const to = otherLanguage(from)
    const entry = ledger[`${unit}|${from}>${to}`]
    if (entry && (!found || entry.at > found.entry.at)) found = { from, to, entry }
  }
  return found
}

function groupByUnit(blocks: readonly Block[]): Map<string, Block[]> {
  const groups = new Map<string, Block[]>()
  for (const block of blocks) {
    if (!block.unit) continue
    const group = groups.get(block.unit)
    if (group) group.push(block)
    else groups.set(block.unit, [block])
  }
  return groups
}

/** The shortest shared ending that is taken for a doubled text rather than a common word, in characters. */
const DOUBLING_FLOOR = 12

/**
 * Neighbouring blocks of one language where one text ends with the other: what two people leave when
 * they press Enter in the same paragraph at once. A hint for a person, never a reason to delete.
 */
export function suspectedDoubling(blocks: readonly Block[]): { first: Block; second: Block }[] {
  const found: { first: Block; second: Block }[] = []
  for (const [index, second] of blocks.entries()) {
    const first = blocks[index - 1]
    if (!first || first.within !== second.within || first.table !== second.table) continue
    const a = normaliseUnitText(first.text)
    const b = normaliseUnitText(second.text)
    if (Math.min(a.length, b.length) < DOUBLING_FLOOR) continue
    if (a.endsWith(b) || b.endsWith(a)) found.push({ first, second })
  }
  return found
}
