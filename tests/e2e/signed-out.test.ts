import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol } from '../setup/protocol-page'
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

describe('a protocol left open after signing out in another tab', () => {
  it('goes on where it was once the same person is back, and for nobody else', async () => {
    const visitor = await visit(browser, product.origin)
    await signIn(visitor, 'physician.us')
    const path = await createProtocol(visitor, 'Signed out', '')
    const protocol = await openProtocol(visitor, path)
    const unit = await firstUnit(protocol)
    await protocol.write('en', unit, 'Before.')
    await protocol.saved()

    const other = { ...visitor, page: await visitor.context.newPage() }
    await other.page.goto('/partnerships')
    await other.page.locator('summary:visible').first().click()
    await other.page.getByRole('button', { name: 'Sign out' }).click()
    await other.page.waitForURL('**/sign-in**')

    const goOn = visitor.page.getByRole('button', { name: 'I am signed in: go on' })
    await goOn.waitFor()
    await protocol.write('en', unit, ' After.')
    await signIn(other, 'coordinator.us')
    await goOn.click()
    // somebody else's session takes none of it
    await goOn.waitFor()
    await visitor.page.locator('[role=status][data-sync=refused]').waitFor()

    await visitor.context.clearCookies()
    await signIn(other, 'physician.us')
    await goOn.click()
    await protocol.saved()
    const fresh = await openProtocol(other, path)
    expect(await fresh.read('en')).toBe('Before. After.')
    await visitor.context.close()
  })
})
