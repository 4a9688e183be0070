import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
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
    keeps: true,
    async send(letter: Letter) {
      const from = `no-reply@${host}`
      const { message } = await writer.sendMail(toMessage(letter, { from, host }))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${letter.id}.eml`)
      await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 })
      await rename(`${path}.part`, path)
      return { taken: true }
    },
    async forget(before) {
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter((each) => /^[0-9a-f]{24}\.eml(?:\.part)?$/.test(each))) {
        const path = join(folder, name)
        const written = await stat(path).catch(() => null)
        if (written && written.mtime < before) await rm(path, { force: true })
      }
    },
  }
}
