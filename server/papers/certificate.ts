import type { Content } from 'pdfmake'
import { ACCENT, INK, SIDE, toPdf } from './pdf'

/** What a certificate says, in one language; all of it is written by the caller, in that language. */
export type CertificateWords = {
  /** “Certificate of attendance” */
  heading: string
  /** “This is to certify that” */
  intro: string
  name: string
  /** “took part in the workshop” */
  took: string
  title: string
  /** “held on 3 June 2026, 6 hours” */
  when: string
  /** Of the accreditation, may be empty. */
  accreditation: string
  partnership: string
  /** “Anybody can check it at” */
  check: string
}

export type Certificate = {
  en: CertificateWords
  ru: CertificateWords
  code: string
  /** Where it is checked; printed and as a QR code. */
  url: string
}

const PAGE = { width: 841.89, height: 595.28, edge: 34 }

/**
 * A certificate on one A4 page, English and Russian side by side, with its code and where to check it.
 */
export function certificatePdf({ en, ru, code, url }: Certificate): Promise<Buffer> {
  return toPdf({
    pageOrientation: 'landscape',
    pageMargins: [70, 68, 70, 40],
    info: { title: `${en.heading} · ${ru.heading}`, subject: `${en.title} · ${ru.title}` },
    lang: 'ru',
    background: () => frame(),
    content: [
      { canvas: knot(), alignment: 'center', margin: [0, 0, 0, 26] },
      {
        columns: [half(en), { width: 1, text: '' }, half(ru)],
        columnGap: 34,
      },
      {
        absolutePosition: { x: 70, y: 462 },
        columns: [
          {
            width: '*',
            stack: [check(en.check, url), check(ru.check, url)],
            margin: [0, 38, 0, 0],
          },
          {
            width: 'auto',
            stack: [
              { text: code, bold: true, fontSize: 13, characterSpacing: 1, alignment: 'right' },
            ],
            margin: [0, 22, 14, 0],
          },
          { width: 66, qr: url, fit: 66, foreground: INK.text, eccLevel: 'M' },
        ],
      },
    ],
  })
}

function half(words: CertificateWords): Content {
  return {
    width: '*',
    fontSize: 12,
    stack: [
      { text: words.heading, fontSize: 25, bold: true, color: ACCENT, margin: [0, 0, 0, 20] },
      { text: words.intro, color: INK.soft },
      {
        text: words.name,
        fontSize: fitting(words.name, 24, 22),
        bold: true,
        margin: [0, 5, 0, 12],
      },
      { text: words.took, color: INK.soft },
      {
        text: words.title,
        fontSize: fitting(words.title, 16, 70),
        bold: true,
        margin: [0, 5, 0, 12],
      },
      { text: words.when },
      ...(words.accreditation ? [{ text: words.accreditation, margin: [0, 4, 0, 0] }] : []),
      { text: words.partnership, color: INK.soft, margin: [0, 16, 0, 0] },
    ],
  }
}

/** Smaller the longer the text is, so that the page stays one page. */
function fitting(text: string, size: number, most: number): number {
  return Math.max(size / 2, size * Math.min(1, Math.sqrt(most / text.length)))
}

function check(words: string, url: string): Content {
  return { text: [`${words} `, { text: url, bold: true }], fontSize: 8.5, color: INK.soft }
}

/** The mark of a partnership: two linked rings in the sides' colours. */
function knot(): object[] {
  const ring = (x: number, color: string) => ({
    type: 'ellipse',
    x,
    y: 22,
    r1: 17,
    r2: 17,
    lineColor: color,
    lineWidth: 6,
  })
  return [ring(-10, SIDE.a), ring(10, SIDE.b)]
}

function frame(): Content {
  const { width, height, edge } = PAGE
  const box = { type: 'rect', x: edge, y: edge, w: width - 2 * edge, h: height - 2 * edge }
  return { canvas: [{ ...box, lineWidth: 0.8, lineColor: INK.line, r: 8 }] }
}
