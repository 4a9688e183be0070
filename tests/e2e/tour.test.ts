import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoId } from '../../server/demo/ids'
import { pdf } from '../setup/files'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { openProtocol, type ProtocolPage, ST_PETERSBURG } from '../setup/protocol-page'
import { protocolPath } from '../setup/routes'
import { expectNoProblems, openBrowser, type Visitor, visitAs } from '../setup/visitor'

/** 2 Mbit/s, in bytes a second. */
const NARROW = 250_000
const LEAFLET = `${ST_PETERSBURG}/resources/${demoId('resource never-miss')}`
const QUESTION = 'Кто составляет план, если пациент лежит у нас?'
const ANSWER = 'With us the ward nurse does, on the day before discharge.'
const ANSWER_RU = 'У нас это делает палатная медсестра накануне выписки.'

let product: Product
let browser: Browser
let us: Visitor
let ru: Visitor
let reviewer: Visitor
let inUs: ProtocolPage
let inRu: ProtocolPage
/** The paragraph that the tour is about. */
let unit: string

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ;[us, ru, reviewer] = await Promise.all([
    arrive('physician.us', 'en-US'),
    arrive('physician.ru', 'ru-RU'),
    arrive('reviewer', 'ru-RU'),
  ])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const arrive = (account: string, locale: string) =>
  visitAs(browser, product.origin, account, { locale })

/** The button between the two texts of the paragraph. */
const seamOf = ({ page }: ProtocolPage) =>
  page.locator(`.seam > li:has(#unit-${unit}) .seam-button`)

/** In the card of that name on the home page. */
const inCard = (page: Page, name: RegExp) =>
  page.locator('main section').filter({ has: page.getByRole('heading', { name }) })

