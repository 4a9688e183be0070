import { mkdir } from 'node:fs/promises'
import { MongoClient } from 'mongodb'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDatabase } from '../setup/database'
import { letterTo } from '../setup/outbox'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol } from '../setup/protocol-page'
import { discussionPath } from '../setup/routes'
import { expectNoProblems, openBrowser, type Visitor, visit } from '../setup/visitor'

/** Until what runs in a session that was ended elsewhere has ended, milliseconds. */
const ENDED_MS = 2_000
const PHONE = { viewport: { width: 390, height: 844 }, locale: 'ru-RU' }
const SHOTS = process.env.SHOTS

let product: Product
let browser: Browser
let dataDir: string

beforeAll(async () => {
  dataDir = await scratch()
  const { uri } = await demoDatabase()
  const env = { MONGODB_URI: uri, DATA_DIR: dataDir, HOST: '127.0.0.1' }
  ;[product, browser] = await Promise.all([startProduct(env), openBrowser()])
  // the password of demonstration accounts is everybody's and stays: make these ordinary ones
  const client = await MongoClient.connect(uri)
  const ordinary = ['physician.ru', 'coordinator.us', 'viewer'].map(addressOf)
  const users = client.db().collection('users')
  await users.updateMany({ email: { $in: ordinary } }, { $set: { demo: false } })
  await client.close()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const addressOf = (account: string) => `${account}@demo.twinward.example`
const pathOf = (page: Page) => new URL(page.url()).pathname
const fresh = (options: BrowserContextOptions = {}) =>
  visit(browser, product.origin, { locale: 'en-US', ...options })

async function enter(page: Page, account: string, password: string, shared = false) {
  await page.goto('/sign-in')
  await page.locator('input[name=email]:visible').fill(addressOf(account))
  await page.locator('input[name=password]:visible').fill(password)
  if (shared) await page.locator('input[name=shared]').check()
  await page.locator('form:has(input[name=email]:visible) button[type=submit]').first().click()
  await page.waitForURL('**/partnerships**')
}

/** Everybody can use it, all of it is Russian, and it is as wide as the phone. */
async function expectGood(page: Page, name: string) {
  expect(await axeFindings(page), name).toEqual([])
  expect(await foreignWords(page, 'ru'), name).toEqual([])
  expect(await widerThan(page, 390), name).toEqual([])
  if (!SHOTS) return
  await mkdir(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

/** What the product has left in this browser. */
const kept = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage).filter((key) => !key.startsWith('positions')),
    caches: await caches.keys(),
  }))
const NOTHING = { databases: [], local: [], session: [], caches: [] }

/** By itself: ids in the head of a letter have digits too. */
const CODE = /\b\d{5}\s?\d{5}\b/

describe('a code by mail, on a phone in Russian', () => {
  it('lets in the browser that asked for it, without a script', async () => {
    const visitor = await fresh({ ...PHONE, javaScriptEnabled: true })
    const { page } = visitor
    await page.goto('/sign-in?redirectTo=%2Faccount')
    await expectGood(page, 'sign-in-ru')
    await page.getByRole('link', { name: 'Войти по коду из письма' }).click()
    await expect.poll(() => page.locator('script[src]').count()).toBe(0)
    await expectGood(page, 'code-ask-ru')
    await page.locator('input[name=email]').fill(' Physician.RU@demo.twinward.example ')
    await page.getByRole('button', { name: 'Прислать код' }).click()
    await page.getByRole('heading', { name: 'Введите код' }).waitFor()
    await expectGood(page, 'code-enter-ru')

    const letter = await letterTo(dataDir, addressOf('physician.ru'), CODE)
    const [code = ''] = CODE.exec(letter) ?? []
    await page.locator('input[name=code]').fill('00000 00000')
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.getByText('Это не код из последнего письма').waitFor()
    await expectGood(page, 'code-wrong-ru')
    // also after a wrong one, every way on from here knows where one was going
    await expect.poll(() => page.locator('main a[href*="redirectTo=%2Faccount"]').count()).toBe(2)
    await page.locator('input[name=code]').fill(` ${code}`)
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.waitForURL('**/account')
    expectNoProblems(visitor)
    await visitor.context.close()
  })

  it('row 140: says the same to an address of nobody', async () => {
    const visitor = await fresh(PHONE)
    const { page } = visitor
    const seen: string[] = []
    for (const email of [addressOf('viewer'), 'nobody@hospital.example']) {
      await page.goto('/sign-in/code?again=1')
      await page.locator('input[name=email]').fill(email)
      await page.getByRole('button', { name: 'Прислать код' }).click()
      await page.getByRole('heading', { name: 'Введите код' }).waitFor()
      // the rest of the page may be on its way
      await page.waitForLoadState()
      seen.push((await page.locator('main').textContent()) ?? '')
    }
    expect(seen[0]).toBe(seen[1])
    await visitor.context.close()
  })
})

