import fc from 'fast-check'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { toMessage } from '../../server/adapters/mail-message'
import { writeLetter } from '../../server/services/letters'
import { LANGUAGES, type Language } from '../../shared/languages'
import type { Mail, MailTemplate, MailValues } from '../../shared/mails'

const AT = { id: 'b'.repeat(24), publicUrl: 'https://twinward.example', timeZone: 'Europe/Moscow' }
const BEMIDJI = { en: 'Saratov / Bemidji', ru: 'Саратов — Бемиджи' }
const INVITER = {
  given: 'Наталья',
  patronymic: 'Юрьевна',
  family: 'Белозёрова',
  latin: 'Natalia Belozerova',
}

const TOLD = {
  title: { en: 'Tolerance building', ru: 'Воспитание терпимости' },
  startsAt: '2026-12-01T13:00:00.000Z',
  timeZone: 'Europe/Saratov',
  clocks: [
    { place: { en: 'Saratov', ru: 'Саратов' }, timeZone: 'Europe/Saratov' },
    { place: { en: 'Bemidji', ru: 'Бемиджи' }, timeZone: 'America/Chicago' },
  ],
  place: { en: 'Room 4', ru: 'Кабинет 4' },
  virtual: true,
  path: '/partnerships/x/workshops/y',
  id: 'y',
  calendar: '/workshops/y/event.ics',
  room: '/workshops/y',
}

const ALSO = {
  id: 'z',
  title: TOLD.title,
  startsAt: '2026-12-08T13:00:00.000Z',
  place: TOLD.place,
  was: null,
}

const GUEST = { workshop: TOLD.title, startsAt: TOLD.startsAt, places: TOLD.clocks }

const VALUES: MailValues = {
  'guest-code': { ...GUEST, code: '481516', minutes: 10 },
  'guest-invited': { ...GUEST, id: 'y', path: '/w/abc', inviter: INVITER },
  'workshop-announced': { ...TOLD, by: INVITER, also: [ALSO] },
  'workshop-registered': {
    ...TOLD,
    waiting: null,
    also: [
      { ...ALSO, waiting: 2 },
      { ...ALSO, waiting: null },
    ],
  },
  'workshop-admitted': { ...TOLD, path: '/w/abc', waiting: 3 },
  'workshop-removed': { ...TOLD, waited: false },
  'workshop-without-guests': { ...TOLD, had: 'invitation' },
  'workshop-changed': {
    ...TOLD,
    was: { startsAt: '2026-11-30T13:00:00.000Z', place: { en: 'Room 2', ru: 'Кабинет 2' } },
    also: [{ ...ALSO, was: '2026-12-07T13:00:00.000Z' }, ALSO],
  },
  'workshop-cancelled': { ...TOLD, reason: '2026', also: [ALSO] },
  'workshop-place': TOLD,
  'workshop-reminder': TOLD,
  'workshop-after': TOLD,
  'workshop-forgotten': TOLD,
  'workshop-certificate': { ...TOLD, code: '7K2M-PQRS-2345', corrected: false, guest: true },
  'workshop-followup': TOLD,
  invitation: {
    path: '/join/abc?x=1&y=2',
    partnership: BEMIDJI,
    inviter: INVITER,
    role: 'editor',
    place: { en: 'Saratov', ru: 'Саратов' },
    note: 'Ждём вас в понедельник.\nНаталья',
    until: '2026-12-06T16:42:00.000Z',
  },
  'sign-in-code': { code: '481516', minutes: 10 },
  'password-link': { path: '/password/abc', minutes: 30 },
  'account-changed': { what: 'passkey-added', at: '2026-11-22T16:42:00.000Z' },
  'account-deleted': { at: '2026-11-22T16:42:00.000Z' },
  'removed-from-partnership': { partnership: BEMIDJI },
  'counterpart-proposed': { path: '/partnerships/x/people', by: INVITER, partnership: BEMIDJI },
}
const TEMPLATES = Object.keys(VALUES) as MailTemplate[]

function letter<T extends MailTemplate>(template: T, lang: Language, values = VALUES[template]) {
  const mail = { to: 'nurse@hospital.example', lang, template, values } as unknown as Mail
  return writeLetter(mail, AT)
}