describe('the tour of a partnership', () => {
  it('begins with an edit that waits for the other side on its home page', async () => {
    ;[inUs, inRu] = await Promise.all([
      openProtocol(us, protocolPath('adh')),
      openProtocol(ru, protocolPath('adh')),
    ])
    const paragraph = inUs.text('en').locator('p', { hasText: 'Write the plan together' })
    unit = (await paragraph.getAttribute('data-unit')) ?? ''
    expect(unit).not.toBe('')
    await inUs.write('en', unit, ' Repeat it after every admission.')
    await inUs.saved()
    const row = ru.page.locator(`.seam > li:has(#unit-${unit})`)
    await row.and(ru.page.locator('[data-face=drifted]')).waitFor()

    await ru.page.goto(ST_PETERSBURG)
    const line = inCard(ru.page, /Ждут вас/).locator('li', { hasText: 'Repeat it after every' })
    await line.locator('ins', { hasText: 'Repeat it after every admission' }).waitFor()
    await line.getByRole('link').first().click()
    await ru.page.waitForURL(new RegExp(`#unit-${unit}$`))
    await inRu.saved()
    await expect
      .poll(() => row.evaluate((element) => element.getBoundingClientRect().top))
      .toBeGreaterThan(0)
  })

  it('goes on with a question at the paragraph, beside the text', async () => {
    await seamOf(inRu).click()
    await ru.page.getByRole('button', { name: 'Обсудить' }).click()
    const drawer = ru.page.locator('.drawer')
    await drawer.locator('input[name=titleRu]').waitFor()
    // the keyboard goes through the drawer, and the text beside it stays where it is
    const top = await ru.page.evaluate(() => window.scrollY)
    await drawer.focus()
    for (let stop = 0; stop < 4; stop++) await ru.page.keyboard.press('Tab')
    await expect.poll(() => ru.page.evaluate(() => window.scrollY)).toBe(top)
    await drawer.locator('input[name=titleRu]').fill('План перед выпиской')
    await drawer.locator('textarea[name=text]').fill(`@Priya Raman, ${QUESTION}`)
    await drawer.getByRole('button', { name: 'Начать обсуждение' }).click()
    await drawer.locator('[data-post-text]', { hasText: QUESTION }).waitFor()
    await expect.poll(() => ru.page.url()).toContain('/protocols/')

    // it stands at the same paragraph of the other language, and its bell rings
    await seamOf(inUs).locator('.talk-badge[data-unread]').waitFor()
    await us.page.getByRole('link', { name: /unread notification/ }).waitFor()
  })

  it('is answered there in the other language, and translated by a colleague', async () => {
    await seamOf(inUs).click()
    await us.page.locator('.talk-choice', { hasText: 'План перед выпиской' }).click()
    const drawer = us.page.locator('.drawer')
    await drawer.locator('[data-post-text]', { hasText: QUESTION }).waitFor()
    await drawer.locator('textarea[name=text]').fill(ANSWER)
    await us.page.keyboard.press('Control+Enter')
    await ru.page.locator('.drawer [data-post-text]', { hasText: ANSWER }).waitFor()

    await reviewer.page.goto(`${ST_PETERSBURG}/discussions`)
    await reviewer.page.getByRole('link', { name: 'План перед выпиской' }).click()
    const post = reviewer.page.locator('main li[data-seq="2"]')
    await post.getByRole('button', { name: 'Перевести на русский' }).click()
    await post.locator('textarea').fill(ANSWER_RU)
    await post.getByRole('button', { name: 'Сохранить перевод' }).click()

    // the Russian reader sees their own language first, the original is one click away
    const shown = ru.page.locator('.drawer li[data-seq="2"]')
    await shown.locator('[data-post-text][lang=ru]', { hasText: ANSWER_RU }).waitFor()
    await shown.getByText('А. Б. Левит').waitFor()
    await shown.locator('summary', { hasText: 'Оригинал на английском' }).click()
    await shown.getByText(ANSWER).waitFor()
  })

  it('brings the leaflet over a narrow line with a cut, and shows it on the other side', async () => {
    const file = join(await scratch(), 'How not to miss a dose.pdf')
    await writeFile(file, pdf(1_500_000, 3))
    await ru.page.goto(LEAFLET)
    await us.page.goto(LEAFLET)
    await ru.page.getByText('Запрошен перевод').waitFor()
    const line = await us.context.newCDPSession(us.page)
    const set = (offline: boolean, bytes = NARROW) =>
      line.send('Network.emulateNetworkConditions', {
        offline,
        latency: 40,
        downloadThroughput: bytes,
        uploadThroughput: bytes,
      })
    await line.send('Network.enable')
    await set(false)
    await us.page.getByLabel('Choose a file').setInputFiles(file)
    const sent = async () =>
      Number(await us.page.getByRole('progressbar').getAttribute('aria-valuenow'))
    await expect.poll(sent, { timeout: 15_000 }).toBeGreaterThan(30)
    await set(true)
    await us.page.getByText('The line dropped.').waitFor()
    await set(false)
    await ru.page
      .locator('section[data-lang=en]')
      .getByRole('link', { name: 'How not to miss a dose.pdf' })
      .waitFor({ timeout: 30_000 })
    await set(false, -1)
    // what was asked for is done
    await expect.poll(() => ru.page.getByText('Запрошен перевод').count()).toBe(0)
  })

  it('ends at home, where all of it is said, and each line leads to its place', async () => {
    await ru.page.goto(ST_PETERSBURG)
    await inCard(ru.page, /Ждут вас/)
      .getByText('Repeat it after every admission')
      .waitFor()
    const changes = inCard(ru.page, /^С |^Со |Что нового|За неделю|За последн/)
    await changes.getByRole('link', { name: /Как не пропускать приём/ }).waitFor()
    await changes.getByRole('link', { name: /План перед выпиской/ }).click()
    await ru.page.locator('main [data-post-text]', { hasText: QUESTION }).waitFor()
    // and back to the paragraph that it is about
    await ru.page.getByRole('link', { name: /Открыть абзац/ }).click()
    await ru.page.waitForURL(new RegExp(`#unit-${unit}$`))
    expectNoProblems(us, ru, reviewer)
  })
})
