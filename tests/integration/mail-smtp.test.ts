import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { MailItem } from '../../models/mail'
import { createSmtpMailer, transportOf } from '../../server/adapters/mail-smtp'
import type { Letter, Ports } from '../../server/ports'
import { queueMail } from '../../server/services/mail'
import { deliverNext } from '../../server/services/mail-delivery'
import { inTransaction } from '../../server/services/transaction'
import type { Mail } from '../../shared/mails'
import { closeAfterFile } from '../setup/closing'
import { createWorld } from '../setup/world'

const LETTER: Letter = {
  id: 'a'.repeat(24),
  to: 'nurse@hospital.example',
  subject: 'Код для входа в Twinward',
  text: 'Введите этот код:\n\n    481 516\n\n.\nконец',
  html: '<!doctype html><p>481 516</p>',
  lang: 'ru',
}
const FROM = { from: 'twinward@hospital.example', host: 'twinward.hospital.example' }

/** A real mail server on this machine. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: { from: string; to: string[]; message: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          message: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  closeAfterFile(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { received, port, url: `smtp://127.0.0.1:${port}`, server }
}

const refusing = (responseCode: number) =>
  Object.assign(new Error('not this one'), { responseCode })

/** The text part, as its reader sees it. */
function bodyOf(message: string): string {
  const [, part = ''] = /text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n----/.exec(message) ?? []
  if (/text\/plain[\s\S]{0,120}quoted-printable/.test(message)) {
    const bytes = part
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    return Buffer.from(bytes, 'latin1').toString('utf8')
  }
  return Buffer.from(part, 'base64').toString('utf8')
}

