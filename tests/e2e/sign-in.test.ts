import type { Browser, BrowserContextOptions, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERRORS } from '../../shared/errors'
import { type Product, removeScratch, startProduct } from '../setup/product'
import {
  createProtocol,
  firstUnit,
  openProtocol,
  protocolOn,
  ST_PETERSBURG,
} from '../setup/protocol-page'
import { openBrowser, signIn, type Visitor, visit } from '../setup/visitor'

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

const EMAIL = 'physician.us@demo.twinward.example'
const REFUSED = {
  'en-US': 'This e-mail and password do not match',
  'ru-RU': 'Почта и пароль не подходят друг к другу',
} as const

function fresh(options: BrowserContextOptions = {}): Promise<Visitor> {
  return visit(browser, product.origin, { locale: 'en-US', ...options })
}

/** Fill in the form and send it. */
async function trySignIn({ page }: Visitor, email: string, password: string): Promise<Response> {
  await page.locator('input[name=email]:visible').fill(email)
  await page.locator('input[name=password]:visible').fill(password)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.locator('form:has(input[name=email]:visible) button[type=submit]').click(),
  ])
  return answer
}

async function sessionOf({ context }: Visitor) {
  const cookies = await context.cookies()
  return cookies.find(({ name }) => name === 'twinward_session')
}

/** The way out that a person takes. */
async function signOut({ page }: Visitor) {
  await page.locator('header details summary').click()
  await page.locator('form[action="/sign-out"] button').click()
  await page.waitForURL('**/sign-in')
}

const pathOf = ({ page }: Visitor) => new URL(page.url()).pathname

