import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { expectNoProblems, openBrowser, visitAs } from '../setup/visitor'

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

const arrive = (account: string, locale: string) =>
  visitAs(browser, product.origin, account, { locale })

describe('counterparts', () => {
  it('are proposed by one and agreed to by the other, and stand on both pages', async () => {
    const [one, other] = await Promise.all([
      arrive('physician.us', 'en-US'),
      arrive('physician.ru', 'ru-RU'),
    ])
    await one.page.goto(`${ST_PETERSBURG}/people`)
    const card = (page: Page) => page.locator('section[aria-labelledby=counterparts-title]')
    await card(one.page)
      .getByRole('link', { name: /Propose a pair/ })
      .first()
      .click()
    await one.page.locator('input[name=topic]').fill('Missed doses')
    await one.page.getByRole('button', { name: 'Propose a pair' }).click()
    await card(one.page).getByText('has not answered yet').waitFor()

    await other.page.goto('/notifications')
    await other.page.getByText('предлагает работать в паре').first().click()
    await other.page.waitForURL(`**${ST_PETERSBURG}/people`)
    await expect.poll(() => card(other.page).textContent()).toContain('Missed doses')
    await card(other.page).getByRole('button', { name: 'Согласиться' }).click()
    await card(other.page).getByText('работает с вами в паре').waitFor()
    expectNoProblems(one, other)
    await Promise.all([one.context.close(), other.context.close()])
  })
})
