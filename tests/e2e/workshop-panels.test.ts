import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDatabase } from '../setup/database'
import { plantLiveWorkshop } from '../setup/live-workshop'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { expectNoProblems, openBrowser, type Visitor, visitAs } from '../setup/visitor'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 900 }

let product: Product
let browser: Browser
let us: Visitor
let ru: Visitor
let room: string

beforeAll(async () => {
  const { uri } = await demoDatabase()
  ;[product, browser] = await Promise.all([startProduct({ MONGODB_URI: uri }), openBrowser()])
  const facilitator = 'coordinator.us@demo.twinward.example'
  const { workshopId } = await plantLiveWorkshop(uri, 'st-petersburg-new-haven', facilitator)
  room = `/workshops/${workshopId}/room`
  ;[us, ru] = await Promise.all([
    visitAs(browser, product.origin, 'coordinator.us', { locale: 'en-US', viewport: DESK }),
    visitAs(browser, product.origin, 'physician.ru', { locale: 'ru-RU', viewport: PHONE }),
  ])
  await Promise.all([us, ru].map(({ page }) => enter(page)))
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

async function enter(page: Page) {
  await page.goto(room)
  await page.locator('[data-line=here]').waitFor()
}

/** The part of a room, by its button: at the bottom of a phone, beside the slides elsewhere. */
const part = (page: Page, name: string) =>
  page
    .locator('nav button:visible')
    .filter({ hasText: new RegExp(`^${name}`) })
    .click()

async function makePoll(page: Page, template: string, en: string, russian: string) {
  await part(page, 'Polls')
  await page.getByRole('button', { name: template, exact: true }).click()
  await page.getByLabel('Question in English').fill(en)
  await page.getByLabel('Question in Russian').fill(russian)
  await page.getByRole('button', { name: 'Save poll' }).click()
  await page.getByRole('button', { name: 'Open poll' }).click()
}

const poll = (page: Page, words: string) => page.locator('article').filter({ hasText: words })

describe('a poll', () => {
  it('opened in English is announced in Russian, answered on a phone, and changed from a second tab', async () => {
    await makePoll(us.page, 'Yes or no', 'Do you use the checklist?', 'Пользуетесь ли вы листом?')
    const news = ru.page.getByRole('status').filter({ hasText: 'Открыт опрос:' })
    await news.getByText('Пользуетесь ли вы листом?').waitFor()
    await news.getByRole('button', { name: 'Ответить' }).click()
    await poll(ru.page, 'Пользуетесь').getByLabel('Да', { exact: true }).check()
    await ru.page.getByRole('button', { name: 'Отправить ответ' }).click()
    await poll(ru.page, 'Пользуетесь').getByText('Вы ответили: Да').waitFor()
    await poll(us.page, 'checklist').getByText('1 answer').first().waitFor()

    const second = await ru.context.newPage()
    await enter(second)
    await part(second, 'Опросы')
    await poll(second, 'Пользуетесь').getByText('Вы ответили: Да').waitFor()
    await second.getByRole('button', { name: 'Изменить ответ' }).click()
    await second.getByLabel('Нет', { exact: true }).check()
    await second.getByRole('button', { name: 'Отправить ответ' }).click()
    await poll(second, 'Пользуетесь').getByText('Вы ответили: Нет').waitFor()
    await second.close()
    await poll(ru.page, 'Пользуетесь').getByText('Вы ответили: Нет').waitFor()
  })

  it('shows its results when the facilitator does: one answer, the last one', async () => {
    await expect.poll(() => ru.page.getByRole('table').count()).toBe(0)
    await us.page.getByRole('button', { name: 'Show results to everybody' }).click()
    const rows = ru.page.getByRole('table').getByRole('row')
    await rows.filter({ hasText: 'Нет' }).getByText('100 %').waitFor()
    await rows.filter({ hasText: 'Да' }).getByText('0 %', { exact: true }).waitFor()
    expect(await foreignWords(ru.page, 'ru')).toEqual([])
  })

  it('is answered by keyboard alone', async () => {
    await us.page.getByRole('button', { name: 'Close poll' }).click()
    await makePoll(us.page, 'Scale 1–5', 'How sure are you?', 'Насколько вы уверены?')
    await poll(ru.page, 'Насколько').getByRole('radio').first().waitFor()
    await ru.page.locator('main').focus()
    const onRadio = () =>
      ru.page.evaluate(() => document.activeElement?.matches('article input[type=radio]'))
    for (let pressed = 0; pressed < 30 && !(await onRadio()); pressed++) {
      await ru.page.keyboard.press('Tab')
    }
    await ru.page.keyboard.press('Space')
    for (let pressed = 0; pressed < 3; pressed++) await ru.page.keyboard.press('ArrowRight')
    await ru.page.keyboard.press('Enter')
    await poll(ru.page, 'Насколько').getByText('Вы ответили: 4').waitFor()
  })
})

describe('a question', () => {
  it('is asked in one language, translated, wanted by another and put on air', async () => {
    await part(ru.page, 'Вопросы')
    await ru.page.getByLabel('Ваш вопрос').fill('Как вы храните тесты летом?')
    await ru.page.getByRole('button', { name: 'Задать вопрос' }).click()
    // sent once, and out of the field, whether its fact or its answer came first
    await expect.poll(() => ru.page.getByLabel('Ваш вопрос').inputValue()).toBe('')

    await part(us.page, 'Questions')
    const asked = us.page.getByRole('article').filter({ hasText: 'Как вы храните тесты' })
    await asked.getByRole('button', { name: 'Translate into English' }).click()
    await us.page.getByLabel('Translation into English').fill('How do you store tests in summer?')
    await us.page.getByRole('button', { name: 'Save translation' }).click()
    const translated = us.page.getByRole('article').filter({ hasText: 'How do you store tests' })
    await translated
      .getByText(/Translation:/)
      .first()
      .waitFor()
    await translated.getByRole('button', { name: /I want this answered too/ }).click()
    await ru.page.getByText('1 голос', { exact: true }).waitFor({ state: 'attached' })

    await translated.getByRole('button', { name: 'Answer now' }).click()
    await part(ru.page, 'Слайды')
    await ru.page.getByText('Сейчас отвечаем на вопрос').waitFor()
    const strip = ru.page.locator('details').filter({ hasText: 'Сейчас отвечаем на вопрос' })
    await expect.poll(async () => (await strip.boundingBox())?.height).toBeLessThan(90)
    await translated.getByRole('button', { name: 'Answer in writing' }).click()
    await us.page.getByLabel('Answer in writing').fill('In the fridge, two to eight degrees.')
    await us.page.getByRole('button', { name: 'Post answer' }).click()
    await part(ru.page, 'Вопросы')
    await ru.page.getByText('In the fridge').waitFor()
  })
})

describe('the floor', () => {
  it('is told whoever it is given to, wherever they are, and given back by a press', async () => {
    await part(ru.page, 'Слайды')
    await ru.page.getByRole('button', { name: 'Поднять руку' }).click()
    await part(ru.page, 'Вопросы')
    await part(us.page, 'Hands')
    await us.page.getByRole('button', { name: 'Give the floor' }).click()
    const news = ru.page.getByRole('status').filter({ hasText: 'Вам слово.' })
    await news.getByRole('button', { name: 'К поднятым рукам' }).click()
    // the button has gone with its news: the keyboard goes on in the part it opened
    const focused = () => ru.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('Руки')
    await ru.page.getByRole('button', { name: 'Закончить' }).click()
    await ru.page.getByRole('button', { name: 'Поднять руку' }).waitFor()
    await part(ru.page, 'Ещё')
    await ru.page.getByRole('button', { name: 'Случаи', exact: true }).click()
    await expect.poll(focused).toBe('Случаи')
    await part(ru.page, 'Вопросы')
  })
})

describe('groups', () => {
  it('tell whoever is put into one, and call them back', async () => {
    await part(us.page, 'Groups')
    await us.page.getByLabel('Topic in Russian').fill('Первый приём')
    await ru.page.clock.install()
    await us.page.getByRole('button', { name: 'Make groups' }).click()
    const news = ru.page.getByRole('status').filter({ hasText: /Вы в группе \d/ })
    // it stands for as long as it takes; closed, it leaves the keyboard where it was before
    await news.waitFor()
    await ru.page.clock.fastForward(25_000)
    await news.getByRole('button', { name: 'Закрыть' }).press('Enter')
    await news.waitFor({ state: 'detached' })
    const focused = () => ru.page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toMatch(/^Вопросы/)
    await part(ru.page, 'Ещё')
    await ru.page.getByRole('button', { name: 'Группы' }).click()
    const own = ru.page.getByText(/Ваша группа: \d/)
    const before = await own.textContent()
    // going through the list moves nobody before the button does
    const list = us.page.getByLabel(/^Group of /)
    await list.press(before?.includes('1') ? 'ArrowDown' : 'ArrowUp')
    await us.page.waitForTimeout(500)
    await expect.poll(() => own.textContent()).toBe(before)
    await us.page.getByRole('button', { name: /^Move: / }).click()
    await expect.poll(() => own.textContent()).not.toBe(before)
    await ru.page.getByText('Первый приём').first().waitFor()
    expect(await widerThan(ru.page, PHONE.width)).toEqual([])
    await us.page.getByRole('button', { name: 'Call everybody back' }).click()
    await ru.page.getByText('Сейчас групп нет', { exact: false }).waitFor()
  })
})

describe('what is being written', () => {
  it('stands in its form again after another part was open, and after the page was left', async () => {
    const { page } = us
    const problem = () => page.getByLabel('Problem', { exact: true })
    const note = () => page.getByLabel('What was answered', { exact: false })
    await part(page, 'Cases')
    await page.getByRole('button', { name: 'Offer a case' }).click()
    await problem().fill('Missed two visits.')
    await part(page, 'Questions')
    await page.getByRole('button', { name: 'Answered aloud' }).click()
    await note().fill('In the fridge')
    await part(page, 'Cases')
    await expect.poll(() => problem().inputValue()).toBe('Missed two visits.')
    await enter(page)
    await part(page, 'Questions')
    await expect.poll(() => note().inputValue()).toBe('In the fridge')
    await page.getByRole('button', { name: 'Cancel' }).click()
    // the keyboard goes on where the form was opened
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toBe('Answered aloud')
    await part(page, 'Cases')
    await expect.poll(() => problem().inputValue()).toBe('Missed two visits.')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await part(page, 'Questions')
    await expect.poll(() => note().count()).toBe(0)
  })
})

describe('every part of the room', () => {
  it('passes the checks of a page on the desktop and on the phone', async () => {
    for (const name of ['Questions', 'Polls', 'Cases', 'Groups', 'Notes', 'Run']) {
      await part(us.page, name)
      await us.page.waitForLoadState('networkidle')
      expect(await axeFindings(us.page), name).toEqual([])
    }
    for (const name of ['Случаи', 'Группы', 'Заметки']) {
      await part(ru.page, 'Ещё')
      await ru.page.getByRole('button', { name, exact: true }).click()
      await ru.page.waitForLoadState('networkidle')
      expect(await axeFindings(ru.page), name).toEqual([])
      expect(await foreignWords(ru.page, 'ru'), name).toEqual([])
      expect(await widerThan(ru.page, PHONE.width), name).toEqual([])
    }
    expectNoProblems(us, ru)
  })
})
