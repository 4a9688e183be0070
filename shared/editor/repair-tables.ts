import * as Y from 'yjs'

/**
 * Give every row of a table as many columns as its longest: one person adding a row while another adds
 * a column leaves it a cell short. Missing cells come at the end of the row, empty. A cell that spans
 * more rows than follow is cut to those there are.
 *
 * @returns whether anything was changed
 */
export function evenRows(body: Y.XmlFragment): boolean {
  let changed = false
  for (const child of body.toArray()) {
    if (child instanceof Y.XmlElement && child.nodeName === 'table') {
      changed = evenTable(child) || changed
    }
  }
  return changed
}

function evenTable(table: Y.XmlElement): boolean {
  const rows = elementsOf(table)
  let changed = false
  const widths = rows.map(() => 0)
  rows.forEach((row, index) => {
    for (const cell of elementsOf(row)) {
      const left = rows.length - index
      const rowspan = spanOf(cell, 'rowspan')
      if (rowspan > left) {
        setRowspan(cell, left)
        changed = true
      }
      for (let below = 0; below < Math.min(rowspan, left); below++) {
        widths[index + below] = (widths[index + below] ?? 0) + spanOf(cell, 'colspan')
      }
    }
  })
  const width = Math.max(...widths)
  rows.forEach((row, index) => {
    const missing = width - (widths[index] ?? 0)
    if (missing <= 0) return
    row.insert(row.length, Array.from({ length: missing }, emptyCell))
    changed = true
  })
  return changed
}

function emptyCell(): Y.XmlElement {
  const cell = new Y.XmlElement('tableCell')
  cell.insert(0, [new Y.XmlElement('paragraph')])
  return cell
}

function spanOf(cell: Y.XmlElement, name: 'colspan' | 'rowspan'): number {
  const value: unknown = cell.getAttribute(name)
  return typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), 100) : 1
}

/** Yjs takes attributes for strings; the editor's binding writes numbers as what they are. */
type TakesNumbers = { setAttribute(name: string, value: unknown): void }

function setRowspan(cell: TakesNumbers, rows: number) {
  cell.setAttribute('rowspan', rows)
}

function elementsOf(parent: Y.XmlElement): Y.XmlElement[] {
  return parent.toArray().filter((child) => child instanceof Y.XmlElement)
}