describe.each(LANGUAGES)('letters in %s', (lang) => {
  it.each(TEMPLATES)(
    '%s is whole in text and in HTML, with nothing left to fill in',
    (template) => {
      const { subject, text, html } = letter(template, lang)
      expect(subject.length).toBeGreaterThan(10)
      for (const form of [subject, text, html]) {
        expect(form).not.toMatch(/\{\{|\}\}|undefined|\[object|null/)
        if (lang === 'ru') expect(form).toMatch(/[а-яё]{3}/)
        // but what a person wrote
        else if (template !== 'invitation') expect(form).not.toMatch(/[а-яё]/i)
      }
      expect(html).toContain(`<html lang="${lang}">`)
      expect(html).not.toMatch(/<(?:img|script|link|table|style)\b|url\(/)
    },
  )

  it.each(TEMPLATES)('%s fits a terminal, but for addresses', (template) => {
    const long = letter(template, lang)
      .text.split('\n')
      .filter((line) => line.length > 76 && !line.startsWith('https://'))
    expect(long).toEqual([])
  })

  it.each(TEMPLATES)('%s leads to our own site and nowhere else', (template) => {
    const { text, html } = letter(template, lang)
    for (const [address] of `${text}\n${html}`.matchAll(/\w+:\/\/[^\s"<]+/g))
      expect(address).toMatch(/^https:\/\/twinward\.example\//)
  })

  it.each(['sign-in-code', 'password-link'] as const)(
    '%s keeps its secret out of the subject',
    (template) => {
      expect(letter(template, lang).subject).not.toMatch(/481516|abc/)
      expect(letter(template, lang).text).toMatch(/481516|abc/)
    },
  )
})

describe('a letter', () => {
  it.each(LANGUAGES)('of a new token leads to where it is revoked, in %s', (lang) => {
    const at = '2026-11-22T16:42:00.000Z'
    const { text } = letter('account-changed', lang, { what: 'token', at })
    expect(text).toContain('https://twinward.example/account/tokens\n')
    expect(text).toMatch(lang === 'ru' ? /отзовите/ : /revoke/)
    const other = letter('account-changed', lang, { what: 'recovery-code-used', at }).text
    expect(other).toContain('https://twinward.example/account\n')
    expect(other).not.toMatch(/отзовите|revoke/)
  })

  it('says when in the language and zone of its reader', () => {
    expect(letter('invitation', 'ru').text).toContain('до 6 декабря 2026')
    expect(letter('invitation', 'ru').text.replace(/\s+/g, ' ')).toContain('19:42 (UTC+3)')
    expect(letter('invitation', 'en').text.replace(/\s+/g, ' ')).toContain('December 6, 2026')
  })

  it('tells a workshop’s time by the reader’s clock and by both sides’, each in words of its own', () => {
    const lines = letter('workshop-place', 'ru').text.replace(/\s+/g, ' ')
    expect(lines).toContain('Ваше время: 1 декабря 2026 г. в 17:00 (UTC+4).')
    expect(lines).toContain('Бемиджи: 1 декабря 2026 г. в 07:00 (UTC−6).')
    // their own clock is not told twice
    expect(lines.match(/17:00/g)).toHaveLength(1)
    const changed = letter('workshop-changed', 'ru').text.replace(/\s+/g, ' ')
    expect(changed).toContain('30 ноября 2026 г. в 17:00 (UTC+4), Кабинет 2')
    // nothing of the other language but our name and addresses
    for (const template of TEMPLATES.filter((each) => each.startsWith('workshop-'))) {
      const text = letter(template, 'ru').text.replace(/https:\S+|Twinward|UTC/g, '')
      expect(text).not.toMatch(/[a-z]{2}/i)
    }
  })

  it('names people in the script of its reader, with the patronymic in their own', () => {
    expect(letter('invitation', 'ru').text).toContain('Наталья Юрьевна Белозёрова')
    expect(letter('invitation', 'en').text).toContain('Natalia Belozerova invites you')
  })

  it.each([
    [1, '1 минуту'],
    [3, '3 минуты'],
    [10, '10 минут'],
    [21, '21 минуту'],
  ])('counts %i in Russian', (minutes, words) => {
    const { text } = letter('sign-in-code', 'ru', { code: '1', minutes })
    expect(text).toContain(`${words} и`)
  })

  it.each([
    ['https://evil.example/x'],
    ['//evil.example/x'],
    ['/\\evil.example'],
    ['javascript:alert(1)'],
  ])('row 143: made to lead to %s leads to our own site', (path) => {
    const { text, html } = letter('password-link', 'en', { path, minutes: 5 })
    expect(`${text}${html}`).not.toMatch(/:\/\/evil|javascript:/)
    expect(html).toContain('href="https://twinward.example')
  })

  it('row 98: takes values as they are, never as words of its own', () => {
    const en = '{{code}} $t(code.subject) {{nest}}'
    const { text } = letter('removed-from-partnership', 'en', { partnership: { en } })
    expect(text.replace(/\s+/g, ' ')).toContain(en)
  })

  it('row 99: is never led by its values to another header, or to markup', () => {
    const values = fc.record({
      note: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('<img src=x onerror=1>', '</blockquote><script>'),
      ),
      name: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('x\r\nBcc: y@evil.example', 'x\u2028Bcc: y', '<img src=x onerror=1>"\'&'),
      ),
    })
    fc.assert(
      fc.property(values, ({ note, name }) => {
        const { subject, html, text } = letter('invitation', 'en', {
          ...VALUES.invitation,
          partnership: { en: `X${name}` },
          note,
        })
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect(text).not.toMatch(/[^\P{Cc}\n]/u)
        const tags = new Set([...html.matchAll(/<(\/?[a-z!]*)/gi)].map(([, tag]) => tag))
        for (const tag of tags)
          expect(tag).toMatch(/^\/?(!doctype|html|head|meta|title|body|div|p|a|blockquote)$/)
      }),
    )
  })

  it('row 99: has exactly the headers it is given, whatever its subject and recipient hold', async () => {
    const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
    const hostile = {
      ...letter('sign-in-code', 'ru'),
      subject: 'Код\r\nBcc: victim@hospital.example\u2028Cc: x@y.example',
      to: 'a@b.example\r\nBcc: victim@hospital.example',
    }
    const at = { from: 'twinward@hospital.example', host: 'twinward.example' }
    const { message, envelope } = await writer.sendMail(toMessage(hostile, at))
    const [head = ''] = String(message).split('\n\n')
    expect(head).not.toMatch(/^(?:bcc|cc):/im)
    expect(envelope.to).toHaveLength(1)
  })
})
