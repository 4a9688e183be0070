import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../setup/files'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

/** 2 Mbit/s, in bytes a second. */
const NARROW = 250_000
const LIBRARY = `${ST_PETERSBURG}/resources`

let product: Product
let browser: Browser
/** Thomas Okafor in English, and Анна Левит, who reads both languages, in Russian. */
let us: Visitor
let ru: Visitor
let folder: string

beforeAll(async () => {
  ;[product, browser, folder] = await Promise.all([startProduct(), openBrowser(), scratch()])
  us = await visit(browser, product.origin, { locale: 'en-US' })
  ru = await visit(browser, product.origin, { locale: 'ru-RU' })
  await Promise.all([signIn(us, 'coordinator.us'), signIn(ru, 'reviewer')])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** A file on the disk, as a person has it. */
async function onDisk(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function createItem(titleEn: string, titleRu: string): Promise<string> {
  const { page } = us
  await page.goto(`${LIBRARY}/new`)
  await page.getByLabel('Title in English').fill(titleEn)
  await page.getByLabel('Title in Russian').fill(titleRu)
  await page.getByRole('button', { name: 'Create the item' }).click()
  await page.waitForURL(/\/resources\/[0-9a-f]{24}$/)
  return new URL(page.url()).pathname
}

/** Go there, and wait until the page hears of what happens. */
async function openLive({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'commit' })
  await new Promise<void>((resolve) => {
    page.once('websocket', (socket) => {
      // the answer to having come in
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).startsWith('43')) resolve()
      })
    })
  })
  await page.waitForLoadState()
}

const versions = (page: Page, lang: 'en' | 'ru') =>
  page.locator(`section[data-lang=${lang}] [data-rendition]`)

/** Until the file shows among the item's versions. */
const shown = (page: Page, lang: 'en' | 'ru', name: string, timeout = 15_000) =>
  versions(page, lang).getByRole('link', { name }).waitFor({ timeout })

async function narrow(page: Page) {
  const line: CDPSession = await page.context().newCDPSession(page)
  const set = (offline: boolean) =>
    line.send('Network.emulateNetworkConditions', {
      offline,
      latency: 40,
      downloadThroughput: NARROW,
      uploadThroughput: NARROW,
    })
  await line.send('Network.enable')
  await set(false)
  return {
    cut: () => set(true),
    mend: () => set(false),
    widen: () =>
      line.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      }),
  }
}

/** Per cent of the upload that the page tells of. */
async function sent(page: Page): Promise<number> {
  return Number(await page.getByRole('progressbar').getAttribute('aria-valuenow'))
}

