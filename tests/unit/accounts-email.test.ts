import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeRedirect } from '../../app/lib/safe-redirect'
import { deviceOf } from '../../shared/devices'
import { Email } from '../../shared/schemas/email'

describe('row 142: an e-mail address', () => {
  it.each([
    ['a line break and a header', 'a@b.example\nBcc:x@y.example'],
    ['a carriage return', 'a@b.example\rb'],
    ['NUL', 'a\u0000@b.example'],
    ['a bidi override', 'a\u202e@b.example'],
    ['a zero width space', 'a\u200b@b.example'],
    ['a Cyrillic letter in the domain', 'nurse@hоspital.example'],
    ['a Cyrillic letter in the name', 'nursе@hospital.example'],
    ['a Cyrillic domain', 'врач@больница.рф'],
    ['quotes', '"a b"@x.example'],
    ['a space', 'a b@x.example'],
    ['no domain', 'a@'],
    ['one label', 'root@localhost'],
    ['an address in brackets', 'a@[127.0.0.1]'],
    ['an address of digits', 'a@127.0.0.1'],
    ['two at signs', 'a@b@c.example'],
    ['two dots', 'a..b@c.example'],
    ['a dot at the end', 'a.@c.example'],
    ['a hyphen at the edge', 'a@-c.example'],
    ['300 characters', `${'a'.repeat(60)}@${'b.'.repeat(118)}example`],
    ['65 characters before the at', `${'a'.repeat(65)}@c.example`],
    ['a list', 'a@b.example,c@d.example'],
    ['a name around it', 'Anna <a@b.example>'],
  ])('with %s is refused', (_what, text) => {
    expect(Email.safeParse(text).success).toBe(false)
  })

  it.each([
    ['  Nurse@Hospital.EXAMPLE ', 'nurse@hospital.example'],
    ['nurse+twin@hospital.example', 'nurse+twin@hospital.example'],
    ['ｎｕｒｓｅ＠hospital.example', 'nurse@hospital.example'],
    ['vrach@xn--90ailnqc7e.xn--p1ai', 'vrach@xn--90ailnqc7e.xn--p1ai'],
    ["o'neill@sub.hospital.example", "o'neill@sub.hospital.example"],
  ])('%j is kept as %s', (text, kept) => {
    expect(Email.parse(text)).toBe(kept)
  })

  it('is kept in a form that is its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        const parsed = Email.safeParse(text)
        if (!parsed.success) return
        expect(Email.parse(parsed.data)).toBe(parsed.data)
        expect(parsed.data).toMatch(/^[\x21-\x7e]{3,254}$/)
      }),
    )
  })
})

describe('row 133: the way on after signing in', () => {
  it.each([
    '/sign-in',
    '/sign-in?redirectTo=/x',
    '/sign-in/code',
    '/sign-in/second',
    '/sign-out',
    '/sign-out.data',
    '/password/new',
    '/password',
  ])('is home instead of %s', (to) => {
    expect(safeRedirect(to)).toBe('/partnerships')
  })

  it('is any other page', () => {
    for (const to of ['/partnerships/x?y=1', '/sign-internal', '/passwords-of-the-past']) {
      expect(safeRedirect(to)).toBe(to)
    }
  })
})

describe('a device', () => {
  const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox',
      'Windows',
    ],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/140.0.0.0`, 'Edge', 'Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${CHROME} YaBrowser/25.8.0 Yowser/2.5`,
      'Yandex Browser',
      'Windows',
    ],
    [`Mozilla/5.0 (Linux; Android 15; SM-G991B) ${CHROME}`, 'Chrome', 'Android'],
    [`Mozilla/5.0 (Linux; Android 15) ${CHROME} OPR/80.0`, 'Opera', 'Android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari',
      'macOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
    ['curl/8.5.0', null, null],
    ['', null, null],
    [undefined, null, null],
    ['<script>alert(1)</script>'.repeat(100), null, null],
  ])('calls itself %j', (agent, browser, system) => {
    expect(deviceOf(agent)).toEqual({ browser, system })
  })
})
