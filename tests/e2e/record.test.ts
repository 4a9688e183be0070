import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { MongoClient, ObjectId } from 'mongodb'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyFile } from '../../scripts/record/verify.js'
import { demoId } from '../../server/demo/ids'
import { freshDatabase } from '../setup/database'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { createProtocol, openProtocol, ST_PETERSBURG } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

/** Where pictures of the pages go, for somebody to look at; none are taken without it. */
const PICTURES = process.env.PICTURES
const RECORD = `${ST_PETERSBURG}/record`

let product: Product
let browser: Browser
let client: MongoClient
/** Thomas Okafor at a desk, in English; Наталья Белозёрова on a phone, in Russian, without scripts. */
let us: Visitor
let ru: Visitor

beforeAll(async () => {
  const { uri } = freshDatabase()
  client = await MongoClient.connect(uri)
  const env = { MONGODB_URI: uri, HOST: '127.0.0.1', DATA_DIR: await scratch(), LOG_LEVEL: 'trace' }
  ;[product, browser] = await Promise.all([startProduct(env), openBrowser()])
  us = await visit(browser, product.origin, { locale: 'en-US' })
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }
  ru = await visit(browser, product.origin, { locale: 'ru-RU', ...phone })
  await Promise.all([signIn(us, 'coordinator.us'), signIn(ru, 'coordinator.ru')])
  await recordMuch()
})

afterAll(async () => {
  await browser?.close()
  await client?.close()
  await product?.stop()
  await removeScratch()
})

/** What would take weeks to come together. */
async function recordMuch(): Promise<void> {
  const db = client.db()
  const partnership = await db.collection('partnerships').findOne({ slug: ST_PETERSBURG.slice(14) })
  const userId = async (account: string) =>
    (await db.collection('users').findOne({ email: `${account}@demo.twinward.example` }))?._id
  const [coordinator, physician, viewer, admin] = await Promise.all(
    ['coordinator.us', 'physician.ru', 'viewer', 'admin'].map(userId),
  )
  const subject = { user: String(physician) }
  const protocol = String(demoId('protocol adh'))
  const rows: [string, ObjectId | undefined, object, object][] = [
    ['member:role-changed', coordinator, subject, { from: 'viewer', to: 'editor' }],
    ['member:role-changed', coordinator, subject, { fromCadre: 'nurse', toCadre: 'physician' }],
    ['invitation:sent', coordinator, { invitation: '0'.repeat(24) }, { role: 'reviewer' }],
    ['draft:viewed', viewer, { protocol }, { as: 'viewer', status: 'draft' }],
    ['passage:purged', coordinator, { protocol }, { what: 'protocol', count: '2' }],
    ['partnership:opened', admin, {}, { reason: 'Проверка «резервной» копии', minutes: '60' }],
    [
      'file:refused',
      physician,
      { resource: String(demoId('resource never-miss')) },
      { code: 'file_content' },
    ],
    ['member:removed', coordinator, { user: String(viewer) }, { role: 'viewer' }],
  ]
  const start = Date.UTC(2026, 9, 5, 20, 30)
  const made = Array.from({ length: 64 }, (_, n) => {
    const [kind = '', by, subject = {}, detail = {}] = rows[n % rows.length] ?? []
    const at = new Date(start + n * 5_400_000)
    return { _id: new ObjectId(), partnership: partnership?._id, kind, by, subject, detail, at }
  })
  await db.collection('audit_entries').insertMany(made)
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES)
    await page.screenshot({
      path: join(PICTURES, `${name}.png`),
      fullPage: name !== 'record-ru-390',
    })
}

