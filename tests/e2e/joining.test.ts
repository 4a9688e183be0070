import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDatabase } from '../setup/database'
import { invitationTo } from '../setup/letters'
import { axeFindings, foreignWords } from '../setup/page-checks'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol, ST_PETERSBURG } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, type Visitor, visit, visitAs } from '../setup/visitor'

const NURSE = 'nurse@clinic.example'
const PASSWORD = 'сорока на берёзе летит'
const PHONE = {
  locale: 'ru-RU',
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
}

let product: Product
let browser: Browser
let dataDir: string
let us: Visitor
let ru: Visitor

beforeAll(async () => {
  dataDir = await scratch()
  const env = { DATA_DIR: dataDir, MONGODB_URI: (await demoDatabase()).uri, HOST: '127.0.0.1' }
  ;[product, browser] = await Promise.all([startProduct(env), openBrowser()])
  ;[us, ru] = await Promise.all([
    arrive('coordinator.us', 'en-US'),
    arrive('coordinator.ru', 'ru-RU'),
  ])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const arrive = (account: string, locale: string) =>
  visitAs(browser, product.origin, account, { locale })

const linkTo = (email: string, nth = 1) => invitationTo(dataDir, email, nth)

/** One colleague invited in Russian for St Petersburg, as an editor unless told. */
async function invite({ page }: Visitor, people: string, role = 'editor') {
  await page.goto(`${ST_PETERSBURG}/people/invite`)
  await page.locator('textarea[name=people]').fill(people)
  await page.locator(`input[name=role][value=${role}]`).check()
  const russian = page.locator('select[name=sideId] option', {
    hasText: /St Petersburg|Санкт-Петербург/,
  })
  await page
    .locator('select[name=sideId]')
    .selectOption((await russian.getAttribute('value')) ?? '')
  await page.locator('select[name=lang]').selectOption('ru')
  await page.locator('select[name=cadre]').selectOption('nurse')
  await page.locator('main form:has(textarea[name=people]) button[type=submit]').click()
}

const onPhone = () => visit(browser, product.origin, PHONE)

/** The nurse in the list of people, and the way to her page. */
const lineOf = (page: Page) =>
  page.getByRole('listitem').filter({ hasText: 'Анна Петровна Кузнецова' })
const placeOf = (page: Page) => lineOf(page).getByRole('link', { name: 'Роль и место' })
const isWelcome = (url: URL) => url.pathname === ST_PETERSBURG && url.search === '?joined'
const isSent = (url: URL) => url.search === '?sent=1'
const main = (page: Page) => page.locator('main').textContent()

let link: string
let nurse: Visitor
let protocol: string

describe('a nurse joins', () => {
  it('invited by the other side in her language; what cannot be read comes back in place', async () => {
    await invite(us, `Анна Кузнецова <${NURSE}>\nКузнецова без адреса`)
    const alert = us.page.getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.textContent()).toContain('1 letter is on its way')
    await expect
      .poll(() => alert.textContent())
      .toContain('Кузнецова без адреса — there is no address in it')
    await expect
      .poll(() => us.page.locator('textarea[name=people]').inputValue())
      .toBe('Кузнецова без адреса')
    await expect.poll(() => us.page.locator('select[name=lang]').inputValue()).toBe('ru')
    expect(await axeFindings(us.page)).toEqual([])

    await us.page.goto(`${ST_PETERSBURG}/people`)
    const line = us.page.getByRole('listitem').filter({ hasText: NURSE })
    await expect.poll(() => line.textContent()).toContain('Open')
    link = await linkTo(NURSE)
    expect(link).toMatch(/^\/invitations\/[\w-]{43}$/)
  })

  it('row 152: after a mail scanner has opened the link twice, which did nothing', async () => {
    const scanner = await visit(browser, product.origin)
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await scanner.context.request.fetch(link, { method, maxRedirects: 0 })
      expect(answer.status()).toBe(302)
      expect(answer.headers().location).toBe('/join')
      expect(answer.headers()['set-cookie']).toMatch(
        /HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i,
      )
      expect(answer.headers()['set-cookie']).toMatch(/Path=\/(?:;|$)/)
    }
    expect((await scanner.context.request.get('/join')).status()).toBe(200)
    await scanner.context.close()
    await us.page.reload()
    const line = us.page.getByRole('listitem').filter({ hasText: NURSE })
    await expect.poll(() => line.textContent()).toContain('Open')
  })

  it('row 149: not as whoever happens to be signed in, who may change the account', async () => {
    const other = await arrive('physician.us', 'en-US')
    await other.page.goto(link)
    await expect.poll(() => new URL(other.page.url()).pathname).toBe('/join')
    const text = await main(other.page)
    expect(text).toContain('n•••@clinic.example')
    expect(text).not.toContain(NURSE)
    const forged = await other.context.request.post('/join', {
      form: { role: 'coordinator' },
      headers: { origin: product.origin },
      maxRedirects: 0,
    })
    expect(forged.status()).toBe(403)
    await other.page.locator('main form[action="/sign-out"] button').click()
    await other.page.locator('input[name=family]').waitFor()
    await expect.poll(() => new URL(other.page.url()).pathname).toBe('/join')
    expectNoProblems(other)
    await other.context.close()
  })

  it('on a phone in Russian: what she joins, a name, a password, yes; and she is in', async () => {
    nurse = await onPhone()
    const { page } = nurse
    await page.goto(link)
    await expect.poll(() => page.url()).toBe(`${product.origin}/join`)
    const text = await main(page)
    expect(text).toMatch(/Санкт-Петербург.*Нью-Хейвен/s)
    expect(text).toContain('Редактор')
    expect(text).toContain('Медицинская сестра')
    expect(await foreignWords(page, 'ru')).toEqual([])
    expect(await axeFindings(page)).toEqual([])

    // a letter of the other alphabet is pointed at, with everything else kept
    await page.locator('input[name=family]').fill('Кузнецовa')
    await page.locator('input[name=given]').fill('Анна')
    await page.locator('input[name=patronymic]').fill('Петровна')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('input[name=shared]').check()
    await page.getByRole('button', { name: 'Присоединиться' }).click()
    await page.getByText('смешаны буквы двух алфавитов').waitFor()
    await expect.poll(() => page.locator('input[name=patronymic]').inputValue()).toBe('Петровна')
    await expect.poll(() => page.locator('input[name=password]').inputValue()).toBe('')
    expect(await page.content()).not.toContain(PASSWORD)

    await page.locator('input[name=family]').fill('Кузнецова')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Присоединиться' }).click()
    await page.waitForURL(isWelcome)
    await expect
      .poll(() => page.getByRole('status').filter({ hasText: 'Добро пожаловать' }).count())
      .toBe(1)
    await expect.poll(() => page.locator('h1').textContent()).toContain('Анна Петровна')
    const cookies = await nurse.context.cookies()
    expect(cookies.find(({ name }) => name === 'twinward_invitation')).toBeUndefined()
    // a shared computer: the session goes with the browser
    expect(cookies.find(({ name }) => name === 'twinward_session')?.expires).toBe(-1)

    await page.goto('/account')
    expect(await main(page)).toContain('Anna Kuznetsova')
    expect(await foreignWords(page, 'ru')).toEqual([])
    expectNoProblems(nurse)
  })

  it('row 150: and the link is used up, for her and for whoever it is forwarded to', async () => {
    const stranger = await visit(browser, product.origin, { locale: 'ru-RU' })
    await stranger.page.goto(link)
    expect(await main(stranger.page)).toContain('Эта ссылка больше не действует')
    expect((await stranger.context.request.get('/join')).status()).toBe(410)
    const again = await stranger.context.request.post('/join', {
      form: { family: 'Чужая', given: 'Анна', by: 'code', clientKey: crypto.randomUUID() },
      headers: { origin: product.origin },
      maxRedirects: 0,
    })
    expect(again.status()).toBe(410)
    await stranger.context.close()

    await nurse.page.goto(link)
    await nurse.page.waitForURL(`**${ST_PETERSBURG}`)
    // back by the button: no second account, no error
    const replay = await nurse.context.request.post('/join', {
      form: { family: 'Кузнецова' },
      headers: { origin: product.origin },
      maxRedirects: 0,
    })
    expect(replay.status()).toBe(303)
  })
})

