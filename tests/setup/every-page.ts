import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../../shared/languages'
import {
  axeFindings,
  deadControls,
  foreignWords,
  linksOn,
  markupRead,
  twoFrames,
  widerThan,
} from './page-checks'
import { type Product, removeScratch, startProduct } from './product'
import type { RouteCase } from './routes'
import { expectNoProblems, openBrowser, signIn, type Visitor, visit } from './visitor'

let product: Product
let browser: Browser
/** Every reader's own browser. */
const visitors = new Map<RouteCase['account'], Visitor>()
/** Every address that a request went to, and that is not the product's. */
const foreignRequests: string[] = []

async function openAll(routes: readonly RouteCase[]) {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  for (const account of new Set(routes.map((route) => route.account))) {
    const visitor = await visit(browser, product.origin, { reducedMotion: 'reduce' })
    visitor.context.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(product.origin) && !/^(data|blob):/.test(url)) foreignRequests.push(url)
    })
    if (account) await signIn(visitor, account)
    visitors.set(account, visitor)
  }
}

async function closeAll() {
  await browser?.close()
  await product?.stop()
  await removeScratch()
}

function visitorOf({ account }: Pick<RouteCase, 'account'>): Visitor {
  const visitor = visitors.get(account)
  if (!visitor) throw new Error(`nobody visits as ${account}`)
  return visitor
}

/** As the switches in the bar do. */
async function prefer(visitor: Visitor, wish: { lang?: Language; theme?: string }) {
  const answer = await visitor.context.request.post('/preferences', {
    form: wish,
    headers: { origin: product.origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(302)
}

/** Go there at a desk, in the light; back when the page is whole. */
async function open(route: RouteCase, width = 1440) {
  const { page } = visitorOf(route)
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  const answer = await page.goto(route.path)
  if (route.live) await page.locator('[role=status][data-sync=saved]').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await twoFrames(page)
  return { page, answer }
}

/** Where each reader's links lead, with the status of what is there. */
const statuses = new Map<string, Promise<number>>()

async function brokenLinks(route: RouteCase, page: Page): Promise<string[]> {
  const { request } = visitorOf(route).context
  const statusOf = async (link: string) =>
    link.startsWith('#') ? 404 : (await request.get(link)).status()
  const broken = (await linksOn(page)).map(async (link) => {
    const key = `${route.account} ${link}`
    const status = statuses.get(key) ?? statusOf(link)
    statuses.set(key, status)
    return (await status) < 400 ? [] : [`${link}: ${await status}`]
  })
  return (await Promise.all(broken)).flat()
}

/**
 * Pages as their readers meet them: in both languages, light, dark, wide and narrow. The file that
 * calls it has a product, a database and a browser for it alone.
 */
export function testPages(routes: readonly RouteCase[]): void {
  beforeAll(() => openAll(routes))
  afterAll(closeAll)

  describe.each(LANGUAGES)('every page in %s', (lang) => {
    beforeAll(async () => {
      for (const visitor of visitors.values()) await prefer(visitor, { lang, theme: 'system' })
    })

    it.each(routes)(
      '$name: answers, speaks one language, fits, and axe finds nothing',
      async (route) => {
        const { page, answer } = await open(route)
        expect.soft(answer?.status()).toBe(route.status ?? 200)
        expect.soft((await answer?.body())?.indexOf(0), 'a zero, shown as "�"').toBe(-1)
        expect.soft(await page.locator('html').getAttribute('lang')).toBe(lang)
        expect.soft(await page.locator('h1:visible').count(), 'first headings').toBe(1)
        expect.soft(await page.title()).toMatch(/\S.*Twinward/)

        expect.soft(await axeFindings(page), 'axe, light').toEqual([])
        expect.soft(await foreignWords(page, lang), 'words of the other language').toEqual([])
        expect.soft(await markupRead(page), 'markup, shown as words').toEqual([])
        expect.soft(await deadControls(page), 'controls that do nothing').toEqual([])
        expect.soft(await brokenLinks(route, page), 'links to nowhere').toEqual([])
        await page.emulateMedia({ colorScheme: 'dark' })
        expect.soft(await axeFindings(page, 'colours'), 'axe, dark').toEqual([])

        for (const width of [1440, 320, 360]) {
          expect.soft(await widerThan(page, width), `sideways at ${width} px`).toEqual([])
        }
        expect.soft(await axeFindings(page), 'axe, on a phone').toEqual([])
        expect.soft(await foreignWords(page, lang), 'words of the other language').toEqual([])
        expectNoProblems(visitorOf(route))
      },
    )
  })

  describe('every page', () => {
    it('asks nothing of a foreign host', () => {
      expect(foreignRequests).toEqual([])
    })

    it('looks in the dark that one chooses as in the dark of the system', async () => {
      const [first] = routes
      if (!first) throw new Error('there are no pages')
      const visitor = visitorOf(first)
      await prefer(visitor, { theme: 'system' })
      await open(first)
      await visitor.page.emulateMedia({ colorScheme: 'dark' })
      const ofSystem = await colours(visitor)
      await prefer(visitor, { theme: 'dark' })
      await open(first)
      await expect.poll(() => visitor.page.locator('html').getAttribute('data-theme')).toBe('dark')
      expect(await colours(visitor)).toEqual(ofSystem)
      await prefer(visitor, { theme: 'light' })
      await open(first)
      await visitor.page.emulateMedia({ colorScheme: 'dark' })
      expect(await colours(visitor)).not.toEqual(ofSystem)
      await prefer(visitor, { theme: 'system' })
    })
  })
}

/** The tokens of the look as they hold now. */
function colours({ page }: Visitor) {
  return page.evaluate(() => {
    const style = getComputedStyle(document.documentElement)
    const names =
      'paper surface wash line line-strong line-control ink ink-2 ink-3 accent accent-hover accent-ink accent-wash side-a side-a-wash side-b side-b-wash drift drift-wash drift-line danger danger-wash good ins del shadow veil'
    return names.split(' ').map((name) => `${name}: ${style.getPropertyValue(`--${name}`)}`)
  })
}
