import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { discussionPath } from '../setup/routes'
import {
  expectNoProblems,
  holdScripts,
  openBrowser,
  signIn,
  type Visitor,
  visit,
} from '../setup/visitor'

let product: Product
let browser: Browser
let ru: Visitor

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ru = await visit(browser, product.origin, { locale: 'ru-RU' })
  await signIn(ru, 'physician.ru')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

describe('when the line is away', () => {
  it('a new discussion keeps its text and says so, and goes out when the line is back', async () => {
    const { page, context } = ru
    await page.goto(`${ST_PETERSBURG}/discussions/new`)
    await page.waitForLoadState('networkidle')
    const title = page.locator('input[name=titleRu]')
    const text = page.locator('main textarea[name=text]')
    await title.fill('Где хранить наборы?')
    await text.fill('Нашим нужно от 2 до 8 градусов.')

    await context.setOffline(true)
    await page.getByRole('button', { name: 'Начать обсуждение' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.textContent()).toContain('Нет связи')
    await expect.poll(() => alert.textContent()).toContain('Ничего не пропало')
    await expect.poll(() => title.inputValue()).toBe('Где хранить наборы?')
    await expect.poll(() => text.inputValue()).toBe('Нашим нужно от 2 до 8 градусов.')

    await context.setOffline(false)
    await page.getByRole('button', { name: 'Начать обсуждение' }).click()
    await page.waitForURL(/\/discussions\/[0-9a-f]{24}$/)
    await page.getByText('Нашим нужно от 2 до 8 градусов.').first().waitFor()
    expectNoProblems(ru)
  })

  it('the form of a library item stays, and so does the list of notifications', async () => {
    const { page, context } = ru
    await page.goto(`${ST_PETERSBURG}/resources/new`)
    await page.waitForLoadState('networkidle')
    await page.locator('input[name=titleRu]').fill('Часы приёма')
    await page.getByRole('button', { name: 'Создать материал' }).click()
    await page.waitForURL(/\/resources\/[0-9a-f]{24}$/)
    await page.waitForLoadState('networkidle')
    await page.getByText('Изменить описание').click()
    const about = page.locator('textarea[name=aboutRu]')
    await about.fill('Для кабинета консультирования')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Сохранить описание' }).click()
    await page.getByRole('alert').getByText('Нет связи').waitFor()
    await expect.poll(() => about.inputValue()).toBe('Для кабинета консультирования')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Сохранить описание' }).click()
    await page.locator('header p', { hasText: 'Для кабинета консультирования' }).waitFor()

    await page.goto('/notifications')
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.locator('main li form button[name=intent]').first().click()
    await page.getByRole('status').getByText('Нет связи').waitFor()
    await expect.poll(() => page.locator('main li').count()).toBeGreaterThan(0)
    await context.setOffline(false)
    expectNoProblems(ru)
  })

  it('a page that cannot be reached says so, without a number, and opens when the line is back', async () => {
    const { page, context } = ru
    await page.goto(`${ST_PETERSBURG}/discussions`)
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Непрочитанные' }).click()
    const title = page.getByRole('heading', { level: 1, name: 'Нет связи' })
    await title.waitFor()
    const main = await page.locator('main').textContent()
    expect(main).not.toContain('500')
    expect(main).not.toContain('номер')
    await context.setOffline(false)
    // what the page asks for by itself now is not cut off by the press
    await page.waitForLoadState('networkidle')
    await page.getByRole('link', { name: 'Повторить' }).click()
    await page.getByRole('heading', { level: 1, name: 'Обсуждения' }).waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('?show=unread')

    // a page whose code is not here yet either
    await context.setOffline(true)
    await page.getByRole('navigation').getByRole('link', { name: 'Глоссарий' }).click()
    await title.waitFor()
    await context.setOffline(false)
    await page.waitForLoadState('networkidle')
    await page.getByRole('link', { name: 'Повторить' }).click()
    await page.getByRole('heading', { level: 1, name: 'Глоссарий' }).waitFor()
    expectNoProblems(ru)
  })
})

it('a page whose words do not come is not shown with keys for words', async () => {
  const { page, context } = ru
  let lost = 0
  let line: 'holds' | 'loses one' | 'loses all' | 'breaks' = 'holds'
  await page.route('**/assets/*.js', async (route) => {
    // whether the line is cut
    if (line === 'holds' || route.request().method() === 'HEAD') return route.continue()
    const file = await route.fetch()
    if (!(await file.text()).includes('Как вас видят другие')) {
      return route.fulfill({ response: file })
    }
    lost += 1
    if (line === 'breaks') await context.setOffline(true)
    else if (line === 'loses one') line = 'holds'
    return route.abort('internetdisconnected')
  })
  const toAccount = async () => {
    await page.goto('/partnerships')
    await page.waitForLoadState('networkidle')
    const banner = page.getByRole('banner')
    await banner.locator('summary').last().click()
    await banner.getByRole('link', { name: 'Ваша учётная запись' }).click()
  }
  line = 'breaks'
  await toAccount()
  await page.getByRole('heading', { level: 1, name: 'Нет связи' }).waitFor()
  expect(lost).toBeGreaterThan(0)
  line = 'holds'
  await context.setOffline(false)
  await page.getByRole('link', { name: 'Повторить' }).click()
  await page.getByRole('heading', { level: 1, name: 'О вас' }).waitFor()

  // one file lost on the way is asked for again, and nobody sees anything of it
  lost = 0
  line = 'loses one'
  await toAccount()
  await page.getByRole('heading', { level: 1, name: 'О вас' }).waitFor()
  expect(lost).toBe(1)

  // a browser that never asks again for what it lost loads the page that was asked for whole
  line = 'loses all'
  const whole = page.waitForRequest(
    (each) => each.isNavigationRequest() && /account/.test(each.url()),
  )
  await toAccount()
  await whole
  await page.getByRole('heading', { level: 1, name: 'О вас' }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })
  expectNoProblems(ru)
})

