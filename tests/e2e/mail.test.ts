import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../setup/database'
import { axeFindings, foreignWords, widerThan } from '../setup/page-checks'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

const database = freshDatabase()
const mongo = new MongoClient(database.uri)
let product: Product
let browser: Browser
let admin: Visitor
let dataDir: string

beforeAll(async () => {
  dataDir = await scratch()
  const env = { MONGODB_URI: database.uri, DATA_DIR: dataDir, HOST: '127.0.0.1' }
  ;[product, browser] = await Promise.all([startProduct(env), openBrowser()])
  admin = await visit(browser, product.origin, { locale: 'ru-RU', reducedMotion: 'reduce' })
  await signIn(admin, 'admin')
  await prefer('ru')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await mongo.close()
  await removeScratch()
})

async function prefer(lang: string): Promise<void> {
  await admin.context.request.post('/preferences', {
    form: { lang },
    headers: { origin: product.origin },
    maxRedirects: 0,
  })
}

/** As a commit leaves it. */
const letter = (fields: object) => ({
  lang: 'ru',
  status: 'waiting',
  tries: 0,
  nextAt: new Date(),
  at: new Date(),
  ...fields,
})

describe('the letters of the programme', () => {
  it('are none at first, and the page says what will come', async () => {
    await admin.page.goto('/admin')
    const main = admin.page.locator('main')
    await expect
      .poll(() => main.textContent())
      .toContain('За последние 30 дней не было ни одного письма')
  })

  it('leave within seconds of their commit into the folder, and are read there and here', async () => {
    const rows = mongo.db().collection('mails')
    await rows.insertMany([
      letter({
        to: 'nurse@hospital.example',
        template: 'sign-in-code',
        values: { code: '4815162342', minutes: 10 },
      }),
      letter({
        to: 'a.very.long.address.of.somebody.in.a.far.away.clinic@hospital-of-the-region.example',
        template: 'removed-from-partnership',
        values: { partnership: { ru: 'Саратов — Бемиджи' } },
        lang: 'ru',
      }),
      letter({
        to: 'gone@hospital.example',
        template: 'account-deleted',
        values: {},
        status: 'failed',
        failure: '550',
        tries: 1,
      }),
      letter({
        to: 'later@hospital.example',
        template: 'invitation',
        values: {},
        status: 'waiting',
        failure: 'line',
        tries: 3,
        nextAt: new Date(Date.now() + 3_600_000),
      }),
    ])
    await expect.poll(() => rows.countDocuments({ status: 'sent' }), { timeout: 10_000 }).toBe(2)
    const files = await readdir(join(dataDir, 'outbox'))
    expect(files).toHaveLength(2)
    const code = await rows.findOne({ template: 'sign-in-code' })
    const file = await readFile(join(dataDir, 'outbox', `${code?._id}.eml`), 'utf8')
    expect(file).toContain('To: nurse@hospital.example')

    const { page } = admin
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/admin')
    await expect.poll(() => page.locator('main li:has(p)').count()).toBe(4)
    await expect
      .poll(() => page.locator('main').textContent())
      .toContain('Почтовый сервер ответил: 550.')
    await shot('admin-letters-ru-390')
    await page.getByRole('link', { name: /Прочитать письмо для nurse@hospital/ }).click()
    await page.locator('pre').waitFor()
    await expect.poll(() => page.locator('pre').textContent()).toContain('4815162342')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('letter-subject')
    await shot('admin-letter-ru-390')
    const read = { kind: 'mail:read', 'subject.mail': String(code?._id) }
    expect(await mongo.db().collection('audit_entries').countDocuments(read)).toBeGreaterThan(0)
  })

  it('are shown on a page that everybody can use, in both languages', async () => {
    const { page } = admin
    for (const lang of ['ru', 'en'] as const) {
      await prefer(lang)
      for (const scheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.emulateMedia({ colorScheme: scheme })
        await page.goto('/admin')
        expect(await axeFindings(page)).toEqual([])
      }
      expect(await foreignWords(page, lang)).toEqual([])
      expect(await widerThan(page, 360)).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 900 })
    await shot('admin-letters-en-1280')
    expectNoProblems(admin)
  })

  it.each(['coordinator.us', 'stranger'])('do not exist for %s', async (account) => {
    const other = await visit(browser, product.origin, { locale: 'en-US' })
    await signIn(other, account)
    const code = await mongo.db().collection('mails').findOne({ template: 'sign-in-code' })
    for (const path of [
      '/admin',
      `/admin?letter=${code?._id}`,
      `/admin.data?letter=${code?._id}`,
    ]) {
      const answer = await other.context.request.get(path)
      expect(answer.status()).toBe(404)
      expect(await answer.text()).not.toMatch(/nurse@hospital|4815162342/)
    }
    await other.context.close()
  })
})

/** For whoever wants to look at the pages: SHOTS names a folder. */
async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await admin.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
