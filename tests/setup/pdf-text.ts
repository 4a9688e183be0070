import { inflateSync } from 'node:zlib'

const OBJECT = /(\d+) 0 obj\n([\s\S]*?)\nendobj/g

/**
 * The words of each page of a PDF that Chromium printed, as selecting them would give: by way of the
 * fonts' own tables. Not a reader of other PDFs.
 */
export function pdfPages(file: Buffer): string[] {
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of file.toString('latin1').matchAll(OBJECT))
    objects.set(id, body)
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\s/.test(body))
  return pages.map((page) => {
    const tables = new Map<string, ReadonlyMap<string, string>>()
    for (const [, name = '', id = ''] of page.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      tables.set(name, tableOf(objects, id))
    }
    const content = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? ''
    return wordsOf(streamOf(objects.get(content) ?? ''), tables)
  })
}

/** Glyphs of a font as characters. */
function tableOf(objects: ReadonlyMap<string, string>, font: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  const id = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '')?.[1] ?? ''
  const text = streamOf(objects.get(id) ?? '')
  for (const [, chars = ''] of text.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', code = ''] of chars.matchAll(/<(\w+)> <(\w+)>/g)) {
      table.set(glyph, String.fromCharCode(Number.parseInt(code, 16)))
    }
  }
  for (const [, ranges = ''] of text.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', code = ''] of ranges.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = Number.parseInt(from, 16)
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph++) {
        const char = String.fromCharCode(Number.parseInt(code, 16) + glyph - first)
        table.set(glyph.toString(16).padStart(4, '0').toUpperCase(), char)
      }
    }
  }
  return table
}

function wordsOf(
  content: string,
  tables: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string {
  let table: ReadonlyMap<string, string> | undefined
  let words = ''
  for (const [, font, glyphs = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>/g)) {
    if (font) table = tables.get(font)
    else for (const glyph of glyphs.match(/.{4}/g) ?? []) words += table?.get(glyph) ?? '\uFFFD'
  }
  return words
}

function streamOf(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return inflateSync(bytes).toString('latin1')
}
