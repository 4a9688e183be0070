import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { SlideJob, SlideSays } from './messages'
import { SLIDE_HEIGHT, SLIDE_WIDTH, toImage } from './page-image'
import { type TextRun, toPageText } from './page-text'

/** The thread of `SlideMaker`: one PDF, a page at a time, and no way to the network. */

/** Pictures with more pixels are left out of a page. */
const PICTURE_PIXELS = 40_000_000
const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const within = (name: string) => join(folder, name) + sep

globalThis.fetch = () => Promise.reject(new Error('a PDF fetches nothing'))

let open: PDFDocumentProxy | null = null

async function answer(job: SlideJob): Promise<SlideSays> {
  if (job.kind === 'open') {
    await open?.loadingTask.destroy()
    open = null
    open = await getDocument({
      data: job.bytes,
      cMapUrl: within('cmaps'),
      standardFontDataUrl: within('standard_fonts'),
      iccUrl: within('iccs'),
      wasmUrl: pathToFileURL(within('wasm')).pathname,
      isEvalSupported: false,
      enableXfa: false,
      useSystemFonts: false,
      useWorkerFetch: false,
      maxImageSize: PICTURE_PIXELS,
      verbosity: VerbosityLevel.ERRORS,
    }).promise
    return { kind: 'opened', pages: open.numPages }
  }
  if (!open) throw new Error('no PDF is open')
  return { kind: 'made', image: await makePage(open, job.number) }
}

async function makePage(pdf: PDFDocumentProxy, number: number) {
  const page = await pdf.getPage(number)
  const natural = page.getViewport({ scale: 1 })
  const scale = Math.min(SLIDE_WIDTH / natural.width, SLIDE_HEIGHT / natural.height)
  if (!Number.isFinite(scale) || scale <= 0) throw new Error('a page without a size')
  const viewport = page.getViewport({ scale })
  const width = Math.max(1, Math.round(viewport.width))
  const height = Math.max(1, Math.round(viewport.height))
  const canvas = createCanvas(width, height)
  // the browser's canvas to pdf.js, which draws on this one the same
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await page.render({ canvas: null, canvasContext, viewport, background: 'white' }).promise
  const { items } = await page.getTextContent()
  const text = toPageText(items.filter((item): item is TextRun & typeof item => 'str' in item))
  page.cleanup()
  return { mediaType: 'image/webp', ...(await toImage(canvas)), text }
}

parentPort?.on('message', async (job: SlideJob) => {
  try {
    const said = await answer(job)
    const give = said.kind === 'made' ? [said.image.bytes.buffer as ArrayBuffer] : []
    parentPort?.postMessage(said, give)
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    const code = name === 'PasswordException' ? 'slides_locked' : 'slides_unreadable'
    parentPort?.postMessage({ kind: 'refused', code, why: message } satisfies SlideSays)
  }
})

parentPort?.postMessage({ kind: 'ready' } satisfies SlideSays)
