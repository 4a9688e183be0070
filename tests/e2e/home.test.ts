import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { openProtocol, ST_PETERSBURG } from '../setup/protocol-page'
import { protocolPath } from '../setup/routes'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

let product: Product
let browser: Browser
let us: Visitor
let ru: Visitor

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  us = await visit(browser, product.origin, { locale: 'en-US' })
  ru = await visit(browser, product.origin, { locale: 'ru-RU' })
  await signIn(us, 'physician.us')
  await signIn(ru, 'physician.ru')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const LIVE = { timeout: 15_000 }

/** The number that the bell says to who cannot see it. */
async function unreadOn(page: Page): Promise<number> {
  const words = await page.locator('header a[href="/notifications"] .sr-only').textContent()
  return Number(/\d+/.exec(words ?? '')?.[0] ?? 0)
}

/** A new discussion of the American physician's; its title. */
async function writeTo(name: string): Promise<string> {
  const title = `Question ${randomUUID().slice(0, 8)}`
  const answer = await us.context.request.post(`${ST_PETERSBURG}/discussions/new`, {
    headers: { origin: product.origin },
    form: {
      titleEn: title,
      lang: 'en',
      text: `@${name}, can you look at this before Thursday?`,
      clientKey: randomUUID(),
    },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  return title
}

describe('notifications', () => {
  it('a mention reaches every tab, is opened in one, and is read in all', async () => {
    const [first, second] = [ru.page, await ru.context.newPage()]
    await first.goto(ST_PETERSBURG)
    await second.goto(ST_PETERSBURG)
    const before = await unreadOn(first)
    // both hear from now on
    for (const tab of [first, second]) await tab.getByText('Кроме вас').waitFor()

    const title = await writeTo('Dmitriy Korsakov')
    for (const tab of [first, second]) {
      await expect.poll(() => unreadOn(tab), LIVE).toBe(before + 1)
      await tab.getByRole('region', { name: 'Новое уведомление' }).getByText(title).waitFor()
    }

    await first.locator('header a[href="/notifications"]').click()
    const row = first.locator('li[data-unread]', { hasText: title })
    await expect.poll(() => row.textContent()).toMatch(/Раман упоминает вас в обсуждении/)
    await expect.poll(() => row.textContent()).toContain('Новое')
    await row.getByRole('button', { name: title }).click()
    await first.waitForURL(/\/discussions\/[0-9a-f]{24}\S*#post-1$/)
    await first.locator('h1', { hasText: title }).waitFor()

    await expect.poll(() => unreadOn(second), LIVE).toBe(before)
    await expect.poll(() => unreadOn(first), LIVE).toBe(before)
    // read elsewhere, so that it is not told any more
    await second.getByRole('region', { name: 'Новое уведомление' }).waitFor({ state: 'detached' })
    await second.close()
  })

  it('all are marked as read, and exactly those unread again by the way back', async () => {
    const { page } = ru
    await writeTo('Dmitriy Korsakov')
    await page.goto('/notifications')
    const unread = () => page.locator('li[data-unread]').count()
    const before = await unread()
    expect(before).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Отметить всё прочитанным' }).click()
    await expect.poll(unread, LIVE).toBe(0)
    await expect.poll(() => unreadOn(page), LIVE).toBe(0)
    await page.getByRole('status').getByRole('button', { name: 'Вернуть' }).click()
    await expect.poll(unread, LIVE).toBe(before)
    await expect.poll(() => unreadOn(page), LIVE).toBe(before)

    const first = page.locator('main li').first()
    await first.getByRole('button', { name: 'В прочитанные' }).click()
    await expect.poll(unread, LIVE).toBe(before - 1)
    await first.getByRole('button', { name: 'В непрочитанные' }).click()
    await expect.poll(unread, LIVE).toBe(before)
    expectNoProblems(ru)
  })

  it('are read and taken back without scripts', async () => {
    await writeTo('Dmitriy Korsakov')
    const plain = await visit(browser, product.origin, {
      locale: 'ru-RU',
      javaScriptEnabled: false,
    })
    await signIn(plain, 'physician.ru')
    const { page } = plain
    await page.goto('/partnerships')
    await page.locator('header a[href="/notifications"]').click()
    await page.waitForURL('**/notifications')
    const unread = () => page.locator('li[data-unread]').count()
    const before = await unread()
    expect(before).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Отметить всё прочитанным' }).click()
    await expect.poll(unread, LIVE).toBe(0)
    await page.getByRole('button', { name: 'Вернуть' }).click()
    await expect.poll(unread, LIVE).toBe(before)
    await page.locator('li[data-unread] button').first().click()
    await page.waitForURL(/\/(discussions|protocols)\/[0-9a-f]{24}/)
    await page.goto('/notifications')
    expect(await unread()).toBe(before - 1)
    await plain.context.close()
  })
})

describe('the home page', () => {
  it('shows what the other side has just changed, and leads to the paragraph', async () => {
    const { page } = ru
    await page.goto(ST_PETERSBURG)
    await page.getByText('Кроме вас').waitFor()
    const protocol = await openProtocol(us, protocolPath('adh'))
    const faces = Object.entries(await protocol.faces())
    const unit = faces.find(([, face]) => face === 'in-sync' || face === 'reviewed')?.[0] ?? ''
    await protocol.write('en', unit, ' Ask the stockroom first.')
    await protocol.saved()

    const mine = page.getByRole('region', { name: 'Ждут вас' })
    const line = mine.locator('li', { has: page.locator('ins', { hasText: 'stockroom' }) })
    await line.waitFor()
    await expect.poll(() => line.textContent()).toMatch(/Английский текст изменился/)
    await expect.poll(() => line.textContent()).toMatch(/Раман/)
    await line.getByRole('link').click()
    await page.waitForURL(`**${protocolPath('adh')}#unit-${unit}`)
    const paragraph = page.locator(`[data-unit="${unit}"]`).first()
    const isInView = () =>
      paragraph.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
    await expect.poll(isInView, LIVE).toBe(true)
    expectNoProblems(us, ru)
  })

  it('says who else is there', async () => {
    await ru.page.goto(ST_PETERSBURG)
    await us.page.goto(ST_PETERSBURG)
    await us.page.getByRole('list', { name: 'Here now:' }).getByText('Korsakov').waitFor()
    await ru.page.getByRole('list', { name: 'Сейчас здесь:' }).getByText('Раман').waitFor()
  })
})

describe('search', () => {
  it('finds by any form of a word, from the keyboard, and leads there', async () => {
    const { page } = ru
    await page.goto(`${ST_PETERSBURG}/people`)
    await page.locator('body').press('Control+KeyK')
    await page.keyboard.type('приверженностью')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?q=*')
    await expect.poll(() => page.title(), LIVE).toContain('приверженностью')
    await page.getByRole('status').getByText('приверженностью').waitFor()
    await expect.poll(() => page.locator('mark').first().textContent()).toMatch(/приверженност/i)
    await page.locator('main nav').getByRole('link', { name: 'Термины' }).click()
    await page.waitForURL('**kind=term')
    // the address changes before the list does
    const term = page.locator('main li a[href*="/glossary#term-"]')
    await term.filter({ hasText: 'приверженность' }).click()
    await page.waitForURL(/\/glossary#term-/)
    await expect.poll(() => page.locator('tr[data-aimed]').textContent()).toContain('adherence')
    expectNoProblems(ru)
  })

  it('finds in English, and says when there is nothing', async () => {
    const { page } = us
    await page.goto(ST_PETERSBURG)
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('adherence')
    await page.keyboard.press('Enter')
    await page.locator('main nav').getByRole('link', { name: 'Protocols' }).click()
    await page
      .locator('main li')
      .getByRole('link', { name: 'ART adherence support' })
      .first()
      .click()
    await page.waitForURL(`**${protocolPath('adh')}**`)
    await page.goto(`${ST_PETERSBURG}/search?q=${encodeURIComponent('пациент')}`)
    // one entry for a discussion, with several places in it, each of which leads to its own post
    const entry = page.locator('main li').filter({ hasText: 'Who calls the patient' }).first()
    const places = entry.locator('ul a')
    const paths = await places.evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')),
    )
    expect(paths.length).toBeGreaterThan(1)
    expect(new Set(paths).size).toBe(paths.length)
    for (const path of paths)
      expect(path).toMatch(/\/discussions\/[0-9a-f]{24}\?around=\d+#post-\d+$/)
    await page.goto(`${ST_PETERSBURG}/search?q=zymurgy`)
    await expect
      .poll(() => page.locator('main').textContent())
      .toContain('Nothing was found for “zymurgy”')
    expectNoProblems(us)
  })
})

describe('the glossary', () => {
  it('is filtered as one types, and by its address without scripts', async () => {
    const { page } = us
    await page.goto(`${ST_PETERSBURG}/glossary`)
    const rows = page.locator('tbody tr')
    const all = await rows.count()
    expect(all).toBeGreaterThan(140)
    await page.getByRole('searchbox', { name: 'Find a term' }).fill('ТУБЕРКУЛЕЗ')
    await expect.poll(() => rows.count(), LIVE).toBeLessThan(all / 4)
    await rows.filter({ hasText: 'туберкулёз' }).first().waitFor()
    const answer = await us.context.request.get(`${ST_PETERSBURG}/glossary?q=viral+load`)
    const served = (await answer.text()).match(/id="term-/g) ?? []
    expect(served.length).toBeGreaterThan(0)
    expect(served.length).toBeLessThan(all / 4)
    expectNoProblems(us)
  })
})
