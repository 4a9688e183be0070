import type { Locator, Page } from 'playwright-core'
import type { Language } from '../../shared/languages'
import type { Visitor } from './visitor'

export const ST_PETERSBURG = '/partnerships/st-petersburg-new-haven'

/** A live protocol as a person sees it: two texts, a seam, a status line. */
export type ProtocolPage = {
  page: Page
  text: (lang: Language) => Locator
  /** The paragraph of a unit. */
  unit: (lang: Language, unit: string) => Locator
  status: Locator
  /** Put the caret at the end of a unit and type. */
  write: (lang: Language, unit: string, text: string) => Promise<void>
  /** Wait for "Saved". */
  saved: () => Promise<void>
  /** All text of one language, a paragraph a line. */
  read: (lang: Language) => Promise<string>
  /** The paragraph with that `uid`. */
  block: (lang: Language, uid: string) => Locator
  /** Put the caret into a block, so many characters in, by mouse and arrow keys. */
  caret: (lang: Language, uid: string, at: number | 'end') => Promise<void>
  /** Strike keys, each after the page has taken note of the one before. */
  press: (...keys: string[]) => Promise<void>
  /** Every block of one language with where it stands and its ids: `ul li2 p uid/unit text`. */
  blocks: (lang: Language) => Promise<string[]>
  /** The face of every row of the seam, by the row's key: its first unit. */
  faces: () => Promise<Record<string, string>>
  /** A moment without typing: what follows is an undo step of its own. */
  pause: () => Promise<void>
  /** The short message that is on the page now. */
  said: Locator
}

/** A new, empty protocol, made through the form; its address. */
export async function createProtocol(
  { page }: Visitor,
  titleEn: string,
  titleRu: string,
): Promise<string> {
  await page.goto(`${ST_PETERSBURG}/protocols/new`)
  await page.locator('input[name=titleEn]').fill(titleEn)
  await page.locator('input[name=titleRu]').fill(titleRu)
  await page.locator('main form:has(input[name=titleEn]) button[type=submit]').click()
  await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/)
  return new URL(page.url()).pathname
}

/** Open a protocol and wait until it is live and saved. */
export async function openProtocol({ page }: Visitor, path: string): Promise<ProtocolPage> {
  await page.goto(path)
  const opened = protocolOn(page)
  await opened.text('en').waitFor({ state: 'attached' })
  await opened.saved()
  return opened
}

export function protocolOn(page: Page): ProtocolPage {
  const text = (lang: Language) => page.locator(`.live-column[data-lang=${lang}] .ProseMirror`)
  const unit = (lang: Language, id: string) => text(lang).locator(`[data-unit="${id}"]`)
  const status = page.locator('[role=status][data-sync]')
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key)
      await drawn(page)
    }
  }
  return {
    page,
    text,
    unit,
    status,
    async write(lang, id, words) {
      await unit(lang, id).last().click()
      await press('End')
      await page.keyboard.type(words, { delay: 5 })
    },
    async saved() {
      await page.locator('[role=status][data-sync=saved]').waitFor()
    },
    async read(lang) {
      const lines = await text(lang).evaluateAll((editors) =>
        editors.flatMap((editor) => {
          const copy = editor.cloneNode(true) as HTMLElement
          for (const caret of copy.querySelectorAll('.peer-caret')) caret.remove()
          return [...copy.querySelectorAll('p, h2, h3')].map((block) => block.textContent ?? '')
        }),
      )
      // word joiners keep a caret apart from the text around it
      return lines.join('\n').replaceAll('\u2060', '')
    },
    block: (lang, uid) => text(lang).locator(`[data-uid="${uid}"]`),
    async caret(lang, uid, at) {
      await text(lang).locator(`[data-uid="${uid}"]`).click()
      await press(...(at === 'end' ? ['End'] : ['Home', ...Array<string>(at).fill('ArrowRight')]))
    },
    press,
    async blocks(lang) {
      const lines = await text(lang).evaluate((editor) =>
        Array.from(editor.querySelectorAll('p, h2, h3'), (block) => {
          const path: string[] = []
          for (let at: Element | null = block; at && at !== editor; at = at.parentElement) {
            const name = at.localName
            if (['ul', 'ol', 'aside', 'table', 'p', 'h2', 'h3'].includes(name)) path.unshift(name)
            else if (['li', 'tr', 'td', 'th'].includes(name)) {
              path.unshift(`${name}${Array.from(at.parentElement?.children ?? []).indexOf(at) + 1}`)
            }
          }
          const copy = block.cloneNode(true)
          if (copy instanceof Element) {
            for (const caret of copy.querySelectorAll('.peer-caret')) caret.remove()
          }
          const ids = `${block.getAttribute('data-uid')}/${block.getAttribute('data-unit')}`
          return `${path.join(' ')} ${ids} ${copy.textContent}`
        }),
      )
      return lines.map((line) => line.replaceAll('\u2060', ''))
    },
    async faces() {
      const pairs = await page
        .locator('.seam > li[data-face]')
        .evaluateAll((rows) =>
          rows.map((row) => [row.getAttribute('data-slot') ?? '', row.getAttribute('data-face')]),
        )
      return Object.fromEntries(pairs)
    },
    // the silence is itself what a person does; y-prosemirror begins another step after 500 ms of it
    pause: () => page.waitForTimeout(600),
    said: page.locator('.said'),
  }
}

/**
 * Two frames: the browser tells a page of a moved caret only between frames, and nobody strikes keys
 * faster than that.
 */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
}

/** The unit of the first paragraph of a protocol that holds nothing yet. */
export async function firstUnit(protocol: ProtocolPage): Promise<string> {
  const unit = await protocol.text('en').locator('[data-unit]').first().getAttribute('data-unit')
  if (!unit) throw new Error('the first paragraph has no unit')
  return unit
}

/** Type numbered words until told to stop; the highest number that was there while "Saved" was shown. */
export async function typeUntil(
  stop: { now: boolean },
  { page, status }: ProtocolPage,
): Promise<number> {
  let shownSaved = 0
  const saved = status.and(page.locator('[data-sync=saved]'))
  for (let n = 1; !stop.now; n++) {
    await page.keyboard.type(` w${n}`)
    // people pause; to who writes on and on, the server says only now and then what is stored
    if (n % 10 === 0) await saved.waitFor({ timeout: 2_000 }).catch(() => {})
    if ((await status.getAttribute('data-sync')) === 'saved') shownSaved = n
  }
  return shownSaved
}
