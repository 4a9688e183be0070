import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTcpProxy } from '../fixtures/tcp-proxy'
import { demoDatabase } from '../setup/database'
import { plantLiveWorkshop } from '../setup/live-workshop'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import {
  apartFromCuts,
  expectNoProblems,
  openBrowser,
  signIn,
  type Visitor,
  visit,
} from '../setup/visitor'

const PHONE = { width: 390, height: 844 }
/** One grey pixel: what a slide looks like is no matter here. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==',
  'base64',
)

let product: Product
let browser: Browser
let proxy: Awaited<ReturnType<typeof createTcpProxy>>
let us: Visitor
let ru: Visitor
let room: string

beforeAll(async () => {
  const { uri } = await demoDatabase()
  ;[product, browser] = await Promise.all([startProduct({ MONGODB_URI: uri }), openBrowser()])
  const facilitator = 'coordinator.us@demo.twinward.example'
  const { workshopId } = await plantLiveWorkshop(uri, 'st-petersburg-new-haven', facilitator)
  room = `/workshops/${workshopId}/room`
  const { hostname, port } = new URL(product.origin)
  proxy = await createTcpProxy(hostname, Number(port))
  const wire = product.origin.replace(port, String(proxy.port))
  ;[us, ru] = await Promise.all([
    arrive(product.origin, 'coordinator.us', 'en-US'),
    arrive(wire, 'physician.ru', 'ru-RU', PHONE),
  ])
  await Promise.all([us, ru].map(({ page }) => enter(page)))
})

afterAll(async () => {
  await browser?.close()
  proxy?.close()
  await product?.stop()
  await removeScratch()
})

async function arrive(origin: string, account: string, locale: string, viewport?: typeof PHONE) {
  const visitor = await visit(browser, origin, { locale, ...(viewport ? { viewport } : {}) })
  await signIn(visitor, account)
  await visitor.context.route('**/slides/**', (route) =>
    route.fulfill({ contentType: 'image/png', body: PIXEL }),
  )
  return visitor
}

async function enter(page: Page) {
  await page.goto(room)
  await page.locator('[data-line=here]').waitFor()
}

const messages = (page: Page) => page.locator('[role=log] li[data-message]')
const said = (page: Page, words: string) => messages(page).filter({ hasText: words })

/** The part of a room, by its button: at the bottom of a phone, beside the slides elsewhere. */
const part = (page: Page, name: string) =>
  page
    .locator('nav button:visible')
    .filter({ hasText: new RegExp(`^${name}`) })
    .click()

async function say(page: Page, words: string) {
  await page.locator('textarea[name=text]:visible').fill(words)
  await page.keyboard.press('Control+Enter')
}

