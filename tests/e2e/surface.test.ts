import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { openBrowser, signIn, visit } from '../setup/visitor'

let product: Product
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const reader = await visit(browser, product.origin, { locale: 'ru-RU', reducedMotion: 'reduce' })
  page = reader.page
  await signIn(reader, 'reviewer')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** A page for people: in their language, on a phone, in the dark, for whoever hears it. */
async function expectUsable(name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeFindings(page)).toEqual([])
  }
  expect(await foreignWords(page, 'ru')).toEqual([])
  expect(await widerThan(page, 360)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  // for whoever wants to look: SHOTS names a folder
  const folder = process.env.SHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}-ru-390.png`), fullPage: true })
}

describe('a refusal', () => {
  it('of an address that cannot be read is a page for people', async () => {
    const answer = await page.goto('/%E0%A4%A')
    expect(answer?.status()).toBe(400)
    await expect
      .poll(() => page.locator('h1').textContent())
      .toBe('Этот адрес невозможно прочитать')
    await expectUsable('refused-400')
    await page.getByRole('link').click()
    await page.waitForURL('**/partnerships')
  })

  it('of a form from elsewhere is a page for people', async () => {
    await page.route('**/elsewhere', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${product.origin}/preferences"><input name="theme" value="dark"><button>x</button></form>`,
      }),
    )
    await page.goto('http://elsewhere.invalid/elsewhere')
    const posted = page.waitForResponse('**/preferences')
    await page.locator('button').click()
    expect((await posted).status()).toBe(403)
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('h1').textContent()).toBe('Запрос пришёл с другого адреса')
    await expectUsable('refused-403')
  })

  it('of too many requests says how long to wait', async () => {
    const search = `${ST_PETERSBURG}/search?q=dose`
    let last = 200
    for (let n = 0; n < 130 && last === 200; n += 1)
      last = (await page.context().request.get(`${product.origin}${search}`)).status()
    const answer = await page.goto(`${product.origin}${search}`)
    expect(answer?.status()).toBe(429)
    expect(await answer?.headerValue('retry-after')).toMatch(/^\d+$/)
    await expect
      .poll(() => page.locator('main').textContent())
      .toMatch(/Повторите через \d+ секунд/)
    await expectUsable('refused-429')
  })
})