describe('her coordinator', () => {
  it('makes her a reader while she has a protocol open, which says so as she writes', async () => {
    protocol = await createProtocol(ru, 'Calls', 'Звонки')
    const desk = await visit(browser, product.origin, { locale: 'ru-RU' })
    await desk.context.addCookies(await nurse.context.cookies())
    const opened = await openProtocol(desk, protocol)
    const unit = await firstUnit(opened)
    await opened.write('ru', unit, 'Звоним утром.')
    await opened.saved()
    await ru.page.goto(`${ST_PETERSBURG}/people`)
    await placeOf(ru.page).click()
    await ru.page.locator('input[name=role][value=viewer]').check()
    await ru.page.getByRole('button', { name: 'Сохранить' }).click()
    await ru.page.waitForURL(`**${ST_PETERSBURG}/people`)
    // what is written within the moment that the word takes is still taken
    const refused = desk.page.getByText('На это у вас нет прав').first()
    const write = async () => {
      if (!(await refused.isVisible())) await opened.write('ru', unit, ' Д')
      return refused.isVisible()
    }
    await expect.poll(write, { timeout: 8_000 }).toBe(true)
    // and it opens again as a text to be read
    const writable = desk.page.locator('.ProseMirror[contenteditable=true]')
    await expect.poll(() => writable.count()).toBe(0)
    expectNoProblems(desk)
    await desk.context.close()
    await nurse.page.goto(`${ST_PETERSBURG}/people`)
    await nurse.page
      .getByRole('listitem')
      .filter({ hasText: /Кузнецова.*Читатель/ })
      .waitFor()
  })

  it('removes her: what she has open ends, and the partnership is not there for her', async () => {
    const opened = await openProtocol(nurse, protocol)
    await placeOf(ru.page).click()
    await ru.page.getByText('Исключить из партнёрства').click()
    await ru.page.getByRole('button', { name: 'Исключить', exact: true }).click()
    await ru.page.waitForURL(`**${ST_PETERSBURG}/people`)
    const status = opened.page.locator('[role=status][data-sync=refused]')
    await status.waitFor({ timeout: 5_000 })
    await expect.poll(() => status.textContent()).toContain('доступ')
    const answer = await nurse.page.goto(`${ST_PETERSBURG}/people`)
    expect(answer?.status()).toBe(404)
    await nurse.page.goto('/partnerships')
    expect(await main(nurse.page)).not.toContain('Санкт-Петербург')
  })

  it('invites her again; she signs in first, and comes back to the question', async () => {
    await invite(ru, NURSE, 'reviewer')
    await ru.page.waitForURL(isSent)
    const again = await linkTo(NURSE, 2)
    await nurse.context.clearCookies()
    await nurse.page.goto(again)
    await nurse.page.getByRole('link', { name: 'Войти и продолжить' }).click()
    await nurse.page.locator('input[name=email]:visible').fill(NURSE)
    await nurse.page.locator('input[name=password]:visible').fill(PASSWORD)
    await nurse.page
      .locator('form:has(input[name=email]:visible) button[type=submit]')
      .first()
      .click()
    await nurse.page.waitForURL('**/join')
    await nurse.page.getByRole('button', { name: 'Присоединиться' }).click()
    await nurse.page.waitForURL(isWelcome)
    expectNoProblems(nurse, ru, us)
  })

  it('takes back a letter that has not been answered', async () => {
    await invite(ru, 'late@clinic.example')
    await ru.page.waitForURL(isSent)
    const line = ru.page.getByRole('listitem').filter({ hasText: 'late@clinic.example' })
    await line.getByRole('button', { name: /Отозвать/ }).click()
    await line.getByText('Отозвано').waitFor()
    const guest = await visit(browser, product.origin)
    await guest.page.goto(await linkTo('late@clinic.example'))
    expect(await main(guest.page)).toContain('This link no longer works')
    await guest.context.close()
  })
})

describe('without scripts', () => {
  it('somebody joins with a code by mail instead of a password', async () => {
    await invite(us, 'plain@clinic.example')
    await us.page.waitForURL(isSent)
    const plainly = await visit(browser, product.origin, {
      locale: 'ru-RU',
      javaScriptEnabled: false,
    })
    await plainly.page.goto(await linkTo('plain@clinic.example'))
    await plainly.page.locator('input[name=family]').fill('Белова')
    await plainly.page.locator('input[name=given]').fill('Мария')
    await plainly.page.locator('input[name=by][value=code]').check()
    await plainly.page.getByRole('button', { name: 'Присоединиться' }).click()
    await plainly.page.waitForURL(isWelcome)
    await plainly.page.goto('/account')
    await plainly.page.locator('input[name=address]').fill('Мария Ильинична')
    await plainly.page.getByRole('button', { name: 'Сохранить' }).click()
    await plainly.page.waitForURL((url) => url.search === '?saved')
    expect(await main(plainly.page)).toContain('Мария Ильинична')
    await plainly.context.close()
  })
})
