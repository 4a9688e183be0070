import { createTransport } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import type { Letter, MailAnswer, Mailer } from '../ports'
import { toMessage } from './mail-message'

/** For a server that does not answer, milliseconds. */
const LINE_MS = 10_000
/** For a server that goes silent in the middle, milliseconds. */
const SILENCE_MS = 30_000
/** Longest for one letter, whatever the server does; shorter than the lease of its sender, milliseconds. */
const LETTER_MS = 60_000

/**
 * Sends letters by a mail server, one connection each: a server that closes idle ones loses none.
 *
 * @param url `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte
 * @param from address of the sender
 * @param host host part of Message-IDs: the same each time, whichever process sends
 */
export function createSmtpMailer(
  url: string,
  { from, host }: { from: string; host: string },
): Mailer {
  const transport = createTransport(transportOf(url))
  return {
    keeps: false,
    async send(letter: Letter) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<MailAnswer>((resolve) => {
        timer = setTimeout(resolve, LETTER_MS, { taken: false, isFinal: false, code: 'timeout' })
      })
      const sent = transport
        .sendMail(toMessage(letter, { from, host }))
        .then((): MailAnswer => ({ taken: true }), answerOf)
      return Promise.race([sent, late]).finally(() => clearTimeout(timer))
    },
    async forget() {},
  }
}

/** How the server is spoken to: encrypted and with its certificate verified, but on this machine. */
export function transportOf(url: string): SMTPTransport.Options {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // no letter and no password in the clear; a server of this machine has no certificate to show
    ...(secure ? {} : isHere ? { ignoreTLS: true } : { requireTLS: true }),
    ...(username
      ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
      : {}),
    connectionTimeout: LINE_MS,
    greetingTimeout: LINE_MS,
    dnsTimeout: LINE_MS,
    socketTimeout: SILENCE_MS,
  }
}

/** What nodemailer calls the stations of a failure, in our words. */
const LINE_CODES: Readonly<Record<string, string>> = {
  EAUTH: 'auth',
  ENOAUTH: 'auth',
  EDNS: 'dns',
  ETLS: 'tls',
  EREQUIRETLS: 'tls',
  ETIMEDOUT: 'timeout',
}

/**
 * A refusal with 5xx of this recipient or this letter is for ever (RFC 5321 §4.2.1). The same for the
 * password or the sender is a setting that somebody will correct.
 */
function answerOf(error: unknown): MailAnswer {
  const { code, responseCode, command } = fieldsOf(error)
  const isOfLetter = command === 'RCPT TO' || command === 'DATA'
  if (typeof responseCode === 'number' && code !== 'EAUTH') {
    return { taken: false, isFinal: isOfLetter && responseCode >= 500, code: String(responseCode) }
  }
  const isCertificate = error instanceof Error && /certificate|altname|\bSSL\b/i.test(error.message)
  const name = isCertificate ? 'tls' : (LINE_CODES[String(code)] ?? 'line')
  return { taken: false, isFinal: false, code: name }
}

function fieldsOf(error: unknown): { code?: unknown; responseCode?: unknown; command?: unknown } {
  return typeof error === 'object' && error !== null ? error : {}
}
