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
  return {
    page,
    text,
    unit,
    status,
    async write(lang, id, words) {
      await unit(lang, id).last().click()
      await page.keyboard.press('End')
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
  }
}

/** The unit of the first paragraph of a protocol that holds nothing yet. */
export async function firstUnit(protocol: ProtocolPage): Promise<string> {
  const unit = await protocol.text('en').locator('[data-unit]').first().getAttribute('data-unit')
  if (!unit) throw new Error('the first paragraph has no unit')
  return unit
}
