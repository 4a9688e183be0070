import type { SendMailOptions } from 'nodemailer'
import type { Letter } from '../ports'

/**
 * A letter as nodemailer takes it. It encodes what stands in headers, line ends too, so that no value
 * begins a header of its own.
 *
 * @param at.from address of the sender
 * @param at.host host part of the Message-ID
 */
export function toMessage(
  { id, to, subject, text, html, lang, files = [] }: Letter,
  { from, host }: { from: string; host: string },
): SendMailOptions {
  return {
    from: { name: 'Twinward', address: from },
    // an object is one address: a comma in it does not make two
    to: { name: '', address: to },
    subject: subject,
    text,
    html,
    attachments: files.map(({ name, mediaType, text: content }) => {
      return { filename: name, contentType: mediaType, content }
    }),
    messageId: `<${id}@${host}>`,
    headers: { 'Content-Language': lang, 'Auto-Submitted': 'auto-generated' },
    // letters bring nothing from files or addresses
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
