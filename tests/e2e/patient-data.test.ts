import { mkdir } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPart } from '../fixtures/room-doings'
import { twoFrames } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { openProtocol, ST_PETERSBURG } from '../setup/protocol-page'
import { attendedPath, discussionPath, protocolPath, resourcePath } from '../setup/routes'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

/** Where pictures of the pages go, for whoever wants to look at them. */
const SHOTS = process.env.TWINWARD_SHOTS
const PHONE = { width: 390, height: 844 }
const SNILS = '112-233-445 95'

let product: Product
let browser: Browser
let phone: Visitor
let coordinator: Visitor

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  if (SHOTS) await mkdir(SHOTS, { recursive: true })
  phone = await arrive('physician.ru', 'ru-RU', { viewport: PHONE })
  coordinator = await arrive('coordinator.ru', 'ru-RU', { viewport: PHONE })
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

async function arrive(account: string, locale: string, options: object): Promise<Visitor> {
  const visitor = await visit(browser, product.origin, { locale, ...options })
  await signIn(visitor, account)
  return visitor
}

async function shoot({ page }: Visitor, name: string) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` })
}

/** What asks in the page has come; who sends quicker than that is asked by the server. */
async function detectorIn({ page }: Visitor) {
  await page.waitForFunction(() => {
    const come = performance.getEntriesByType('resource').map(({ name }) => name)
    return ['patient-data', 'patient-warning'].every((part) =>
      come.some((name) => name.includes(`/assets/${part}-`)),
    )
  })
  await twoFrames(page)
}

const warning = ({ page }: Visitor) => page.locator('[data-patient-warning]')
const areaOf = ({ page }: Visitor) => page.locator('main textarea[name=text]')

describe('a post that looks like patient data, on a phone in Russian', () => {
  it('is not sent before its author has been asked, and is de-identified with one press', async () => {
    const { page } = phone
    await page.goto(discussionPath('who-calls'))
    const area = areaOf(phone)
    await area.click()
    await area.fill(`Пациент Соловейко П.И., 1980 г.р., СНИЛС ${SNILS}, пропустил визит.`)
    await detectorIn(phone)
    await page.getByRole('button', { name: 'Отправить', exact: true }).click()
    await warning(phone).waitFor()
    await expect.poll(() => warning(phone).textContent()).toContain('имя с датой рождения, СНИЛС')
    await expect
      .poll(() => warning(phone).locator('mark').allTextContents())
      .toEqual(['Соловейко П.И.', '1980 г.р.', SNILS])
    expect(await page.locator('[data-unsent]').count()).toBe(0)
    await shoot(phone, 'warning-ru-390')

    await warning(phone).getByRole('button', { name: 'Обезличить' }).click()
    await expect
      .poll(() => area.inputValue())
      .toMatch(/^Пациент А, 4[05]–4[49] лет, СНИЛС \[…\], пропустил визит\.$/)
    await page.getByText('Имена, даты рождения и номера заменены').waitFor()
    await shoot(phone, 'cleared-ru-390')
    await page.getByRole('button', { name: 'Отправить', exact: true }).click()
    await page.locator('[data-post-text]').filter({ hasText: 'Пациент А' }).waitFor()
    await expect.poll(() => page.locator('[data-unsent]').count()).toBe(0)
  })

  it('is posted as it is by a second press; a coordinator removes it for ever', async () => {
    const { page } = phone
    await areaOf(phone).fill(`Снова: Соловейко П.И., СНИЛС ${SNILS}. Что делать?`)
    await page.getByRole('button', { name: 'Отправить', exact: true }).click()
    await warning(phone).getByRole('button', { name: 'Всё равно отправить' }).click()
    const post = page.locator('main ol > li').filter({ hasText: SNILS })
    await post.locator('[data-post-text]').waitFor()
    await expect.poll(() => page.locator('[data-unsent]').count()).toBe(0)

    const there = coordinator.page
    await there.goto(discussionPath('who-calls'))
    const seen = there.locator('main ol > li').filter({ hasText: SNILS })
    await seen.getByRole('link', { name: 'Данные пациента…' }).click()
    await there.waitForURL(/\/purge\?/)
    await there.getByRole('heading', { name: 'Удалить данные пациента' }).waitFor()
    await expect.poll(() => there.locator('textarea[name=passages]').inputValue()).toContain(SNILS)
    await shoot(coordinator, 'purge-choose-ru-390')
    await there.getByRole('button', { name: 'Продолжить' }).click()
    await there.getByText('Отменить это не сможет никто.').waitFor()
    await shoot(coordinator, 'purge-confirm-ru-390')
    expect(there.url()).not.toContain('112')
    await there.getByRole('button', { name: 'Удалить навсегда' }).click()
    await there.waitForURL(/discussions/)
    // the author's open page loses it without a reload
    await expect.poll(() => page.getByText(SNILS).count()).toBe(0)
    await page.locator('[data-removed]').getByText('[удалено: данные пациента]').waitFor()
    await page.getByText(/Данные пациента из этого сообщения удалены: /).waitFor()
    await expect
      .poll(() => page.locator('[data-post-text]').last().textContent())
      .toContain('Что делать?')
    await shoot(phone, 'purged-ru-390')
  })

  it('is asked about by the plain form too, where scripts do not run', async () => {
    const bare = await arrive('physician.us', 'en-US', { javaScriptEnabled: false })
    const { page } = bare
    await page.goto(discussionPath('who-calls'))
    await areaOf(bare).fill('Patient John Smith, DOB 02/01/1980. What now?')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(() => warning(bare).textContent()).toContain('a name with a birth date')
    await expect.poll(() => areaOf(bare).inputValue()).toContain('John Smith')
    await page.getByRole('button', { name: 'Post it anyway' }).click()
    await page.locator('[data-post-text]').filter({ hasText: 'John Smith' }).waitFor()
    await bare.context.close()
  })
})

describe('words that leave before the page itself can ask', () => {
  it('are asked about where they wait, in a discussion and in the room of a workshop', async () => {
    const quick = await arrive('physician.us', 'en-US', {})
    const { context, page } = quick
    let isHeld = true
    await context.route(/\/assets\/patient-/, async (route) => {
      while (isHeld) await new Promise((done) => setTimeout(done, 20))
      await route.continue()
    })
    const leave = async (words: string) => {
      await areaOf(quick).fill(words)
      await page.keyboard.press('Control+Enter')
    }
    const asked = page.locator('[data-unsent=refused] [data-patient-warning]')

    await page.goto(discussionPath('who-calls'))
    await page.getByText('Ctrl + Enter').waitFor()
    await leave('Patient Jane Doe, DOB 02/01/1980, came late.')
    await asked.getByText('This looks like patient data', { exact: true }).waitFor()
    isHeld = false
    await asked.locator('mark').first().waitFor()
    // whoever writes on is not interrupted
    await expect
      .poll(() => areaOf(quick).evaluate((area) => area === document.activeElement))
      .toBe(true)
    await asked.getByRole('button', { name: 'De-identify' }).click()
    const cleared = page.locator('[data-unsent=refused]')
    await cleared.getByText('Names, birth dates and numbers have been replaced').waitFor()
    await cleared.getByRole('button', { name: 'Send', exact: true }).click()
    await page.locator('[data-post-text]').filter({ hasText: 'came late.' }).waitFor()
    await expect
      .poll(() => page.locator('[data-post-text]').last().textContent())
      .toContain('Patient A')

    isHeld = true
    await page.goto(`${attendedPath('cd4-clinic')}/room`)
    await page.locator('[data-line=here]').waitFor()
    // what comes back into its form stands before what was begun there meanwhile
    await openPart(page, 'Questions')
    const question = page.getByLabel('Your question')
    // the part's code comes when it is opened
    await question.waitFor()
    await context.setOffline(true)
    await question.fill('Does Jane Doe, DOB 02/01/1980, come?')
    await page.keyboard.press('Control+Enter')
    await page.getByText('On its way; it goes by itself').waitFor()
    // nobody was there: from now on it waits outside its form
    await expect.poll(() => question.inputValue()).toBe('')
    await question.fill('Next one')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Edit again' }).click()
    await expect
      .poll(() => question.inputValue())
      .toBe('Does Jane Doe, DOB 02/01/1980, come?\nNext one')
    await question.fill('')
    await openPart(page, 'Chat')

    await leave('Patient Jane Doe, DOB 02/01/1980, is the one.')
    await asked.getByRole('button', { name: 'Post it anyway' }).click()
    isHeld = false
    await page.locator('[data-message]').filter({ hasText: 'is the one.' }).waitFor()
    await expect.poll(() => page.locator('[data-unsent]').count()).toBe(0)
    await expect
      .poll(() => areaOf(quick).evaluate((area) => area === document.activeElement))
      .toBe(true)
    await context.close()
  })
})

describe('titles, files and the text of a protocol', () => {
  it('asks about a title and takes out what it found', async () => {
    const { page } = coordinator
    await page.goto(`${ST_PETERSBURG}/protocols/new`)
    await page.locator('input[name=titleRu]').fill(`Случай: Соловейко Пётр Ильич, СНИЛС ${SNILS}`)
    await page.locator('main form:has(input[name=titleRu]) button').first().click()
    await warning(coordinator).getByRole('button', { name: 'Обезличить' }).click()
    await expect
      .poll(() => page.locator('input[name=titleRu]').inputValue())
      .toBe('Случай: пациент А, СНИЛС […]')
    await shoot(coordinator, 'title-ru-390')
    await page.locator('main form:has(input[name=titleRu]) button').first().click()
    await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/)
  })

  it('asks about the name of a file before it is sent', async () => {
    const { page } = coordinator
    await page.goto(resourcePath('never-miss'))
    const file = { mimeType: 'text/plain', buffer: Buffer.from('Памятка') }
    const name = 'Соловейко_Пётр_Ильич_01.02.1980.txt'
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ ...file, name })
    const asked = page.locator('[data-asked-name]')
    await asked.waitFor()
    await shoot(coordinator, 'file-ru-390')
    await asked.getByRole('button', { name: 'Обезличить' }).click()
    await page.locator('[data-rendition]').filter({ hasText: 'patient_A' }).waitFor()
    expect(await page.content()).not.toContain('Соловейко')
  })

  it('says so beside a paragraph, and its replacement is an ordinary edit', async () => {
    const opened = await openProtocol(phone, protocolPath('adh'))
    const { page } = phone
    const place = opened.text('ru').locator('p').first()
    await place.click()
    await page.keyboard.press('End')
    await page.keyboard.type(` Пример: Соловейко П.И., СНИЛС ${SNILS}.`)
    const strip = page.locator('.patient-strip')
    await strip.getByText('Абзац похож на данные пациента').waitFor()
    await shoot(phone, 'strip-ru-390')
    await strip.getByRole('button', { name: 'Обезличить' }).click()
    await expect
      .poll(() => opened.text('ru').textContent())
      .toContain('Пример: пациент А, СНИЛС […].')
    await expect.poll(() => strip.textContent()).toBe('')
    await opened.saved()
    await page.keyboard.press('Control+z')
    await expect.poll(() => opened.text('ru').textContent()).toContain(SNILS)
  })

  it('a passage leaves a protocol that others have open', async () => {
    const { page } = coordinator
    await page.goto(`${protocolPath('adh')}`)
    await page.getByRole('link', { name: 'Данные пациента…' }).first().click()
    await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.getByRole('button', { name: 'Удалить навсегда' }).click()
    await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/)
    await page.getByText(/Данные пациента из текста удалены: /).waitFor()
    await expect.poll(() => phone.page.locator('.live-column').getByText(SNILS).count()).toBe(0)
    await shoot(coordinator, 'protocol-purged-ru-390')
    expectNoProblems(phone, coordinator)
  })
})
