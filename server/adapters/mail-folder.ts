import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Letter, Mailer } from '../ports'
import { toMessage } from './mail-message'

/**
 * The outbox where no mail server is configured: each letter a file that any mail program opens, under
 * its own id, readable by this account alone.
 *
 * @param folder absolute; made when the first letter comes
 */
export function createFolderMailer(folder: string, host: string): Mailer {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(letter: Letter) {
      const { message } = await writer.sendMail(toMessage(letter, host))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${letter.id}.eml`)
      await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 })
      await rename(`${path}.part`, path)
    },
  }
}
