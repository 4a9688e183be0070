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
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Language } from '../../shared/languages'
import type { Block, Paper } from './paper'

/** Fonts that Word has on every machine, with Cyrillic. */
const FONT = 'Arial'
const SOFT = '4D585F'
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C9C4B8' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
/** How Word names the languages for its spelling. */
const WORD_LANGUAGE: Readonly<Record<Language, string>> = { en: 'en-US', ru: 'ru-RU' }

type Child = ISectionOptions['children'][number]

/** A paper as a Word document that can be edited further, its language set for the spelling. */
export function paperWord({ lang, title, subtitle, blocks, footer }: Paper): Promise<Buffer> {
  const document = new Document({
    title,
    description: subtitle,
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
            children: [new TextRun({ text: subtitle, color: SOFT })],
            spacing: { after: 240 },
          }),
          ...blocks.flatMap(toChildren),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

function toChildren(block: Block): Child[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          text: block.text,
          heading: HeadingLevel.HEADING_1,
          spacing: { before: 280, after: 100 },
        }),
      ]
    case 'paragraph':
      return block.text.split('\n').map((text) => paragraph(text, block.lang))
    case 'list':
      return block.items.map((text) => new Paragraph({ text, bullet: { level: 0 } }))
    case 'quote':
      return [
        new Paragraph({ text: block.text, indent: { left: 360 } }),
        new Paragraph({
          children: [new TextRun({ text: block.who, color: SOFT })],
          indent: { left: 360 },
          spacing: { after: 160 },
        }),
      ]
    case 'facts':
      return [table(block.rows, false), new Paragraph('')]
    case 'table':
      return [table([block.head, ...block.rows], true), new Paragraph('')]
  }
}

function paragraph(text: string, lang?: Language): Paragraph {
  const language = lang ? { language: { value: WORD_LANGUAGE[lang] } } : {}
  return new Paragraph({
    children: [new TextRun({ text, ...language })],
    spacing: { after: 120 },
  })
}

function table(rows: readonly (readonly string[])[], hasHead: boolean): Table {
  const borders = { top: hasHead ? LINE : NONE, bottom: hasHead ? LINE : NONE }
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
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
              margins: { top: 50, bottom: 50, right: 120 },
              children: [
                new Paragraph({
                  alignment: AlignmentType.LEFT,
                  children: [
                    new TextRun({
                      text,
                      bold: hasHead && isLabel,
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
