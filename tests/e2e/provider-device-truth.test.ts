import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../shared/languages'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, visit } from '../setup/visitor'

const LONG = 'Ask about missed doses at every visit, without blame. '.repeat(80).trim()

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const WINDOWS: [lang: Language, account: string, width: number, height: number, said: string][] = [
  ['en', 'physician.us', 360, 740, 'Offline, kept on this device (2 changes)'],
  ['ru', 'physician.ru', 1440, 900, 'Нет связи, 2 изменения хранятся на устройстве'],
]

describe('a page that has lost its line', () => {
  it.each(WINDOWS)(
    'says so in %s wherever one is in the text, and how many changes wait (%s, %i px)',
    async (lang, account, width, height, said) => {
      const locale = lang === 'en' ? 'en-US' : 'ru-RU'
      const person = await visit(browser, product.origin, { locale, viewport: { width, height } })
      const { page, context } = person
      await signIn(person, account)
      const path = await createProtocol(person, `Truth ${width}`, `Правда ${width}`)
      const protocol = await openProtocol(person, path)
      await protocol.unit(lang, await firstUnit(protocol)).click()
      await page.keyboard.insertText(LONG)
      await protocol.saved()
      await expect.poll(() => page.locator('.sync-strip').count()).toBe(0)

      await context.setOffline(true)
      await page.keyboard.type(' One sentence.', { delay: 10 })
      // a pause makes it two changes
      await page.waitForTimeout(1_100)
      await page.keyboard.type(' Another one.', { delay: 10 })
      await page.locator('[role=status][data-sync=offline]').waitFor({ timeout: 60_000 })
      const strip = page.locator('.sync-strip')
      await strip.getByText(said).waitFor()
      const place = await strip.locator('.sync-line').boundingBox()
      expect(place && place.y >= 0 && place.x >= 0 && place.x + place.width <= width).toBe(true)

      // the head says it as well, and then it is said once
      await page.evaluate(() => scrollTo(0, 0))
      await strip.waitFor({ state: 'detached' })
      await expect.poll(() => protocol.status.textContent()).toBe(said)
      await context.setOffline(false)
      await page.locator('[role=status][data-sync=saved]').waitFor({ timeout: 60_000 })
      expectNoProblems(person)
      await context.close()
    },
  )
})
