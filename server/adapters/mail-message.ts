import type { SendMailOptions } from 'nodemailer'
import type { Letter } from '../ports'

/** A letter as nodemailer takes it. Values in headers are encoded by it; the address was parsed at its door. */
export function toMessage(
  { id, to, subject, text, html, lang }: Letter,
  host: string,
): SendMailOptions {
  return {
    from: { name: 'Twinward', address: `no-reply@${host}` },
    // an object is one address: a comma in it does not make two
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${host}>`,
    headers: { 'Content-Language': lang, 'Auto-Submitted': 'auto-generated' },
    // letters bring nothing from files or addresses
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
