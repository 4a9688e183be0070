import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The words of each page of a PDF, as selecting them would give, lines parted by `\n`. */
export async function pdfPages(file: Buffer): Promise<string[]> {
  const task = getDocument({
    data: new Uint8Array(file),
    isEvalSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  const document = await task.promise
  try {
    const pages: string[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent()
      const pieces = items.map((item) =>
        'str' in item ? item.str + (item.hasEOL ? '\n' : '') : '',
      )
      pages.push(pieces.join(''))
    }
    return pages
  } finally {
    await task.destroy()
  }
}
