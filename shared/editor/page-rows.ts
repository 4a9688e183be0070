import { LANGUAGES, type Language } from '../languages'
import type { Block } from './content'
import { mergeOrder } from './order'

/** One row of the page: what stands side by side in both languages. */
export type Row = Record<Language, readonly Block[]> & {
  /** Stable while the row keeps its first unit: that unit, with `~2` for a second place of the same. */
  key: string
  /** Clause number that both sides cite, such as `3.4`; null for rows that carry none. */
  number: string | null
  /** One unit, or all cells of a table in page order. */
  units: readonly string[]
}

/**
 * The rows of the page, both languages merged. Neighbouring blocks of one unit are one row, a table is
 * one row. The order is that of `mergeOrder`, EN first, the same on every client.
 *
 * Numbers: level-2 headings 1, 2, 3; under them level-3 headings and paragraphs share 1.1, 1.2 …, and
 * what follows a level-3 heading 1.2.1 …, so that a number never means two places. A list or a callout
 * is one clause. Before the first heading, and where neither language has text, there is no number.
 */
export function pageRows(blocks: Record<Language, readonly Block[]>): Row[] {
  const en = runsOf(blocks.en, new Map())
  const ru = runsOf(blocks.ru, tablesByUnit(en))
  const keys = mergeOrder([...en.keys()], [...ru.keys()])
  const sides = keys.map((key) => ({ key, en: en.get(key) ?? [], ru: ru.get(key) ?? [] }))
  const numbers = numberRows(sides, blocks.en.some(isHeading) ? 'en' : 'ru')
  return sides.map((side, index) => ({
    ...side,
    number: numbers[index] ?? null,
    units: mergeOrder(unitsOf(side.en), unitsOf(side.ru)),
  }))
}

/**
 * By which number each unit is cited: its row's own, or that of the list or callout it stands in.
 * Units of rows without a number are left out.
 */
export function unitNumbers(blocks: Record<Language, readonly Block[]>): Map<string, string> {
  const numbers = new Map<string, string>()
  const ofContainer = new Map<string, string>()
  for (const row of pageRows(blocks)) {
    const container = (row.en[0] ?? row.ru[0])?.container
    const number = row.number ?? (container && ofContainer.get(container))
    if (!number) continue
    if (container) ofContainer.set(container, number)
    for (const unit of row.units) if (!numbers.has(unit)) numbers.set(unit, number)
  }
  return numbers
}

/** Distinct units of blocks in order; blocks that have none yet are passed over. */
export function unitsOf(blocks: readonly Block[]): string[] {
  const [only] = blocks
  if (only && blocks.length === 1) return only.unit ? [only.unit] : []
  return [...new Set(blocks.map((block) => block.unit).filter(Boolean))]
}

type Runs = Map<string, Block[]>

/** @param tables which table of the other language holds a unit, so that two tables find each other */
function runsOf(blocks: readonly Block[], tables: ReadonlyMap<string, string>): Runs {
  const runs: Runs = new Map()
  const seen = new Map<string, number>()
  let last: { name: string; run: Block[] } | undefined
  const counterparts = counterpartTables(blocks, tables)
  blocks.forEach((block, index) => {
    const own = block.table ?? block.unit
    const name = (block.table && counterparts.get(block.table)) || own || `?${block.uid || index}`
    if (last?.name === name) {
      last.run.push(block)
      return
    }
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    last = { name, run: [block] }
    runs.set(times === 1 ? name : `${name}~${times}`, last.run)
  })
  return runs
}

function tablesByUnit(runs: Runs): Map<string, string> {
  const tables = new Map<string, string>()
  for (const [key, run] of runs) {
    for (const block of run) if (block.table && block.unit) tables.set(block.unit, key)
  }
  return tables
}

/** A table whose first cell was deleted in one language is still the table of its other cells. */
function counterpartTables(blocks: readonly Block[], tables: ReadonlyMap<string, string>) {
  const found = new Map<string, string>()
  for (const { table, unit } of blocks) {
    if (!table || found.has(table)) continue
    const counterpart = tables.get(table) ?? tables.get(unit)
    if (counterpart) found.set(table, counterpart)
  }
  return found
}

const isHeading = (block: Block) => block.kind === 'heading'

type Sides = Record<Language, readonly Block[]>

/** @param primary the language whose structure counts where the two differ */
function numberRows(rows: readonly Sides[], primary: Language): (string | null)[] {
  const count = [0, 0, 0]
  let depth = 0
  let container: string | undefined

  /** Counts one more at a level (0, 1, 2) and starts the levels below it again. */
  const next = (level: number): string => {
    count[level] = (count[level] ?? 0) + 1
    count.fill(0, level + 1)
    return count.slice(0, level + 1).join('.')
  }

  return rows.map((row) => {
    const block = row[primary][0] ?? row.en[0] ?? row.ru[0]
    const hasText = LANGUAGES.some((lang) => row[lang].some(({ text }) => text.trim() !== ''))
    const before = container
    container = block?.container
    if (!block || !hasText) return null
    if (isHeading(block)) {
      const level = block.level === 3 && depth > 0 ? 1 : 0
      depth = level + 1
      return next(level)
    }
    if (depth === 0 || (container !== undefined && container === before)) return null
    return next(depth)
  })
}
