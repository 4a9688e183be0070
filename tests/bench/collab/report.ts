import type { Figures, Scenario } from './scenarios/scenario'

/** What every contestant was measured as, repetition by repetition. */
export type Results = Map<string, (Figures | null)[]>

/** Middle and range, as `12.3 [11.9..14.0]`. */
export function spread(values: readonly number[], digits: number): string {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  if (known.length === 0) return '-'
  const middle = known.length / 2
  const median =
    known.length % 2 === 1
      ? (known[Math.floor(middle)] ?? 0)
      : ((known[middle - 1] ?? 0) + (known[middle] ?? 0)) / 2
  const [least, most] = [known[0] ?? 0, known.at(-1) ?? 0]
  const range = known.length > 1 ? ` [${least.toFixed(digits)}..${most.toFixed(digits)}]` : ''
  return `${median.toFixed(digits)}${range}`
}

/** A scenario's table, and our ratios to the others within each repetition. */
export function tableOf(scenario: Scenario, results: Results): string[] {
  const columns = Object.entries(scenario.columns)
  const rows = [...results].map(([name, figures]) => [
    name,
    ...columns.map(([column, digits]) =>
      spread(
        figures.map((one) => one?.[column] ?? Number.NaN),
        digits,
      ),
    ),
  ])
  return [...markdown(['server', ...columns.map(([column]) => column)], rows), ...ratios()]

  function ratios(): string[] {
    const lines: string[] = []
    if (scenario.ratios.length === 0) return lines
    const mine = [...results.keys()].filter((name) => /^(?:ours|socket\.io$)/.test(name))
    for (const name of mine) {
      for (const other of results.keys()) {
        if (other === name || (/^ours/.test(other) && !/^ours@/.test(name))) continue
        const parts = scenario.ratios.map((column) => {
          const values = (results.get(name) ?? []).map((one, rep) => {
            const theirs = results.get(other)?.[rep]?.[column] ?? Number.NaN
            return (one?.[column] ?? Number.NaN) / theirs
          })
          return `${column} ${spread(values, 2)}`
        })
        lines.push(`${name} / ${other}: ${parts.join(', ')}`)
      }
    }
    return lines.length > 0 ? ['', ...lines] : []
  }
}

function markdown(head: readonly string[], rows: readonly string[][]): string[] {
  const widths = head.map((title, n) =>
    Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  return [
    line(head),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(line),
  ]
}
