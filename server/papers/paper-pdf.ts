import type { Content } from 'pdfmake'
import type { Block, Paper } from './paper'
import { ACCENT, INK, toPdf } from './pdf'

/** A paper as PDF on A4, with its title, page numbers, and table heads repeated on every page. */
export function paperPdf({
  lang,
  title,
  subtitle,
  blocks,
  footer,
  pageOf,
}: Paper): Promise<Buffer> {
  return toPdf({
    lang,
    info: { title, subject: subtitle },
    pageMargins: [56, 56, 56, 60],
    content: [
      { text: title, fontSize: 20, bold: true, color: ACCENT },
      { text: subtitle, color: INK.soft, margin: [0, 2, 0, 14] },
      ...blocks.map(toContent),
    ],
    footer: (page, pages) => ({
      margin: [56, 16, 56, 0],
      fontSize: 8,
      color: INK.soft,
      columns: [
        { width: '*', text: footer },
        { width: 'auto', text: pageOf(page, pages) },
      ],
    }),
  })
}

function toContent(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return { text: block.text, fontSize: 13, bold: true, margin: [0, 14, 0, 5] }
    case 'paragraph':
      return { text: block.text, margin: [0, 0, 0, 6] }
    case 'list':
      return { ul: block.items, margin: [0, 0, 0, 6] }
    case 'quote':
      return {
        margin: [10, 2, 0, 8],
        stack: [{ text: block.text }, { text: block.who, color: INK.soft }],
      }
    case 'facts':
      return {
        margin: [0, 0, 0, 6],
        layout: 'noBorders',
        table: {
          widths: [150, '*'],
          body: block.rows.map(([label, value]) => [{ text: label, color: INK.soft }, value]),
        },
      }
    case 'table':
      return {
        margin: [0, 2, 0, 8],
        layout: {
          hLineWidth: () => 0.6,
          vLineWidth: () => 0,
          hLineColor: () => INK.line,
          paddingTop: () => 3,
          paddingBottom: () => 3,
        },
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: block.head.map((_, column) => (column === widest(block.rows) ? '*' : 'auto')),
          body: [
            block.head.map((text) => ({ text, bold: true, color: INK.soft })),
            ...block.rows.map((row) => [...row]),
          ],
        },
      }
  }
}

/** The column with the most words takes what room there is. */
function widest(rows: readonly (readonly string[])[]): number {
  const lengths = rows.reduce<number[]>(
    (sums, row) => row.map((cell, column) => (sums[column] ?? 0) + cell.length),
    [],
  )
  return Math.max(0, lengths.indexOf(Math.max(...lengths, 0)))
}
