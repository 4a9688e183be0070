import { posix } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Paper } from '../../server/papers/paper'
import { paperPdf } from '../../server/papers/paper-pdf'
import { paperWord } from '../../server/papers/paper-word'
import { pdfPages } from '../setup/pdf-text'

const paper: Paper = {
  lang: 'en',
  title: 'Event report',
  subtitle: 'Missed doses & “what to say” <now>',
  footer: 'Made today',
  pageOf: (page, pages) => `page ${page} of ${pages}`,
  blocks: [
    { kind: 'heading', text: 'The event' },
    { kind: 'facts', rows: [['Place', 'Кабинет 4']] },
    { kind: 'paragraph', text: 'Written in Russian only so far:' },
    { kind: 'paragraph', text: 'Звонить в тот же день.' },
    {
      kind: 'table',
      head: ['Minutes', 'Subject', 'Speaker'],
      rows: [
        ['30', 'Opening', 'Anna Ivanova'],
        ['45', 'Разбор случая: пациент пропустил три приёма подряд', 'Dr Brown'],
      ],
    },
    { kind: 'list', items: ['First', 'Второе'] },
    { kind: 'quote', text: 'Теперь понятно.', who: 'a nurse' },
  ],
}

/** All values of one attribute of one element, in order. */
const valuesOf = (xml: string, element: string, attribute: string) =>
  [...xml.matchAll(new RegExp(`<${element}\\b[^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map(
    ([, value = '']) => value,
  )

describe('a paper as a Word file', () => {
  it('has every part that it names, and names every part', async () => {
    const files = unzipSync(await paperWord(paper))
    const read = (path: string) => strFromU8(files[path] ?? new Uint8Array())
    const types = read('[Content_Types].xml')
    const named = valuesOf(types, 'Override', 'PartName').map((part) => part.slice(1))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(named))
    const byEnding = valuesOf(types, 'Default', 'Extension')
    for (const path of Object.keys(files)) {
      if (named.includes(path) || path === '[Content_Types].xml') continue
      expect(byEnding).toContain(path.split('.').at(-1))
    }
    for (const path of Object.keys(files).filter((each) => each.endsWith('.rels'))) {
      const folder = posix.dirname(posix.dirname(path))
      for (const target of valuesOf(read(path), 'Relationship', 'Target')) {
        expect(Object.keys(files)).toContain(posix.join(folder, target))
      }
    }
    const document = read('word/document.xml')
    const styles = valuesOf(read('word/styles.xml'), 'w:style', 'w:styleId')
    expect(styles).toEqual(expect.arrayContaining(valuesOf(document, 'w:pStyle', 'w:val')))
    const core = read('docProps/core.xml')
    expect(core).toContain('<dc:title>Event report</dc:title>')
    expect(core).toContain('<dc:creator>Twinward</dc:creator>')
    expect(core).toContain('Missed doses &amp; “what to say” &lt;now&gt;')
  })

  it('says of every word in which language it is', async () => {
    const files = unzipSync(await paperWord(paper))
    const styles = strFromU8(files['word/styles.xml'] ?? new Uint8Array())
    expect(valuesOf(styles, 'w:lang', 'w:val')).toContain('en-US')
    const document = strFromU8(files['word/document.xml'] ?? new Uint8Array())
    const runs = document.match(/<w:r>.*?<\/w:r>/gs) ?? []
    for (const run of runs) {
      const isRussian = /[а-яё]/i.test(run)
      expect([run, run.includes('<w:lang w:val="ru-RU"/>')]).toEqual([run, isRussian])
    }
    expect(runs.filter((run) => run.includes('ru-RU'))).toHaveLength(5)
  })

  it('keeps tables within the page and headings with what follows them', async () => {
    const files = unzipSync(await paperWord(paper))
    const document = strFromU8(files['word/document.xml'] ?? new Uint8Array())
    const tables = document.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? []
    const widths = tables.map((table) => valuesOf(table, 'w:gridCol', 'w:w').map(Number))
    expect(widths.map((row) => row.reduce((sum, width) => sum + width, 0))).toEqual([9026, 9026])
    const [minutes = 0, subject = 0, speaker = 0] = widths[1] ?? []
    expect(subject).toBeGreaterThan(2 * Math.max(minutes, speaker))
    for (const heading of document.match(/<w:p><w:pPr><w:pStyle w:val="Heading1".*?<\/w:pPr>/gs) ??
      [])
      expect(heading).toContain('<w:keepNext/>')
  })
})

it('a paper as PDF leaves no heading alone at the foot of a page', async () => {
  const line = { kind: 'paragraph', text: 'A line.' } as const
  const tails = await Promise.all(
    [28, 29, 30, 31].map(async (count) => {
      const before = Array.from({ length: count }, () => line)
      const blocks = [...before, { kind: 'heading', text: 'Decisions' } as const, line, line, line]
      const [first = ''] = await pdfPages(await paperPdf({ ...paper, blocks }))
      return first
    }),
  )
  // on one of them the heading would have been the last line
  expect(new Set(tails.map((page) => page.includes('Decisions'))).size).toBe(2)
  for (const page of tails) {
    if (page.includes('Decisions')) expect(page.split('Decisions')[1]).toContain('A line.')
  }
})
