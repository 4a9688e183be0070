import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { protocolPath } from '../setup/routes'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

let product: Product
let browser: Browser
let us: Visitor
let page: Page

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  us = await visit(browser, product.origin, { javaScriptEnabled: false, locale: 'en-US' })
  page = us.page
  await signIn(us, 'physician.us')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

/** A row of the text as it is seen: where its two texts begin, and what the seam says. */
type SeenRow = { number: string; state: string; en: number | null; ru: number | null }

function seenRows(): Promise<SeenRow[]> {
  return page.locator('.sheet-row').evaluateAll((rows) =>
    rows.map((row) => {
      const top = (lang: string) => {
        const text = row.querySelector(`.protocol-text[lang=${lang}]`)
        if (!text?.textContent?.trim() || !text.checkVisibility()) return null
        return text.getBoundingClientRect().top
      }
      return {
        number: row.querySelector('.row-number')?.textContent ?? '',
        state: row.querySelector('.row-seam .sr-only')?.textContent ?? '',
        en: top('en'),
        ru: top('ru'),
      }
    }),
  )
}

describe('without JavaScript', () => {
  it('one goes from one’s partnerships to a protocol by links', async () => {
    await page.goto('/')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/partnerships')
    await page.locator('main').getByRole('link', { name: 'New Haven' }).click()
    await page.getByRole('link', { name: 'Protocols', exact: true }).click()
    await page.getByRole('link', { name: 'ART adherence support' }).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(protocolPath('adh'))
    await expect.poll(() => page.locator('h1').textContent()).toContain('ART adherence support')
  })

  it('one reads both languages in aligned rows, with numbers, and states in words', async () => {
    await page.goto(protocolPath('adh'))
    const rows = await seenRows()
    const paired = rows.filter(({ en, ru }) => en !== null && ru !== null)
    expect(paired.length).toBeGreaterThan(10)
    const apart = paired.filter(({ en, ru }) => Math.abs((en ?? 0) - (ru ?? 0)) > 1)
    expect(apart).toEqual([])
    expect(rows.map(({ number }) => number)).toEqual(expect.arrayContaining(['1', '1.1', '2']))
    const states = new Set(rows.map(({ state }) => state))
    expect([...states]).toEqual(
      expect.arrayContaining(['In sync', 'Reviewed', 'Drifted', 'Not translated yet']),
    )
    await expect.poll(() => page.locator('[contenteditable=true], .tools:visible').count()).toBe(0)
  })

  it('a phone shows one language, and links lead to the other', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(protocolPath('adh'))
    const english = page.locator('.protocol-text[lang=en]:visible')
    const russian = page.locator('.protocol-text[lang=ru]:visible')
    await expect.poll(() => english.count()).toBeGreaterThan(10)
    await expect.poll(() => russian.count()).toBe(0)
    await page.locator('.column-tabs').getByRole('link', { name: 'Русский' }).click()
    await page.waitForURL('**?show=ru')
    await expect.poll(() => russian.count()).toBeGreaterThan(10)
    await expect.poll(() => english.count()).toBe(0)
    await expect
      .poll(() => page.locator('.column-tabs [aria-current]').textContent())
      .toContain('Русский')

    // the menu leads to the rail at the end of the page
    await page.getByRole('link', { name: 'Menu', exact: true }).click()
    await page.locator('#rail').getByRole('link', { name: 'People' }).click()
    await expect.poll(() => page.locator('h1').textContent()).toBe('People')
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('a protocol is created and renamed, and a form that was refused keeps its text', async () => {
    await page.goto(`${ST_PETERSBURG}/protocols/new`)
    await page.getByRole('button', { name: 'Create' }).click()
    await expect.poll(() => page.locator('main').textContent()).toMatch(/title/i)
    await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(0)

    await page.locator('input[name=titleEn]').fill('Written without scripts')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(/\/protocols\/[0-9a-f]{24}$/)
    await expect.poll(() => page.locator('h1').textContent()).toBe('Written without scripts')

    await page.locator('.rename summary').click()
    await page.locator('input[name=titleEn]').fill('')
    await page.locator('.rename-form button').click()
    await expect.poll(() => page.locator('.rename [role=alert]').textContent()).not.toBe('')
    await expect.poll(() => page.locator('h1').textContent()).toBe('Written without scripts')

    await page.locator('input[name=titleRu]').fill('Написано без сценариев')
    await page.locator('.rename-form button').click()
    await expect.poll(() => page.locator('h1').textContent()).toBe('Написано без сценариев')
    await page.goto(`${ST_PETERSBURG}/protocols`)
    await expect.poll(() => page.locator('main').textContent()).toContain('Написано без сценариев')
  })

  it('language and theme change, and one stays on the page', async () => {
    await page.goto(`${ST_PETERSBURG}/people`)
    await page.getByRole('button', { name: /^RU/ }).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(`${ST_PETERSBURG}/people`)
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('ru')
    await expect.poll(() => page.locator('h1').textContent()).toBe('Участники')

    await page.locator('header details summary').click()
    await page.getByRole('button', { name: 'Тёмное' }).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(`${ST_PETERSBURG}/people`)
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: /^EN/ }).click()
    await expect.poll(() => page.locator('h1').textContent()).toBe('People')
  })

  it('signing out ends the session', async () => {
    await page.goto('/partnerships')
    await page.locator('header details summary').click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe('/sign-in')
    await page.goto(ST_PETERSBURG)
    await expect.poll(() => new URL(page.url()).pathname).toBe('/sign-in')
    expectNoProblems(us)
  })
})
