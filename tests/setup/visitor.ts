import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { expect, inject } from 'vitest'

/** Chromium as the tests use it: no network of its own, no sandbox (tests may run as root). */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromiumPath'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}

export type Visitor = { origin: string; context: BrowserContext; page: Page; problems: string[] }

/** Refusals that a page shows on purpose are logged by the browser too; these are not problems. */
const EXPECTED =
  /net::ERR_INTERNET_DISCONNECTED|net::ERR_CONNECTION_(REFUSED|RESET|CLOSED)|WebSocket connection to|status of 4\d\d|Failed to fetch manifest patches TypeError: Failed to fetch/

/** What happens besides to a request on its way when a line is cut under it. */
const CUT = /net::ERR_(SOCKET_NOT_CONNECTED|EMPTY_RESPONSE)/

/** Somebody with a browser of their own; what the console complains about is kept for the end. */
export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return { origin, context, page, problems }
}

/**
 * Sign in with a demonstration account. The form is sent without its page: that a person can use it is
 * tested where signing in is tested.
 */
export async function signIn({ origin, context }: Visitor, account: string): Promise<void> {
  const answer = await context.request.post('/sign-in', {
    form: { email: `${account}@demo.twinward.example`, password: 'twinward-demo' },
    headers: { origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
}

/** Somebody with a browser of their own who is signed in. */
export async function visitAs(
  browser: Browser,
  origin: string,
  account: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const visitor = await visit(browser, origin, options)
  await signIn(visitor, account)
  return visitor
}

/** Scripts are on their way, as on a slow line. @returns lets them come */
export async function holdScripts(page: Page): Promise<() => void> {
  let come = () => {}
  const coming = new Promise<void>((resolve) => {
    come = resolve
  })
  await page.route('**/assets/*.js', async (route) => {
    await coming
    await route.continue()
  })
  return come
}

/** Somebody whose line was cut on purpose, without what the cut itself did. */
export function apartFromCuts(visitor: Visitor): Visitor {
  return { ...visitor, problems: visitor.problems.filter((each) => !CUT.test(each)) }
}

/** The console stayed clean: no errors, no content-policy violations. */
export function expectNoProblems(...visitors: Visitor[]): void {
  expect(visitors.flatMap(({ problems }) => problems)).toEqual([])
}