function subjectOf(message: string): string {
  const [, folded = ''] = /^Subject: ((?:.|\r\n[ \t])*)/m.exec(message) ?? []
  return folded
    .replace(/\s*=\?UTF-8\?B\?([^?]*)\?=\s*/gi, (_, text) =>
      Buffer.from(text, 'base64').toString('utf8'),
    )
    .replace(/\s*=\?UTF-8\?Q\?([^?]*)\?=\s*/gi, (_, text: string) =>
      Buffer.from(
        text
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/g, (_m, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8'),
    )
}

describe('the mail server', () => {
  it('gets the letter whole: addresses, Russian subject, both texts, one Message-ID', async () => {
    const { url, received } = await mailServer()
    expect(await createSmtpMailer(url, FROM).send(LETTER)).toEqual({ taken: true })
    const [{ from = '', to = [], message = '' } = {}] = received
    expect(from).toBe('twinward@hospital.example')
    expect(to).toEqual(['nurse@hospital.example'])
    expect(subjectOf(message)).toBe(LETTER.subject)
    expect(bodyOf(message).replaceAll('\r\n', '\n').trim()).toBe(LETTER.text)
    expect(message).toContain(`Message-ID: <${LETTER.id}@twinward.hospital.example>`)
    expect(message).toContain('text/html')
    expect(message).toContain('Auto-Submitted: auto-generated')
    // headers are of seven bits
    expect(message.split('\r\n\r\n')[0]).toMatch(/^[\r\n\t -~]*$/)
  })

  it('gets its files with it, to the byte', async () => {
    const { url, received } = await mailServer()
    const text = 'BEGIN:VCALENDAR\r\nSUMMARY:Семинар\r\nEND:VCALENDAR\r\n'
    const mediaType = 'text/calendar; charset=utf-8; method=PUBLISH'
    const files = [{ name: 'event.ics', mediaType, text }]
    await createSmtpMailer(url, FROM).send({ ...LETTER, files })
    const message = received[0]?.message ?? ''
    const [, head = '', body = ''] =
      /(Content-Type: text\/calendar[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/.exec(message) ?? []
    expect(head).toMatch(/method=PUBLISH/)
    expect(head).toMatch(/filename="?event\.ics/)
    expect(head).toMatch(/Transfer-Encoding: base64/i)
    expect(Buffer.from(body, 'base64').toString()).toBe(text)
  })

  it.each([
    [550, true],
    [553, true],
    [450, false],
    [421, false],
  ])('that answers a recipient with %i is final: %s', async (code, isFinal) => {
    const { url } = await mailServer({ onRcptTo: (_to, _session, done) => done(refusing(code)) })
    const answer = await createSmtpMailer(url, FROM).send(LETTER)
    expect(answer).toEqual({ taken: false, isFinal, code: String(code) })
  })

  it.each([
    [554, true],
    [452, false],
  ])('that answers the letter itself with %i is final: %s', async (code, isFinal) => {
    const { url } = await mailServer({
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(refusing(code)))
      },
    })
    const answer = await createSmtpMailer(url, FROM).send(LETTER)
    expect(answer).toEqual({ taken: false, isFinal, code: String(code) })
  })

  it('that refuses the sender or the password may be set right, so it is not final', async () => {
    const sender = await mailServer({ onMailFrom: (_from, _session, done) => done(refusing(550)) })
    expect(await createSmtpMailer(sender.url, FROM).send(LETTER)).toMatchObject({ isFinal: false })
    const password = await mailServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusing(535)),
    })
    const url = `smtp://user:wrong%40word@127.0.0.1:${password.port}`
    expect(await createSmtpMailer(url, FROM).send(LETTER)).toEqual({
      taken: false,
      isFinal: false,
      code: 'auth',
    })
  })

  it('gets the user and password of its address, decoded', async () => {
    const seen: unknown[] = []
    const { port, received } = await mailServer({
      allowInsecureAuth: true,
      authOptional: false,
      onAuth(auth, _session, done) {
        seen.push([auth.username, auth.password])
        done(null, { user: 'known' })
      },
    })
    const url = `smtp://post%40hospital.example:p%3Ass@127.0.0.1:${port}`
    expect(await createSmtpMailer(url, FROM).send(LETTER)).toEqual({ taken: true })
    expect(seen).toEqual([['post@hospital.example', 'p:ss']])
    expect(received).toHaveLength(1)
  })

  it('that is away is waited for', async () => {
    const { server, url } = await mailServer()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    const answer = await createSmtpMailer(url, FROM).send(LETTER)
    expect(answer).toEqual({ taken: false, isFinal: false, code: 'line' })
  })

  it('gets nothing when its certificate is nobody’s', async () => {
    const { port, received } = await mailServer({ secure: true, disabledCommands: [] })
    const answer = await createSmtpMailer(`smtps://127.0.0.1:${port}`, FROM).send(LETTER)
    expect(answer).toEqual({ taken: false, isFinal: false, code: 'tls' })
    expect(received).toEqual([])
  })

  it.each([
    ['smtp://mail.example.org', { port: 587, secure: false, requireTLS: true }],
    ['smtp://mail.example.org:25', { port: 25, secure: false, requireTLS: true }],
    ['smtps://mail.example.org', { port: 465, secure: true }],
    ['smtp://localhost:1025', { port: 1025, secure: false, ignoreTLS: true }],
    ['smtp://127.0.0.1.evil.example:25', { port: 25, requireTLS: true }],
  ])('at %s is spoken to as it must be', (url, expected) => {
    expect(transportOf(url)).toMatchObject(expected)
  })
})

describe('a letter of the outbox', () => {
  const MAIL: Mail = {
    to: 'nurse@hospital.example',
    lang: 'ru',
    template: 'sign-in-code',
    values: { code: '481516', minutes: 10 },
  }
  const after = (ports: Ports, ms: number): Ports => ({
    ...ports,
    clock: { now: () => new Date(Date.now() + ms) },
  })

  it('goes again after a 4xx with the same Message-ID, and is final after a 5xx', async () => {
    const { ports } = await createWorld()
    const answers = [451, 0]
    const { url, received } = await mailServer({
      onRcptTo(_to, _session, done) {
        const code = answers.shift()
        return code ? done(refusing(code)) : done()
      },
    })
    const mailer = createSmtpMailer(url, FROM)
    await inTransaction((session) => queueMail(ports, MAIL, session))
    expect(await deliverNext({ ...ports, mailer })).toBe('later')
    expect(await deliverNext({ ...after(ports, 80_000), mailer })).toBe('sent')
    const row = await MailItem.findOne().lean()
    expect(row).toMatchObject({ status: 'sent', tries: 2 })
    expect(row?.values).toEqual({})
    expect(received[0]?.message).toContain(`Message-ID: <${row?._id}@${FROM.host}>`)

    answers.push(550)
    await inTransaction((session) => queueMail(ports, MAIL, session))
    expect(await deliverNext({ ...ports, mailer })).toBe('failed')
    expect(received).toHaveLength(1)
  })
})
