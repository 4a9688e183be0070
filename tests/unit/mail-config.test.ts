import { describe, expect, it } from 'vitest'
import { ConfigError, describeConfig, readConfig } from '../../server/config'

const BASE = { SESSION_SECRET: 'x'.repeat(40), DATA_DIR: '/tmp/unused' }
const read = (env: Record<string, string>) => readConfig({ ...BASE, ...env }, '/tmp')

describe('the settings of letters', () => {
  it('name a sender of our own host, unless one is given', () => {
    expect(read({ PUBLIC_URL: 'https://twinward.example:8443' }).smtpFrom).toBe(
      'no-reply@twinward.example',
    )
    expect(read({}).smtpFrom).toBe('no-reply@localhost')
    expect(read({ SMTP_FROM: 'clinic@hospital.example' }).smtpFrom).toBe('clinic@hospital.example')
  })

  it.each([
    'nobody',
    'a@b.example\r\nBcc: c@d.example',
    'A <a@b.example>',
    'a@b.example,c@d.example',
  ])('refuse %j as a sender, by name', (from) => {
    expect(() => read({ SMTP_FROM: from })).toThrow(ConfigError)
    expect(() => read({ SMTP_FROM: from })).toThrow(/^SMTP_FROM is an e-mail address/)
  })

  it.each(['mail.example.org:587', 'http://mail.example.org', 'smtp:'])(
    'refuse %j as a mail server, by name',
    (url) => {
      expect(() => read({ SMTP_URL: url })).toThrow(/^SMTP_URL is an address/)
    },
  )

  it('are printed without the password', () => {
    const printed = describeConfig(read({ SMTP_URL: 'smtp://user:secret@mail.example.org:587' }))
    expect(printed.smtpUrl).toBe('smtp://***@mail.example.org:587')
    expect(JSON.stringify(printed)).not.toContain('secret@')
  })
})

describe('the names that requests may ask for', () => {
  it('are parted by commas or spaces, in any case', () => {
    expect(read({ ALLOWED_HOSTS: 'App:3000, inner [::1]:80' }).allowedHosts).toEqual([
      'app:3000',
      'inner',
      '[::1]:80',
    ])
    expect(read({ ALLOWED_HOSTS: '' }).allowedHosts).toEqual([])
  })

  it.each(['https://a.example', '*', 'a/b', 'a.example?x'])('are not %j', (hosts) => {
    expect(() => read({ ALLOWED_HOSTS: hosts })).toThrow(/^ALLOWED_HOSTS is names/)
  })
})
