import { createRequire } from 'node:module'
import pdfmake, { type Definition } from 'pdfmake'

const { resolve } = createRequire(import.meta.url)
const face = (folder: string) =>
  resolve(`@expo-google-fonts/golos-text/${folder}/GolosText_${folder}.ttf`)

/** Colours of the interface's light theme, which is what paper is. */
export const INK = { text: '#1c2226', soft: '#4d585f', line: '#c9c4b8', wash: '#f2f0ea' } as const
export const SIDE = { a: '#2a5db0', b: '#a4520a' } as const
export const ACCENT = '#0d6662'

const REGULAR = face('400Regular')
const SEMIBOLD = face('600SemiBold')
/** The whole face, Latin and Cyrillic in one file: words of both scripts stand in one line. */
const FONTS = {
  Golos: { normal: REGULAR, bold: SEMIBOLD, italics: REGULAR, bolditalics: SEMIBOLD },
}

pdfmake.setFonts(FONTS)
// a paper holds nothing but what it is given: no file and no address is read for it
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === REGULAR || path === SEMIBOLD)

/**
 * A document as PDF, its fonts embedded so that its text can be searched and copied.
 *
 * @throws Error if the definition cannot be laid out
 */
export function toPdf(definition: Definition): Promise<Buffer> {
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      version: '1.7',
      ...definition,
      defaultStyle: {
        font: 'Golos',
        fontSize: 10,
        lineHeight: 1.25,
        color: INK.text,
        ...definition.defaultStyle,
      },
    })
    .getBuffer()
}
