import { MongoClient } from 'mongodb'
import { TOTP } from 'otpauth'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDatabase } from '../setup/database'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { expectNoProblems, holdScripts, openBrowser, type Visitor, visit } from '../setup/visitor'

let product: Product
let browser: Browser
/** Passkeys belong to a name: at 127.0.0.1 there are none. */
let named: string

const PHONE = { viewport: { width: 390, height: 844 }, locale: 'ru-RU' }

beforeAll(async () => {
  const database = await demoDatabase()
  ;[product, browser] = await Promise.all([
    startProduct({ MONGODB_URI: database.uri }),
    openBrowser(),
  ])
  named = product.origin.replace('127.0.0.1', 'localhost')
  // demonstration accounts are everybody's and get no second step: make these ordinary ones
  const client = await MongoClient.connect(database.uri)
  const ordinary = ['physician.us', 'physician.ru', 'coordinator.us', 'viewer'].map(addressOf)
  await client
    .db()
    .collection('users')
    .updateMany({ email: { $in: ordinary } }, { $set: { demo: false } })
  await client.close()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

const addressOf = (account: string) => `${account}@demo.twinward.example`

async function enterPassword(page: Page, account: string, from = '/sign-in'): Promise<void> {
  await page.goto(from)
  await page.locator('input[name=email]:visible').fill(addressOf(account))
  await page.locator('input[name=password]:visible').fill('twinward-demo')
  await page.locator('form:has(input[name=email]:visible) button[type=submit]').first().click()
}

async function signedIn(account: string, options: BrowserContextOptions = {}, origin = named) {
  const visitor = await visit(browser, origin, { locale: 'en-US', ...options })
  await enterPassword(visitor.page, account)
  await visitor.page.waitForURL('**/partnerships**')
  return visitor
}

/** The session goes, as the page's own button does it. */
async function signOut({ page }: Visitor): Promise<void> {
  await page.goto('/partnerships')
  await page.locator('header details summary').click()
  await page.locator('form[action="/sign-out"] button').click()
  await page.waitForURL('**/sign-in**')
}

/** A fingerprint reader in the device, as Chromium has it for tests. */
async function withReader({ context, page }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function codesOn(page: Page): Promise<string[]> {
  await page.locator('ol code').first().waitFor()
  return page.locator('ol code').allTextContents()
}

const isIn = (page: Page, path = '/partnerships') => page.waitForURL(`**${path}`)

/** Set the app up, from the security page on; the code of the step before leaves this one's for later. */
async function setUpApp(page: Page): Promise<{ totp: TOTP; codes: string[] }> {
  await page.goto('/account/security')
  await page.locator('a[href="/account/security/totp"]').click()
  const secret = ((await page.locator('[data-secret]').textContent()) ?? '').replace(/\s/g, '')
  const totp = new TOTP({ secret })
  await page.locator('input[name=code]').fill('12')
  await page.locator('button[value=confirm]').click()
  const field = page.locator('input[name=code][aria-invalid=true]')
  await field.waitFor()
  // what was refused keeps the same secret
  await expect
    .poll(async () =>
      ((await page.locator('[data-secret]').textContent()) ?? '').replace(/\s/g, ''),
    )
    .toBe(secret)
  await field.fill(totp.generate({ timestamp: Date.now() - 30_000 }))
  await page.locator('button[value=confirm]').click()
  return { totp, codes: await codesOn(page) }
}

describe('a passkey', () => {
  it('is made, signs in alone, and is the second step after a password', async () => {
    const visitor = await signedIn('physician.us')
    const { page } = visitor
    await withReader(visitor)
    await page.goto('/account/security')
    await page.getByRole('link', { name: 'Add a passkey' }).click()
    await page.getByLabel('Name').fill('Ward tablet')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is kept.').waitFor()
    expect(await codesOn(page)).toHaveLength(10)
    await page.getByRole('link', { name: 'I have kept them' }).click()
    await page.getByText('1 passkey.').waitFor()

    await signOut(visitor)
    await page.goto('/sign-in?redirectTo=/notifications')
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL('**/sign-in/passkey**')
    const choose = page.getByRole('button', { name: 'Choose a passkey' })
    // sooner than scripts have come it is told so, and goes on from there
    const come = await holdScripts(page)
    await page.reload({ waitUntil: 'commit' })
    await choose.click()
    await page.getByRole('alert').waitFor()
    come()
    await page.getByText('The page was still loading. Press once more.').waitFor()
    await choose.click()
    await isIn(page, '/notifications')

    await signOut(visitor)
    await enterPassword(page, 'physician.us', '/sign-in?redirectTo=/notifications')
    await page.waitForURL('**/sign-in/second')
    // the first step alone opens nothing
    expect((await visitor.context.request.get('/api/v1/me')).status()).toBe(401)
    await page.waitForLoadState('networkidle')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await isIn(page, '/notifications')

    await page.goto('/account/security/passkeys')
    await page.getByText('Rename or remove Ward tablet').click()
    await page.getByRole('button', { name: 'Remove this passkey' }).click()
    await page.getByText('There is no passkey yet.').waitFor()
    expectNoProblems(visitor)
    await visitor.context.close()
  })

  it('that this browser lacks is said, and nothing is sent', async () => {
    const visitor = await visit(browser, named, { locale: 'en-US' })
    const { page } = visitor
    await withReader(visitor)
    await page.goto('/sign-in/passkey')
    await page.waitForLoadState('networkidle')
    await page.getByRole('button', { name: 'Choose a passkey' }).click()
    await page.getByRole('alert').waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toBe('/sign-in/passkey')
    await visitor.context.close()
  })

  it('is not offered at a bare address, and the pages say why', async () => {
    const visitor = await signedIn('viewer', {}, product.origin)
    await visitor.page.goto('/account/security/passkeys')
    await visitor.page.getByText('Passkeys do not work at this address').waitFor()
    await expect
      .poll(() => visitor.page.getByRole('button', { name: 'Add a passkey' }).count())
      .toBe(0)
    await visitor.context.close()
  })
})

describe('an authenticator app and recovery codes', () => {
  it('let in on a phone in Russian: each code once, the page asked for kept', async () => {
    const visitor = await signedIn('physician.ru', PHONE)
    const { page } = visitor
    const { totp, codes } = await setUpApp(page)
    expect(codes).toHaveLength(10)
    await page.getByRole('link', { name: 'Коды сохранены' }).click()
    await page.getByText('Осталось 10 кодов.').waitFor()

    await signOut(visitor)
    await enterPassword(page, 'physician.ru', '/sign-in?redirectTo=/notifications')
    await page.waitForURL('**/sign-in/second')
    const field = page.getByLabel('Код из приложения')
    await expect.poll(() => field.getAttribute('autocomplete')).toBe('one-time-code')
    await expect.poll(() => field.getAttribute('inputmode')).toBe('numeric')
    await field.fill('000000')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.getByText('Код не подошёл.').waitFor()
    await field.fill(totp.generate())
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await isIn(page, '/notifications')

    await signOut(visitor)
    const [code = ''] = codes
    await enterPassword(page, 'physician.ru')
    await useRecoveryCode(page, code)
    await isIn(page)
    await signOut(visitor)
    await enterPassword(page, 'physician.ru')
    await useRecoveryCode(page, code)
    await page.getByText('Код не подошёл или уже использован.').waitFor()
    expectNoProblems(visitor)
    await visitor.context.close()
  })

  it('work without scripts; five wrong codes end the sign-in', async () => {
    const visitor = await signedIn('coordinator.us', { javaScriptEnabled: false }, product.origin)
    const { page } = visitor
    const { codes } = await setUpApp(page)
    await signOut(visitor)
    await enterPassword(page, 'coordinator.us', '/sign-in?redirectTo=/notifications')
    for (let tries = 0; tries < 5; tries += 1) {
      await page.locator('input[name=code]').fill('000000')
      // the page there is has long been loaded: the next one is meant
      await Promise.all([page.waitForEvent('load'), page.locator('button[value=totp]').click()])
    }
    await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor()
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await expect
      .poll(() => new URL(page.url()).searchParams.get('redirectTo'))
      .toBe('/notifications')
    await enterPassword(page, 'coordinator.us')
    await page.locator('summary', { hasText: 'Use a recovery code' }).click()
    await page.locator('input[name=recoveryCode]').fill((codes[3] ?? '').toLowerCase())
    await page.locator('button[value=recovery]').click()
    await isIn(page)

    // new codes in place of the old, and the app off again
    await page.goto('/account/security/recovery-codes')
    await page.getByText('9 codes are left.').waitFor()
    await page.getByRole('button', { name: 'Make new codes' }).click()
    const anew = await codesOn(page)
    expect(anew).toHaveLength(10)
    expect(anew.filter((code) => codes.includes(code))).toEqual([])
    await page.goto('/account/security/totp')
    await page.getByRole('button', { name: 'Turn the app off' }).click()
    await page.waitForURL('**/account/security')
    await signOut(visitor)
    await enterPassword(page, 'coordinator.us')
    await isIn(page)
    await visitor.context.close()
  })
})

async function useRecoveryCode(page: Page, code: string): Promise<void> {
  await page.waitForURL('**/sign-in/second')
  await page.getByText('Ввести резервный код').click()
  await page.getByLabel('Резервный код').fill(code)
  await page.locator('button[value=recovery]').click()
}
