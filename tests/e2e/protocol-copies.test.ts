import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

const LONG = 'Ask about missed doses at every visit, without blame. '.repeat(60).trim()

let product: Product
let browser: Browser
let coordinator: Visitor
let physician: Visitor

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ;[coordinator, physician] = await Promise.all([
    visit(browser, product.origin, { locale: 'ru-RU' }),
    visit(browser, product.origin, { locale: 'en-US' }),
  ])
  await signIn(coordinator, 'coordinator.ru')
  await signIn(physician, 'physician.us')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** A protocol with a long text, open in both windows, and then without it. */
async function removed(title: string) {
  const path = await createProtocol(physician, title, title)
  const theirs = await openProtocol(physician, path)
  const unit = await firstUnit(theirs)
  await theirs.unit('en', unit).click()
  await physician.page.keyboard.insertText(LONG)
  await theirs.saved()
  const ours = await openProtocol(coordinator, path)
  await ours.text('en').getByText('without blame').waitFor()
  await theirs.unit('en', unit).click()
  await theirs.press('Control+a', 'Delete')
  await expect.poll(() => ours.read('en')).not.toContain('without blame')
  return { path, unit, ours, theirs }
}

describe('a copy kept before most of the text was removed', () => {
  it('is offered at once and put back for everybody, while others go on writing', async () => {
    const { unit, ours, theirs } = await removed('Put back')
    const { page } = coordinator
    await page.getByText('Сохранена копия от').waitFor()
    await page.getByRole('link', { name: 'Вернуть текст' }).click()
    await page.getByText('удалённое с тех пор вернётся').waitFor()
    await physician.page.keyboard.type('Typing on. ', { delay: 20 })
    await page.getByRole('button', { name: 'Вернуть текст' }).click()
    await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/, { timeout: 45_000 })

    await theirs.text('en').getByText('without blame').waitFor()
    await theirs.unit('en', unit).click()
    await theirs.press('End')
    await physician.page.keyboard.type(' And on.', { delay: 20 })
    await theirs.saved()
    await ours.text('en').getByText('And on.').waitFor()
    for (const text of [await ours.read('en'), await theirs.read('en')]) {
      expect(text.split('without blame')).toHaveLength(61)
    }
    // the notice goes where the text has come back
    await physician.page.getByText('A copy from').waitFor({ state: 'detached' })
    expectNoProblems(coordinator, physician)
  })

  it('is listed and put back without scripts', async () => {
    const { path, theirs } = await removed('Without scripts')
    await theirs.saved()
    const cookies = await coordinator.context.cookies()
    const plain = await visit(browser, product.origin, {
      locale: 'en-US',
      javaScriptEnabled: false,
    })
    await plain.context.addCookies(cookies)
    const { page } = plain
    await page.goto(path)
    await page.getByRole('link', { name: '1 сохранённая копия' }).click()
    await page.getByRole('heading', { name: 'Сохранённые копии' }).waitFor()
    await expect.poll(() => page.locator('main li').count()).toBe(1)
    await expect.poll(() => page.locator('main li').textContent()).toMatch(/Нью-Хейвен \d\d:\d\d/)
    await page.getByRole('link', { name: 'Вернуть текст' }).click()
    await page.getByRole('button', { name: 'Вернуть текст' }).click()
    await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/, { timeout: 45_000 })
    await theirs.text('en').getByText('without blame').waitFor()
    await plain.context.close()
  })

  it('is shown to a viewer, who cannot put it back, and to no observer', async () => {
    const { path } = await removed('Who may')
    const viewer = await visit(browser, product.origin, { locale: 'en-US' })
    await signIn(viewer, 'viewer')
    await viewer.page.goto(`${path}/copies`)
    await viewer.page.getByRole('heading', { name: 'Kept copies' }).waitFor()
    await expect.poll(() => viewer.page.locator('main li').count()).toBe(1)
    await expect.poll(() => viewer.page.getByRole('link', { name: 'Put it back' }).count()).toBe(0)
    const refused = await viewer.page.request.post(`${path}/copies`, { form: { copy: '1.1.x' } })
    expect(refused.status()).toBe(403)
    await viewer.context.close()

    const observer = await visit(browser, product.origin, { locale: 'en-US' })
    await signIn(observer, 'observer')
    for (const way of ['copies', 'kept']) {
      expect((await observer.page.request.get(`${path}/${way}`)).status()).toBe(403)
    }
    await observer.context.close()
  })
})
