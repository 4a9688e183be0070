import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { protocolPath } from '../setup/routes'
import { expectNoProblems, openBrowser, signIn, visit } from '../setup/visitor'

let browser: Browser
let product: Product
beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const REASON = 'A coordinator asked for help with the adherence protocol.'

describe('a programme admin who meets what is closed to them', () => {
  it('is led to open it with a reason, gets where they wanted, and the members read of it', async () => {
    const admin = await visit(browser, product.origin)
    await signIn(admin, 'admin')
    const { page } = admin
    await page.goto(protocolPath('adh'))
    await page.getByRole('main').getByRole('link', { name: 'Open as programme admin' }).click()

    // a reason that says nothing comes back with the focus on it
    const reason = page.getByLabel('Reason')
    await reason.fill('Because.')
    await page.getByRole('button', { name: 'Open for 60 minutes' }).click()
    await page.getByText('at least 10 characters').waitFor()
    await expect.poll(() => reason.inputValue()).toBe('Because.')
    await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)

    await reason.fill(REASON)
    await page.getByRole('button', { name: 'Open for 60 minutes' }).click()
    await page.waitForURL(`**${protocolPath('adh')}`)
    await page.getByRole('link', { name: /^Open until/ }).waitFor()

    const member = await visit(browser, product.origin, {
      viewport: { width: 360, height: 780 },
      locale: 'ru-RU',
    })
    await signIn(member, 'physician.ru')
    await member.page.goto(ST_PETERSBURG)
    await member.page.getByRole('heading', { name: 'Открывала программа' }).waitFor()
    await member.page.getByText(REASON).waitFor()

    await page.goto(`${ST_PETERSBURG}/open`)
    await page.getByRole('button', { name: 'End it now' }).click()
    await page.getByText('closed to you again').waitFor()
    expect((await page.goto(protocolPath('adh')))?.status()).toBe(403)
    expectNoProblems(admin, member)
  })

  it('can do it without scripts', async () => {
    const admin = await visit(browser, product.origin, { javaScriptEnabled: false })
    await signIn(admin, 'admin')
    const { page } = admin
    await page.goto(`${ST_PETERSBURG}/open`)
    await page.getByLabel('Reason').fill('Short.')
    await page.getByRole('button', { name: 'Open for 60 minutes' }).click()
    await page.getByText('at least 10 characters').waitFor()
    await page.getByLabel('Reason').fill(REASON)
    await page.getByRole('button', { name: 'Open for 60 minutes' }).click()
    await page.waitForURL(`**${ST_PETERSBURG}`)
    expect((await page.goto(protocolPath('adh')))?.status()).toBe(200)
  })
})
