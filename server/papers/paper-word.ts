import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Language } from '../../shared/languages'
import { type Block, type Paper, widestColumn } from './paper'

/** Fonts that Word has on every machine, with Cyrillic. */
const FONT = 'Arial'
/** Who Word says has written it. */
const AUTHOR = 'Twinward'
const SOFT = '4D585F'
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C9C4B8' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
/** How Word names the languages for its spelling. */
const WORD_LANGUAGE: Readonly<Record<Language, string>> = { en: 'en-US', ru: 'ru-RU' }

/** Between the margins of A4, in twentieths of a point, as all that follows. */
const TEXT_WIDTH = 9_026
const LABEL_WIDTH = 3_000
const LETTER_WIDTH = 115
const CELL_MARGINS = 240

type Child = ISectionOptions['children'][number]

/**
 * A paper as a Word document that can be edited further, its language set for the spelling, also word by
 * word where something is in the other one.
 */
export function paperWord({ lang, title, subtitle, blocks, footer }: Paper): Promise<Buffer> {
  const document = new Document({
    title,
    description: subtitle,
    creator: AUTHOR,
    lastModifiedBy: AUTHOR,
    styles: {
      default: {
        document: { run: { font: FONT, size: 21, language: { value: WORD_LANGUAGE[lang] } } },
      },
    },
    sections: [
      {
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({ text: `${footer} · `, size: 16, color: SOFT }),
                  new TextRun({
                    children: [PageNumber.CURRENT, '/', PageNumber.TOTAL_PAGES],
                    size: 16,
                    color: SOFT,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          new Paragraph({
            children: [run(subtitle, lang, { color: SOFT })],
            spacing: { after: 240 },
          }),
          ...blocks.flatMap((block) => toChildren(block, lang)),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

function toChildren(block: Block, lang: Language): Child[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          text: block.text,
          heading: HeadingLevel.HEADING_1,
          spacing: { before: 280, after: 100 },
          keepNext: true,
        }),
      ]
    case 'paragraph':
      return block.text
        .split('\n')
        .map((text) => new Paragraph({ children: [run(text, lang)], spacing: { after: 120 } }))
    case 'list':
      return block.items.map(
        (text) => new Paragraph({ children: [run(text, lang)], bullet: { level: 0 } }),
      )
    case 'quote':
      return [
        new Paragraph({
          children: [run(block.text, lang)],
          indent: { left: 360 },
          keepNext: true,
        }),
        new Paragraph({
          children: [run(block.who, lang, { color: SOFT })],
          indent: { left: 360 },
          spacing: { after: 160 },
        }),
      ]
    case 'said':
      return block.lines.map(
        ({ label, text }, at) =>
          new Paragraph({
            children: [
              ...(label ? [run(`${label}: `, lang, { color: SOFT })] : []),
              ...text.split('\n').map((line, row) => run(line, lang, { isBelow: row > 0 })),
            ],
            keepNext: at < block.lines.length - 1,
            spacing: { after: at < block.lines.length - 1 ? 40 : 160 },
          }),
      )
    case 'facts':
      return [table(block.rows, lang, false), new Paragraph('')]
    case 'table':
      return [table([block.head, ...block.rows], lang, true), new Paragraph('')]
  }
}

/** Words with their language, which their letters tell where it is not the paper's. */
function run(
  text: string,
  paper: Language,
  { isBelow = false, ...look }: { color?: string; bold?: boolean; isBelow?: boolean } = {},
) {
  const lang = languageOf(text) ?? paper
  return new TextRun({
    text,
    ...look,
    ...(isBelow ? { break: 1 } : {}),
    ...(lang === paper ? {} : { language: { value: WORD_LANGUAGE[lang] } }),
  })
}

function languageOf(text: string): Language | null {
  if (/\p{Script=Cyrillic}/u.test(text)) return 'ru'
  return /\p{Script=Latin}/u.test(text) ? 'en' : null
}

function table(rows: readonly (readonly string[])[], lang: Language, hasHead: boolean): Table {
  const borders = { top: hasHead ? LINE : NONE, bottom: hasHead ? LINE : NONE }
  const widths = hasHead ? widthsOf(rows) : [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH]
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      ...borders,
      left: NONE,
      right: NONE,
      insideVertical: NONE,
      insideHorizontal: borders.top,
    },
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: hasHead && index === 0,
          cantSplit: true,
          children: row.map((text, column) => {
            const isLabel = hasHead ? index === 0 : column === 0
            return new TableCell({
              width: { size: widths[column] ?? 0, type: WidthType.DXA },
              margins: { top: 50, bottom: 50, right: 120 },
              children: [
                new Paragraph({
                  alignment: AlignmentType.LEFT,
                  children: [
                    run(text, lang, {
                      ...(hasHead && isLabel && { bold: true }),
                      ...(isLabel && { color: SOFT }),
                    }),
                  ],
                }),
              ],
            })
          }),
        }),
    ),
  })
}

/** Columns as wide as their longest text, at most a quarter of the page; the widest takes the rest. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widest = widestColumn(rows.slice(1))
  const widths = (rows[0] ?? []).map((_, column) => {
    const letters = Math.max(...rows.map((row) => row[column]?.length ?? 0))
    return Math.min(letters * LETTER_WIDTH + CELL_MARGINS, TEXT_WIDTH / 4)
  })
  const others = widths.reduce((sum, width, at) => (at === widest ? sum : sum + width), 0)
  return widths.map((width, at) => Math.round(at === widest ? TEXT_WIDTH - others : width))
}
