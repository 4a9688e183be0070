import type { Content } from 'pdfmake'
import { type Block, type Paper, widestColumn } from './paper'
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
    // a heading stays with what it is the heading of; after the last of a page comes its foot
    pageBreakBefore: ({ headlineLevel }, { getFollowingNodesOnPage }) =>
      headlineLevel === 1 && getFollowingNodesOnPage()[0]?.style === 'foot',
    styles: { foot: { fontSize: 8, color: INK.soft } },
    footer: (page, pages) => ({
      style: 'foot',
      margin: [56, 16, 56, 0],
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
      return {
        text: block.text,
        headlineLevel: 1,
        fontSize: 13,
        bold: true,
        margin: [0, 14, 0, 5],
      }
    case 'paragraph':
      return { text: block.text, margin: [0, 0, 0, 6] }
    case 'list':
      return { ul: block.items, margin: [0, 0, 0, 6] }
    case 'quote':
      return {
        margin: [10, 2, 0, 8],
        stack: [{ text: block.text }, { text: block.who, color: INK.soft }],
      }
    case 'said':
      return {
        margin: [0, 2, 0, 8],
        stack: block.lines.map(({ label, text }) => ({
          text: [...(label ? [{ text: `${label}: `, color: INK.soft }] : []), { text }],
          margin: [0, 0, 0, 2] as [number, number, number, number],
        })),
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
          keepWithHeaderRows: 1,
          dontBreakRows: true,
          widths: block.head.map((_, column) =>
            column === widestColumn(block.rows) ? '*' : 'auto',
          ),
          body: [
            block.head.map((text) => ({ text, bold: true, color: INK.soft })),
            ...block.rows.map((row) => [...row]),
          ],
        },
      }
  }
}