it('a page that could not be looked up is an error page within its frame', async () => {
  const { page } = ru
  await page.goto('/partnerships')
  await page.waitForLoadState('networkidle')
  // the router looks up whatever comes onto the page, and so gets to know the page for "no such page"
  const found = page.waitForResponse(/__manifest/)
  await page.evaluate(() => {
    const link = document.body.appendChild(document.createElement('a'))
    link.dataset.discover = 'true'
    link.href = '/nowhere'
  })
  await (await found).finished()
  await page.route('**/__manifest*', (route) => route.abort('internetdisconnected'))
  await page.locator(`main a[href="${ST_PETERSBURG}"]`).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Глоссарий' }).click()
  await page.getByRole('heading', { level: 1, name: 'Нет связи' }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })
  await page.getByRole('link', { name: 'Повторить' }).click()
  await page.getByRole('heading', { level: 1, name: 'Глоссарий' }).waitFor()
  expectNoProblems(ru)
})

it('a press while another page is still being read goes where it says, and nobody complains', async () => {
  const { page } = ru
  await page.goto(`${ST_PETERSBURG}/discussions`)
  await page.waitForLoadState('networkidle')
  const rail = page.getByRole('navigation')
  const line = await page.context().newCDPSession(page)
  const narrow = (downloadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput,
      uploadThroughput: -1,
    })
  // both pages' code is here; only their data is slow
  await rail.getByRole('link', { name: 'Библиотека' }).click()
  await page.waitForURL(/\/resources$/)
  await page.waitForLoadState('networkidle')
  await rail.getByRole('link', { name: 'Обсуждения' }).click()
  await page.waitForURL(/\/discussions$/)
  await page.waitForLoadState('networkidle')
  await line.send('Network.enable')
  await narrow(1_000)
  const begun = page.waitForResponse(/resources\.data/)
  await rail.getByRole('link', { name: 'Библиотека' }).click()
  await begun
  await rail.getByRole('link', { name: 'Главная' }).click()
  await narrow(-1)
  await page.waitForURL(/st-petersburg-new-haven$/)
  await page.waitForLoadState('networkidle')
  expectNoProblems(ru)
})

describe('before the scripts of a page have come', () => {
  it('scripts and styles lost on the way come all the same', async () => {
    const { page } = ru
    const lost = new Set<string>()
    const kinds = [/\/entry\.client-/, /\/partnerships\._slug-/, /\/root-\w+\.css/]
    await page.route('**/assets/*', async (route) => {
      const kind = kinds.find((each) => each.test(route.request().url()))?.source
      if (!kind || lost.has(kind)) return route.continue()
      lost.add(kind)
      return route.abort('internetdisconnected')
    })
    await page.goto(`${ST_PETERSBURG}/discussions`)
    await page.waitForFunction(() => '__remixRouter' in window)
    expect(lost.size).toBe(kinds.length)
    const family = () => page.evaluate(() => getComputedStyle(document.body).fontFamily)
    await expect.poll(family).toContain('Golos')
    await page.unrouteAll({ behavior: 'wait' })
    expectNoProblems(ru)
  })

  it('what is typed stays, and is sent when they are there', async () => {
    const { page } = ru
    const come = await holdScripts(page)
    await page.goto(discussionPath('who-calls'), { waitUntil: 'commit' })
    const area = page.locator('main textarea[name=text]')
    await area.fill('Написано раньше скриптов.')
    come()
    await page.getByText('Ctrl + Enter').waitFor()
    await page.waitForLoadState('networkidle')
    await expect.poll(() => area.inputValue()).toBe('Написано раньше скриптов.')
    await page.getByRole('button', { name: 'Отправить', exact: true }).click()
    const posted = page.locator('[data-post-text]').filter({ hasText: 'Написано раньше скриптов.' })
    await posted.waitFor()
    expectNoProblems(ru)
  })

  it('a date and a choice that were made stay as well', async () => {
    const { page } = ru
    const come = await holdScripts(page)
    await page.goto(`${ST_PETERSBURG}/workshops/new`, { waitUntil: 'commit' })
    await page.locator('input[name=startsOn]').fill('2031-12-02')
    await page.locator('select[name=mode]').selectOption('on_site')
    await page.locator('input[name=titleRu]').fill('Пропуски приёма')
    come()
    // a part of the form that only scripts show
    await page.locator('input[name=placeRu]').waitFor()
    await expect.poll(() => page.locator('input[name=startsOn]').inputValue()).toBe('2031-12-02')
    await expect
      .poll(() => page.locator('input[name=titleRu]').inputValue())
      .toBe('Пропуски приёма')
    await expect.poll(() => page.locator('select[name=mode]').inputValue()).toBe('on_site')
    // and the form goes on from it: where it is held is asked, and when that is elsewhere is told
    await page.getByText('2 декабря 2031').first().waitFor()
  })
})
