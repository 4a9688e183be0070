import { deflateSync } from 'node:zlib'
import { createCanvas } from '@napi-rs/canvas'
import { toPdf } from '../../server/papers/pdf'

/** A small file made by hand: objects 1, 2, 3 …, and what the trailer says besides. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  const at = () => parts.reduce((sum, part) => sum + part.length, 0)
  objects.forEach((object, index) => {
    places.push(at())
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'))
  })
  const start = at()
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}

export function stream(content: Buffer, dictionary = ''): Buffer {
  const packed = deflateSync(content)
  return Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode ${dictionary} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ])
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>'
const HELVETICA = '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>'

/** One page with this content. */
export function onePage(content: string, box = '0 0 960 540', trailer = ''): Uint8Array {
  return pdfOf(
    [
      CATALOG,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents 4 0 R /Resources ${HELVETICA} >>`,
      stream(Buffer.from(content)),
    ],
    trailer,
  )
}

/** So many pages without a word. */
export function manyPages(count: number): Uint8Array {
  const kids = Array.from({ length: count }, (_, index) => `${index + 3} 0 R`).join(' ')
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] >>'
  const pages = `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`
  return pdfOf([CATALOG, pages, ...Array.from({ length: count }, () => page)])
}

/** Nobody has the password: neither the owner's nor the user's entry fits the empty one. */
export function locked(): Uint8Array {
  const hex = (byte: string) => `<${byte.repeat(32)}>`
  const rules = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O ${hex('a1')} /U ${hex('b2')} >>`
  return onePage('BT ET', '0 0 960 540', `/Encrypt ${rules} /ID [<00> <00>]`)
}

/** Pages whose tree comes back to itself. */
export function looping(): Uint8Array {
  return pdfOf([CATALOG, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>'])
}

/** A form that draws itself, twice, and so on. */
export function drawsItself(): Uint8Array {
  const again = stream(
    Buffer.from('/X Do /X Do'),
    '/Type /XObject /Subtype /Form /BBox [0 0 960 540] /Resources << /XObject << /X 5 0 R >> >>',
  )
  return pdfOf([
    CATALOG,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>',
    stream(Buffer.from('/X Do')),
    again,
  ])
}

/** Some kilobytes that are a great deal of drawing. */
export function bomb(): Uint8Array {
  const line = '0 0 m 960 540 l 0 540 l 960 0 l S\n'
  return onePage(line.repeat(600_000))
}

/** Slides as a colleague would make them; `pages` of text and at the end one of pure noise. */
export async function slidesOf(pages: number): Promise<Uint8Array> {
  const canvas = createCanvas(1_600, 900)
  const context = canvas.getContext('2d')
  const noise = context.createImageData(1_600, 900)
  let seed = 7
  for (let at = 0; at < noise.data.length; at += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    noise.data[at] = at % 4 === 3 ? 255 : (seed >> 16) & 255
  }
  context.putImageData(noise, 0, 0)
  const picture = `data:image/png;base64,${canvas.toBuffer('image/png').toString('base64')}`
  const texts = Array.from({ length: pages }, (_, index) => [
    { text: `Приверженность лечению, ${index + 1}`, fontSize: 40, bold: true },
    {
      text: 'Спросите, что мешало принимать таблетки вовремя. Не обвиняйте, ведь пропуски бывают у каждого, кто лечится годами.',
      fontSize: 24,
      margin: [0, 20, 0, 0] as [number, number, number, number],
      pageBreak: 'after' as const,
    },
  ])
  const content = [...texts.flat(), { image: picture, width: 900 }]
  return new Uint8Array(await toPdf({ pageSize: { width: 960, height: 540 }, content }))
}