describe('the room of a workshop', () => {
  it('carries a message and a slide to the other side, each in its own language', async () => {
    await us.page.getByRole('button', { name: 'Show', exact: true }).click()
    await ru.page.getByAltText('Страница 1 слайдов').waitFor()
    await us.page.getByRole('button', { name: 'Next', exact: true }).click()
    await ru.page.getByText('Страница 2 из 4').waitFor()
    await say(us.page, 'Good evening to St Petersburg.')
    await part(ru.page, 'Чат')
    await said(ru.page, 'Good evening').waitFor()
    await say(ru.page, 'Здравствуйте, вас хорошо видно.')
    await said(us.page, 'Здравствуйте').waitFor()
    await expect
      .poll(() => said(us.page, 'Здравствуйте').locator('[lang=ru]').first().isVisible())
      .toBe(true)
  })

  it('lets everybody look back and return to the presenter', async () => {
    const { page } = ru
    await part(page, 'Слайды')
    await page.getByRole('button', { name: 'Назад', exact: true }).click()
    await page.getByText('Вы смотрите страницу 1. Докладчик на странице 2.').waitFor()
    await page.getByRole('button', { name: 'Вернуться к докладчику' }).click()
    await page.getByText('Страница 2 из 4').waitFor()
    // who is met by the presenter where they looked goes on with everybody
    await page.getByRole('button', { name: 'Назад', exact: true }).click()
    await page.getByText('Докладчик на странице 2.').waitFor()
    await us.page.getByRole('button', { name: 'Previous', exact: true }).click()
    await page.getByText('Страница 1 из 4').waitFor()
    await us.page.getByRole('button', { name: 'Next', exact: true }).click()
    await page.getByText('Страница 2 из 4').waitFor()
  })

  it('has the slide, its buttons and the bar on the first screen', async () => {
    for (const [{ page }, next] of [
      [us, 'Next'],
      [ru, 'Вперёд'],
    ] as const) {
      const bottomOf = async (locator: ReturnType<Page['locator']>) => {
        const box = await locator.boundingBox()
        return (box?.y ?? Number.NaN) + (box?.height ?? 0)
      }
      const height = page.viewportSize()?.height ?? 0
      await page.evaluate(() => window.scrollTo({ top: 0 }))
      const button = page.getByRole('button', { name: next, exact: true })
      expect(await bottomOf(button)).toBeLessThan(height / 2)
      expect(await bottomOf(page.locator('main img'))).toBeLessThan(height - 57)
    }
  })

  it('catches up after a cut without gaps or doubles, and sends what was written meanwhile', async () => {
    await part(ru.page, 'Чат')
    // more than a screen
    await say(us.page, 'One line.\n'.repeat(50))
    await said(ru.page, 'One line.').waitFor()
    proxy.set('refuse')
    const trouble = ru.page.getByRole('status').getByText(/Связь прервалась в \d/)
    await trouble.waitFor()
    await say(ru.page, 'Написано без связи.')
    await ru.page.locator('[data-unsent=pending]').waitFor()
    // in sight at the end of all that
    const isInSight = async () => {
      const box = await trouble.boundingBox()
      return box !== null && box.y >= 0 && box.y < 40
    }
    await expect.poll(isInSight).toBe(true)
    await us.page.getByRole('button', { name: 'Next', exact: true }).click()
    for (const each of ['first', 'second', 'third']) await say(us.page, `While away: ${each}`)
    await said(us.page, 'third').waitFor()

    proxy.set('through')
    await ru.page.locator('[data-line=here]').waitFor({ timeout: 30_000 })
    await said(us.page, 'Написано без связи.').waitFor()
    await said(ru.page, 'third').waitFor()
    await expect.poll(() => ru.page.locator('[data-unsent]').count()).toBe(0)
    // and stands at the end of what was said
    const left = () =>
      ru.page.evaluate(
        () => document.documentElement.scrollHeight - window.scrollY - window.innerHeight,
      )
    await expect.poll(left).toBeLessThan(2)
    for (const { page } of [us, ru]) {
      const texts = (await messages(page).allTextContents()).join('\n')
      for (const words of ['first', 'second', 'third', 'Написано без связи.']) {
        expect(texts.split(words).length - 1, words).toBe(1)
      }
    }
    await part(ru.page, 'Слайды')
    await ru.page.getByText('Страница 3 из 4').waitFor()
  }, 60_000)

  it('keeps images away in data saver until one is asked for, with its size', async () => {
    const { page } = ru
    await page.getByRole('button', { name: 'Экономия трафика' }).click()
    await page.getByText('Words of page 3').waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    await page.getByRole('button', { name: 'Показать картинку (48 КБ)' }).click()
    await page.getByAltText('Страница 3 слайдов').waitFor()
    await page.getByRole('button', { name: 'Экономия трафика' }).click()
  })

  it('can be used by keys alone', async () => {
    const { page } = us
    await page.getByRole('group', { name: /^Slides/ }).focus()
    await page.keyboard.press('ArrowRight')
    await ru.page.getByText('Страница 4 из 4').waitFor()
    await page
      .locator('nav button:visible')
      .filter({ hasText: /^Questions/ })
      .focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox').last().focus()
    await page.keyboard.type('Who pays for the boxes?')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'Who pays for the boxes?' }).waitFor()
    await part(page, 'Chat')
  })

  it('goes on by keys from where something was deleted, and tells it', async () => {
    const { page } = us
    await say(page, 'Said in error.')
    const error = said(page, 'Said in error.')
    await error.getByRole('button', { name: 'Delete' }).focus()
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await expect.poll(focused).toBe('A message was deleted here.')

    await part(page, 'Questions')
    for (const words of ['Asked first?', 'Asked in error?']) {
      await page.getByLabel('Your question').fill(words)
      await page.keyboard.press('Control+Enter')
      await page.getByRole('article').filter({ hasText: words }).waitFor()
    }
    const asked = page.getByRole('article').filter({ hasText: 'Asked in error?' })
    await asked.getByRole('button', { name: 'Delete' }).focus()
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('status').getByText('The question was deleted.').waitFor()
    await expect.poll(focused).toContain('Asked first?')
    await part(page, 'Chat')
  })

  it('shows what happened so far, and takes a message, where no script runs', async () => {
    const plain = await visit(browser, product.origin, {
      locale: 'ru-RU',
      javaScriptEnabled: false,
      storageState: await ru.context.storageState(),
      viewport: PHONE,
    })
    const { page } = plain
    await page.goto(room)
    await expect.poll(() => page.getByText('While away: second').isVisible()).toBe(true)
    // texts are not looked for in there
    await expect
      .poll(() => page.locator('noscript article').first().textContent())
      .toContain('Who pays for the boxes?')
    await page.locator('textarea[name=text]').fill('Без скриптов тоже слышно.')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await said(us.page, 'Без скриптов тоже слышно.').waitFor()
    await plain.context.close()
  })

  it('is light: no more scripts than a page may have', async () => {
    const { page } = us
    await page.goto(room)
    await page.locator('[data-line=here]').waitFor()
    const bytes = await page.evaluate(() => {
      const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const scripts = all.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    })
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThan(180_000)
  })

  it('is in one language, fits its screen and has no findings, by day and by night', async () => {
    for (const [{ page }, lang] of [
      [us, 'en'],
      [ru, 'ru'],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await axeFindings(page), `${lang} ${colorScheme}`).toEqual([])
      }
      expect(await foreignWords(page, lang)).toEqual([])
    }
    await ru.page.setViewportSize({ width: 360, height: 740 })
    for (const name of ['Слайды', 'Чат', 'Вопросы', 'Опросы', 'Ещё']) {
      await part(ru.page, name)
      expect(await widerThan(ru.page, 360), name).toEqual([])
      expect(await axeFindings(ru.page), name).toEqual([])
    }
    expectNoProblems(us, apartFromCuts(ru))
  }, 60_000)
})
