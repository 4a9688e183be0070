import { randomBytes } from 'node:crypto'
import { loadImage } from '@napi-rs/canvas'
import pino from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { createSlideMaker } from '../../server/adapters/slide-maker'
import { toPageText } from '../../server/adapters/slides/page-text'
import {
  bomb,
  drawsItself,
  locked,
  looping,
  manyPages,
  onePage,
  slidesOf,
} from '../setup/slide-pdfs'

const log = pino({ level: 'silent' })
const maker = createSlideMaker(log)
afterAll(() => maker.close())

const refused = (code: string) => expect.objectContaining({ code })

describe('pages of a PDF', { timeout: 60_000 }, () => {
  it('become images of 60 kB at most, noise too, with their words', async () => {
    const pdf = await maker.open(await slidesOf(2))
    expect(pdf.pages).toBe(3)
    const pages = [await pdf.page(1), await pdf.page(2), await pdf.page(3)]
    await pdf.close()

    for (const { bytes, mediaType, width, height } of pages) {
      expect(bytes.length).toBeLessThanOrEqual(60_000)
      expect(mediaType).toBe('image/webp')
      const image = await loadImage(Buffer.from(bytes))
      expect([image.width, image.height]).toEqual([width, height])
    }
    expect(pages[0]?.width).toBe(1_280)
    expect(pages[0]?.text).toBe(
      'Приверженность лечению, 1\n\nСпросите, что мешало принимать таблетки вовремя. Не обвиняйте, ведь пропуски бывают у каждого, кто лечится годами.',
    )
    expect(pages[2]?.text).toBe('')
    // pure noise fits in no quality: it is shown smaller
    expect(pages[2]?.width).toBeLessThan(1_280)
  })

  it('draw the letters of fonts that the file does not bring along', async () => {
    const inked = async (content: string) => {
      const pdf = await maker.open(onePage(content))
      const { bytes } = await pdf.page(1)
      await pdf.close()
      return bytes.length
    }
    const empty = await inked('BT ET')
    expect(await inked('BT /F1 60 Tf 40 300 Td (Adherence) Tj ET')).toBeGreaterThan(empty + 500)
  })

  it('fit, however large or narrow the page says it is', async () => {
    for (const box of ['0 0 14400000 8100000', '0 0 1 100000', '0 0 0.01 0.01', '0 0 0 0']) {
      const pdf = await maker.open(onePage('0 0 m 100 100 l S', box))
      const made = await pdf.page(1).catch((error: unknown) => error)
      await pdf.close()
      if (made instanceof Error) expect(made).toEqual(refused('slides_unreadable'))
      else expect(made).toMatchObject({ mediaType: 'image/webp' })
    }
  })
})

describe('a hostile PDF', { timeout: 60_000 }, () => {
  it('is refused by what it is', async () => {
    await expect(maker.open(locked())).rejects.toEqual(refused('slides_locked'))
    await expect(maker.open(randomBytes(4_000))).rejects.toEqual(refused('slides_unreadable'))
    const cut = (await slidesOf(1)).slice(0, 900)
    await expect(maker.open(cut)).rejects.toEqual(refused('slides_unreadable'))
    const many = await maker.open(manyPages(400))
    expect(many.pages).toBe(400)
    await many.close()
  })

  it('neither stops the server nor outlives its time', async () => {
    const hasty = createSlideMaker(log, { openMs: 1_000, pageMs: 1_000, growthMb: 600 })
    for (const bytes of [looping(), drawsItself()]) {
      let turns = 0
      const turning = setInterval(() => turns++, 10)
      const began = performance.now()
      const outcome = await hasty
        .open(bytes)
        .then(async (pdf) => {
          try {
            return await pdf.page(1)
          } finally {
            await pdf.close()
          }
        })
        .catch((error: unknown) => error)
      const took = performance.now() - began
      clearInterval(turning)
      // refused, or drawn as far as it goes; and meanwhile others were served
      if (outcome instanceof Error) expect(outcome).toEqual(refused('slides_unreadable'))
      expect(took).toBeLessThan(8_000)
      expect(turns).toBeGreaterThan(took / 10 / 4)
    }
    await hasty.close()
  })

  it('is ended at its deadline, and the next one is drawn', async () => {
    const hasty = createSlideMaker(log, { pageMs: 1_500 })
    const slow = await hasty.open(bomb())
    await expect(slow.page(1)).rejects.toMatchObject({
      code: 'slides_unreadable',
      detail: { much: 'time', page: '1' },
    })
    await slow.close()
    const next = await hasty.open(manyPages(1))
    expect((await next.page(1)).bytes.length).toBeGreaterThan(0)
    await next.close()
    await hasty.close()
    await expect(hasty.open(manyPages(1))).rejects.toEqual(refused('restarting'))
  })
})

describe('the text of a page', () => {
  const run = (str: string, y: number, height = 20) => ({
    str,
    hasEOL: true,
    transform: [height, 0, 0, height, 40, y],
    height,
  })

  it('puts parted words and lines that go on together, and keeps blocks apart', () => {
    expect(
      toPageText([
        run('Adherence', 500, 40),
        run('Ask what was in the way of the medi-', 400),
        run('cine, and listen.', 376),
        run('Then plan.', 352),
        run('Footnote', 100),
      ]),
    ).toBe(
      'Adherence\n\nAsk what was in the way of the medicine, and listen.\nThen plan.\n\nFootnote',
    )
  })
})
