import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeRedirect } from '../../app/lib/safe-redirect'
import { chooseLanguage } from '../../server/http/language'
import { isOwnOrigin } from '../../server/http/origin'
import { isSafeHref } from '../../shared/editor/safe-href'
import { SignIn } from '../../shared/schemas/accounts'

describe('safeRedirect', () => {
  it.each(['/partnerships/saratov-bemidji', '/partnerships?x=1#y', '/'])('goes to %s', (to) => {
    expect(safeRedirect(to)).toBe(to)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/sign-out',
    '',
    undefined,
    null,
    `/${'x'.repeat(3_000)}`,
  ])('goes home instead of to %s', (to) => {
    expect(safeRedirect(to)).toBe('/partnerships')
  })

  it('never leaves this host, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), (to) => {
        const url = new URL(safeRedirect(`/${to}`), 'http://here.example')
        expect(url.host).toBe('here.example')
      }),
    )
  })
})

describe('isOwnOrigin', () => {
  const ask = (origin: string | undefined, host = 'localhost:3000', site?: string) => ({
    headers: { host, ...(origin ? { origin } : {}), ...(site ? { 'sec-fetch-site': site } : {}) },
  })

  it.each([
    [ask('http://localhost:3000'), undefined, true],
    [ask('http://127.0.0.1:3000', '127.0.0.1:3000'), undefined, true],
    [ask('https://tw.example', 'tw.example'), 'https://tw.example', true],
    [ask(undefined), undefined, false],
    [ask('null'), undefined, false],
    [ask('http://localhost:3001'), undefined, false],
    [ask('https://localhost:3000'), undefined, false],
    [ask('http://evil.example', 'evil.example'), undefined, false],
    [ask('https://tw.example.evil.example', 'tw.example'), 'https://tw.example', false],
    [ask('http://tw.example', 'tw.example'), 'https://tw.example', false],
    [ask('http://localhost:3000', 'localhost:3000', 'cross-site'), undefined, false],
  ])('judges %j with address %s as %s', (request, publicUrl, own) => {
    expect(isOwnOrigin(request, publicUrl)).toBe(own)
  })
})

describe('chooseLanguage', () => {
  it.each([
    ['ru', 'en', 'en', 'ru'],
    [undefined, 'ru', 'en', 'ru'],
    [undefined, undefined, 'ru-KZ,en;q=0.5', 'ru'],
    [undefined, undefined, 'de,en;q=0.3,ru;q=0.8', 'ru'],
    [undefined, undefined, 'ru;q=0, en', 'en'],
    [undefined, '../../etc/passwd', '__proto__', 'en'],
    [undefined, undefined, 'x'.repeat(8_000), 'en'],
    [undefined, undefined, undefined, 'en'],
  ] as const)('of member %s, cookie %s, browser %s takes %s', (member, cookie, wish, chosen) => {
    expect(chooseLanguage(member, cookie, wish)).toBe(chosen)
  })
})

describe('isSafeHref', () => {
  it.each([
    'https://www.who.int/',
    'http://example.org/a?b=c#d',
    'mailto:irc@example.org',
    'HTTPS://EXAMPLE.ORG',
  ])('lets %s pass', (href) => {
    expect(isSafeHref(href)).toBe(true)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\tjavascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/relative',
    'https:/\\evil.example',
    'https://exa\u202Emple.org',
    'file:///etc/passwd',
    'vbscript:x',
    '',
    `https://example.org/${'x'.repeat(3_000)}`,
  ])('refuses %s', (href) => {
    expect(isSafeHref(href)).toBe(false)
  })
})

describe('SignIn', () => {
  it('brings an address to its one form', () => {
    expect(
      SignIn.parse({ email: ' Physician.RU@Demo.Twinward.Example ', password: 'x' }).email,
    ).toBe('physician.ru@demo.twinward.example')
  })

  it.each([
    { email: { $ne: null }, password: 'x' },
    { email: 'a@b.example\nBcc: c@d.example', password: 'x' },
    { email: 'a@b.example', password: { $gt: '' } },
    { email: 'a@b.example', password: 'x'.repeat(1_001) },
    { email: 'a@b.example', password: '' },
  ])('refuses %j', (input) => {
    expect(SignIn.safeParse(input).success).toBe(false)
  })
})