describe('signing in', () => {
  it.each([
    { who: 'a wrong password', email: EMAIL, locale: 'en-US' as const },
    { who: 'a wrong password', email: EMAIL, locale: 'ru-RU' as const },
    { who: 'an unknown address', email: 'nobody@hospital.example', locale: 'en-US' as const },
    { who: 'an unknown address', email: 'nobody@hospital.example', locale: 'ru-RU' as const },
  ])('with $who keeps the address and says so ($locale)', async ({ email, locale }) => {
    const visitor = await fresh({ locale })
    await visitor.page.goto('/sign-in')
    const answer = await trySignIn(visitor, email, 'not-the-password')
    expect(answer.status()).toBe(ERRORS.wrong_credentials.status)
    const alert = visitor.page.getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.textContent()).toContain(REFUSED[locale])
    await expect
      .poll(() => visitor.page.locator('input[name=email]:visible').inputValue())
      .toBe(email)
    await expect
      .poll(() => visitor.page.locator('input[name=password]:visible').inputValue())
      .toBe('')
    expect(await visitor.page.content()).not.toContain('not-the-password')
    expect(await sessionOf(visitor)).toBeUndefined()
    await visitor.context.close()
  })

  it('with an empty form says what is missing, field by field', async () => {
    const visitor = await fresh()
    await visitor.page.goto('/sign-in')
    expect((await trySignIn(visitor, '', '')).status()).toBe(422)
    await visitor.page.getByText('Enter your password.').waitFor()
    const invalid = visitor.page.locator('input[aria-invalid=true]')
    await expect.poll(() => invalid.count()).toBe(2)
    // the first of them has the focus, and is read with what is wrong
    const described = await invalid.first().getAttribute('aria-describedby')
    await expect
      .poll(() => visitor.page.locator(`[id="${described}"]`).textContent())
      .toContain('e-mail')
    await visitor.context.close()
  })

  it('with a demonstration account takes one click', async () => {
    const visitor = await fresh()
    await visitor.page.goto('/sign-in')
    await visitor.page.getByRole('button', { name: 'Priya Raman' }).click()
    await visitor.page.waitForURL('**/partnerships')
    await expect.poll(() => visitor.page.locator('header details').textContent()).toContain(EMAIL)
    await visitor.context.close()
  })

  it('returns to the page that was asked for', async () => {
    const visitor = await fresh()
    await visitor.page.goto(`${ST_PETERSBURG}/people`)
    expect(pathOf(visitor)).toBe('/sign-in')
    await trySignIn(visitor, EMAIL, 'not-the-password')
    await visitor.page.getByRole('alert').waitFor()
    await trySignIn(visitor, EMAIL, 'twinward-demo')
    await visitor.page.waitForURL(`**${ST_PETERSBURG}/people`)
    await visitor.context.close()
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/%5Cevil.example/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/\tevil.example',
    '/sign-out',
  ])('with redirectTo=%j stays at home', async (redirectTo) => {
    const visitor = await fresh()
    await visitor.page.goto(`/sign-in?redirectTo=${encodeURIComponent(redirectTo)}`)
    await trySignIn(visitor, EMAIL, 'twinward-demo')
    await visitor.page.waitForLoadState()
    await expect.poll(() => new URL(visitor.page.url()).origin).toBe(product.origin)
    // signed in all the same
    expect((await visitor.page.goto('/partnerships'))?.url()).toBe(`${product.origin}/partnerships`)

    // and the same when the form itself was forged
    const answer = await visitor.context.request.post('/sign-in', {
      form: { email: EMAIL, password: 'twinward-demo', redirectTo },
      headers: { origin: product.origin },
      maxRedirects: 0,
    })
    const location = answer.headers().location ?? ''
    expect(new URL(location, product.origin).origin).toBe(product.origin)
    await visitor.context.close()
  })

  it('keeps the session in a cookie that scripts and foreign pages do not get, new each time', async () => {
    const visitor = await fresh()
    await signIn(visitor, 'physician.us')
    const first = await sessionOf(visitor)
    expect(first).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    await visitor.page.goto('/partnerships')
    expect(await visitor.page.evaluate(() => document.cookie)).not.toContain('twinward_session')
    await signOut(visitor)
    expect(await sessionOf(visitor)).toBeUndefined()
    await signIn(visitor, 'physician.us')
    const second = await sessionOf(visitor)
    expect(second?.value).not.toBe(first?.value)

    // the old token is worth nothing
    const stale = await fresh()
    await stale.context.addCookies([{ ...(first ?? { name: '', value: '' }) }])
    await stale.page.goto('/partnerships')
    expect(pathOf(stale)).toBe('/sign-in')
    await stale.context.close()
    await visitor.context.close()
  })

  it('is refused to a form on a foreign page', async () => {
    const visitor = await fresh()
    const answer = await visitor.context.request.post('/sign-in', {
      form: { email: EMAIL, password: 'twinward-demo' },
      headers: { origin: 'https://evil.example' },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(403)
    expect(await sessionOf(visitor)).toBeUndefined()
    await visitor.context.close()
  })
})

describe('the end of a session', () => {
  /** A protocol with a sentence that the server has, open in a tab. */
  async function typing(title: string) {
    const visitor = await fresh()
    await signIn(visitor, 'physician.us')
    const path = await createProtocol(visitor, title, '')
    const protocol = await openProtocol(visitor, path)
    const unit = await firstUnit(protocol)
    await protocol.write('en', unit, 'Before the end.')
    await protocol.saved()
    return { visitor, path, protocol, unit }
  }

  async function typesOn({ protocol, unit }: Awaited<ReturnType<typeof typing>>) {
    await protocol.page.locator('[role=status][data-sync=refused]').waitFor({ timeout: 5_000 })
    await expect.poll(() => protocol.status.textContent()).toContain('You are not signed in')
    await protocol.write('en', unit, ' After the end.')
    expect(await protocol.read('en')).toBe('Before the end. After the end.')
    expect(await protocol.status.textContent()).not.toMatch(/^Saved|^Saving/)
  }

  it('that was closed elsewhere is said, and what is typed on comes back after signing in', async () => {
    const opened = await typing('Closed elsewhere')
    const { visitor, path } = opened
    expect((await endSession(visitor)).status()).toBe(302)
    await typesOn(opened)

    // every page asks to sign in, and the way back leads to the text
    expect((await visitor.context.request.get('/api/v1/me')).status()).toBe(401)
    const again = { ...visitor, page: await visitor.context.newPage() }
    await visitor.page.close()
    await again.page.goto(path)
    expect(pathOf(again)).toBe('/sign-in')
    await trySignIn(again, EMAIL, 'twinward-demo')
    await again.page.waitForURL(`**${path}`)
    const back = protocolOn(again.page)
    await back.saved()
    expect(await back.read('en')).toBe('Before the end. After the end.')

    const colleague = await fresh()
    await signIn(colleague, 'reviewer')
    const seen = await openProtocol(colleague, path)
    await expect.poll(() => seen.read('en')).toBe('Before the end. After the end.')
    await colleague.context.close()
    await visitor.context.close()
  })

  it('by signing out in another tab is said, and leaving what was typed on warns', async () => {
    const opened = await typing('Signed out elsewhere')
    const { visitor } = opened
    const other = { ...visitor, page: await visitor.context.newPage() }
    await other.page.goto('/partnerships')
    await signOut(other)
    await typesOn(opened)

    // the device keeps nothing of somebody who has signed out: only this window still has it
    const warned = visitor.page.waitForEvent('dialog')
    await visitor.page.close({ runBeforeUnload: true })
    const dialog = await warned
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    expect(await opened.protocol.read('en')).toBe('Before the end. After the end.')
    await visitor.context.close()
  })
})

/** As another device does that closes this session: nothing of this browser's takes part. */
async function endSession(visitor: Visitor) {
  const session = await sessionOf(visitor)
  return visitor.context.request.post('/sign-out', {
    headers: { origin: product.origin, cookie: `twinward_session=${session?.value}` },
    maxRedirects: 0,
  })
}
