import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterRoom, openPart } from '../fixtures/room-doings'
import { demoDatabase } from '../setup/database'
import { plantLiveWorkshop } from '../setup/live-workshop'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { firstUnit, protocolOn, ST_PETERSBURG } from '../setup/protocol-page'
import { slidesOf } from '../setup/slide-pdfs'
import { expectNoProblems, openBrowser, type Visitor, visitAs } from '../setup/visitor'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 900 }
const DECK = { en: 'Doses that are missed', ru: 'Пропуски доз' }
/** Drawing a few pages takes a while, milliseconds. */
const DRAWN = { timeout: 60_000 }

let product: Product
let browser: Browser
/** Who runs it at a desk, and a participant with a phone: all tests are one story. */
let us: Visitor
let ru: Visitor
let id: string
let folder: string

beforeAll(async () => {
  const { uri } = await demoDatabase()
  ;[product, browser, folder] = await Promise.all([
    startProduct({ MONGODB_URI: uri }),
    openBrowser(),
    scratch(),
  ])
  const facilitator = 'coordinator.us@demo.twinward.example'
  const planted = await plantLiveWorkshop(uri, 'st-petersburg-new-haven', facilitator)
  id = planted.workshopId
  ;[us, ru] = await Promise.all([
    visitAs(browser, product.origin, 'coordinator.us', { locale: 'en-US', viewport: DESK }),
    visitAs(browser, product.origin, 'physician.ru', { locale: 'ru-RU', viewport: PHONE }),
  ])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const button = (place: Page | Locator, name: string) =>
  place.getByRole('button', { name, exact: true })
const card = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words })
/** Id of the element that has the focus. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')

async function more(page: Page, name: string) {
  await openPart(page, 'Ещё')
  await button(page, name).click()
}

async function expectGood({ page }: Visitor) {
  expect(await foreignWords(page, 'ru')).toEqual([])
  expect(await widerThan(page, PHONE.width)).toEqual([])
}

describe('the materials of a workshop', () => {
  it('are slides made of a PDF of the library', async () => {
    const { page } = us
    const file = join(folder, 'Doses.pdf')
    await writeFile(file, await slidesOf(2))
    await page.goto(`${ST_PETERSBURG}/resources/new`)
    await page.getByLabel('Title in English').fill(DECK.en)
    await page.getByLabel('Title in Russian').fill(DECK.ru)
    await button(page, 'Create the item').click()
    await page.waitForURL(/\/resources\/[0-9a-f]{24}$/)
    await page.locator('main select[name=lang]').selectOption('ru')
    await page.getByLabel('Choose a file').setInputFiles(file)
    await page.locator('[data-rendition]').getByRole('link', { name: 'Doses.pdf' }).waitFor()

    await page.goto(`${ST_PETERSBURG}/workshops/${id}/slides`)
    const choice = page.getByLabel('PDF in the library')
    const option = choice.locator('option').filter({ hasText: DECK.en })
    await choice.selectOption((await option.getAttribute('value')) ?? '')
    await button(page, 'Make slides').click()
    const deck = page.getByRole('listitem').filter({ hasText: DECK.en })
    await deck.getByText('· 3 pages ·').waitFor(DRAWN)
  })

  it('come to a phone as images, and as their text where bytes are dear', async () => {
    await Promise.all([enterRoom(us.page, id), enterRoom(ru.page, id)])
    const shown = us.page.getByRole('listitem').filter({ hasText: DECK.en })
    await button(shown, 'Show').click()
    await openPart(ru.page, 'Слайды')
    const image = ru.page.getByAltText('Страница 1 слайдов')
    const width = () => image.evaluate((img: HTMLImageElement) => img.naturalWidth)
    await expect.poll(width).toBeGreaterThan(300)
    await ru.page.getByText('Текст этой страницы').click()
    await ru.page.getByText('Приверженность лечению, 1').waitFor()
    await button(ru.page, 'Экономия трафика').click()
    await expect.poll(() => image.count()).toBe(0)
    await ru.page.getByText('Приверженность лечению, 1').waitFor()
    await button(us.page, 'Next').click()
    await ru.page.getByText('Приверженность лечению, 2').waitFor()
    // other slides, for oneself alone
    await ru.page.getByText('Другие слайды семинара: 1').click()
    await ru.page.getByRole('link', { name: 'Пропуски приёма', exact: true }).click()
    await ru.page.getByText('Words of page 1').waitFor()
    await expect.poll(() => focused(ru.page)).toBe('stage')
    await expectGood(ru)
    await button(ru.page, 'Вернуться к докладчику (страница 2)').click()
    await ru.page.getByText('Приверженность лечению, 2').waitFor()
    await expect.poll(() => focused(ru.page)).toBe('stage')
    await ru.page.getByRole('button', { name: /^Показать картинку/ }).click()
    await expect.poll(() => focused(ru.page)).toBe('slide-image')
    await button(ru.page, 'Экономия трафика').click()
    await ru.page.getByAltText('Страница 2 слайдов').waitFor()
  })

  it('say in the other language what an image says, in a colleague’s words', async () => {
    const { page } = us
    await page.getByText('Text of this page').click()
    await button(page, 'Translate this page into English').click()
    const area = page.getByLabel('Page 2 in English')
    await area.fill('Adherence, 2: ask what got in the way.')
    // within a text the arrow keys are its own
    await page.keyboard.press('ArrowLeft')
    await button(page, 'Save').click()
    await page.getByText('Text of this page').waitFor()
    await page.getByText('Adherence, 2: ask what got in the way.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await ru.page.getByText('Текст этой страницы').click()
    await ru.page.getByText('Перевод на английский').click()
    await ru.page.getByText('Adherence, 2: ask what got in the way.').waitFor()
    await expectGood(ru)
  })

  it('are a case, offered without who the patient is and discussed', async () => {
    const { page } = ru
    await more(page, 'Случаи')
    await button(page, 'Предложить случай').click()
    await page.getByLabel('Возраст').selectOption('30–39')
    await button(page, 'Предложить случай').click()
    await page.locator('[name=setting]:focus[aria-invalid=true]').waitFor()
    await page.getByLabel('Условия оказания помощи').fill('Амбулаторный приём')
    await page
      .getByLabel('Проблема')
      .fill('Соловейко Пётр Ильич, 01.02.1980 г.р., пропускает приём.')
    await page.getByLabel('Вопрос к коллегам').fill('Как напоминать по выходным?')
    await button(page, 'Предложить случай').click()
    const warning = page.locator('[data-patient-warning]')
    await expect.poll(() => button(warning, 'Всё равно отправить').count()).toBe(0)
    await button(warning, 'Обезличить').click()
    await button(page, 'Предложить случай').click()
    await card(page, 'Как напоминать').waitFor()
    expect(await page.locator('main').textContent()).not.toContain('Соловейко')
    await expect.poll(() => focused(page)).toMatch(/^case-/)

    await openPart(us.page, 'Cases')
    const offered = card(us.page, 'Как напоминать')
    await expect.poll(() => offered.textContent()).toContain('Age 30–39 · ')
    await button(offered, 'Discuss now').click()
    await openPart(page, 'Слайды')
    await page.getByText('Сейчас разбираем случай').waitFor()
    await button(offered, 'Note recommendations').click()
    await offered.getByLabel('Recommendations').fill('Звонить в пятницу.')
    await button(offered, 'Save').click()
    await button(offered, 'Translate into English').click()
    await offered.getByLabel('Setting').fill('Outpatient')
    await offered.getByLabel('Problem').fill('Missed a visit.')
    await offered.getByLabel('Question to colleagues').fill('How to remind?')
    await button(offered, 'Save translation').click()
    await offered.getByText('Age 30–39 · Outpatient').waitFor()
    await more(page, 'Случаи')
    await card(page, 'Звонить в пятницу.').getByText('Разобран', { exact: true }).waitFor()
    await card(page, 'Как напоминать').getByText('Перевод на английский').first().click()
    await card(page, 'Как напоминать').getByText('How to remind?').waitFor()
    await expectGood(ru)
  })

  it('are notes that grow while others read', async () => {
    await more(ru.page, 'Заметки')
    await ru.page.getByText('Заметки ещё не начаты.').waitFor()
    await openPart(us.page, 'Notes')
    await button(us.page, 'Begin the notes').click()
    const opening = us.context.waitForEvent('page')
    await us.page.getByRole('link', { name: 'Write in the notes' }).click()
    const notes = protocolOn(await opening)
    await notes.saved()
    const unit = await firstUnit(notes)
    await notes.write('en', unit, 'Call on Friday, not on Monday.')
    await notes.saved()
    await ru.page.getByText('Call on Friday, not on Monday.').waitFor()
    await us.page.getByText('Call on Friday, not on Monday.').waitFor()
    await notes.page.close()
  })

  it('are a quiz, whose right answer nobody reads before they answer', async () => {
    const { page } = us
    await openPart(page, 'Polls')
    await button(page, 'Quiz').click()
    await page.getByRole('radio', { name: 'One option' }).and(page.locator(':focus')).waitFor()
    await button(page, 'Save poll').click()
    await page.locator('[lang=en]:focus[aria-invalid=true]').waitFor()
    await page.getByLabel('Question in English').fill('When to call?')
    await page.getByLabel('Question in Russian').fill('Когда звонить?')
    const options = ['Monday Понедельник', 'Friday Пятница'].entries()
    for (const [at, words] of options) {
      const [en = '', russian = ''] = words.split(' ')
      await page.getByLabel(`Option ${at + 1} in English`).fill(en)
      await page.getByLabel(`Option ${at + 1} in Russian`).fill(russian)
    }
    await button(page, 'Save poll').click()
    await page.getByText('Mark which answer is right.').waitFor()
    await page.getByLabel('Option 1 is right').and(page.locator(':focus')).waitFor()
    await page.getByLabel('Option 2 is right').check()
    await button(page, 'Save poll').click()
    await expect.poll(() => focused(page)).toMatch(/^poll-/)
    await button(page, 'Open poll').click()
    await expect.poll(() => focused(page)).toMatch(/^poll-/)

    const asked = card(page, 'When to call?')
    await openPart(ru.page, 'Опросы')
    const theirs = card(ru.page, 'Когда звонить?')
    await theirs.getByLabel('Понедельник').check()
    await button(theirs, 'Отправить ответ').click()
    await theirs.getByText('Вы ответили: Понедельник').waitFor()
    await expect.poll(() => focused(ru.page)).toMatch(/^poll-/)
    await asked.getByText('1 answer', { exact: true }).first().waitFor()
    await expect.poll(() => asked.getByText('· right').isVisible()).toBe(false)
    await asked.getByLabel('Friday').check()
    await button(asked, 'Send answer').click()
    // its head and its table never tell two numbers
    await asked.getByRole('table').getByText('2 answers').waitFor()
    await expect.poll(() => asked.getByText('2 answers').count()).toBe(2)
    expect(await axeFindings(page)).toEqual([])
    await button(asked, 'Close poll').click()
    await button(asked, 'Show results to everybody').click()
    await theirs.getByRole('row').filter({ hasText: 'Пятница' }).getByText('верно').waitFor()
    await expectGood(ru)
  })

  it('are words of one’s own, without names', async () => {
    const { page } = us
    await button(page, 'Free text').click()
    await page.getByLabel('Question in English').fill('What helped?')
    await page.getByLabel('Question in Russian').fill('Что помогло?')
    await button(page, 'Save poll').click()
    await button(page, 'Open poll').click()
    const theirs = card(ru.page, 'Что помогло?')
    await theirs.getByLabel('Ваш ответ').fill('Коробочка на неделю.')
    await button(theirs, 'Отправить ответ').click()
    await theirs.getByText('Вы ответили: Коробочка на неделю.').waitFor()
    const asked = card(page, 'What helped?')
    await asked.getByText('Коробочка на неделю.').waitFor()
    await button(asked, 'Show results to everybody').click()
    await theirs.getByText('1 ответ', { exact: true }).first().waitFor()
    await expectGood(ru)
  })

  it('are turned by whoever was named to present', async () => {
    await openPart(us.page, 'Run')
    await us.page.getByLabel(/^Role of .*Kors/).selectOption('presenter')
    await us.page.getByRole('button', { name: /^Set role: .*Kors/ }).click()
    await openPart(ru.page, 'Слайды')
    await ru.page.getByText('Листать только у себя').waitFor()
    await button(ru.page, 'Вперёд').click()
    const theirs = us.page.getByAltText('Page 3 of the slides')
    await theirs.waitFor()
    // going through the list turns nobody's page before the button does
    await ru.page.getByRole('combobox', { name: /^Страница/ }).selectOption('1')
    await button(ru.page, 'Показать 1').waitFor()
    await expect.poll(() => theirs.isVisible()).toBe(true)
    await button(ru.page, 'Показать 1').click()
    await us.page.getByAltText('Page 1 of the slides').waitFor()
    await expectGood(ru)
    expectNoProblems(us, ru)
  })
})
