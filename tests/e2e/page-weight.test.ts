import { gzipSync } from 'node:zlib'
import type { Browser, Cookie } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'
import { discussionPath, protocolPath, resourcePath } from '../setup/routes'
import { openBrowser, signIn, visit } from '../setup/visitor'

/** 1 kB = 1,000 bytes; scripts and styles gzipped, fonts as they are sent. */
type Weight = { scripts: number; styles: number; uiFont: number; textFont: number; files: string[] }

let product: Product
let browser: Browser
const figures: string[] = []

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  console.log(`Weight of pages, kB:\n${figures.join('\n')}`)
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const signedIn = new Map<string, Promise<Cookie[]>>()

/** Of somebody who has signed in, once for all pages. */
function cookiesOf(account: string): Promise<Cookie[]> {
  const cookies = signedIn.get(account) ?? cookiesAfterSignIn(account)
  signedIn.set(account, cookies)
  return cookies
}

async function cookiesAfterSignIn(account: string): Promise<Cookie[]> {
  const visitor = await visit(browser, product.origin, { locale: 'en-US' })
  await signIn(visitor, account)
  const cookies = await visitor.context.cookies()
  await visitor.context.close()
  return cookies
}

/** What a browser that has never been here loads for a page, until nothing more comes. */
async function weigh(name: string, path: string, account: string | null): Promise<Weight> {
  const fresh = await visit(browser, product.origin, { locale: 'en-US' })
  // signed in, but with nothing kept from the pages on the way
  if (account) await fresh.context.addCookies(await cookiesOf(account))

  const weight: Weight = { scripts: 0, styles: 0, uiFont: 0, textFont: 0, files: [] }
  const seen = new Map<string, Promise<void>>()
  fresh.page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (seen.has(pathname) || response.status() >= 300) return
    const type = response.headers()['content-type'] ?? ''
    if (!/javascript|text\/css|font/.test(type)) return
    const add = (body: Buffer) => {
      const isFont = type.includes('font')
      const bytes = isFont ? body.length : gzipSync(body).length
      weight.files.push(`${pathname.split('/').at(-1)} ${kB(bytes)}`)
      if (type.includes('javascript')) weight.scripts += bytes
      else if (!isFont) weight.styles += bytes
      else if (/golos/.test(pathname)) weight.uiFont += bytes
      else weight.textFont += bytes
    }
    seen.set(pathname, response.body().then(add))
  })
  await fresh.page.goto(path)
  await fresh.page.waitForLoadState('networkidle')
  if (path.includes('/protocols/') && account !== 'observer' && !path.endsWith('/new')) {
    await fresh.page.locator('[role=status][data-sync=saved]').waitFor()
    await fresh.page.waitForLoadState('networkidle')
  }
  await Promise.all(seen.values())
  await fresh.context.close()
  figures.push(
    `${name}: scripts ${kB(weight.scripts)}, styles ${kB(weight.styles)}, interface face ${kB(weight.uiFont)}, text face ${kB(weight.textFont)}`,
  )
  return weight
}

const kB = (bytes: number) => (bytes / 1_000).toFixed(1)

const BUDGETS = [
  { name: 'sign-in', path: '/sign-in', account: null, scripts: 110 },
  { name: 'nothing here', path: '/nothing-here', account: null, scripts: 110 },
  { name: 'partnerships', path: '/partnerships', account: 'physician.us', scripts: 180 },
  { name: 'home', path: ST_PETERSBURG, account: 'physician.us', scripts: 180 },
  { name: 'protocols', path: `${ST_PETERSBURG}/protocols`, account: 'physician.us', scripts: 180 },
  {
    name: 'new protocol',
    path: `${ST_PETERSBURG}/protocols/new`,
    account: 'physician.us',
    scripts: 180,
  },
  { name: 'library', path: `${ST_PETERSBURG}/resources`, account: 'physician.us', scripts: 180 },
  {
    name: 'library item',
    path: resourcePath('never-miss'),
    account: 'physician.us',
    scripts: 180,
  },
  {
    name: 'discussions',
    path: `${ST_PETERSBURG}/discussions`,
    account: 'physician.us',
    scripts: 180,
  },
  {
    name: 'discussion',
    path: discussionPath('who-calls'),
    account: 'physician.us',
    scripts: 180,
  },
  { name: 'notifications', path: '/notifications', account: 'physician.us', scripts: 180 },
  {
    name: 'search',
    path: `${ST_PETERSBURG}/search?q=adherence`,
    account: 'physician.us',
    scripts: 180,
  },
  { name: 'glossary', path: `${ST_PETERSBURG}/glossary`, account: 'physician.us', scripts: 180 },
  { name: 'people', path: `${ST_PETERSBURG}/people`, account: 'physician.us', scripts: 180 },
  { name: 'protocol', path: protocolPath('adh'), account: 'physician.us', scripts: 350 },
  { name: 'protocol, only read', path: protocolPath('art1'), account: 'observer', scripts: 180 },
]

describe('a page', () => {
  it.each(BUDGETS)('$name needs at most $scripts kB of scripts', async (budget) => {
    const weight = await weigh(budget.name, budget.path, budget.account)
    const said = `${figures.at(-1)}\n${weight.files.join('\n')}`
    // what a page for nobody does, it does by links and forms
    if (budget.account) expect.soft(weight.scripts, said).toBeGreaterThan(0)
    expect.soft(weight.scripts, said).toBeLessThanOrEqual(budget.scripts * 1_000)
    expect.soft(weight.styles, said).toBeLessThanOrEqual(25_000)
    // the page shows both scripts, so both subsets are here
    expect.soft(weight.uiFont, said).toBeGreaterThan(0)
    expect.soft(weight.uiFont, said).toBeLessThanOrEqual(60_000)
    if (budget.name.startsWith('protocol,') || budget.name === 'protocol') {
      expect.soft(weight.textFont, said).toBeGreaterThan(0)
    } else {
      expect.soft(weight.textFont, said).toBe(0)
    }
  })
})