describe('a forgotten password, on a phone in Russian', () => {
  it('is set by a link whose token nobody sees, once; a scanner of mail changes nothing', async () => {
    const visitor = await fresh(PHONE)
    const { page, context } = visitor
    await page.goto('/sign-in?redirectTo=%2Faccount')
    await page.getByRole('link', { name: 'Забыли пароль или его нет?' }).click()
    await expectGood(page, 'password-ask-ru')
    await page.locator('input[name=email]').fill(addressOf('physician.ru'))
    await page.getByRole('button', { name: 'Прислать ссылку' }).click()
    await page.getByRole('heading', { name: 'Загляните в почту' }).waitFor()
    await expectGood(page, 'password-sent-ru')

    const letter = await letterTo(dataDir, addressOf('physician.ru'), /\/password\/link\//)
    const [path = ''] = /\/password\/link\/[\w-]{43}/.exec(letter) ?? []
    for (let scan = 0; scan < 3; scan++) {
      const scanned = await context.request.get(path, { maxRedirects: 0 })
      expect(scanned.status()).toBe(303)
      expect(scanned.headers().location).toBe('/password/new')
    }
    await page.goto(path)
    await expect.poll(() => page.url()).toBe(`${product.origin}/password/new`)
    expect(await page.content()).not.toContain(path.split('/').at(-1) ?? '-')

    await page.locator('input[name=password]').fill('йцукенгшщзхъ')
    await page.getByRole('button', { name: 'Показать пароль' }).click()
    await expect.poll(() => page.locator('input[name=password]').getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Задать пароль' }).click()
    await page.getByText('Такие пароли подбирают первыми').waitFor()
    await expectGood(page, 'password-weak-ru')
    await page.locator('input[name=password]').fill('утром туман над рекой')
    await page.getByRole('button', { name: 'Задать пароль' }).click()
    await page.waitForURL(({ search }) => search === '?password-set&redirectTo=%2Faccount')
    await expectGood(page, 'password-set-ru')
    await expect
      .poll(() => page.locator('main input[name=redirectTo]').first().inputValue())
      .toBe('/account')
    await enter(page, 'physician.ru', 'утром туман над рекой')

    // row 144: the link is over, and says where to get another
    const again = await page.goto(path)
    expect([again?.status(), pathOf(page)]).toEqual([410, '/password/new'])
    await page.getByRole('link', { name: 'Запросить новую ссылку' }).waitFor()
    await expectGood(page, 'password-over-ru')
    expectNoProblems(visitor)
    await context.close()
  })
})

describe('a shared computer', () => {
  it('keeps nothing: not while one writes, and not after', async () => {
    const visitor = await fresh(PHONE)
    const { page, context } = visitor
    await enter(page, 'reviewer', 'twinward-demo', true)
    await context.request.post('/preferences', {
      form: { lang: 'ru' },
      headers: { origin: product.origin },
    })
    const [session] = (await context.cookies()).filter(({ name }) => name === 'twinward_session')
    expect(session?.expires).toBe(-1)

    await page.goto(discussionPath('who-calls'))
    const box = page.locator('textarea[name=text]').last()
    await box.fill('Черновик на чужом компьютере')
    expect(await kept(page)).toEqual(NOTHING)
    // the page asks before it is left: nothing else has these words
    await box.fill('')
    await page.locator('header details summary').first().click()
    await page.getByText('Общий компьютер: здесь ничего не хранится').waitFor()
    await expectGood(page, 'shared-menu-ru')
    await page.locator('form[action="/sign-out"] button').click()
    await page.waitForURL('**/sign-in')
    expect(await kept(page)).toEqual(NOTHING)
    await context.close()
  })

  it('says that what is typed without a line is not kept, and sends it when the line is back', async () => {
    const visitor = await fresh()
    const { page, context } = visitor
    await enter(page, 'physician.us', 'twinward-demo', true)
    const path = await createProtocol(visitor, 'On a shared computer', '')
    const protocol = await openProtocol(visitor, path)
    const unit = await firstUnit(protocol)
    await protocol.write('en', unit, 'Online.')
    await protocol.saved()
    expect(await kept(page)).toEqual(NOTHING)
    await context.setOffline(true)
    await protocol.write('en', unit, ' Offline.')
    await page.locator('[role=status][data-sync=unkept]').waitFor()
    await expect.poll(() => protocol.status.textContent()).toBe('Not kept: leave this window open')
    expect(await kept(page)).toEqual(NOTHING)
    await context.setOffline(false)
    await protocol.saved()
    expect(await protocol.read('en')).toBe('Online. Offline.')

    await page.locator('header details summary').first().click()
    await page.locator('form[action="/sign-out"] button').click()
    await page.waitForURL('**/sign-in')
    expect(await kept(page)).toEqual(NOTHING)
    expectNoProblems(visitor)
    await context.close()
  })

  it('shows nobody the copies of somebody who was here before, and leaves them to their owner', async () => {
    const visitor = await fresh()
    const { page, context } = visitor
    await enter(page, 'physician.us', 'twinward-demo')
    const path = await createProtocol(visitor, 'Left behind', '')
    const protocol = await openProtocol(visitor, path)
    await protocol.write('en', await firstUnit(protocol), 'Of the first one.')
    await protocol.saved()
    const before = (await kept(page)).databases
    expect(before.length).toBeGreaterThan(1)
    await context.clearCookies()

    await enter(page, 'reviewer', 'twinward-demo', true)
    await openProtocol(visitor, path)
    expect((await kept(page)).databases).toEqual(before)
    await page.locator('header details summary').first().click()
    await page.locator('form[action="/sign-out"] button').click()
    await page.waitForURL('**/sign-in')
    expect((await kept(page)).databases).toEqual(before)
    await context.close()
  })
})

describe('row 148: a change of the password', () => {
  it('closes the editor of another browser within two seconds, says why, and its text goes on', async () => {
    const [here, there] = [await fresh(PHONE), await fresh()]
    for (const each of [here, there]) await enter(each.page, 'coordinator.us', 'twinward-demo')
    await here.context.request.post('/preferences', {
      form: { lang: 'ru' },
      headers: { origin: product.origin },
    })
    const path = await createProtocol(there, 'Password changed', '')
    const protocol = await openProtocol(there, path)
    const unit = await firstUnit(protocol)
    await protocol.write('en', unit, 'Before.')
    await protocol.saved()

    await change(here, 'twinward-demo', 'a lantern by the frozen canal')
    await there.page
      .locator('[role=status][data-sync=refused]')
      .waitFor({ state: 'attached', timeout: ENDED_MS })
    // row 147: the reason, the words, and the way back
    await protocol.write('en', unit, ' After.')
    expect(await protocol.read('en')).toBe('Before. After.')
    const notice = there.page.getByRole('alert').filter({ hasText: 'не вошли' })
    await notice.waitFor()

    const again = { ...there, page: await there.context.newPage() }
    await enter(again.page, 'coordinator.us', 'a lantern by the frozen canal')
    await notice.getByRole('button').click()
    await protocol.saved()
    const seen = await openProtocol(again, path)
    expect(await seen.read('en')).toBe('Before. After.')
    await there.context.close()
    await here.context.close()
  })

  /** As its page does it; this browser stays signed in. */
  async function change({ page }: Visitor, present: string, next: string) {
    await page.goto('/account/security')
    await page.getByRole('heading', { name: 'Открытые сеансы' }).waitFor()
    await expectGood(page, 'security-ru')
    await page.locator('input[name=currentPassword]').fill('not this one at all')
    await page.locator('input[name=password]').fill(next)
    await page.getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText('Это не ваш нынешний пароль.').waitFor()
    await expectGood(page, 'security-wrong-ru')
    await page.locator('input[name=currentPassword]').fill(present)
    await page.locator('input[name=password]').fill(next)
    await page.getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText('Пароль изменён').waitFor()
    await expectGood(page, 'security-changed-ru')
  }
})
