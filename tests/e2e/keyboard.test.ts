import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tabThrough } from '../setup/keyboard'
import { twoFrames } from '../setup/page-checks'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { openProtocol, type ProtocolPage } from '../setup/protocol-page'
import { protocolPath, ROUTES, type RouteCase } from '../setup/routes'
import { openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

let product: Product
let browser: Browser
const visitors = new Map<RouteCase['account'], Visitor>()

/** One of each kind of page. */
const WALKED = ROUTES.filter(({ name }) =>
  [
    'sign-in',
    'partnerships',
    'home',
    'protocols',
    'new protocol',
    'a protocol, to an editor',
    'a protocol, to a viewer',
    'a protocol, to an observer',
    'people',
    'a protocol that is not there',
    'discussions',
    'new discussion',
    'a discussion, to a coordinator',
    'library',
    'a library item, to an editor',
    'notifications',
    'search, with results',
    'glossary',
  ].includes(name),
)

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  for (const account of new Set(WALKED.map((route) => route.account))) {
    const visitor = await visit(browser, product.origin, {
      locale: 'en-US',
      reducedMotion: 'reduce',
    })
    if (account) await signIn(visitor, account)
    visitors.set(account, visitor)
  }
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

function visitorOf(account: RouteCase['account']): Visitor {
  const visitor = visitors.get(account)
  if (!visitor) throw new Error(`nobody visits as ${account}`)
  return visitor
}

describe('the Tab key', () => {
  it('has eighteen kinds of page to go through', () => {
    expect(WALKED).toHaveLength(18)
  })

  it.each(WALKED.flatMap((route) => [1440, 360].map((width) => ({ ...route, width }))))(
    'goes through $name at $width px: seen, uncovered, and out again',
    async ({ account, path, live, width }) => {
      const { page } = visitorOf(account)
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      if (live) await page.locator('[role=status][data-sync=saved]').waitFor()
      await twoFrames(page)
      const { stops, trapped } = await tabThrough(page)
      const whatOf = (some: typeof stops) => some.map(({ what }) => what)
      expect.soft(trapped, 'a trap').toBe(false)
      expect.soft(whatOf(stops.filter(({ unseen }) => unseen)), 'focus unseen').toEqual([])
      expect.soft(whatOf(stops.filter(({ covered }) => covered)), 'covered').toEqual([])
      expect
        .soft(
          stops.some(({ inMain }) => inMain),
          'reaches the page',
        )
        .toBe(true)
    },
  )

  it('skips the bar and the rail at the first stop', async () => {
    const { page } = visitorOf('physician.us')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/partnerships/st-petersburg-new-haven')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect
      .poll(() => page.evaluate(() => Boolean(document.activeElement?.closest('main'))))
      .toBe(true)
  })
})

describe('the keyboard in a protocol', () => {
  let protocol: ProtocolPage
  let press: (...keys: string[]) => Promise<void>
  const focused = (selector: string) =>
    protocol.page.evaluate((s) => Boolean(document.activeElement?.closest(s)), selector)

  beforeAll(async () => {
    const visitor = visitorOf('physician.us')
    await visitor.page.setViewportSize({ width: 1440, height: 900 })
    protocol = await openProtocol(visitor, protocolPath('adh'))
    press = async (...keys) => {
      for (const key of keys) await protocol.page.keyboard.press(key)
      await twoFrames(protocol.page)
    }
  })

  it.each(['li p', 'td p', 'p'])('leaves a text from "%s" by Esc, then Tab', async (place) => {
    const before = await protocol.read('en')
    await protocol.text('en').locator(place).first().click()
    expect(await focused('[data-lang=en] .ProseMirror')).toBe(true)
    await press('Escape', 'Tab')
    expect(await focused('[data-lang=en] .ProseMirror')).toBe(false)
    await protocol.text('en').locator(place).first().click()
    await press('Escape', 'Shift+Tab')
    expect(await focused('[data-lang=en] .ProseMirror')).toBe(false)
    expect(await protocol.read('en')).toBe(before)
  })

  it('goes to the toolbar by Alt+F10, along it by arrows, and past it by one Tab', async () => {
    const { page } = protocol
    const labelOf = () =>
      page.evaluate(() => {
        const tool = document.activeElement?.closest('[data-tool]')
        return tool?.getAttribute('aria-label') ?? tool?.textContent ?? null
      })
    await protocol.text('en').locator('p').first().click()
    await press('Alt+F10')
    expect(await labelOf()).toBe('Undo')
    await press('ArrowRight')
    expect(await labelOf()).toBe('Redo')
    await press('End')
    const last = await labelOf()
    await press('ArrowRight')
    expect(await labelOf()).toBe('Undo')
    await press('ArrowLeft')
    expect(await labelOf()).toBe(last)
    await expect
      .poll(() => page.locator('[role=toolbar] [data-tool][tabindex="0"]').count())
      .toBe(1)

    await press('Tab')
    expect(await focused('[role=toolbar]')).toBe(false)
    // and back to the tool used last
    await press('Shift+Tab')
    expect(await labelOf()).toBe(last)
    await press('Escape')
    expect(await focused('[data-lang=en] .ProseMirror')).toBe(true)
  })

  it('goes to the next place that needs attention by F8, and back by Shift+F8', async () => {
    const { page } = protocol
    const said = page.locator('.said')
    await page.evaluate(() => scrollTo(0, 0))
    const places: string[] = []
    for (let n = 0; n < 3; n++) {
      await press('F8')
      await expect.poll(() => said.textContent()).not.toBe(places.at(-1) ?? '')
      places.push((await said.textContent()) ?? '')
      await expect.poll(() => focused('.ProseMirror, .seam')).toBe(true)
    }
    expect(places.every((place) => /Drifted|Not translated yet|To check/.test(place))).toBe(true)
    expect(new Set(places).size).toBe(3)
    await press('Shift+F8')
    await expect.poll(() => said.textContent()).toBe(places[1])
  })

  it('reaches the states of the seam, opens one by Enter and comes back by Esc', async () => {
    const { page } = protocol
    await protocol.text('ru').locator('p').last().click()
    await press('Escape', 'Tab')
    expect(await focused('.seam-button')).toBe(true)
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(name).toMatch(/Reviewed|In sync|Drifted|Not translated yet|To check/)
    await press('Enter')
    await page.getByRole('dialog', { name: name ?? '' }).waitFor()
    expect(await focused('[role=dialog]')).toBe(true)
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe(name)

    const reachable = page.locator('.seam-button:not([tabindex="-1"])')
    await expect.poll(() => reachable.count()).toBe(await page.locator('.seam-button').count())
    await expect.poll(() => reachable.count()).toBeGreaterThan(10)
  })
})
