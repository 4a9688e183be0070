import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrive, expectGood, inNewHaven } from '../fixtures/workshop-visitors'
import { demoDatabase } from '../setup/database'
import { axeFindings } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { expectNoProblems, openBrowser, signIn, type Visitor } from '../setup/visitor'

const LIST = '/partnerships/st-petersburg-new-haven/workshops'
const DAY_MS = 86_400_000

let product: Product
let browser: Browser
let us: Visitor
let ru: Visitor
/** Set by the first test: all of them are one story. */
let first: string

beforeAll(async () => {
  const { uri } = await demoDatabase()
  ;[product, browser] = await Promise.all([startProduct({ MONGODB_URI: uri }), openBrowser()])
  ;[us, ru] = await Promise.all([
    arrive(browser, product.origin, 'en-US', 'America/New_York', 1280),
    arrive(browser, product.origin, 'ru-RU', 'Europe/Moscow', 360),
  ])
  await Promise.all([signIn(us, 'coordinator.us'), signIn(ru, 'physician.ru')])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

/** A panel that folds out. */
const fold = (page: Page, words: string) => page.locator('summary', { hasText: words })

describe('a weekly series', () => {
  it('is planned by the form at a time offered for its own day, and announced as a whole', async () => {
    const { page } = us
    await page.goto(`${LIST}/new`)
    const [date] = inNewHaven(new Date(Date.now() + 60 * DAY_MS))
    await page.locator('[name="titleEn"]').fill('Ward rounds together')
    await page.locator('[name="titleRu"]').fill('Совместные обходы')
    await page.locator('[name="startsOn"]').fill(date)
    const slots = page.locator('form:has([name=startsOn]) button[aria-pressed]')
    const offered = await slots.allTextContents()
    expect(offered.length).toBeGreaterThan(5)
    await button(page, 'Later days').click()
    await expect.poll(() => slots.allTextContents()).not.toEqual(offered)
    await button(page, 'Earlier days').click()
    await expect.poll(() => slots.allTextContents()).toEqual(offered)
    await slots.nth(2).click()
    // what is chosen does not go from under the pointer
    await expect.poll(() => slots.allTextContents()).toEqual(offered)
    await expect.poll(() => slots.nth(2).getAttribute('aria-pressed')).toBe('true')
    await expect
      .poll(async () => (await page.locator('[name="startsOn"]').inputValue()) >= date)
      .toBe(true)
    await page.locator('[name="repeats"]').selectOption('weekly')
    await page.locator('[name="times"]').fill('3')
    await page.locator('[name="agenda.0.titleEn"]').fill('One patient each')
    await page.locator('[name="agenda.0.titleRu"]').fill('По одному пациенту')
    await button(page, 'Save as a draft').click()
    await page.waitForURL(/workshops\/[0-9a-f]{24}$/)
    first = page.url()
    await page.getByLabel('This one and the later ones of the series').first().check()
    await button(page, 'Announce').click()
    await page.getByText('Announced: this one and 2 later ones.').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  it('is registered for as a whole, on a phone', async () => {
    const { page } = ru
    await page.goto(first)
    await button(page, 'Записаться на все эти даты').click()
    await page.getByText('Вы записаны на 3 даты.').waitFor()
    await fold(page, '3 даты').click()
    await expectGood(ru, 'series')
    expect(await axeFindings(page)).toEqual([])
  })

  it('loses its last date and gains another', async () => {
    const { page } = us
    await page.goto(LIST)
    const last = page.getByRole('listitem').filter({ hasText: 'Ward rounds together' })
    await last.filter({ hasText: '3 of 3 in a series' }).getByRole('link').first().click()
    await fold(page, 'Cancel this workshop…').click()
    await button(page, 'Cancel the workshop').click()
    await page.getByText('This workshop was cancelled.').waitFor()
    await page.getByRole('link', { name: 'Add a date to the series' }).click()
    await page.getByRole('heading', { name: 'Add a date to the series' }).waitFor()
    await expect
      .poll(() => page.locator('[name="titleEn"]').inputValue())
      .toBe('Ward rounds together')
    const [date] = inNewHaven(new Date(Date.now() + 90 * DAY_MS))
    await page.locator('[name="startsOn"]').fill(date)
    await button(page, 'Save as a draft').click()
    await page.waitForURL(/workshops\/[0-9a-f]{24}$/)
    await button(page, 'Announce').click()
    await page.getByText('The workshop is announced.').first().waitFor()

    await ru.page.goto(first)
    await ru.page.getByText('Вы записаны на 2 даты.').waitFor()
    await fold(ru.page, '3 даты').click()
    await ru.page.getByText('вы не записаны').waitFor()
    await fold(ru.page, 'Отменить запись на все эти даты…').click()
    await button(ru.page, 'Отменить мои записи').click()
    await ru.page.getByText('Вы не записаны ни на одну из этих дат.').waitFor()
  })

  it('is followed in a calendar, whose address is not changed by one press', async () => {
    const { page } = ru
    await page.goto('/account/calendar')
    await button(page, 'Создать адрес').click()
    const field = page.locator('#made-feed:focus')
    await field.waitFor()
    const address = await field.inputValue()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(page, 'Скопировать').click()
    await page.locator('[role=status]', { hasText: 'Скопировано' }).waitFor()
    await expectGood(ru, 'calendar')
    await fold(page, 'Создать новый адрес').click()
    await page.getByText('сразу перестанут обновляться').first().waitFor()
    await button(page, 'Создать новый адрес').click()
    await field.waitFor()
    await expect.poll(() => field.inputValue()).not.toBe(address)
    expectNoProblems(us, ru)
  })
})
