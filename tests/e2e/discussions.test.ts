import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

const LIST = `${ST_PETERSBURG}/discussions`

let product: Product
let browser: Browser
let us: Visitor
let ru: Visitor
/** Address of the thread that the stories below go on in. */
let thread: string

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ;[us, ru] = await Promise.all([arrive('physician.us', 'en-US'), arrive('physician.ru', 'ru-RU')])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

async function arrive(account: string, locale: string, scripts = true): Promise<Visitor> {
  const visitor = await visit(browser, product.origin, { locale, javaScriptEnabled: scripts })
  await signIn(visitor, account)
  return visitor
}

/** The thread, live: the line is there and one's own face with it. */
async function openThread({ page }: Visitor): Promise<void> {
  await page.goto(thread)
  await page.locator('main textarea[name=text]').waitFor()
}

const posts = (page: Page) => page.locator('main ol > li[data-seq]')
const texts = (page: Page) => page.locator('main ol [data-post-text]').allTextContents()
const post = (page: Page, words: string) => posts(page).filter({ hasText: words })

async function write(page: Page, words: string) {
  await page.locator('main textarea[name=text]').fill(words)
  await page.keyboard.press('Control+Enter')
}

describe('a discussion', () => {
  it('appears in the other side’s list as unread, without a reload', async () => {
    await ru.page.goto(LIST)
    await us.page.goto(`${LIST}/new`)
    await us.page.locator('input[name=titleEn]').fill('How do you store the kits?')
    await us.page.locator('main textarea[name=text]').fill('Ours need 2 to 8 degrees.')
    await us.page.getByRole('button', { name: 'Open discussion' }).click()
    await us.page.waitForURL(/\/discussions\/[0-9a-f]{24}$/)
    thread = new URL(us.page.url()).pathname

    const row = ru.page.locator('main li').filter({ hasText: 'How do you store the kits?' })
    await row.getByText('1 непрочитанное').waitFor()
    await expect
      .poll(() => row.locator('[lang=en]').first().textContent())
      .toBe('How do you store the kits?')
    const told = ru.page.waitForResponse(/\/change$/)
    await row.getByRole('link', { name: 'How do you store' }).click()
    await post(ru.page, 'Ours need 2 to 8 degrees.').waitFor()
    // shown is read
    await told
    await ru.page.goto(LIST)
    await row.waitFor()
    await expect.poll(() => row.getByText('непрочитанное').count()).toBe(0)
  })

  it('brings a post to everybody at once, and says to its author that it is on its way', async () => {
    await Promise.all([openThread(us), openThread(ru)])
    let letThrough = () => {}
    const held = new Promise<void>((go) => {
      letThrough = go
    })
    await us.page.route('**/reply', async (route) => {
      await held
      await route.continue()
    })
    await write(us.page, 'Who checks the fridge?')
    const pending = us.page.locator('main li[data-unsent=pending]')
    await pending.getByText('Who checks the fridge?').waitFor()
    letThrough()
    await pending.waitFor({ state: 'detached' })
    await post(us.page, 'Who checks the fridge?').waitFor()
    await post(ru.page, 'Who checks the fridge?').waitFor()
    await expect
      .poll(() => ru.page.locator('main [data-post-text]').last().getAttribute('lang'))
      .toBe('en')
    await us.page.unroute('**/reply')
  })

  it('says who is writing', async () => {
    await ru.page.locator('main textarea[name=text]').pressSequentially('Медсестра')
    await us.page.getByText('Dmitriy Korsakov is writing…').waitFor()
    await ru.page.locator('main textarea[name=text]').fill('')
  })

  it('keeps what is being written over a reload, and forgets it once it is sent', async () => {
    const { page } = us
    const words = page.locator('main textarea[name=text]')
    await words.fill('The night shift has its own')
    await page.reload()
    await expect.poll(() => words.inputValue()).toBe('The night shift has its own')
    await words.focus()
    await page.keyboard.press('Control+Enter')
    await post(page, 'The night shift has its own').waitFor()
    await page.reload()
    await post(page, 'The night shift has its own').waitFor()
    await expect.poll(() => words.inputValue()).toBe('')
  })

  it('keeps an unsent post over a reload and stores it once, though the first answer was lost', async () => {
    const before = await posts(us.page).count()
    // a second tab whose answers are lost, and which does not hear of its post by the other way either
    const tab = await us.context.newPage()
    await tab.route('**/reply', async (route) => {
      await route.fetch().catch(() => {})
      await route.abort('connectionreset').catch(() => {})
    })
    await tab.routeWebSocket('**/socket.io/**', (socket) => socket.close())
    await tab.goto(thread)
    await write(tab, 'The nurse on duty does.')
    await tab.locator('main li[data-unsent=pending]').waitFor()
    await post(ru.page, 'The nurse on duty does.').waitFor()
    await post(us.page, 'The nurse on duty does.').waitFor()

    await tab.unrouteAll({ behavior: 'ignoreErrors' })
    await tab.reload()
    await post(tab, 'The nurse on duty does.').waitFor()
    await tab.locator('main li[data-unsent]').waitFor({ state: 'detached' })
    for (const page of [tab, us.page, ru.page]) {
      await expect.poll(() => posts(page).count()).toBe(before + 1)
      expect(await texts(page)).toEqual(await texts(us.page))
    }
    await tab.close()
  })

  it('keeps a post that never left the device, and sends it once after the reload', async () => {
    await us.page.route('**/reply', (route) => route.abort('connectionreset'))
    await write(us.page, 'Twice a day.')
    await us.page.locator('main li[data-unsent=pending]').waitFor()
    await us.page.reload()
    await us.page.locator('main li[data-unsent=pending]').getByText('Twice a day.').waitFor()
    await expect.poll(() => post(ru.page, 'Twice a day.').count()).toBe(0)
    await us.page.unrouteAll({ behavior: 'ignoreErrors' })
    await us.page.evaluate(() => window.dispatchEvent(new Event('online')))
    await post(ru.page, 'Twice a day.').waitFor()
    await us.page.locator('main li[data-unsent]').waitFor({ state: 'detached' })
    expect(await texts(us.page)).toEqual(await texts(ru.page))
  })

  it('shows a colleague’s translation first to who reads that language, the original a click away', async () => {
    const reviewer = await arrive('reviewer', 'ru-RU')
    await openThread(reviewer)
    const original = post(reviewer.page, 'Who checks the fridge?')
    await original.getByRole('button', { name: 'Перевести на русский' }).click()
    await original.locator('textarea').fill('Кто следит за холодильником?')
    await original.getByRole('button', { name: 'Сохранить перевод' }).click()

    const shown = post(ru.page, 'Кто следит за холодильником?')
    await shown.getByText('Перевод: А. Б. Левит').waitFor()
    await expect.poll(() => shown.locator('[data-post-text]').getAttribute('lang')).toBe('ru')
    await shown.getByText('Оригинал на английском').click()
    await shown.getByText('Who checks the fridge?').waitFor()
    await expect
      .poll(() => post(us.page, 'Who checks the fridge?').locator('[data-post-text]').textContent())
      .toBe('Who checks the fridge?')
    await reviewer.context.close()
    expectNoProblems(reviewer)
  })

  it('calls a colleague by a name typed in the other script', async () => {
    const field = us.page.locator('main textarea[name=text]')
    await field.pressSequentially('Thank you, @korsak')
    await us.page.getByRole('option', { name: /Korsakov/ }).waitFor()
    await us.page.keyboard.press('Enter')
    await expect.poll(() => field.inputValue()).toBe('Thank you, @Dmitriy Korsakov ')
    await us.page.keyboard.press('Control+Enter')
    await ru.page.locator('main [data-mention]').getByText('@Dmitriy Korsakov').waitFor()
  })

  it('follows changes and leaves a trace of what was taken out', async () => {
    const mine = post(us.page, 'Twice a day.')
    await mine.getByRole('button', { name: 'Edit' }).click()
    await mine.locator('textarea').fill('Three times a day.')
    await mine.getByRole('button', { name: 'Save' }).click()
    await post(ru.page, 'Three times a day.').getByText('изменено').waitFor()

    const changed = post(us.page, 'Three times a day.')
    await changed.getByRole('button', { name: 'Delete' }).click()
    await changed.getByRole('button', { name: 'Delete' }).click()
    // the keyboard goes on from the line that stands in its place
    const focused = () => us.page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toContain('deleted this post')
    await ru.page.getByText(/сообщение удалил автор, П\.\sРаман/).waitFor()
    await expect.poll(() => ru.page.getByText('Three times a day.').count()).toBe(0)
  })

  it('counts what came while the reader was elsewhere', async () => {
    await ru.page.goto(LIST)
    await write(us.page, 'One more thing.')
    const row = ru.page.locator('main li').filter({ hasText: 'How do you store the kits?' })
    await row.getByText('1 непрочитанное').waitFor()
    await openThread(ru)
    await ru.page.getByText('Новое с вашего последнего визита').waitFor()
  })

  it('takes a reply without scripts and comes back to it', async () => {
    const plain = await arrive('coordinator.ru', 'ru-RU', false)
    await plain.page.goto(thread)
    await plain.page.locator('main textarea[name=text]').fill('Написано без сценариев')
    await plain.page.getByRole('button', { name: 'Отправить' }).click()
    await expect.poll(() => plain.page.url()).toMatch(/#post-\d+$/)
    await post(plain.page, 'Написано без сценариев').waitFor()
    await post(us.page, 'Написано без сценариев').waitFor()
    await plain.context.close()
  })

  it('is closed by a coordinator for everybody at once', async () => {
    const coordinator = await arrive('coordinator.us', 'en-US')
    await openThread(coordinator)
    await coordinator.page.getByRole('button', { name: 'Close discussion' }).click()
    await coordinator.page.getByRole('button', { name: 'Close', exact: true }).click()
    await ru.page.getByText('Координатор закрыл это обсуждение').waitFor()
    await expect.poll(() => ru.page.locator('main textarea[name=text]').count()).toBe(0)
    await coordinator.page.locator('#thread-lock:focus').getByText('Reopen discussion').waitFor()
    await coordinator.context.close()
    expectNoProblems(us, ru, coordinator)
  })
})
