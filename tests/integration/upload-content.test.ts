import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Rendition } from '../../models/rendition'
import { StorageUse } from '../../models/storage-use'
import type { Actor } from '../../shared/actor'
import { docx, gif, HEADS, jpeg, odt, pdf, png, zip } from '../setup/files'
import { pathOf, refusalOf, type Tus, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

let world: World
let editor: Actor
let tus: Tus
let resourceId: string
beforeAll(async () => {
  world = await createWorld()
  await fresh()
  const { id } = await world.services.resources.createResource(editor, world.partnershipId, {
    ...{ titleEn: '', titleRu: 'Памятка', aboutEn: '', aboutRu: '' },
    kind: 'leaflet',
    clientKey: randomUUID(),
  })
  resourceId = id
})

/** Another person, with their own count of begun uploads. */
async function fresh(): Promise<void> {
  editor = await world.member('editor')
  tus = tusOf((await world.serve()).origin, await world.cookie(editor))
}
let sent = 0

async function send(filename: string, file: Buffer): Promise<Response> {
  if (++sent % 50 === 0) await fresh()
  // others may send at the same time
  const own = tus
  const said = { filename, resourceId, lang: 'ru', status: 'draft' }
  const created = await own.create(file.length, said)
  if (created.status !== 201) return created
  const path = pathOf(created)
  let answer = created
  for (let at = 0; at < file.length; at += 512_000) {
    answer = await own.patch(path, at, file.subarray(at, at + 512_000))
    if (answer.status !== 204) {
      // its bytes go soon, and asking again gives the same reason
      const key = path.split('/').at(-1)
      const pieces = world.db.collection('file_pieces')
      await vi.waitFor(
        async () => expect(await pieces.countDocuments({ '_id.f': key })).toBe(0),
        10_000,
      )
      expect((await own.head(path)).status).toBe(answer.status)
      return answer
    }
  }
  return answer
}

async function lastFile() {
  const row = await Rendition.findOne({ resource: resourceId, current: true }).lean()
  return row?.file
}

const cp1251 = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0d, 0x0a, 0xb8])

describe('a file that is what it says', () => {
  it.each([
    ['leaflet.pdf', pdf(), 'application/pdf'],
    ['PROTOCOL.PDF', pdf(), 'application/pdf'],
    ['scheme.png', png(1_200, 800), 'image/png'],
    ['photo.jpg', jpeg(4_000, 3_000), 'image/jpeg'],
    ['photo.jpeg', jpeg(40, 30), 'image/jpeg'],
    ['moving.gif', gif(20), 'image/gif'],
    ['film.mp4', Buffer.concat([HEADS.mp4, Buffer.alloc(900)]), 'video/mp4'],
    ['film.webm', Buffer.concat([HEADS.webm, Buffer.alloc(900)]), 'video/webm'],
    ['talk.mp3', HEADS.mp3, 'audio/mpeg'],
    ['old.doc', HEADS.doc, 'application/msword'],
    ['form.docx', docx(), undefined],
    ['form.odt', odt(), 'application/vnd.oasis.opendocument.text'],
    ['notes.txt', Buffer.from('Приём\n\tв 9:00'), 'text/plain; charset=utf-8'],
    ['table.csv', Buffer.from('доза;время\r\n'), 'text/csv; charset=utf-8'],
    ['old.txt', cp1251, 'text/plain; charset=windows-1251'],
  ])('is stored: %s', async (name, file, mediaType) => {
    expect((await send(name, file)).status).toBe(204)
    const stored = await lastFile()
    expect(stored).toMatchObject({ name, bytes: file.length })
    if (mediaType) expect(stored?.mediaType).toBe(mediaType)
  })
})

const html = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(700))
const svg = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
)