describe('the library', () => {
  it('shows a new item to the other side without a reload', async () => {
    await openLive(ru, LIBRARY)
    await createItem('Clinic hours', 'Часы приёма')
    await ru.page.getByRole('link', { name: 'Часы приёма' }).waitFor()
    await expect
      .poll(() => ru.page.locator('main [role=status]').first().textContent())
      .toBe('Новое в библиотеке: Часы приёма')
    expectNoProblems(us, ru)
  })

  it('brings a file over a narrow line with a cut, a pause and a reload, and shows it to both', async () => {
    const { page } = us
    const file = pdf(2_000_000, 7)
    const path = await createItem('A long leaflet', 'Длинная памятка')
    await openLive(ru, path)
    const chosen = await onDisk('Leaflet, long.pdf', file)
    const line = await narrow(page)
    page.on('dialog', (dialog) => dialog.accept())

    await page.getByLabel('Choose a file').setInputFiles(chosen)
    await expect.poll(() => sent(page), { timeout: 15_000 }).toBeGreaterThan(30)
    await line.cut()
    await page.getByText('The line dropped. It goes on when the line is back.').waitFor()
    await line.mend()
    await expect.poll(() => sent(page), { timeout: 15_000 }).toBeGreaterThan(45)

    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused. What has arrived is kept.').waitFor()
    const kept = await sent(page)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => sent(page), { timeout: 15_000 }).toBeGreaterThan(kept)

    await page.reload()
    const unfinished = page.locator('[data-unfinished]')
    await unfinished.getByText('Leaflet, long.pdf').waitFor()
    const other = await onDisk('Another.pdf', pdf(3_000, 1))
    await unfinished.getByLabel('Choose the same file').setInputFiles(other)
    await unfinished.getByText('This is another file').waitFor()
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/uploads')) asked.push(request.method())
    })
    await unfinished.getByLabel('Choose the same file').setInputFiles(chosen)
    await shown(page, 'en', 'Leaflet, long.pdf', 20_000)
    expect(asked, 'went on with the same upload').not.toContain('POST')
    await line.widen()

    // the same fact brings it to both
    await shown(ru.page, 'en', 'Leaflet, long.pdf')
    await ru.page.getByText('Добавлена версия на английском: Leaflet, long.pdf').waitFor()
    const link = await ru.page.getByRole('link', { name: 'Скачать' }).getAttribute('href')
    const got = await ru.context.request.get(link ?? '')
    expect(Buffer.compare(await got.body(), file)).toBe(0)
    expectNoProblems(us, ru)
  })

  it('carries a translation from asking over taking to done', async () => {
    const path = await createItem('Side effects', 'Побочные действия')
    await us.page
      .getByLabel('Choose a file')
      .setInputFiles(await onDisk('Side effects.pdf', pdf(4_000, 2)))
    await shown(us.page, 'en', 'Side effects.pdf')
    await openLive(ru, path)

    await us.page.getByText('Ask for a Russian translation').click()
    await us.page.getByLabel('Note for the translator').fill('For the clinic on Monday')
    await us.page.getByRole('button', { name: 'Send the request' }).click()
    await ru.page.getByText('For the clinic on Monday').waitFor()
    await ru.page.getByRole('button', { name: 'Возьму перевод' }).click()
    await us.page.locator('[data-request]').getByText('is translating since').waitFor()

    await ru.page
      .getByLabel('Выбрать файл')
      .setInputFiles(await onDisk('Побочные действия.pdf', pdf(4_000, 3)))
    await shown(us.page, 'ru', 'Побочные действия.pdf')
    await expect.poll(() => us.page.locator('[data-request]').count()).toBe(0)
    expectNoProblems(us, ru)
  })

  it('refuses what is not what its name says, in the reader’s words', async () => {
    const { page } = ru
    await page.goto(await createItem('To refuse', 'Для отказа'))
    await page.waitForLoadState('networkidle')
    const program = Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(6_000)])

    await page.getByLabel('Выбрать файл').setInputFiles(await onDisk('setup.exe', program))
    await page.getByText('Файлы такого типа не принимаются').waitFor()
    await page.getByLabel('Выбрать файл').setInputFiles(await onDisk('план.pdf', program))
    await page.getByText('Содержимое не соответствует имени файла').waitFor()
    await page.getByText('Сохраните файл заново в той программе').waitFor()
    await expect.poll(() => versions(page, 'ru').count()).toBe(0)
    expectNoProblems(ru)
  })

  it('asks before a page is left that is still sending', async () => {
    const { page } = us
    const path = await createItem('To stay with', 'Чтобы остаться')
    const line = await narrow(page)
    await page
      .getByLabel('Choose a file')
      .setInputFiles(await onDisk('Slow.pdf', pdf(1_500_000, 4)))
    await expect.poll(() => sent(page)).toBeGreaterThan(0)
    await page.getByRole('link', { name: 'Protocols' }).first().click()
    await page.getByRole('button', { name: 'Stay' }).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(path)
    const deleted = page.waitForResponse(
      (answer) => answer.request().method() === 'DELETE' && answer.status() === 204,
    )
    await page.getByRole('button', { name: 'Cancel' }).click()
    await deleted
    await expect.poll(() => page.locator('[data-upload]').count()).toBe(0)
    await line.widen()
    await page.reload()
    await expect.poll(() => page.locator('[data-unfinished]').count()).toBe(0)
    expectNoProblems(us)
  })

  it('can be read and added to without scripts', async () => {
    const plain = await visit(browser, product.origin, {
      locale: 'ru-RU',
      javaScriptEnabled: false,
    })
    await signIn(plain, 'reviewer')
    const path = await createItem('Without scripts', 'Без сценариев')
    const { page } = plain
    await page.goto(path)
    await page.getByText('Добавить ссылку вместо файла').click()
    await page.getByLabel('Адрес в интернете').fill('https://www.who.int/ru')
    await page.getByRole('button', { name: 'Добавить ссылку' }).click()
    await versions(page, 'ru').getByRole('link', { name: 'Открыть who.int' }).waitFor()
    await page.getByText('Добавить ссылку вместо файла').click()
    await page.getByLabel('Адрес в интернете').fill('nothing')
    await page.getByRole('button', { name: 'Добавить ссылку' }).click()
    await page.getByText('В форме что-то не так').waitFor()
    await plain.context.close()
  })

  it('gives a refused description back with its text, without scripts', async () => {
    const plain = await visit(browser, product.origin, { javaScriptEnabled: false })
    await signIn(plain, 'coordinator.us')
    const path = await createItem('Nothing lost', 'Ничего не пропало')
    const { page } = plain
    await page.goto(path)
    await page.getByText('Edit description').click()
    await page.getByLabel('Title in English').fill('')
    await page.getByLabel('Title in Russian').fill('')
    await page.getByLabel('Description in English').fill('Words thought over for long')
    await page.getByRole('button', { name: 'Save the description' }).click()
    await page.getByText('Enter a title in at least one language.').first().waitFor()
    await expect
      .poll(() => page.getByLabel('Description in English').inputValue())
      .toBe('Words thought over for long')
    await page.getByLabel('Title in English').fill('Nothing lost, again')
    await page.getByRole('button', { name: 'Save the description' }).click()
    await page.getByRole('heading', { name: 'Nothing lost, again', level: 1 }).waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toBe(path)
    await plain.context.close()
  })
})