describe('the record', () => {
  it('is chained by the running app, by itself and soon', async () => {
    const rows = client.db().collection('audit_entries')
    await expect.poll(() => rows.findOne({ seq: null })).toBeNull()
    expect(await rows.countDocuments({ seq: { $gt: 0 } })).toBeGreaterThan(64)
  })

  it('is read in sentences, narrowed, and turned over', async () => {
    const { page } = us
    await page.goto(RECORD)
    const rows = page.getByRole('list', { name: 'The record, newest first' }).getByRole('listitem')
    await expect.poll(() => rows.count()).toBe(50)
    const first = await rows.first().textContent()
    expect(first).toMatch(/Thomas Okafor removed .+ from the partnership, until then Viewer/)
    await expect
      .poll(() => page.locator('main').textContent())
      .toContain('changed the role of Dmitriy Korsakov from Viewer to Editor')
    await picture(page, 'record-en-1440')
    await page.getByRole('link', { name: 'Earlier' }).click()
    await page.getByRole('link', { name: 'To the newest' }).waitFor()
    await expect.poll(() => rows.count()).toBe(14)

    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Content' })
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/group=content/)
    await expect.poll(() => rows.count()).toBe(24)
    await expect.poll(() => page.getByLabel('What', { exact: true }).inputValue()).toBe('content')
    await page.goto(`${RECORD}?from=2026-13-45`)
    await page.getByRole('alert').waitFor()
  })

  it('is Russian on a phone without scripts, by the reader’s own days', async () => {
    const { page } = ru
    await page.goto(RECORD)
    const text = (await page.locator('main').textContent()) ?? ''
    expect(text).toContain('роль изменена с «Читатель» на «Редактор», участник — Дмитрий')
    expect(text).toContain('открыт черновик «')
    expect(text).not.toContain('«документ»')
    expect(text).not.toMatch(/\bkind\.|undefined|\{\{/)
    await picture(page, 'record-ru-390')
    await page.getByLabel('С', { exact: true }).fill('2026-10-06')
    await page.getByLabel('По', { exact: true }).fill('2026-10-06')
    await page.getByRole('button', { name: 'Показать' }).click()
    await page.waitForURL(/from=2026-10-06/)
    const dates = await page.locator('main time').allTextContents()
    expect(dates.length).toBeGreaterThan(10)
    expect(dates.every((date) => date.startsWith('6 окт'))).toBe(true)
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
    expect(scrollWidth).toBe(clientWidth)
  })

  it('is taken along as a file that proves itself', async () => {
    const { page } = us
    await page.goto(RECORD)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'For checking (JSON)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(
      /^twinward-record-st-petersburg-new-haven-.+\.json$/,
    )
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
    expect(verifyFile(Buffer.concat(chunks).toString('utf8'))).toMatchObject({ broken: null })
  })

  it('is the programme’s where it is of no partnership', async () => {
    const admin = await visit(browser, product.origin, { locale: 'en-US' })
    await signIn(admin, 'admin')
    await admin.page.goto('/admin/record')
    await expect.poll(() => admin.page.locator('main').textContent()).toContain('signed in')
    await picture(admin.page, 'admin-record-en-1440')
    await admin.context.close()
  })
})

describe('a token', () => {
  it('is made without scripts, shown once, used, and revoked', async () => {
    const { page } = ru
    await page.goto('/account/tokens')
    await page.getByRole('button', { name: 'Создать токен' }).click()
    await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(0)
    await page.getByLabel('Для чего он').fill('Ночной отчёт')
    await page.getByLabel('Читать протоколы').check()
    await page.getByRole('button', { name: 'Создать токен' }).click()
    const token = await page.locator('#made-token').inputValue()
    await picture(page, 'tokens-ru-390')
    const me = () =>
      fetch(`${product.origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    expect((await me()).status).toBe(200)
    await page.goto('/account/tokens')
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Отозвать токен «Ночной отчёт»' }).click()
    await page.getByText('Токенов у вас нет.').waitFor()
    expect((await me()).status).toBe(401)
    expectNoProblems(ru)
  })
})

describe('the log', () => {
  it('holds nothing that anybody wrote, at its most talkative', async () => {
    const secret = 'Zyxwvut-4711'
    const { page } = us
    const path = await createProtocol(us, `Title ${secret}`, `Имя ${secret}`)
    const live = await openProtocol(us, path)
    await live.text('en').locator('p').first().click()
    await page.keyboard.type(`Text ${secret}`)
    await live.saved()
    await page.goto(`${ST_PETERSBURG}/search?q=${secret}`)
    await page.goto(`${ST_PETERSBURG}/discussions/new`)
    await page.locator('input[name=title], input[name^=title]').first().fill(`Thread ${secret}`)
    await page.locator('main textarea').first().fill(`Post ${secret}`)
    await page.locator('main form button[type=submit]').last().click()
    await page.waitForURL(/\/discussions\/[0-9a-f]{24}/)
    const file = join(await scratch(), `${secret}.txt`)
    await writeFile(file, `File ${secret}`)
    await page.goto(`${ST_PETERSBURG}/resources/${demoId('resource never-miss')}`)
    await page.locator('input[type=file]').first().setInputFiles(file)
    await page.getByRole('link', { name: secret }).first().waitFor()
    expect(product.output()).toContain('/uploads')
    expect(product.output()).not.toContain(secret)
    expect(product.output()).not.toMatch(/twp_/)
  })
})

describe('npm run audit:verify', () => {
  const verify = async (DATA_DIR: string) => {
    const env = { ...process.env, DATA_DIR, MONGODB_URI: '' }
    const command = [join(process.cwd(), 'scripts/audit-verify.js')]
    return promisify(execFile)(process.execPath, command, { env })
  }

  it('reads the embedded database of a running app, and of none', async () => {
    const DATA_DIR = await scratch()
    const embedded = await startProduct({ DATA_DIR, MONGODB_URI: '' })
    const visitor = await visit(browser, embedded.origin, { javaScriptEnabled: false })
    await signIn(visitor, 'admin')
    await expect
      .poll(async () => (await verify(DATA_DIR)).stdout, { timeout: 20_000 })
      .toContain('The record is whole: 1 rows.')
    await visitor.context.close()
    await embedded.stop()
    expect((await verify(DATA_DIR)).stdout).toContain('The record is whole: 1 rows.')
  })
})