describe.concurrent('a file that is something else', () => {
  it.each([
    ['HTML as a PDF (107)', 'file.pdf', html, 'file_content'],
    ['SVG as a PDF (107)', 'file.pdf', svg, 'file_content'],
    ['a program as a PDF (107)', 'file.pdf', HEADS.exe, 'file_content'],
    ['a picture with a script behind it (107)', 'p.png', png(9, 9, '<script>'), 'file_content'],
    [
      'a moving picture with more behind it',
      'p.gif',
      Buffer.concat([gif(2), html, Buffer.from(';')]),
      'file_content',
    ],
    ['an SVG (108)', 'picture.svg', svg, 'file_type'],
    ['an SVG as a PNG (108)', 'picture.png', svg, 'file_content'],
    ['HTML (109)', 'page.html', html, 'file_type'],
    ['XHTML (109)', 'page.xhtml', html, 'file_type'],
    ['XML (109)', 'data.xml', svg, 'file_type'],
    ['MHTML (109)', 'page.mhtml', html, 'file_type'],
    ['a program', 'setup.exe', HEADS.exe, 'file_type'],
    ['a script', 'run.js', html, 'file_type'],
    ['an archive', 'all.zip', docx(), 'file_type'],
    ['a name without an ending', 'README', html, 'file_type'],
    ['a PNG as a JPEG', 'photo.jpg', png(9, 9), 'file_content'],
    ['a PDF as a text', 'notes.txt', pdf(), 'file_content'],
    ['a text with a zero byte', 'notes.txt', Buffer.from('a\0b'), 'file_content'],
    ['bytes as a table', 'table.csv', Buffer.from([0xff, 1, 2, 0x98, 0xc0]), 'file_content'],
    ['a PNG of 50,000 × 50,000 (118)', 'p.png', png(50_000, 50_000), 'file_bomb'],
    ['a JPEG of 10⁹ points (118)', 'p.jpg', jpeg(40_000, 25_000), 'file_bomb'],
    ['a GIF of 100,000 pictures (118)', 'p.gif', gif(100_000), 'file_bomb'],
    [
      '4.5 GB in a document (119)',
      'a.docx',
      docx({ name: 'b', saidBytes: 4_200_000_000 }),
      'file_bomb',
    ],
    [
      '101 MB in a document (119)',
      'a.docx',
      docx({ name: 'b', saidBytes: 101_000_000 }),
      'file_bomb',
    ],
    ['100,000 entries, by its own count (119)', 'a.docx', many(20_000), 'file_bomb'],
    ['a list of types that is a bomb (119)', 'a.docx', typesBomb(), 'file_bomb'],
    ['one that hides it (119)', 'a.docx', typesBomb(900), 'file_content'],
    ['an entry that climbs (120)', 'a.docx', docx({ name: '../../x' }), 'file_content'],
    ['an absolute entry (120)', 'a.docx', docx({ name: '/etc/passwd' }), 'file_content'],
    ['an entry with a drive (120)', 'a.docx', docx({ name: 'C:\\x' }), 'file_content'],
    ['a symbolic link (120)', 'a.docx', docx({ name: 'l', isLink: true }), 'file_content'],
    ['two main parts (120)', 'a.docx', docx({ name: 'word/Document.xml' }), 'file_content'],
    ['an encrypted entry (120)', 'a.docx', docx({ name: 'e', isEncrypted: true }), 'file_content'],
    ['macros (121)', 'a.docx', docx({ name: 'word/vbaProject.bin' }), 'file_content'],
    [
      'a document type in it (121)',
      'a.docx',
      zip([{ name: '[Content_Types].xml', content: '<!DOCTYPE x>' }]),
      'file_content',
    ],
    [
      'an archive that is no document',
      'a.docx',
      zip([{ name: 'x', content: 'y' }]),
      'file_content',
    ],
    ['a workbook as a document', 'a.xlsx', docx(), 'file_content'],
    ['half of a document', 'a.docx', docx().subarray(0, 300), 'file_content'],
    ['macros of OpenDocument', 'a.odt', odt({ name: 'Basic/x.xml' }), 'file_content'],
    ['macros of an older document', 'a.doc', macros(), 'file_content'],
  ])('is refused: %s', async (_what, name, file, code) => {
    expect(await refusalOf(await send(name, file))).toEqual([422, code])
  })
})

describe('a refused file', () => {
  it('leaves the partnership’s count as it was', async () => {
    const before = await StorageUse.findById(world.partnershipId).lean()
    await send('file.pdf', html)
    expect(await StorageUse.findById(world.partnershipId).lean()).toEqual(before)
  })

  it('is refused by its first bytes, not after 90 MB', async () => {
    const said = { filename: 'file.pdf', resourceId, lang: 'ru', status: 'draft' }
    const path = pathOf(await tus.create(90_000_000, said))
    expect(
      await refusalOf(
        await tus.patch(path, 0, html.subarray(0, 700)).then(async (first) => {
          expect(first.status).toBe(204)
          return tus.patch(path, 700, Buffer.alloc(4_000))
        }),
      ),
    ).toEqual([422, 'file_content'])
  })
})

describe('what a file is called', () => {
  it.each([
    ['../../x.pdf', 'x.pdf'],
    ['C:\\docs\\x.pdf', 'x.pdf'],
    ['con.pdf', '_con.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'a Set-Cookie_ x.pdf'],
    ['fdp\u202egpj.pdf', 'fdpgpj.pdf'],
    ['a\u200bb.pdf', 'ab.pdf'],
    ['..hidden.pdf', 'hidden.pdf'],
    ['Памятка для пациента «Приём».pdf', 'Памятка для пациента «Приём».pdf'],
    [`${'я'.repeat(3_900)}.pdf`, `${'я'.repeat(196)}.pdf`],
  ])('is cleaned: %j (110)', async (name, shown) => {
    expect((await send(name, pdf())).status).toBe(204)
    expect((await lastFile())?.name).toBe(shown)
  })

  it.each([['.htaccess'], [''], ['photo\u202egpj.exe'], ['.pdf'], ['///']])(
    'is refused: %j (110)',
    async (name) => {
      expect([400, 422]).toContain((await send(name, pdf())).status)
    },
  )
})

/** The right number of records, all empty. */
function many(count: number): Buffer {
  return docx(...Array.from({ length: count }, (_, index) => ({ name: `x/${index}` })))
}

/** Two megabytes of nothing in a few bytes, in the one entry that is read. */
function typesBomb(saidBytes = 2_000_000): Buffer {
  return zip([{ name: '[Content_Types].xml', content: ' '.repeat(2_000_000), saidBytes }])
}

function macros(): Buffer {
  return Buffer.concat([HEADS.doc, Buffer.from('_VBA_PROJECT', 'utf16le'), Buffer.alloc(50)])
}
