import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { openBrowser, signIn, visit } from '../setup/visitor'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const PHONE = { viewport: { width: 390, height: 844 }, locale: 'ru-RU' }

describe('taking along what is one’s own', () => {
  it('puts a whole partnership into an archive, on a phone in Russian', async () => {
    const coordinator = await visit(browser, product.origin, PHONE)
    const { page } = coordinator
    await signIn(coordinator, 'coordinator.ru')
    await page.goto(`${ST_PETERSBURG}/export`)
    await page.getByRole('button', { name: 'Собрать архив' }).click()
    const link = page.getByRole('link', { name: /^Скачать/ })
    await link.waitFor({ timeout: 30_000 })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/^twinward-st-petersburg-new-haven-.*\.zip$/)
    const files = unzipSync(await readFile(await download.path()))
    const names = Object.keys(files)
    expect(names.filter((name) => name.startsWith('library/files/')).length).toBeGreaterThan(5)
    const { problems } = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))
    expect(problems).toEqual([])
    expect(coordinator.problems).toEqual([])
    await coordinator.context.close()
  })

  it('works without scripts, and says why a demonstration account stays', async () => {
    const visitor = await visit(browser, product.origin, { ...PHONE, javaScriptEnabled: false })
    const { page } = visitor
    await signIn(visitor, 'physician.ru')
    await page.goto('/account/data')
    await page.getByRole('button', { name: 'Собрать мой архив' }).click()
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByRole('link', { name: /^Скачать/ }).count()
      })
      .toBe(1)
    await page.getByRole('link', { name: 'Удалить учётную запись…' }).click()
    await page.locator('input[name=email]').fill('somebody@else.example')
    await page.getByRole('button', { name: 'Удалить учётную запись навсегда' }).click()
    await page.getByText('Учётные записи демонстрации нельзя удалить').waitFor()
    await visitor.context.close()
  })
})
